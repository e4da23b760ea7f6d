"""The studio's page of audio description: gaps, what is said in them, and the described sound."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from edu.models import Hearing, Job, JobState, TrackDraft, Video, VideoFile
from edu.services import sources
from edu.services.texts import described, making
from tests.edu.web.studio.test_track import send

TWO = "1\n00:00:01,000 --> 00:00:02,000\nThe thumb.\n\n2\n00:00:12,000 --> 00:00:13,000\nIt glides on.\n"
WAV = b"RIFF\x24\0\0\0WAVEfmt "


@pytest.fixture
def video(make_video) -> int:
    return make_video(height=360, width=640)


@pytest.fixture
def page(instructor, video, runtime) -> str:
    """The page of approved descriptions of a film in which somebody speaks from 3 to 20 s."""
    where = send(instructor, video, TWO, kind="descriptions").location
    with runtime.db.writing() as session:
        now = runtime.clock.now()
        heard = Hearing(
            video_id=video, version="v1", speech=[[3000, 20_000]], duration_ms=90_000, made_at=now
        )
        session.add(heard)
    return f"{where}/describe"


def upload(person, page: str, data: bytes, name: str = "voice.wav"):
    file = FileStorage(io.BytesIO(data), name, "recording", "audio/wav")
    boundary, body = encode_multipart({"csrf_token": person.csrf(), "way": "recording", "recording": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return person.post(f"{page}/sound", data=body, content_type=kind)


def serve(runtime, video: int, page: str, **detail: object) -> None:
    """Let a described sound have been made."""
    known = {
        sources.DESCRIBED: True, "track": int(page.split("/")[-2]), "language": "en", "number": 1,
        "voice": True, "overruns": [[12_000, 1440, 0]],
    }  # fmt: skip
    with runtime.db.writing() as session:
        session.add(
            VideoFile(
                video_id=video, version="v1", name="sound-ad-1.mp4", role=sources.SOUND, bytes=3,
                key=f"videos/{video}/v1/sound-ad-1.mp4", content_type="video/mp4", detail=known | detail,
            )
        )  # fmt: skip


def jobs(runtime, kind: str = making.DESCRIBE) -> list[Job]:
    with runtime.db.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id)))


def test_each_pause_tells_how_many_words_fit_and_what_is_said_in_it(instructor, page):
    text = instructor.get(page).text

    assert "0:00.0 to 0:02.8<br>7 words fit" in text
    assert "0:20.1 to 1:30.0" in text
    assert "At 0:01.0: 2 words" in text
    assert "Begins while somebody speaks" in text
    assert 'name="say-20150-90000"' in text


def test_a_description_that_is_too_long_says_by_how_much(instructor, page):
    instructor.submit(page, {"since": "1", "say-20150-90000": "word " * 200})

    assert "Too long by 14 words" in instructor.get(page).text


def test_words_typed_into_a_pause_go_into_the_working_copy(instructor, page, runtime):
    answer = instructor.submit(page, {"since": "1", "say-20150-90000": "The other hand."})

    assert answer.status_code == 303
    text = instructor.get(answer.location).text
    assert "Saved in the working copy" in text
    assert "The other hand." in text
    assert "Approve the descriptions first" in text
    with runtime.db.reading() as session:
        rows = session.scalars(select(TrackDraft)).one().rows
    assert [(row["start"], row["text"]) for row in rows][2] == (20_150, "The other hand.")


def test_a_form_that_cannot_be_read_is_shown_again_with_what_was_typed(instructor, page):
    answer = instructor.submit(page, {"since": "<b>", "say-20150-90000": "The other hand."})

    assert answer.status_code == 422
    assert "The other hand." in answer.text


def test_a_film_nobody_has_listened_to_is_listened_to_and_the_page_says_so(instructor, video, runtime):
    where = send(instructor, video, TWO, kind="descriptions").location + "/describe"

    text = instructor.get(where).text
    instructor.get(where)

    assert "The film is being listened to." in text
    assert "The thumb." in text
    (job,) = jobs(runtime, making.LISTEN)
    with runtime.db.writing() as session:
        session.get_one(Job, job.id).state = JobState.FAILED
    assert "could not be listened to" in instructor.get(where).text


def test_a_film_without_a_pause_says_so(instructor, page, runtime, video):
    with runtime.db.writing() as session:
        session.get_one(Hearing, video).speech = [[0, 90_000]]

    assert "There is no pause that is long enough" in instructor.get(page).text


def test_many_pauses_come_on_several_pages(instructor, page, runtime, video):
    with runtime.db.writing() as session:
        session.get_one(Hearing, video).duration_ms = 600_000
        session.get_one(Hearing, video).speech = [[at, at + 2000] for at in range(0, 600_000, 6000)]

    text = instructor.get(f"{page}?from=50").text

    assert '<span aria-current="page">51–100</span>' in text
    assert "5:02.1 to 5:05.8" in text


def test_captions_have_no_such_page(instructor, video):
    where = send(instructor, video, TWO).location

    assert instructor.get(f"{where}/describe").status_code == 404


def test_the_page_is_nobody_elses(colleague, page):
    assert colleague.get(page).status_code == 403
    assert colleague.submit(f"{page}/sound", {"way": "voice"}).status_code == 403


def test_the_voice_is_promised_and_how_far_it_is_is_told_live(instructor, page, runtime, monkeypatch):
    answer = instructor.submit(f"{page}/sound", {"way": "voice"})

    assert answer.location.endswith("/describe#sound")
    assert "It waits for its turn." in instructor.get(page).text
    state = instructor.get(f"{page}/state").json
    assert (state["state"], state["over"]) == ("received", False)
    (job,) = jobs(runtime)
    assert (job.payload["recording"], job.payload["version"]) == ("", "v1")
    instructor.submit(f"{page}/cancel")
    assert jobs(runtime)[0].state is JobState.CANCELLED


def test_without_a_voice_only_a_recording_is_offered(instructor, page, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    text = instructor.get(page).text

    assert "There is no voice for this language" in text
    assert 'value="voice"' not in text
    assert 'type="file"' in text


def test_a_recording_is_kept_with_the_film_and_work_is_promised(instructor, page, runtime, video):
    answer = upload(instructor, page, WAV)

    assert answer.status_code == 303
    (job,) = jobs(runtime)
    assert b"".join(runtime.store.blocks(job.payload["recording"])) == WAV
    assert job.payload["recording"].startswith(f"videos/{video}/v1/narration-")
    assert not list((runtime.settings.data_dir / "tmp").iterdir())


def test_another_recording_takes_the_place_of_the_first(instructor, page, runtime):
    upload(instructor, page, WAV)
    upload(instructor, page, WAV + b"more")

    first, second = jobs(runtime)
    assert first.state is JobState.CANCELLED
    assert not runtime.store.exists(first.payload["recording"])
    assert runtime.store.exists(second.payload["recording"])


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<html><script>alert(1)</script></html>", "voice.mp3", "This is no sound"),
        (b"", "", "Choose a file"),
    ],
)
def test_what_is_no_recording_is_refused_with_a_sentence(instructor, page, runtime, data, name, words):
    answer = upload(instructor, page, data, name)

    assert answer.status_code == 422
    assert words in answer.text
    assert jobs(runtime) == []
    assert not list(runtime.store.list("videos"))


def test_a_body_above_the_limit_is_refused_before_it_is_read(instructor, page):
    said = {"CONTENT_LENGTH": str(described.MOST_BYTES + 2_000_000)}
    kind = "multipart/form-data; boundary=x"

    answer = instructor.post(f"{page}/sound", environ_overrides=said, content_type=kind)

    assert answer.status_code == 413
    assert "at most 200 MB" in answer.text


def test_somebody_has_to_be_chosen_to_say_it(instructor, page):
    answer = instructor.submit(f"{page}/sound", {"way": "a choir"})

    assert answer.status_code == 422
    assert "Choose who says the descriptions" in answer.text


def test_descriptions_that_are_not_approved_are_not_said(instructor, page, runtime):
    instructor.submit(page, {"since": "1", "say-20150-90000": "The other hand."})

    answer = upload(instructor, page, WAV)

    assert answer.status_code == 409
    assert "Approve the descriptions first" in answer.text
    assert jobs(runtime) == []


def test_the_sound_that_is_served_tells_what_does_not_fit_and_is_removed(instructor, page, runtime, video):
    key = f"videos/{video}/v1/sound-ad-1.mp4"
    runtime.store.put(key, io.BytesIO(b"abc"))
    serve(runtime, video, page)

    text = instructor.get(page).text

    assert "It says version 1 of the descriptions." in text
    assert "goes on for 1.4 s while somebody speaks" in text
    instructor.submit(f"{page}/remove")
    assert "Remove the described sound" not in instructor.get(page).text
    assert not runtime.store.exists(key)
    assert instructor.submit(f"{page}/remove").status_code == 404


def test_a_sound_of_descriptions_that_were_changed_since_is_to_be_made_again(
    instructor, page, runtime, video
):
    serve(runtime, video, page, number=0)

    assert "Version 1 is approved since: make it again." in instructor.get(page).text


def test_when_the_film_was_made_anew_the_page_says_that_its_sound_is_gone(instructor, page, runtime, video):
    instructor.submit(f"{page}/sound", {"way": "voice"})
    with runtime.db.writing() as session:
        session.scalars(select(Job).where(Job.kind == making.DESCRIBE)).one().state = JobState.DONE
        session.get_one(Video, video).version = "v2"

    assert "its described sound went with the film before" in instructor.get(page).text


def test_work_that_failed_says_why(instructor, page, runtime):
    upload(instructor, page, WAV)
    with runtime.db.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == making.DESCRIBE)).one()
        job.state, job.error_code, job.error = JobState.FAILED, "narration-long", "x"

    assert "longer than the film" in instructor.get(page).text
    assert instructor.get(f"{page}/state").json["over"]


def test_the_player_has_it_in_its_menu_of_sounds(instructor, page, runtime, video):
    serve(runtime, video, page)
    with runtime.db.reading() as session:
        slug = session.get_one(Video, video).slug

    text = instructor.get(f"/videos/{slug}").text

    assert 'sound-ad-1.mp4" data-described>Audio description</option>' in text
    assert 'sound-ad-1.mp4" hreflang="en">Audio description</a>' in text


def test_the_editor_of_descriptions_leads_here(instructor, page):
    assert page in instructor.get(page.replace("/describe", "/edit")).text
