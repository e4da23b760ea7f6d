"""Films made by the worker with real tools: cut, looked at beforehand, given up, in AV1."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from edu.jobs import extras
from edu.jobs.progress import Progress
from edu.jobs.worker import Worker
from edu.models import (
    Film,
    FilmState,
    Job,
    JobState,
    Step,
    TrackKind,
    Video,
    VideoFile,
    VideoState,
)
from edu.policy import Viewer
from edu.queue import Claim, open_engine
from edu.runtime import Runtime
from edu.services import films, video_jobs
from media import Cover, Edit, Mute, Segment
from tests.filmwork import look, names, words, work

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def test_a_cut_film_is_shown_with_its_words_and_steps_moved_and_comes_back_whole(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    cut = Edit((Segment(0, 1000), Segment(2000, 4000)))
    before = look(runtime, video_id)

    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, cut, runtime.clock.now())
    assert look(runtime, video_id).version == before.version
    work(worker)

    shown = look(runtime, video_id)
    assert shown.state is VideoState.READY
    assert shown.duration_ms == pytest.approx(3000, abs=40)
    assert words(runtime, video_id) == [(0, 900, "one"), (1100, 2900, "three")]
    with runtime.db.reading() as session:
        film = films.shown(session, shown)
        assert film is not None
        (row, *_) = films.rows(session, shown)
        assert [step.start_ms for step in session.scalars(select(Step).order_by(Step.identifier))] == [
            0,
            None,
            1000,
        ]
    assert row.moved.steps_gone == (f"v{video_id}-c02",)

    with runtime.db.writing() as session:
        films.bring_back(session, maker, video_id, 0, runtime.clock.now())
    work(worker)

    assert look(runtime, video_id).duration_ms == pytest.approx(4000, abs=40)
    assert [text for *_, text in words(runtime, video_id)] == ["one", "two", "three"]
    chapters = words(runtime, video_id, TrackKind.CHAPTERS)
    assert chapters == [(0, 1000, "Find"), (1000, 2000, "Mark"), (2000, 4000, "Press")]


def test_what_was_covered_is_served_at_once_and_the_version_before_goes(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    before = look(runtime, video_id).version

    with runtime.db.writing() as session:
        edit = Edit(covers=(Cover(0, 4000, 0.2, 0.2, 0.3, 0.3),))
        films.ask(session, maker, video_id, edit, runtime.clock.now())
    work(worker)

    assert look(runtime, video_id).version != before
    with runtime.db.reading() as session:
        assert not session.scalars(select(VideoFile).where(VideoFile.version == before)).all()
    assert not [entry for entry in runtime.store.list(f"videos/{video_id}") if before in entry.key]


def test_a_preview_is_made_for_the_maker_and_the_one_before_goes(
    runtime: Runtime, worker: Worker, video_id: int
) -> None:
    for end in (1000, 2000):
        with runtime.db.writing() as session:
            video = session.get_one(Video, video_id)
            edit = Edit((Segment(0, end),)).plain()
            video_jobs.promise_preview(session, video, edit, runtime.clock.now())
        work(worker)

    assert names(runtime, video_id, "preview") == ["preview.mp4"]
    kept = [entry.key for entry in runtime.store.list(f"videos/{video_id}") if "preview" in entry.key]
    assert len(kept) == 1
    assert look(runtime, video_id).state is VideoState.READY


def test_a_preview_of_what_the_recording_does_not_hold_ends_with_a_sentence(
    runtime: Runtime, worker: Worker, video_id: int
) -> None:
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        edit = Edit((Segment(60_000, 61_000),)).plain()
        job_id = video_jobs.promise_preview(session, video, edit, runtime.clock.now()).id

    work(worker)

    with runtime.db.reading() as session:
        job = session.get_one(Job, job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error == "The recording does not hold what this cut takes from it."
    assert look(runtime, video_id).problem == {}


def test_a_smaller_version_joins_what_is_served(runtime: Runtime, worker: Worker, video_id: int) -> None:
    before = look(runtime, video_id)
    with runtime.db.writing() as session:
        video_jobs.promise_av1(session, session.get_one(Video, video_id), runtime.clock.now())

    work(worker)

    with runtime.db.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == video_jobs.AV1))
        assert (job.state, job.error) == (JobState.DONE, "")
        (row,) = session.scalars(select(VideoFile).where(VideoFile.role == "rendition-av1"))
    assert row.version == look(runtime, video_id).version == before.version
    assert row.detail["codecs"].startswith("av01.")
    assert runtime.store.size(row.key) == row.bytes
    assert names(runtime, video_id, "master-av1") == ["master-av1.m3u8"]


def test_a_film_that_was_given_up_is_never_shown(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    before = look(runtime, video_id)
    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, Edit((Segment(0, 2000),)), runtime.clock.now())
    with runtime.db.writing() as session:
        films.forget(session, maker, video_id, runtime.clock.now())

    work(worker)

    after = look(runtime, video_id)
    assert (after.version, after.film, after.state) == (before.version, 0, VideoState.READY)
    with runtime.db.reading() as session:
        states = set(session.scalars(select(Film.state)))
    assert states == {FilmState.SHOWN, FilmState.DROPPED}


def test_a_smaller_version_of_what_is_not_served_any_more_leaves_nothing_behind(
    runtime: Runtime, worker: Worker, video_id: int
) -> None:
    before = look(runtime, video_id).version

    class Meddling:
        """A handler's line to its worker, along which another version is published meanwhile."""

        def __init__(self, line: Progress) -> None:
            self.line = line

        def __getattr__(self, name: str) -> object:
            return getattr(self.line, name)

        def __call__(self, fraction: float, message: str = "") -> None:
            with runtime.db.writing() as session:
                session.get_one(Video, video_id).version = "another"
            self.line(fraction, message)

    def encode(runtime: Runtime, claim: Claim, progress: Progress) -> None:
        extras.encode_smaller(runtime, claim, Meddling(progress))  # type: ignore[arg-type]

    with runtime.db.writing() as session:
        video_jobs.promise_av1(session, session.get_one(Video, video_id), runtime.clock.now())
    late = Worker(runtime, open_engine(runtime), {video_jobs.AV1: encode})
    work(late)
    late.close()

    with runtime.db.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == video_jobs.AV1))
    assert (job.state, job.error_code) == (JobState.FAILED, "superseded")
    kept = [entry.key for entry in runtime.store.list(f"videos/{video_id}/{before}")]
    assert kept
    assert not [key for key in kept if "av1" in key]


def test_words_of_a_silenced_time_are_told(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    with runtime.db.writing() as session:
        edit = Edit((Segment(1000, 4000),), mutes=(Mute(1200, 1500),))
        films.ask(session, maker, video_id, edit, runtime.clock.now())
    work(worker)

    with runtime.db.reading() as session:
        (row, *_) = films.rows(session, session.get_one(Video, video_id))
    assert row.moved.words_in_silence == ("two",)
    assert row.moved.needs_a_look
