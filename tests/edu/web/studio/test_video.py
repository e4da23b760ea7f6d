"""A video in the studio: upload by the plain form, facts, work, publishing, removal."""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from dataclasses import asdict

import pytest

from edu.errors import Conflict
from edu.models import Audience, AuditEntry, Job, JobState, Role, Step, User, Video, VideoState, Visibility
from edu.policy import Viewer
from edu.services import video_editing, video_jobs
from edu.services.video_editing import REMOVE_ORIGINAL
from media import Level, Remark, Report
from media.errors import SENTENCES

FILM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 8
FACTS = {"title": "New title", "description": "What it shows", "language": "pt-BR", "audience": "pro"}


def upload(person, data: bytes, name: str = "IMG_7.MKV", **fields: str):
    return person.submit("/studio/videos/new", {"file": (io.BytesIO(data), name), **fields})


def the_video(runtime) -> Video:
    with runtime.db.reading() as session:
        return session.query(Video).one()


def promise(runtime, video_id: int, state: JobState = JobState.READY, **facts: object) -> None:
    with runtime.db.writing() as session:
        job = video_jobs.promise_check(session, session.get_one(Video, video_id), runtime.clock.now())
        job.state = state
        for name, value in facts.items():
            setattr(job, name, value)


# -- the plain form ------------------------------------------------------------------------------------------


def test_the_upload_page_speaks_tus_and_posts_without_script(instructor):
    page = instructor.get("/studio/videos/new").text

    assert 'data-endpoint="/uploads"' in page
    assert 'action="/studio/videos/new" enctype="multipart/form-data"' in page


def test_a_plain_form_upload_becomes_a_video_and_leaves_nothing_behind(instructor, runtime):
    response = upload(instructor, FILM, title="Finding it")

    video = the_video(runtime)
    assert (response.status_code, response.location) == (303, f"/studio/videos/{video.id}")
    assert (video.title, video.original_name, video.owner_id) == (
        "Finding it",
        "IMG_7.MKV",
        instructor.user_id,
    )
    assert b"".join(runtime.store.blocks(video.original_key)) == FILM
    assert list((runtime.settings.data_dir / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"<html><script>", "web page"),
        (b"Hello", "text file"),
        (b"\x89PNG" + bytes(99), "picture"),
    ],
)
def test_a_file_that_is_no_recording_is_refused_in_the_page(instructor, runtime, data, word):
    response = upload(instructor, data, title="Kept title")

    assert response.status_code == 422
    assert word in response.text
    assert "Kept title" in response.text
    assert list((runtime.settings.data_dir / "tmp").iterdir()) == []
    with runtime.db.reading() as session:
        assert session.query(Video).count() == 0


def test_a_form_without_a_file_is_refused_in_the_page(instructor):
    response = instructor.submit("/studio/videos/new", {"title": "x"})

    assert response.status_code == 422
    assert "Choose a file" in response.text


def test_a_plain_upload_above_the_quota_is_refused_with_the_figures(instructor, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, instructor.user_id).quota_bytes = 10

    response = upload(instructor, FILM)

    assert response.status_code == 507
    assert "0 of 0 MB" in response.text


def test_a_body_above_every_limit_is_refused_in_the_page(runtime, instructor):
    said = {"CONTENT_LENGTH": str(runtime.settings.max_upload_bytes + 2_000_000)}
    kind = "multipart/form-data; boundary=x"

    response = instructor.post("/studio/videos/new", environ_overrides=said, content_type=kind)

    assert response.status_code == 413
    assert "4096 MB" in response.text


def test_a_file_that_the_disk_cannot_hold_is_refused_before_it_comes(runtime, instructor, with_settings):
    instructor.application.extensions["edu"] = with_settings(max_upload_bytes=10**18)
    fields = {"csrf_token": instructor.csrf("/account/"), "file": (io.BytesIO(FILM), "a.mkv")}

    response = instructor.post(
        "/studio/videos/new", data=fields, environ_overrides={"CONTENT_LENGTH": str(10**17)}
    )

    assert response.status_code == 507
    assert "disk of this site is full" in response.text
    assert list((runtime.settings.data_dir / "tmp").glob("*")) == []


def test_strangers_are_sent_away_before_their_file_is_read(client, runtime):
    token = client.csrf()
    response = client.post(
        "/studio/videos/new", data={"csrf_token": token, "file": (io.BytesIO(FILM), "a.mkv")}
    )

    assert response.status_code == 401
    assert not (runtime.settings.data_dir / "tmp").exists()


def test_no_other_address_takes_a_body_of_that_size(client):
    body = b"--x\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n" + bytes(17 * 1024 * 1024)

    response = client.post("/account/sign-in", data=body, content_type="multipart/form-data; boundary=x")

    assert response.status_code == 413


# -- the page ------------------------------------------------------------------------------------------------


