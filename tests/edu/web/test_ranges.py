"""Byte ranges: every form of the header, conditions, and a cost that does not grow with the offset."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import EnvironBuilder, TestResponse

from edu.models import VideoFile
from edu.storage import BLOCK
from edu.storage.local import LocalStore
from edu.web import ranges
from edu.web.file_wrapper import SeekableFile
from edu.web.ranges import Span, wanted_span
from tests.edu.conftest import Site
from tests.reviewer import ReviewingClient

SIZE = 1000
PARTS = [
    ("bytes=0-", Span(0, 1000)),
    ("bytes=0-0", Span(0, 1)),
    ("bytes=10-19", Span(10, 10)),
    ("bytes=999-", Span(999, 1)),
    ("bytes=990-5000", Span(990, 10)),
    ("bytes=0-9223372036854775807", Span(0, 1000)),
    ("bytes=-1", Span(999, 1)),
    ("bytes=-1000", Span(0, 1000)),
    ("bytes=-5000", Span(0, 1000)),
    ("Bytes=1-2", Span(1, 2)),
    (" bytes=1-2 ", Span(1, 2)),
]
WHOLE = [
    "bytes=5-1",
    "bytes=0-1,5-6",
    "bytes=-",
    "bytes",
    "items=0-1",
    "bytes=a-b",
    "bytes=٠-٩",
    "bytes=1 - 2",
    "",
]
MANY = ",".join(["0-0"] * 1000)
OUTSIDE = ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999999-"]


@pytest.mark.parametrize(("header", "span"), PARTS)
def test_a_part_is_what_the_header_says(header: str, span: Span) -> None:
    assert wanted_span(header, SIZE) == span


@pytest.mark.parametrize("header", WHOLE)
def test_what_is_no_single_part_gives_the_whole(header: str) -> None:
    assert wanted_span(header, SIZE) is None


@pytest.mark.parametrize("header", OUTSIDE)
def test_a_part_outside_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="part"):
        wanted_span(header, SIZE)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_part(header: str) -> None:
    with pytest.raises(ValueError, match="part"):
        wanted_span(header, 0)


@pytest.fixture
def film(site: Site) -> str:
    """The address of a film that everybody may see."""
    return f"{site.public('V1')}/vV1/720.mp4"


@pytest.fixture
def whole(site: Site) -> bytes:
    """Its bytes."""
    return b"".join(site.runtime.store.blocks(f"videos/{site.video('V1').id}/vV1/720.mp4"))


def ask(client: ReviewingClient, film: str, header: str, **more: str) -> TestResponse:
    return client.get(film, headers={"Range": header, **more})


@pytest.mark.parametrize(
    ("header", "start", "end"), [("bytes=0-", 0, None), ("bytes=7-99", 7, 100), ("bytes=-5", -5, None)]
)
def test_a_part_is_sent_with_its_place(
    client: ReviewingClient, film: str, whole: bytes, header: str, start: int, end: int | None
) -> None:
    answer = ask(client, film, header)

    wanted = whole[start:end]
    first = start % len(whole)
    assert (answer.status_code, answer.data) == (206, wanted)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(wanted))
    assert answer.headers["Content-Type"] == "video/mp4"


def test_without_a_range_the_whole_is_sent_and_parts_are_offered(
    client: ReviewingClient, film: str, whole: bytes
) -> None:
    answer = client.get(film)

    assert (answer.status_code, answer.data) == (200, whole)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer.headers


@pytest.mark.parametrize(
    "header", ["bytes=0-1,5-6", "bytes=9-3", "lines=1-2", "bytes=" + ",".join(["0-0"] * 1000)]
)
def test_several_parts_and_nonsense_give_the_whole(
    client: ReviewingClient, film: str, whole: bytes, header: str
) -> None:
    answer = ask(client, film, header)

    assert (answer.status_code, len(answer.data)) == (200, len(whole))


def test_a_part_after_the_end_is_answered_with_the_size(
    client: ReviewingClient, film: str, whole: bytes
) -> None:
    answer = ask(client, film, f"bytes={len(whole)}-")

    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"
    assert "immutable" not in answer.headers["Cache-Control"]


def test_a_copy_of_another_version_gets_the_whole_instead_of_a_part(
    client: ReviewingClient, film: str, whole: bytes
) -> None:
    etag = client.get(film).headers["ETag"]

    assert ask(client, film, "bytes=0-9", **{"If-Range": etag}).status_code == 206
    for condition in ('"another"', f"W/{etag}", "Mon, 02 Mar 2026 09:00:00 GMT"):
        assert ask(client, film, "bytes=0-9", **{"If-Range": condition}).status_code == 200


def test_who_has_it_already_is_sent_nothing(client: ReviewingClient, film: str) -> None:
    etag = client.get(film).headers["ETag"]

    answer = ask(client, film, "bytes=0-9", **{"If-None-Match": etag})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)


def test_head_tells_of_the_whole_and_sends_nothing(client: ReviewingClient, film: str, whole: bytes) -> None:
    answer = client.head(film, headers={"Range": "bytes=5-9"})

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(whole))


class CountingStore(LocalStore):
    """A store on the disk that counts what it reads."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.read: list[int] = []

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        for block in super().blocks(key, start, length):
            self.read.append(len(block))
            yield block


