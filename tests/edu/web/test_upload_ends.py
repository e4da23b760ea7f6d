"""How uploads end: checked, given up, expired, refused for what they are, finished after a kill."""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from datetime import timedelta

import pytest

from edu.clock import FixedClock
from edu.models import Upload, Video
from edu.services import uploads
from edu.uploads import Shelf
from tests.edu.web.tus import FILM, b64, folder, make_tus, names, stay_signed_in, tus

__all__ = ["folder", "make_tus", "tus"]  # fixtures


# -- checksums -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha256", "sha1", "md5"])
def test_a_chunk_with_its_checksum_is_taken(tus, algorithm):
    path = tus.begin()
    digest = b64encode(hashlib.new(algorithm, FILM[:500], usedforsecurity=False).digest()).decode()

    assert tus.patch(path, 0, FILM[:500], Upload_Checksum=f"{algorithm} {digest}").status_code == 204
    assert tus.offset(path) == 500


def test_a_chunk_that_was_changed_on_its_way_is_thrown_away(tus):
    path = tus.begin()
    tus.patch(path, 0, FILM[:100])
    digest = b64encode(hashlib.new("sha1", b"another", usedforsecurity=False).digest()).decode()

    response = tus.patch(path, 100, FILM[100:500], Upload_Checksum=f"sha1 {digest}")

    assert response.status_code == 460
    assert tus.offset(path) == 100
    assert tus.patch(path, 100, FILM[100:]).status_code == 204


@pytest.mark.parametrize("checksum", ["crc32 AAAA", "sha1", "sha1 !!!", "sha1 AAAA", ""])
def test_a_checksum_that_is_not_known_or_malformed_is_refused(tus, checksum):
    path = tus.begin()

    assert tus.patch(path, 0, FILM, Upload_Checksum=checksum).status_code == 400
    assert tus.offset(path) == 0


# -- the end of an upload ------------------------------------------------------------------------------------


def test_an_upload_given_up_is_gone_with_its_bytes(tus, folder):
    path = tus.begin()
    tus.patch(path, 0, FILM[:10])

    assert tus.send("DELETE", path).status_code == 204

    assert names(folder) == []
    assert tus.send("HEAD", path).status_code == 404
    assert tus.send("DELETE", path).status_code == 404


def test_an_upload_ends_after_a_week_and_the_next_one_clears_it_away(tus, runtime, clock: FixedClock, folder):
    path = tus.begin()
    clock.advance(timedelta(days=6, hours=23))
    stay_signed_in(runtime)
    assert tus.patch(path, 0, FILM[:10]).status_code == 204
    clock.advance(timedelta(hours=2))

    assert tus.send("HEAD", path).status_code == 410
    assert tus.patch(path, 10, FILM[10:]).status_code == 410
    kept = tus.begin()
    assert names(folder) == [kept.rsplit("/", 1)[1]]


# -- what is no recording ------------------------------------------------------------------------------------

REFUSED = [
    (b"<!doctype html><html><body>sign in</body></html>", "web page"),
    (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "text file"),
    (b"#EXTM3U\nfile:///etc/passwd\n", "playlist"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    (bytes(range(1, 30)) * 40, "known kind"),
    (b"\x00\x00\x00\x18ftypisom" + bytes(12) + b"\x00\x00\x10\x00mdat", "incomplete"),
]


@pytest.mark.parametrize(("data", "word"), REFUSED)
def test_a_file_that_is_no_recording_is_refused_with_its_sentence(tus, runtime, folder, data, word):
    path = tus.begin(len(data))

    response = tus.patch(path, 0, data)

    assert response.status_code == 422
    assert word in response.json["detail"]
    assert names(folder) == []
    with runtime.db.reading() as session:
        assert session.query(Video).count() == session.query(Upload).count() == 0


def test_a_large_file_that_is_no_recording_is_refused_by_its_first_bytes(tus, folder):
    path = tus.begin(50_000_000)

    response = tus.patch(path, 0, b"<!doctype html><html>" + b" " * 100_000)

    assert response.status_code == 422
    assert names(folder) == []


def test_a_film_whose_index_comes_last_is_not_refused_halfway(tus):
    head = b"\x00\x00\x00\x18ftypisom" + bytes(12) + b"\x10\x00\x00\x00mdat" + bytes(100_000)
    path = tus.begin(50_000_000)

    assert tus.patch(path, 0, head).status_code == 204


# -- a kill at the worst moment ------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before the store", "after the store"])
def test_an_upload_that_a_kill_left_unfinished_is_finished_by_the_next_look(tus, runtime, folder, moment):
    path = tus.begin(metadata=f"filename {b64('a.mkv')}")
    with Shelf(folder).hold(path.rsplit("/", 1)[1]) as held:
        held.append([FILM])
        if moment == "after the store":
            uploads.put_away(runtime.store, held)

    looked = tus.send("HEAD", path)
    again = tus.patch(path, len(FILM), b"")

    assert looked.headers["Upload-Offset"] == str(len(FILM))
    assert looked.headers["Edu-Location"] == again.headers["Edu-Location"]
    assert names(folder) == []
    with runtime.db.reading() as session:
        assert session.query(Video).one().original_sha256 == hashlib.sha256(FILM).hexdigest()


def test_files_that_nobody_has_are_cleared_away_after_a_week(tus, folder):
    stray = folder / ("0" * 32)
    stray.mkdir(parents=True)
    os.utime(stray, (0, 0))

    kept = tus.begin()

    assert names(folder) == [kept.rsplit("/", 1)[1]]
