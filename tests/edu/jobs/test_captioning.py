"""A worker that listens: speech found, a script timed, a draft recognised, a track resynced."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from captions import Cue, TextTrack
from edu.jobs import captioning
from edu.jobs.progress import Progress
from edu.models import DraftOrigin, Hearing, Job, JobState, Track, TrackDraft, TrackKind, Video, VideoFile
from edu.queue import open_engine
from edu.services import videos
from edu.services.texts import beginnings, drafts, making, tracks
from edu.services.texts.beginnings import Wanted
from edu.services.texts.rows import Edit
from edu.storage import keep_original
from tests.filmwork import work

SPEECH = Path(__file__).parents[2] / "data" / "speech"
ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEAR_MS = 150


def sentences() -> list[dict]:
    return json.loads((SPEECH / "flite-slt.json").read_text())["sentences"]


@pytest.fixture
def spoken(runtime, worker, maker) -> int:
    """A film in which our own sentences are spoken, made and listened to."""
    stored = keep_original(runtime.store, SPEECH / "flite-slt.ogg")
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        video = videos.receive(
            session, stored, title="Spoken", name="spoken.ogg", now=now, owner_id=maker.user_id
        )
    work(worker)
    return video.id


def begin(session, video_id: int, maker, now) -> Track:
    wanted = Wanted(TrackKind.CAPTIONS, "en", "")
    return beginnings.begin(session, session.get_one(Video, video_id), wanted, maker, now)


def test_a_film_is_listened_to_by_itself_once_it_is_ready(runtime, spoken):
    with runtime.db.reading() as session:
        heard = session.query(Hearing).one()
        assert heard.version == session.get_one(Video, spoken).version
        for sentence in sentences():
            near = [start for start, _ in heard.speech if abs(start - sentence["start"]) < NEAR_MS]
            assert near, (sentence, heard.speech)


def test_a_script_becomes_a_working_copy_and_what_was_not_said_is_told(runtime, worker, maker, spoken):
    now = runtime.clock.now()
    script = "\n".join([*(each["text"] for each in sentences()), "Then write down what you have found."])
    with runtime.db.writing() as session:
        making.promise_alignment(session, begin(session, spoken, maker, now), script, maker, now)
        # meanwhile the versions for every screen take the place of the copy that was watchable at once
        session.get_one(Video, spoken).version = "better"
        for file in session.query(VideoFile):
            file.version = "better"

    work(worker)

    with runtime.db.reading() as session:
        draft = session.query(TrackDraft).one()
        starts = {row["start"]: row["text"].replace("\n", " ") for row in draft.rows}
        for sentence in sentences():
            begins = [s for s, text in starts.items() if text.startswith(sentence["text"][:12])]
            assert begins, starts
            assert abs(begins[0] - sentence["start"]) < NEAR_MS
        assert draft.origin is DraftOrigin.SCRIPT
        assert [part["text"] for part in draft.report["unfound"]] == ["Then write down what you have found."]
        assert session.query(Track).one().current == 0


def test_a_script_of_something_else_says_so_and_leaves_no_copy(runtime, worker, maker, spoken):
    now = runtime.clock.now()
    script = "Bonjour tout le monde, voici une recette de gâteau au chocolat pour vos invités."
    with runtime.db.writing() as session:
        track = begin(session, spoken, maker, now)
        making.promise_alignment(session, track, script, maker, now)

    work(worker)

    with runtime.db.reading() as session:
        found = making.work(session, session.query(Track).one())
        assert found is not None
        assert found.state is JobState.FAILED
        assert found.sentence
        assert session.query(TrackDraft).count() == 0


@ONCE
def test_a_recognised_draft_is_served_to_nobody(runtime, worker, maker, spoken):
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        making.promise_recognition(session, begin(session, spoken, maker, now), maker, now)

    work(worker)

    with runtime.db.reading() as session:
        draft = session.query(TrackDraft).one()
        assert draft.origin is DraftOrigin.MACHINE
        assert draft.report["engine"] == "pocketsphinx"
        assert draft.rows
        assert tracks.of_video(session, spoken) == []


class Typist(Progress):
    """A worker's line on which somebody types a word while the sound is listened to."""

    types: Callable[[], None] | None = None

    def cancelled(self) -> bool:
        """Whether to end; typed once."""
        if self.types:
            self.types = self.types()
        return super().cancelled()


def test_captions_are_brought_into_step_with_what_is_written_meanwhile(runtime, maker, spoken, tmp_path):
    now = runtime.clock.now()
    late = tuple(Cue(s["start"] + 2500, s["end"] + 2500, s["text"]) for s in sentences())
    with runtime.db.writing() as session:
        video = session.get_one(Video, spoken)
        track = tracks.keep(
            session, video, TextTrack(cues=late), kind=TrackKind.CAPTIONS, language="en", now=now
        )
        making.promise_resync(session, track, maker, now)

    def write() -> None:
        with runtime.db.writing() as session:
            track = session.query(Track).one()
            first = drafts.of(session, track).rows[0]
            edit = Edit(first.key, 1, replace(first.cue, text="Mine."), first.cue)
            drafts.save(session, track, [edit], 1, maker, now)

    engine = open_engine(runtime)
    claim = engine.claim("a worker", [making.RESYNC])
    progress = Typist(engine, claim, tmp_path / "work")
    progress.types = write
    captioning.resync_track(runtime, claim, progress)

    with runtime.db.reading() as session:
        rows = drafts.of(session, session.query(Track).one()).rows
        assert rows[0].cue.text == "Mine."
        for row, sentence in zip(rows, sentences(), strict=True):
            assert abs(row.cue.start - sentence["start"]) < NEAR_MS


@ONCE
def test_work_for_a_film_that_is_replaced_meanwhile_is_thrown_away(runtime, worker, maker, spoken):
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        track = begin(session, spoken, maker, now)
        making.promise_alignment(session, track, sentences()[0]["text"], maker, now)
        session.get_one(Video, spoken).film = 1

    work(worker)

    with runtime.db.reading() as session:
        assert session.query(Job).filter_by(kind=making.ALIGN).one().error_code == "superseded"
        assert session.query(TrackDraft).count() == 0
