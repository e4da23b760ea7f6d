"""The contract of every store, held against local disk and S3."""

import hashlib
import io
import threading
from datetime import UTC, datetime, timedelta

import pytest

from edu.errors import Invalid, NotFound
from edu.storage import BLOCK, StoredObject

MEGABYTE = 1024 * 1024
# Not a repeating pattern, so that a block from the wrong place is seen.
FILM = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(20 * MEGABYTE // 32))


def read(store, key, *range_):
    return b"".join(store.blocks(key, *range_))


class Pipe(io.RawIOBase):
    """A source that gives small pieces, as a socket does, and may break."""

    def __init__(self, data: bytes, breaks_at: int | None = None) -> None:
        self.data, self.at, self.breaks_at = data, 0, breaks_at

    def read(self, size: int = -1) -> bytes:
        if self.breaks_at is not None and self.at >= self.breaks_at:
            raise ValueError("the client has gone")
        piece = self.data[self.at : self.at + min(size, 700_001)]
        self.at += len(piece)
        return piece


@pytest.mark.parametrize("data", [b"", b"a film", FILM[: BLOCK + 1], FILM], ids=len)
def test_what_is_put_comes_back_with_its_size_and_digest(store, data):
    stored = store.put("videos/1/film.mp4", io.BytesIO(data))

    assert stored == StoredObject(len(data), hashlib.sha256(data).hexdigest())
    assert store.size("videos/1/film.mp4") == len(data)
    assert read(store, "videos/1/film.mp4") == data


def test_a_source_may_give_less_than_was_asked_for(store):
    stored = store.put("film", Pipe(FILM))

    assert stored.size == len(FILM)
    assert read(store, "film") == FILM


def test_a_source_that_breaks_off_leaves_the_old_object_and_nothing_else(store):
    store.put("film", io.BytesIO(b"old"))

    with pytest.raises(ValueError, match="the client has gone"):
        store.put("film", Pipe(FILM, breaks_at=12 * MEGABYTE))

    assert read(store, "film") == b"old"
    assert [entry.key for entry in store.list()] == ["film"]


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (0, 1),
        (0, None),
        (1, BLOCK),
        (BLOCK - 1, 2),
        (5 * MEGABYTE + 3, 3 * MEGABYTE),
        (len(FILM) - 10, None),
        (len(FILM) - 10, 99),
        (len(FILM), None),
        (len(FILM) + 5, 7),
        (3, 0),
    ],
)
def test_a_range_is_exactly_the_bytes_asked_for(store, start, length):
    store.put("film", io.BytesIO(FILM))

    blocks = list(store.blocks("film", start, length))

    end = len(FILM) if length is None else start + length
    assert b"".join(blocks) == FILM[start:end]
    assert all(0 < len(block) <= BLOCK for block in blocks)


@pytest.mark.parametrize("range_", [(-1, None), (0, -1)])
def test_a_negative_range_is_refused(store, range_):
    store.put("film", io.BytesIO(b"film"))

    with pytest.raises(Invalid):
        store.blocks("film", *range_)


def test_putting_again_replaces_and_a_running_read_sees_one_version(store):
    store.put("film", io.BytesIO(b"a" * 3 * BLOCK))
    running = store.blocks("film")
    first = next(running)

    store.put("film", io.BytesIO(b"b" * 3 * BLOCK))

    assert set(first + b"".join(running)) == {ord("a")}
    assert set(read(store, "film")) == {ord("b")}


def test_readers_never_see_half_an_object_while_it_is_replaced(store):
    store.put("film", io.BytesIO(b"0" * MEGABYTE))
    seen: list[bytes] = []
    reader = threading.Thread(target=lambda: seen.extend(read(store, "film") for _ in range(15)))
    reader.start()

    for digit in b"123456789":
        store.put("film", io.BytesIO(bytes([digit]) * MEGABYTE))
    reader.join()

    assert len(seen) == 15
    assert all(len(data) == MEGABYTE and len(set(data)) == 1 for data in seen)