@pytest.mark.parametrize("start", [0, 40_000_000])
def test_a_part_costs_the_same_wherever_it_lies(app: Flask, tmp_path: Path, start: int) -> None:
    store, size = CountingStore(tmp_path / "large"), 41_000_000
    with (tmp_path / "large" / "film").open("wb") as file:
        file.truncate(size)

    with app.test_request_context(headers={"Range": f"bytes={start}-{start + 299_999}"}):
        answer = ranges.send(store, "film", size=size, content_type="video/mp4", etag="e")
        sent = b"".join(answer.response)  # type: ignore[arg-type]

    assert len(sent) == 300_000
    assert store.read == [BLOCK, 300_000 - BLOCK]


def test_nothing_is_read_before_it_is_asked_for(app: Flask, tmp_path: Path) -> None:
    store = CountingStore(tmp_path / "objects")
    store.put("film", io.BytesIO(b"x" * 10))

    with app.test_request_context(method="HEAD"):
        ranges.send(store, "film", size=10, content_type="video/mp4", etag="e")

    assert store.read == []


@pytest.mark.parametrize(
    ("header", "start", "end"), [("bytes=7-99", 7, 100), ("bytes=-5", -5, None), ("", 0, None)]
)
def test_gunicorn_is_given_the_file_itself_and_the_part_is_the_same(
    app: Flask, film: str, whole: bytes, header: str, start: int, end: int | None
) -> None:
    environ = EnvironBuilder(film, headers={"Range": header} if header else {}).get_environ()
    told: list[dict[str, str]] = []

    body = app(
        {**environ, "SERVER_SOFTWARE": "gunicorn/27.0"}, lambda _, headers, *__: told.append(dict(headers))
    )

    wanted = whole[start:end]
    assert isinstance(body, SeekableFile)  # the class by which gunicorn knows what the kernel can send
    assert body.filelike.tell() == start % len(whole)
    assert told[0]["Content-Length"] == str(len(wanted))
    assert b"".join(body) == wanted  # a server that reads stops in time
    body.close()
    assert body.filelike.closed


GIGABYTE, PART, TIMES = 10**9, 64 * 1024, 60


def replace_by_gigabyte(site: Site) -> None:
    """The film becomes a sparse file; the old one is shared with the template and stays untouched."""
    path = site.runtime.store.local_path(f"videos/{site.video('V1').id}/vV1/720.mp4")
    assert path is not None
    path.unlink()
    with path.open("wb") as file:
        file.truncate(GIGABYTE)
    with site.runtime.db.writing() as session:
        session.execute(update(VideoFile).where(VideoFile.name == "720.mp4").values(bytes=GIGABYTE))


@pytest.mark.parametrize("server", ["gunicorn/27.0", "another"])
def test_the_last_minute_of_a_gigabyte_comes_as_fast_as_the_first(
    app: Flask, site: Site, film: str, server: str
) -> None:
    replace_by_gigabyte(site)
    client = app.test_client()
    seconds: dict[int, list[float]] = {0: [], GIGABYTE - 100 * PART: []}

    for turn in range(TIMES):
        for base, taken in seconds.items():
            start = base + turn * PART
            header = {"Range": f"bytes={start}-{start + PART - 1}"}
            began = time.perf_counter()
            answer = client.get(film, headers=header, environ_overrides={"SERVER_SOFTWARE": server})
            assert (answer.status_code, len(answer.data)) == (206, PART)
            answer.close()
            taken.append(time.perf_counter() - began)

    early, late = (sorted(taken) for taken in seconds.values())
    # reading up to the place would take a thousand times as long; what else is here is noise of the machine
    assert late[TIMES // 2] < 2 * early[TIMES // 2]