def test_a_video_that_waits_tells_its_state_live_and_can_be_cancelled(instructor, make_video, runtime):
    video_id = make_video(version="", state=VideoState.RECEIVED)
    promise(runtime, video_id)

    page = instructor.get(f"/studio/videos/{video_id}").text

    assert f'data-url="/studio/videos/{video_id}/state"' in page
    assert "Waiting for its turn" in page
    assert "Its turn is next." in page
    assert "Cancel the work" in page
    assert "data-reload-when-playable" in page


def test_a_page_without_its_player_is_told_once_there_is_something_to_play(instructor, make_video, runtime):
    video_id = make_video(state=VideoState.IMPROVING)
    promise(runtime, video_id, JobState.RUNNING)

    assert instructor.get(f"/studio/videos/{video_id}/state").json["playable"] is True
    assert "data-reload-when-playable" not in instructor.get(f"/studio/videos/{video_id}").text


def test_nothing_is_said_to_be_made_while_the_work_only_waits(instructor, make_video, runtime):
    video_id = make_video(state=VideoState.IMPROVING)
    promise(runtime, video_id)

    answer = instructor.get(f"/studio/videos/{video_id}/state").json

    assert (answer["state"], answer["label"]) == ("improving", "Waiting for its turn")
    assert answer["message"] == "It can be watched already. Its turn is next."


def test_the_state_tells_progress_and_the_time_left(instructor, make_video, runtime):
    video_id = make_video(version="", state=VideoState.IMPROVING)
    now = runtime.clock.now()
    promise(runtime, video_id, JobState.RUNNING, progress=0.5, started_at=now.replace(minute=0, hour=8))

    answer = instructor.get(f"/studio/videos/{video_id}/state").json

    assert answer["state"] == "improving"
    assert answer["progress"] == 0.5
    assert answer["label"] == "Being improved"
    assert answer["message"] == "Versions for every screen are being made. About 60 min left."


def test_a_video_that_can_be_watched_has_its_player_and_its_report(instructor, make_video):
    remark = Remark("sound-raised", Level.NOTE, "raised", {"loudness": -30, "gain": 10})
    video_id = make_video(report=asdict(Report((remark,))))

    page = instructor.get(f"/studio/videos/{video_id}").text

    assert "<edu-player" in page
    assert "by 10 dB" in page


def test_a_failure_says_what_is_wrong_with_the_programs_last_words(instructor, make_video, runtime):
    problem = {
        "code": "no-frames",
        "sentence": "No picture could be decoded from the video.",
        "parameters": {},
    }
    video_id = make_video(version="", state=VideoState.FAILED, problem=problem)
    promise(runtime, video_id, JobState.FAILED, error="moov atom not found")

    page = instructor.get(f"/studio/videos/{video_id}").text

    assert SENTENCES["no-frames"] in page
    assert "moov atom not found" in page
    assert "Try again" in page


def test_the_facts_are_saved(instructor, make_video, runtime):
    video_id = make_video()

    assert instructor.submit(f"/studio/videos/{video_id}", FACTS).status_code == 303

    video = the_video(runtime)
    assert (video.title, video.description, video.language, video.audience.value) == tuple(FACTS.values())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"title": " "}, "Please fill this in"), ({"language": "English!"}, "as a tag"),
     ({"audience": "all"}, "one of the list"), ({"title": "x" * 201}, "at most 200")],
)  # fmt: skip
def test_wrong_facts_are_shown_beside_their_field_and_what_was_typed_stays(
    instructor, make_video, runtime, wrong, words
):
    video_id = make_video()

    response = instructor.submit(f"/studio/videos/{video_id}", {**FACTS, **wrong})

    assert response.status_code == 422
    assert words in response.text
    assert "What it shows" in response.text
    assert the_video(runtime).title == "Finding it"


def test_a_video_leaves_the_gate_by_an_explicit_tick_only(instructor, make_video, runtime):
    video_id = make_video(audience=Audience.PRO)
    opened = {**FACTS, "audience": "open"}

    refused = instructor.submit(f"/studio/videos/{video_id}", opened)

    assert refused.status_code == 422
    assert 'id="field-open_to_all-error"' in refused.text
    assert "Everybody, patients included, will be able to see it" in refused.text
    assert (the_video(runtime).audience, the_video(runtime).title) == (Audience.PRO, "Finding it")
    assert instructor.submit(f"/studio/videos/{video_id}", {**opened, "open_to_all": "1"}).status_code == 303
    assert the_video(runtime).audience is Audience.OPEN
    with runtime.db.reading() as session:
        assert {entry.action for entry in session.query(AuditEntry)} == {"video.opened", "video.changed"}


@pytest.mark.parametrize("deed", ["", "/publish", "/unpublish", "/delete"])
def test_a_video_that_came_with_a_course_is_an_administrators(instructor, make_video, runtime, deed):
    video_id = make_video(owner_id=None, audience=Audience.PRO)

    response = instructor.submit(f"/studio/videos/{video_id}{deed}", {**FACTS, "open_to_all": "1"})

    assert response.status_code == 403
    assert (the_video(runtime).audience, the_video(runtime).title) == (Audience.PRO, "Finding it")


