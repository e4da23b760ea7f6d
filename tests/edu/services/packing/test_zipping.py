"""Zips as streams: their length is known before, every program opens them, and no film is held whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edu.errors import Invalid
from edu.services.packing.zipping import Member, film, length, stream, text
from edu.storage.local import LocalStore

AT = datetime(2026, 3, 2, 9, 30, 10, tzinfo=UTC)
FILM = bytes(range(256)) * 3000  # three blocks of a store


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    made = LocalStore(tmp_path)
    made.put("videos/1/v/720.mp4", io.BytesIO(FILM))
    return made


def test_a_zip_is_as_long_as_it_said_and_opens(store: LocalStore) -> None:
    files = [
        text("p/index.html", b"words " * 500),
        text("p/none", b""),
        film("p/f.mp4", store, "videos/1/v/720.mp4"),
    ]

    data = b"".join(stream(files, AT))

    assert len(data) == length(files)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert [(one.filename, one.file_size) for one in opened.infolist()] == [
            ("p/index.html", 3000),
            ("p/none", 0),
            ("p/f.mp4", len(FILM)),
        ]
        assert opened.read("p/f.mp4") == FILM
        assert opened.getinfo("p/index.html").compress_size < 100
        assert opened.getinfo("p/f.mp4").date_time == (2026, 3, 2, 9, 30, 10)


def test_the_same_files_give_the_same_bytes(store: LocalStore) -> None:
    def made() -> bytes:
        return b"".join(stream([text("a", b"b"), film("f.mp4", store, "videos/1/v/720.mp4")], AT))

    assert made() == made()


def test_a_film_passes_in_blocks(store: LocalStore) -> None:
    files = [film("f.mp4", store, "videos/1/v/720.mp4")]

    sizes = [len(block) for block in stream(files, AT)]

    assert max(sizes) <= 256 * 1024
    assert sum(size > 100_000 for size in sizes) >= 2


class Counting(LocalStore):
    """A store that notes what is read of it."""

    read: tuple[str, ...] = ()

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        self.read += (key,)
        return super().blocks(key, start, length)


def test_the_checksum_of_a_film_is_worked_out_once(tmp_path: Path) -> None:
    store = Counting(tmp_path)
    store.put("videos/2/v/720.mp4", io.BytesIO(FILM))

    for _ in range(2):
        film("f.mp4", store, "videos/2/v/720.mp4")

    assert store.read == ("videos/2/v/720.mp4",)


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../b", "a\\b", "a:b", "", ".hidden", "a/.b", "é", "a" * 201]
)
def test_a_name_that_no_disk_should_see_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        text(name, b"")


def test_what_needs_more_than_a_plain_zip_is_refused() -> None:
    huge = Member("f.mp4", 4_000_000_000, 4_000_000_000, 0, 0, lambda: iter(()))

    with pytest.raises(Invalid, match="too large"):
        length([huge])
    with pytest.raises(Invalid, match="too many"):
        length([text("a", b"")] * 2001)
