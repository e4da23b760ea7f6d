"""Uploads as files: what a kill, a full disk or a second writer leaves behind."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from edu.errors import NoRoom, NotFound, TooLarge
from edu.uploads import Checksum, Info, ProtocolError, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "uploads")


def sha1(data: bytes) -> Checksum:
    return Checksum("sha1", hashlib.new("sha1", data, usedforsecurity=False).digest())


def test_the_offset_is_what_has_come(shelf):
    upload = shelf.create(Info(10, "a YQ=="))

    with shelf.hold(upload) as held:
        held.append([b"abc", b"de"])

    assert shelf.offset(upload) == 5
    assert shelf.info(upload) == Info(10, "a YQ==")


def test_a_second_writer_is_refused_while_the_first_writes(shelf):
    upload = shelf.create(Info(10))

    with shelf.hold(upload), pytest.raises(ProtocolError) as error, shelf.hold(upload):
        pass

    assert error.value.status == 423
    with shelf.hold(upload) as held:
        assert held.size == 0


def test_bytes_past_the_length_undo_the_chunk(shelf):
    upload = shelf.create(Info(6))
    with shelf.hold(upload) as held:
        held.append([b"ab"])

        with pytest.raises(TooLarge):
            held.append([b"cde", b"fg"])

    assert shelf.offset(upload) == 2


def test_a_checksummed_chunk_is_taken_whole_or_not_at_all(shelf):
    upload = shelf.create(Info(6))
    with shelf.hold(upload) as held:
        held.append_checked([b"ab", b"c"], sha1(b"abc"))
        with pytest.raises(ProtocolError) as error:
            held.append_checked([b"de"], sha1(b"another"))

    assert error.value.status == 460
    assert shelf.offset(upload) == 3
    assert not (shelf.root / upload / "pending").exists()


def test_while_a_checksummed_chunk_is_written_it_does_not_count(shelf):
    upload = shelf.create(Info(6))
    seen = []

    def pieces():
        yield b"abc"
        seen.append(shelf.offset(upload))

    with shelf.hold(upload) as held:
        held.append([b"x"])
        held.append_checked(pieces(), sha1(b"abc"))

    assert seen == [1]
    assert shelf.offset(upload) == 4


def test_a_checksummed_chunk_that_a_kill_cut_is_cut_off(shelf):
    upload = shelf.create(Info(9))
    folder = shelf.root / upload
    (folder / "data").write_bytes(b"abcdef")
    (folder / "pending").write_text("3")  # as a killed writer leaves it

    assert shelf.offset(upload) == 3
    assert (folder / "data").read_bytes() == b"abc"
    assert not (folder / "pending").exists()


def test_a_full_disk_is_said_and_the_offset_stays_true(shelf):
    upload = shelf.create(Info(100))
    data = shelf.root / upload / "data"
    data.unlink()
    data.symlink_to("/dev/full")  # every write to it finds no space left

    with shelf.hold(upload) as held, pytest.raises(NoRoom):
        held.append([b"abc"])

    assert shelf.offset(upload) == 0


def test_the_hash_of_a_complete_upload_outlives_its_file(shelf):
    upload = shelf.create(Info(3))
    with shelf.hold(upload) as held:
        held.append([b"abc"])
        digest = held.note_sha256()
        held.path.unlink()

    assert digest == hashlib.sha256(b"abc").hexdigest()
    assert shelf.offset(upload) == 3
    with shelf.hold(upload) as held:
        assert held.is_complete
        assert held.note_sha256() == digest


def test_what_is_removed_is_gone(shelf):
    upload = shelf.create(Info(3))

    shelf.remove(upload)

    for ask in (shelf.offset, shelf.info):
        with pytest.raises(NotFound):
            ask(upload)
    with pytest.raises(NotFound), shelf.hold(upload):
        pass


@pytest.mark.parametrize("name", ["", "..", "../../etc", "A" * 32, "0" * 31, "0" * 33, "٣" * 32])
def test_an_id_is_thirty_two_hexadecimal_digits_before_it_is_a_path(shelf, name):
    with pytest.raises(NotFound):
        shelf.info(name)


def test_only_old_uploads_are_listed_for_clearing(shelf):
    upload = shelf.create(Info(3))
    (shelf.root / "something else").mkdir()

    assert shelf.ids(older_than=0) == []
    assert shelf.ids(older_than=1e12) == [upload]