def test_a_title_that_is_too_long_is_refused_and_not_cut(instructor, runtime):
    response = upload(instructor, FILM, title="x" * 201)

    assert response.status_code == 422
    assert 'id="field-title-error"' in response.text
    assert 'id="field-file-error"' not in response.text
    with runtime.db.reading() as session:
        assert session.query(Video).count() == 0


# -- deeds ---------------------------------------------------------------------------------------------------


def test_a_video_is_published_and_taken_back(instructor, learner, make_video, runtime):
    video_id = make_video()
    assert learner.get("/videos/finding-it").status_code == 404

    instructor.submit(f"/studio/videos/{video_id}/publish")
    assert learner.get("/videos/finding-it").status_code == 200

    instructor.submit(f"/studio/videos/{video_id}/unpublish")
    assert learner.get("/videos/finding-it").status_code == 404
    with runtime.db.reading() as session:
        deeds = [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert deeds == ["video.published", "video.unpublished"]


def test_a_video_that_cannot_be_watched_is_not_published(instructor, make_video, runtime):
    video_id = make_video(version="")

    response = instructor.submit(f"/studio/videos/{video_id}/publish")

    assert response.status_code == 422
    assert "cannot be watched yet" in response.text
    assert the_video(runtime).visibility is Visibility.DRAFT


def test_work_is_cancelled_and_begun_again(instructor, make_video, runtime):
    video_id = make_video(version="", state=VideoState.CHECKING)
    promise(runtime, video_id)

    instructor.submit(f"/studio/videos/{video_id}/cancel")
    cancelled = the_video(runtime)
    page = instructor.get(f"/studio/videos/{video_id}").text
    instructor.submit(f"/studio/videos/{video_id}/retry")
    again = the_video(runtime)

    assert "The work was cancelled." in page
    assert "Cancelled" in page
    assert "alert-bad" not in page
    assert (cancelled.state, cancelled.problem["code"]) == (VideoState.FAILED, "cancelled")
    assert (again.state, again.problem) == (VideoState.RECEIVED, {})
    with runtime.db.reading() as session:
        assert session.query(Job).one().state is JobState.READY


def test_nothing_is_cancelled_or_tried_again_where_there_is_nothing(instructor, make_video):
    video_id = make_video()

    assert instructor.submit(f"/studio/videos/{video_id}/cancel").status_code == 409
    assert instructor.submit(f"/studio/videos/{video_id}/retry").status_code == 409


def test_a_cancel_that_comes_a_moment_late_takes_nothing_back(instructor, make_video, runtime):
    video_id = make_video(version="", state=VideoState.CHECKING)
    promise(runtime, video_id, JobState.RUNNING)
    maker, now, said = Viewer(user_id=instructor.user_id, role=Role.INSTRUCTOR), runtime.clock.now(), []

    def cancel() -> None:
        with suppress(Conflict), runtime.db.writing() as session:
            video_editing.cancel(session, maker, video_id, now)
            said.append("cancelled")

    late = threading.Thread(target=cancel)
    with runtime.db.writing() as session:  # the worker's transaction
        session.query(Job).one().state = JobState.DONE
        video = session.get_one(Video, video_id)
        video.version, video.state = "v1", VideoState.READY
        session.flush()
        late.start()
        late.join(0.5)
    late.join()

    assert (said, the_video(runtime).state, the_video(runtime).problem) == ([], VideoState.READY, {})


def test_a_video_is_deleted_after_a_question_and_its_files_follow_later(instructor, make_video, runtime):
    video_id = make_video()
    assert "cannot be brought back" in instructor.get(f"/studio/videos/{video_id}/delete").text

    assert instructor.submit(f"/studio/videos/{video_id}/delete").location == "/studio"

    assert instructor.get(f"/studio/videos/{video_id}").status_code == 404
    with runtime.db.reading() as session:
        assert {job.kind for job in session.query(Job)} == {"remove_package", REMOVE_ORIGINAL}
        assert all(job.run_at > runtime.clock.now() for job in session.query(Job))


def test_the_id_of_a_deleted_video_is_never_given_again(instructor, make_video, runtime):
    first = make_video()
    instructor.submit(f"/studio/videos/{first}/delete")

    assert make_video() > first
    with runtime.db.reading() as session:
        assert session.query(Step).count() == 0


@pytest.mark.parametrize("deed", ["", "/publish", "/unpublish", "/cancel", "/retry", "/delete"])
def test_a_colleagues_video_cannot_be_changed(colleague, make_video, runtime, deed):
    video_id = make_video()

    assert colleague.submit(f"/studio/videos/{video_id}{deed}", FACTS).status_code == 403
    assert colleague.get(f"/studio/videos/{video_id}").status_code == 403
    assert the_video(runtime).title == "Finding it"


def test_administrators_change_every_video(administrator, make_video, runtime):
    video_id = make_video()

    assert administrator.submit(f"/studio/videos/{video_id}", FACTS).status_code == 303
    assert the_video(runtime).title == "New title"
