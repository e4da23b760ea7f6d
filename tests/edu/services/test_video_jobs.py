"""The jobs of a video: what gives way to a film, what is begun again, and in which order rows are locked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu.clock import FixedClock
from edu.errors import Conflict
from edu.jobs.original import remove_original
from edu.jobs.worker import Worker
from edu.models import Job, JobState, Timing, Video, VideoState
from edu.policy import Viewer
from edu.queue import open_engine
from edu.runtime import Runtime
from edu.services import films, originals, video_editing, video_jobs, videos
from edu.storage import StoredObject, original_key
from media.edit import Edit, Segment
from tests.filming import add_maker, add_video

CUT = Edit((Segment(0, 10_000),))


@pytest.fixture
def made(runtime: Runtime, clock: FixedClock) -> tuple[Viewer, int]:
    """A maker, and a video of theirs."""
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        return maker, add_video(session, maker, clock.now()).id


def states(runtime: Runtime) -> dict[str, JobState]:
    with runtime.db.reading() as session:
        return {job.kind: job.state for job in session.scalars(sa.select(Job).order_by(Job.id))}


def test_what_is_made_of_the_film_before_gives_way_and_goes_on_when_the_new_one_is_given_up(
    runtime: Runtime, clock: FixedClock, made: tuple[Viewer, int]
) -> None:
    maker, video_id = made
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        video.state = VideoState.WATCHABLE
        video_jobs.promise_improvement(session, video, clock.now())
        video_jobs.promise_av1(session, video, clock.now())
        films.ask(session, maker, video_id, CUT, clock.now())
    assert states(runtime)[video_jobs.AV1] is JobState.CANCELLED

    with runtime.db.writing() as session:
        films.forget(session, maker, video_id, clock.now())

    with runtime.db.reading() as session:
        found = {job.key: job.state for job in session.scalars(sa.select(Job))}
        video = session.get_one(Video, video_id)
        assert video.state is VideoState.WATCHABLE  # the versions for every screen are still to come
        assert found == {
            video_jobs.improve_key(video): JobState.READY,
            video_jobs.av1_key(video): JobState.READY,
            video_jobs.film_key(video_id, 1): JobState.CANCELLED,
        }


def test_nothing_is_made_any_more_of_a_video_that_was_deleted(
    runtime: Runtime, clock: FixedClock, made: tuple[Viewer, int]
) -> None:
    maker, video_id = made
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        video_jobs.promise_av1(session, video, clock.now())
        video_jobs.promise_preview(session, video, {}, clock.now())

    with runtime.db.writing() as session:
        video_editing.delete(session, maker, video_id, clock.now())

    found = states(runtime)
    assert {found[video_jobs.AV1], found[video_jobs.PREVIEW]} == {JobState.CANCELLED}


def test_the_recording_of_a_film_that_was_given_up_goes(
    runtime: Runtime, clock: FixedClock, made: tuple[Viewer, int]
) -> None:
    maker, video_id = made
    sha256 = "cd" * 32
    (runtime.settings.data_dir / "new").write_bytes(b"a recording")
    runtime.store.put_file(original_key(sha256), runtime.settings.data_dir / "new", sha256=sha256)
    with runtime.db.writing() as session:
        films.replace(
            session, maker, video_id, StoredObject(9, sha256), name="new.mov", timing=Timing.ANEW, shift_ms=0,
            now=clock.now(),
        )  # fmt: skip
        films.forget(session, maker, video_id, clock.now())

    clock.advance(originals.WAIT + timedelta(seconds=1))
    worker = Worker(runtime, open_engine(runtime), {originals.REMOVE: remove_original})
    while worker.run_one():
        pass
    worker.close()

    assert not runtime.store.exists(original_key(sha256))


def test_a_site_that_keeps_no_originals_gives_up_one_that_came_a_second_time(
    runtime: Runtime, clock: FixedClock, made: tuple[Viewer, int]
) -> None:
    _, video_id = made
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        first = originals.promise_drop(session, video, clock.now())
        first.state = JobState.DONE
        video.version = "v2"  # the same file was uploaded again, and processed

        assert originals.promise_drop(session, video, clock.now()).state is JobState.READY


def test_who_changes_a_film_waits_for_the_worker_without_holding_the_video(
    runtime: Runtime, clock: FixedClock, made: tuple[Viewer, int]
) -> None:
    """A worker that publishes has its job's row and then wants that of the video."""
    if runtime.db.is_sqlite:
        return  # writers come one after the other
    maker, video_id = made
    with runtime.db.writing() as session:
        job_id = films.ask(session, maker, video_id, CUT, clock.now()) and video_jobs.film_key(video_id, 1)

    def forget() -> None:
        with runtime.db.writing() as session:
            films.forget(session, maker, video_id, clock.now())

    with ThreadPoolExecutor() as pool:
        with runtime.db.writing() as worker:
            job = worker.scalars(sa.select(Job).where(Job.key == job_id).with_for_update()).one()
            waiting = pool.submit(forget)
            blocked = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not worker.scalar(blocked):
                assert not waiting.done()
            worker.get_one(Video, video_id, with_for_update={"nowait": True})
            job.state = JobState.DONE
            film = films.numbered(worker, video_id, 1)
            assert film is not None
            film.state = films.FilmState.SHOWN
        with pytest.raises(Conflict, match="shown already"):
            waiting.result()


@pytest.mark.parametrize(
    ("version", "duration_ms", "kind", "priority"),
    [
        ("", 2500, video_jobs.CONVERT, video_jobs.URGENT),
        ("", 61_000, video_jobs.IMPROVE, video_jobs.BEHIND + 2),
        ("a", 2500, video_jobs.IMPROVE, video_jobs.BEHIND),
        ("a", 61_000, video_jobs.IMPROVE, video_jobs.BEHIND),
    ],
)
def test_what_cannot_be_watched_yet_goes_first_and_a_short_one_waits_for_nothing(
    runtime: Runtime, version: str, duration_ms: int, kind: str, priority: int
) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        stored = StoredObject(size=1000, sha256="ab" * 32)
        video = videos.receive(session, stored, title="A film", name="a.mov", now=now)
        video.version, video.duration_ms = version, duration_ms

        job = video_jobs.promise_improvement(session, video, now)

        assert (job.kind, job.priority) == (kind, priority)