def test_a_file_can_be_kept_and_stays_where_it_was(store, tmp_path):
    path = tmp_path / "film.mov"
    path.write_bytes(FILM)

    stored = store.put_file("film", path)

    assert stored == StoredObject(len(FILM), hashlib.sha256(FILM).hexdigest())
    assert path.read_bytes() == FILM
    assert read(store, "film") == FILM


def test_a_file_can_be_given_away(store, tmp_path):
    path = tmp_path / "film.mov"
    path.write_bytes(b"a film")

    stored = store.put_file("originals/film", path, move=True)

    assert stored.sha256 == hashlib.sha256(b"a film").hexdigest()
    assert not path.exists()
    assert read(store, "originals/film") == b"a film"


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.size("none"),
        lambda store: store.blocks("none"),
        lambda store: store.copy("none", "other"),
        lambda store: store.fetched("none").__enter__(),
    ],
    ids=["size", "blocks", "copy", "fetched"],
)
def test_an_object_that_is_not_there_is_not_found_at_once(store, ask):
    with pytest.raises(NotFound, match="none"):
        ask(store)


def test_existence_is_of_objects_not_of_folders(store):
    store.put("videos/1/film.mp4", io.BytesIO(b"film"))

    assert store.exists("videos/1/film.mp4")
    assert not store.exists("videos/1/other.mp4")
    assert not store.exists("videos/1")
    assert not store.exists("videos/1/film.mp4/x")
    with pytest.raises(NotFound):
        store.size("videos/1")


def test_deleting_forgets_and_deleting_again_is_no_error(store):
    store.put("videos/film", io.BytesIO(b"film"))

    store.delete("videos/film")
    store.delete("videos/film")

    assert not store.exists("videos/film")


def test_a_tree_is_forgotten_without_its_neighbours(store):
    for key in ("videos/1/a", "videos/1/b/c", "videos/10/a", "videos/1b"):
        store.put(key, io.BytesIO(b"."))

    count = store.delete_tree("videos/1")

    assert count == 2
    assert {entry.key for entry in store.list()} == {"videos/10/a", "videos/1b"}
    assert store.delete_tree("videos/1") == 0


def test_the_whole_store_is_never_deleted_by_an_empty_prefix(store):
    with pytest.raises(Invalid):
        store.delete_tree("")


def test_a_listing_tells_key_size_and_time(store):
    for number in range(5):
        store.put(f"a/b/{number}", io.BytesIO(b"." * number))
    store.put("a/bc/x", io.BytesIO(b"."))

    entries = sorted(store.list("a/b"), key=lambda entry: entry.key)

    assert [(entry.key, entry.size) for entry in entries] == [(f"a/b/{n}", n) for n in range(5)]
    assert all(abs(datetime.now(UTC) - entry.modified) < timedelta(minutes=1) for entry in entries)
    assert list(store.list("nothing")) == []


@pytest.mark.parametrize("existing", [False, True])
def test_a_copy_is_an_object_of_its_own(store, existing):
    store.put("film", io.BytesIO(b"film"))
    if existing:
        store.put("kept/film", io.BytesIO(b"older"))

    store.copy("film", "kept/film")
    store.copy("film", "film")
    store.put("film", io.BytesIO(b"changed"))

    assert read(store, "kept/film") == b"film"
    store.delete("film")
    assert read(store, "kept/film") == b"film"


def test_a_tool_gets_a_local_file_with_the_right_ending(store):
    store.put("originals/film.mov", io.BytesIO(FILM))

    with store.fetched("originals/film.mov") as path:
        assert path.suffix == ".mov"
        assert path.read_bytes() == FILM

    assert read(store, "originals/film.mov", 0, 10) == FILM[:10]


@pytest.mark.parametrize("key", ["", "/etc/passwd", "a/../b", "..", ".tmp/x", "a//b", "a\\b", "a/\0", "ü"])
@pytest.mark.parametrize("method", ["size", "exists", "delete", "blocks", "local_path", "delete_tree"])
def test_no_method_takes_what_is_not_a_key(store, method, key):
    with pytest.raises(Invalid, match="cannot name a stored object"):
        getattr(store, method)(key)
