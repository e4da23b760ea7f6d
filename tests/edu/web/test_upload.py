"""Uploads by tus 1.0, seen from outside: what a client may say, and what it is told."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest

from edu.models import Job, Upload, User, Video, VideoState
from edu.services import originals, uploads, video_jobs
from edu.storage import original_key
from edu.web import upload
from tests.edu.web.tus import CHUNK, FILM, b64, folder, make_tus, names, tus

__all__ = ["folder", "make_tus", "tus"]  # fixtures


# -- discovery -----------------------------------------------------------------------------------------------


def test_anyone_may_ask_what_the_server_can_do(client, runtime):
    response = client.options("/uploads")

    assert response.status_code == 204
    assert response.headers["Tus-Version"] == "1.0.0"
    assert (
        response.headers["Tus-Extension"] == "creation,creation-with-upload,checksum,termination,expiration"
    )
    assert response.headers["Tus-Max-Size"] == str(runtime.settings.max_upload_bytes)
    assert response.headers["Tus-Checksum-Algorithm"] == "sha256,sha1,md5"


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1"])
def test_another_version_of_the_protocol_is_refused(tus, version):
    response = tus.create(headers={"Tus-Resumable": version})

    assert response.status_code == 412
    assert response.headers["Tus-Version"] == "1.0.0"


def test_every_answer_names_the_version_and_forbids_guessing_the_type(tus):
    for response in (tus.create(), tus.create(-5), tus.send("HEAD", "/uploads/" + "0" * 32)):
        assert response.headers["Tus-Resumable"] == "1.0.0"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


# -- who may -------------------------------------------------------------------------------------------------


def test_a_learner_may_not_upload(learner, make_tus):
    assert make_tus(learner).create().status_code == 403


def test_a_stranger_may_not_upload(client):
    token = client.csrf()
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "X-CSRFToken": token}

    assert client.post("/uploads", headers=headers).status_code == 401


def test_a_request_without_the_token_of_the_session_is_refused(tus):
    assert tus.create(headers={"X-CSRFToken": None}).status_code == 400


def test_the_upload_of_somebody_else_is_like_none_at_all(tus, person, make_tus, folder):
    other = make_tus(person("administrator"))
    path = tus.begin()

    assert other.send("HEAD", path).status_code == 404
    assert other.patch(path, 0, FILM).status_code == 404
    assert other.send("DELETE", path).status_code == 404
    assert tus.offset(path) == 0


# -- creation ------------------------------------------------------------------------------------------------


def test_an_upload_gets_an_address_that_nobody_can_guess(tus):
    first, second = tus.begin(), tus.begin()

    assert first != second
    assert len(first.rsplit("/", 1)[1]) == 32


def test_the_end_of_an_uploads_life_is_told(tus):
    assert tus.create().headers["Upload-Expires"] == "Mon, 09 Mar 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    "length", ["-5", "abc", "", "1e9", "5, 6", "٣".encode().decode("latin-1"), "1" * 40, "1_0", "+5", " "]
)
def test_a_length_that_is_no_whole_number_is_refused(tus, folder, length):
    assert tus.create(length).status_code == 400
    assert names(folder) == []


def test_a_length_must_be_told(tus):
    assert tus.send("POST", "/uploads").status_code == 400


def test_a_length_cannot_be_told_later(tus):
    assert tus.create(headers={"Upload-Defer-Length": "1"}).status_code == 400


def test_an_empty_file_is_refused_with_a_sentence_at_once(tus, folder):
    response = tus.create(0)

    assert response.status_code == 422
    assert "empty" in response.json["detail"]
    assert names(folder) == []


def test_a_file_above_the_limit_is_refused_with_the_figures(tus, runtime):
    response = tus.create(runtime.settings.max_upload_bytes + 1)

    assert response.status_code == 413
    assert "4097 MB" in response.json["detail"]
    assert "4096 MB" in response.json["detail"]


@pytest.mark.parametrize(
    "metadata", ["filename a b", "filename !!!", "filename /w==", "a YQ==,a YQ==", "a YQ==,,b YQ==", "ä YQ=="]
)
def test_malformed_metadata_is_refused(tus, metadata):
    said = {"Upload-Metadata": metadata.encode().decode("latin-1")}

    assert tus.create(headers=said).status_code == 400


def test_metadata_comes_back_as_it_was_given(tus):
    metadata = f"filename {b64('a.mkv')},is_confidential"
    path = tus.begin(metadata=metadata)

    assert tus.send("HEAD", path).headers["Upload-Metadata"] == metadata


def test_a_file_name_never_becomes_a_path(tus, runtime, folder):
    path = tus.begin(metadata=f"filename {b64('../../etc/pass' + chr(0x202E) + 'wd')}")

    with runtime.db.reading() as session:
        upload = session.get_one(Upload, path.rsplit("/", 1)[1])
    assert upload.name == "passwd"
    assert names(folder) == [upload.id]


def test_the_first_bytes_may_come_with_the_creation(tus):
    response = tus.create(data=FILM[:100], content_type=CHUNK)

    assert response.status_code == 201
    assert response.headers["Upload-Offset"] == "100"
    assert tus.offset(response.headers["Location"]) == 100


def test_a_whole_small_file_may_come_with_the_creation(tus):
    response = tus.create(data=FILM, content_type=CHUNK)

    assert response.status_code == 201
    assert response.headers["Edu-Location"].startswith("/studio/videos/")


def test_more_than_the_length_with_the_creation_is_refused(tus, folder):
    assert tus.create(10, data=FILM, content_type=CHUNK).status_code == 413
    assert names(folder) == []


def test_only_so_many_uploads_begin_in_an_hour(tus, clock):
    for _ in range(uploads.CREATES.tries):
        tus.begin()

    response = tus.create()

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    clock.advance(timedelta(hours=1, seconds=1))
    assert tus.create().status_code == 201


# -- quota ---------------------------------------------------------------------------------------------------


def test_uploads_in_progress_count_whole_against_the_quota(tus, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, tus.browser.user_id).quota_bytes = 5_000_000
    tus.begin(3_000_000)

    response = tus.create(3_000_000)

    assert response.status_code == 507
    assert "3 of 5 MB" in response.json["detail"]
    assert tus.create(2_000_000).status_code == 201


def test_of_uploads_that_begin_at_once_no_more_than_fit_are_taken(tus, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, tus.browser.user_id).quota_bytes = 5000

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: tus.create(2000).status_code, range(6)))

    assert sorted(answers) == [201, 201, 507, 507, 507, 507]


def test_an_upload_that_was_refused_with_its_first_bytes_takes_no_room(tus, runtime, folder):
    with ExitStack() as stack:
        for _ in range(8):  # as many as may come at the same time
            upload._writing.acquire()
            stack.callback(upload._writing.release)
        response = tus.create(data=FILM, content_type=CHUNK)

    assert response.status_code == 503
    assert names(folder) == []
    with runtime.db.reading() as session:
        assert session.query(Upload).count() == 0


def test_videos_count_against_the_quota_and_the_sites_own_holds_where_none_is_set(tus, runtime):
    with runtime.db.writing() as session:
        now, most = runtime.clock.now(), runtime.settings.quota_bytes
        session.add(
            Video(slug="a", title="a", original_key="k", state_at=now, created_at=now,
                  owner_id=tus.browser.user_id, original_bytes=most - 10)
        )  # fmt: skip

    assert tus.create(11).status_code == 507
    assert tus.create(10).status_code == 201


def test_an_upload_given_up_no_longer_counts(tus, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, tus.browser.user_id).quota_bytes = 3000
    path = tus.begin(3000)

    assert tus.send("DELETE", path).status_code == 204

    assert tus.create(3000).status_code == 201


def test_a_video_that_was_deleted_no_longer_counts(tus, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, tus.browser.user_id).quota_bytes = len(FILM)
    tus.patch(tus.begin(), 0, FILM)
    with runtime.db.reading() as session:
        video_id = session.query(Video).one().id
    assert tus.create().status_code == 507

    tus.browser.submit(f"/studio/videos/{video_id}/delete")

    assert tus.create().status_code == 201


# -- how far it has come -------------------------------------------------------------------------------------


def test_the_offset_is_told_and_kept_by_no_cache(tus):
    path = tus.begin()
    tus.patch(path, 0, FILM[:700])

    response = tus.send("HEAD", path)

    assert response.headers["Upload-Offset"] == "700"
    assert response.headers["Upload-Length"] == str(len(FILM))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["0" * 32, "x", "..", "%2e%2e%2fedu.sqlite3", "0" * 31 + "G"])
def test_an_unknown_upload_is_not_found(tus, name):
    assert tus.send("HEAD", f"/uploads/{name}").status_code == 404


# -- bytes ---------------------------------------------------------------------------------------------------


def test_chunks_add_up_to_a_video_and_a_promise_to_process_it(tus, runtime):
    path = tus.begin(metadata=f"filename {b64('palpation.mkv')},title {b64('Finding it')}")

    first = tus.patch(path, 0, FILM[:1000])
    last = tus.patch(path, 1000, FILM[1000:])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(FILM)))
    with runtime.db.reading() as session:
        video = session.query(Video).one()
        assert last.headers["Edu-Location"] == f"/studio/videos/{video.id}"
        assert (video.title, video.original_name) == ("Finding it", "palpation.mkv")
        assert (video.owner_id, video.state) == (tus.browser.user_id, VideoState.RECEIVED)
        kinds = {job.kind for job in session.query(Job)}
        assert kinds == {video_jobs.CHECK, originals.REMOVE}
    stored = b"".join(runtime.store.blocks(original_key(hashlib.sha256(FILM).hexdigest())))
    assert stored == FILM


def test_a_title_is_kept_without_signs_that_no_database_can_hold(tus, runtime):
    title = "Find\tit\x1b " + "x" * 250
    path = tus.begin(metadata=f"filename {b64('a.mkv')},title {b64(title)}")

    tus.patch(path, 0, FILM)

    with runtime.db.reading() as session:
        title = session.query(Video).one().title
    assert title.startswith("Find it xxx")
    assert len(title) <= 200


def test_without_a_title_the_file_names_the_video(tus, runtime):
    tus.patch(tus.begin(metadata=f"filename {b64('Back mouse.MOV')}"), 0, FILM)

    with runtime.db.reading() as session:
        assert session.query(Video).one().title == "Back mouse"


@pytest.mark.parametrize("offset", [5, 1, len(FILM)])
def test_a_chunk_at_another_offset_is_refused(tus, offset):
    path = tus.begin()

    assert tus.patch(path, offset, b"" if offset == len(FILM) else b"x").status_code == 409
    assert tus.offset(path) == 0


@pytest.mark.parametrize("offset", ["-5", "abc", "", "5.0", None])
def test_an_offset_that_is_no_whole_number_is_refused(tus, offset):
    path = tus.begin()
    headers = {"Upload-Offset": offset}

    assert tus.send("PATCH", path, headers, data=b"x", content_type=CHUNK).status_code == 400


def test_a_chunk_of_another_type_is_refused(tus):
    path = tus.begin()

    assert tus.patch(path, 0, FILM, Content_Type="text/plain").status_code == 415


def test_a_chunk_past_the_end_is_refused_and_nothing_of_it_kept(tus):
    path = tus.begin()
    tus.patch(path, 0, FILM[:1000])

    assert tus.patch(path, 1000, FILM[1000:] + b"x").status_code == 413
    assert tus.offset(path) == 1000


def test_the_method_may_be_told_in_a_header(tus):
    path = tus.begin()
    headers = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}

    response = tus.send("POST", path, headers, data=FILM[:10], content_type=CHUNK)

    assert response.status_code == 204
    assert tus.send("POST", path, {"X-HTTP-Method-Override": "HEAD"}).headers["Upload-Offset"] == "10"
    assert tus.send("POST", path).status_code == 405
    assert tus.send("POST", path, {"X-HTTP-Method-Override": "DELETE"}).status_code == 204


def test_an_empty_chunk_changes_nothing(tus):
    path = tus.begin()

    assert tus.patch(path, 0, b"").status_code == 204
    assert tus.offset(path) == 0


def test_a_complete_upload_stays_complete_whatever_is_sent_again(tus, runtime, folder):
    path = tus.begin()
    done = tus.patch(path, 0, FILM).headers["Edu-Location"]

    assert tus.send("HEAD", path).headers["Edu-Location"] == done
    assert tus.patch(path, len(FILM), b"").headers["Edu-Location"] == done
    assert tus.patch(path, len(FILM), b"x").status_code == 413
    assert tus.patch(path, 0, FILM).status_code == 409
    assert names(folder) == []
    with runtime.db.reading() as session:
        assert session.query(Video).count() == 1


def test_a_chunk_for_an_upload_that_is_not_there_is_not_found(tus):
    assert tus.patch("/uploads/" + "0" * 32, 0, FILM).status_code == 404
