"""A zip from strangers: what is refused before anything is read, and what can be read."""

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.archive import LARGEST_READ, Archive, is_archive


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def link() -> bytes:
    entry = zipfile.ZipInfo("here")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((entry, b"/etc/passwd"))


def twice() -> bytes:
    data = zipped(("a.xml", b"1"), ("b.xml", b"2"))
    return data.replace(b"b.xml", b"a.xml")


def encrypted() -> bytes:
    data = bytearray(zipped(("a.xml", b"1")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def unusual() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", b"1")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "code", "place"),
    [
        (lambda: zipped(("../a.xml", b"")), Reason.HOSTILE, "../a.xml"),
        (lambda: zipped(("a/../../b.xml", b"")), Reason.HOSTILE, "a/../../b.xml"),
        (lambda: zipped(("/etc/a.xml", b"")), Reason.HOSTILE, "/etc/a.xml"),
        (lambda: zipped(("C:/a.xml", b"")), Reason.HOSTILE, "C:/a.xml"),
        (lambda: zipped(("a\\b.xml", b"")), Reason.HOSTILE, "a\\b.xml"),
        (link, Reason.HOSTILE, "here"),
        (twice, Reason.HOSTILE, "a.xml"),
        (encrypted, Reason.HOSTILE, "a.xml"),
        (unusual, Reason.HOSTILE, "a.xml"),
        (lambda: zipped(("a.bin", b"0" * 3_000_000)), Reason.HOSTILE, ""),
        (lambda: zipped(*((f"{n}", b"") for n in range(2001))), Reason.HOSTILE, ""),
        (lambda: b"PK\x03\x04 and no more", Reason.UNREADABLE, ""),
        (lambda: b"", Reason.UNREADABLE, ""),
        (lambda: bytes(20 * 1024 * 1024 + 1), Reason.TOO_LARGE, ""),
    ],
    ids=[
        *("parent", "inner-parent", "absolute", "drive", "backslash", "link", "twice", "encrypted", "lzma"),
        *("ratio", "many", "torn", "empty", "large"),
    ],
)
def test_a_hostile_or_broken_archive_is_refused(make: Callable[[], bytes], code: Reason, place: str) -> None:
    data = make()

    with pytest.raises(QuizError) as refused:
        Archive(data)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_files_are_read_by_name_and_folders_are_none() -> None:
    data = zipped(("b/", b""), ("b/a.xml", b"<a/>"), ("c.txt", b" " * 900_000))

    archive = Archive(data)

    assert is_archive(data)
    assert archive.names == ("b/a.xml", "c.txt")
    assert archive.read("b/a.xml") == b"<a/>"


def test_a_file_that_is_not_there_is_said_by_its_name() -> None:
    with pytest.raises(QuizError) as refused:
        Archive(zipped(("a.xml", b""))).read("b.xml")

    assert refused.value.place == "b.xml"


def test_a_file_whose_bytes_were_changed_is_not_read() -> None:
    data = bytearray(zipped(("a.xml", b"<a/>")))
    data[len(b"PK\x03\x04") + 26 + len("a.xml")] ^= 0xFF  # the first byte behind the local header

    with pytest.raises(QuizError) as refused:
        Archive(bytes(data)).read("a.xml")

    assert (refused.value.code, refused.value.place) == (Reason.UNREADABLE, "a.xml")


def test_no_more_is_read_of_one_archive_than_the_limit() -> None:
    rows = b"".join(b"<a>%d</a>" % number for number in range(1_000_000))
    archive = Archive(zipped(("a.xml", rows)))
    for _ in range(LARGEST_READ // len(rows)):
        archive.read("a.xml")

    with pytest.raises(QuizError) as refused:
        archive.read("a.xml")

    assert refused.value.code is Reason.TOO_LARGE
