"""How captions begin: from a script, by the recogniser, empty, as a translation."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage

from edu.models import DraftOrigin, Job, JobState, Track, TrackDraft, TrackKind
from edu.policy import Viewer
from edu.services.texts import drafts
from tests.edu.web.studio.test_track import SRT, send

BEGIN = {"kind": "captions", "track_language": "en"}


@pytest.fixture
def video(make_video) -> int:
    return make_video()


def begin(instructor, video: int, **form: str):
    return instructor.submit(f"/studio/videos/{video}/captions/new", {**BEGIN, **form})


def test_a_pasted_script_becomes_work_whose_state_is_shown(instructor, video, runtime):
    where = begin(instructor, video, way="script", script="Find the crest.").location

    assert where.endswith("/making")
    assert "It waits for its turn." in instructor.get(where).text
    state = instructor.get(f"{where}/state").json
    assert (state["state"], state["over"]) == ("received", False)
    with runtime.db.reading() as session:
        assert session.query(Job).one().payload["script"] == "Find the crest."


def test_another_script_takes_the_place_of_one_that_waits(instructor, video, runtime):
    begin(instructor, video, way="script", script="Find the crest.")
    begin(instructor, video, way="script", script="Find the nodule.")

    with runtime.db.reading() as session:
        jobs = session.query(Job).order_by(Job.id)
        assert [(job.state, job.payload["script"]) for job in jobs] == [
            (JobState.CANCELLED, "Find the crest."),
            (JobState.READY, "Find the nodule."),
        ]


def test_work_is_stopped(instructor, video, runtime):
    where = begin(instructor, video, way="recognise").location

    instructor.submit(f"{where}/cancel")

    with runtime.db.reading() as session:
        assert session.query(Job).one().state is JobState.CANCELLED


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "script", "script": "  "}, "Paste what is said"),
        ({"way": "script", "script": "x" * 400_001}, "at most 400000"),
        ({"way": "empty", "kind": "chapters"}, "page of their own"),
        ({"way": "empty", "track_language": "nothing at all"}, "tag"),
        ({"way": "translation"}, "Choose the track"),
        ({}, "Choose how to begin"),
    ],
)
def test_what_cannot_begin_is_told_and_nothing_is_made(instructor, video, runtime, form, words):
    answer = begin(instructor, video, **form)

    assert answer.status_code == 422
    assert words in answer.text
    with runtime.db.reading() as session:
        assert session.query(Job).count() == 0
        assert session.query(TrackDraft).count() == 0


def test_a_film_that_cannot_be_heard_yet_takes_no_script(instructor, make_video):
    answer = begin(instructor, make_video(version=""), way="script", script="Find the crest.")

    assert answer.status_code == 409
    assert "cannot be heard yet" in answer.text


def test_a_translation_has_the_times_and_waits_for_words(instructor, video, runtime):
    source = send(instructor, video, SRT).location.rpartition("/")[2]

    begin(instructor, video, way="translation", source=source, kind="subtitles", track_language="es")

    with runtime.db.reading() as session:
        track = session.query(Track).filter_by(kind=TrackKind.SUBTITLES).one()
        draft = session.query(TrackDraft).one()
        assert draft.track_id == track.id
        assert [(row["start"], row["text"]) for row in draft.rows] == [(1000, ""), (5000, "")]
        assert track.current == 0


def test_a_track_that_is_not_approved_is_found_again_on_the_page_of_its_video(instructor, video):
    source = send(instructor, video, SRT).location.rpartition("/")[2]
    begin(instructor, video, way="translation", source=source, kind="subtitles", track_language="es")

    assert "Begun and not approved yet" in instructor.get(f"/studio/videos/{video}").text


def test_a_script_loses_the_signs_that_no_database_keeps(instructor, video, runtime):
    begin(instructor, video, way="script", script="Find\0 the\r\ncrest.\x1b")

    with runtime.db.reading() as session:
        assert session.query(Job).one().payload["script"] == "Find the\ncrest."


def test_work_on_captions_ends_with_their_video(instructor, video, runtime):
    begin(instructor, video, way="recognise")

    instructor.submit(f"/studio/videos/{video}/delete")

    with runtime.db.reading() as session:
        assert session.query(Job).filter_by(kind="recognise_speech").one().state is JobState.CANCELLED


def test_what_was_given_up_before_it_was_ever_approved_is_found_and_opened_again(instructor, video, runtime):
    source = send(instructor, video, SRT).location.rpartition("/")[2]
    begin(instructor, video, way="translation", source=source, kind="subtitles", track_language="es")
    with runtime.db.reading() as session:
        track = f"/studio/tracks/{session.query(TrackDraft).one().track_id}"
    assert "Nobody has approved it yet" in instructor.get(track).text
    assert instructor.get(f"{track}/file.vtt").status_code == 404

    where = instructor.submit(f"{track}/discard", {"revision": 2}).location
    assert where == track
    assert "a working copy, put by" in instructor.get(track).text

    instructor.submit(f"{track}/versions/1", {"way": "draft"})

    with runtime.db.reading() as session:
        assert len(session.query(TrackDraft).one().rows) == 2
        assert session.query(Track).filter_by(kind=TrackKind.SUBTITLES).one().current == 0


def test_a_script_in_letters_that_nobody_can_tell_is_refused_rather_than_mangled(instructor, video):
    file = FileStorage(io.BytesIO("Drücken Sie.".encode("cp1252")), "script.txt", "script_file", "text/plain")

    answer = begin(instructor, video, way="script", script_file=file)

    assert answer.status_code == 422
    assert "no plain text in UTF-8" in answer.text


def test_what_of_the_script_is_in_no_caption_is_shown_and_put_in_with_one_button(
    instructor, make_video, runtime
):
    track = send(instructor, make_video(), SRT).location
    part = {"id": 0, "text": "[door closes]", "speaker": "", "part": "direction", "line": 7, "after": 9000,
            "until": 90_000, "follows": "Press."}  # fmt: skip
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        row = session.query(Track).one()
        cues = drafts.text_track(row, drafts.of(session, row)).cues
        drafts.replace_all(
            session,
            row,
            cues,
            origin=DraftOrigin.SCRIPT,
            viewer=Viewer(),
            now=now,
            report={"unfound": [part]},
        )

    page = instructor.get(f"{track}/edit").text
    answer = instructor.submit(f"{track}/rows", {"part": "0"})

    assert "1 part of the script is in no caption" in page
    assert "after caption 2 · line 7 of the script" in page
    after = instructor.get(answer.location).text
    assert "It is caption 3 now" in after
    assert ">\n[door closes]</textarea>" in after
    assert "in no caption" not in after
    assert answer.location.endswith(instructor.get(f"{track}/draft").json["rows"][2]["key"])
