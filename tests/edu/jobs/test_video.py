"""The work on a video, with real tools on a clip of a second: to ready, and every other way it can end."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from edu import queue
from edu.clock import FixedClock
from edu.errors import Invalid
from edu.jobs.handlers import HANDLERS
from edu.jobs.progress import Progress
from edu.jobs.video import check_video, improve_video
from edu.jobs.worker import Worker
from edu.models import Job, JobState, Video, VideoFile, VideoState
from edu.queue import Claim, Engine, LostLease, cancel, open_engine
from edu.runtime import Runtime
from edu.services import packages, videos
from edu.services.packages import KEPT_FOR
from edu.storage import keep_original, package_key
from media import find_ffmpeg

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = [pytest.mark.slow, ONE_DATABASE]  # the queue has tests of its own, on both


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of moving picture and tone that browsers play as it is."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    picture, tone = "testsrc2=s=320x180:r=25:d=1", "sine=f=440:r=48000:d=1"
    sources = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-bf", "0"]
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *sources, *coding, f"file:{path}"]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.fixture
def engine(runtime: Runtime) -> Engine:
    return open_engine(runtime)


@pytest.fixture
def worker(runtime: Runtime, engine: Engine) -> Iterator[Worker]:
    made = Worker(runtime, engine, HANDLERS)
    yield made
    made.close()


def receive(runtime: Runtime, path: Path) -> int:
    stored = keep_original(runtime.store, path)
    with runtime.db.writing() as session:
        return videos.receive(session, stored, title="A clip", name=path.name, now=runtime.clock.now()).id


def look(runtime: Runtime, video_id: int) -> Video:
    with runtime.db.reading() as session:
        return session.get_one(Video, video_id)


def jobs(runtime: Runtime) -> dict[str, Job]:
    with runtime.db.reading() as session:
        return {job.kind: job for job in session.scalars(select(Job).order_by(Job.id))}


def stored(runtime: Runtime, video_id: int) -> set[str]:
    """The versions that have objects in the store."""
    return {entry.key.split("/")[2] for entry in runtime.store.list(f"videos/{video_id}")}


def claim(runtime: Runtime, engine: Engine, kind: str) -> tuple[Claim, Progress]:
    found = engine.claim("a worker", [kind])
    assert found is not None
    return found, Progress(engine, found, runtime.settings.data_dir / "tmp" / found.token)


def test_a_clip_becomes_watchable_then_ready_and_the_quick_version_goes_when_no_page_holds_it(
    runtime: Runtime, worker: Worker, clip: Path, clock: FixedClock
) -> None:
    video_id = receive(runtime, clip)
    assert look(runtime, video_id).state is VideoState.RECEIVED

    assert worker.run_one()
    watchable = look(runtime, video_id)
    assert (watchable.state, watchable.is_playable) == (VideoState.WATCHABLE, True)
    assert 900 <= watchable.duration_ms <= 1100

    assert worker.run_one()
    ready = look(runtime, video_id)
    assert ready.state is VideoState.READY
    assert ready.version != watchable.version
    with runtime.db.reading() as session:
        names = set(session.scalars(select(VideoFile.name).where(VideoFile.version == ready.version)))
        assert {"master.m3u8", "poster.jpg", "storyboard.vtt", "report.json"} <= names
        for file in session.scalars(select(VideoFile)):
            assert runtime.store.size(file.key) == file.bytes

    assert stored(runtime, video_id) == {watchable.version, ready.version}
    assert worker.run_one()  # it is listened to
    assert not worker.run_one()
    clock.advance(KEPT_FOR)
    assert worker.run_one()
    assert stored(runtime, video_id) == {ready.version}
    with runtime.db.reading() as session:
        assert list(packages.versions_of(session, video_id)) == [ready.version]
    assert not list((runtime.settings.data_dir / "tmp").iterdir())


def test_a_file_that_is_no_video_ends_as_failed_with_the_reason_and_is_not_tried_again(
    runtime: Runtime, worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / "page.mp4"
    path.write_text("<html><script>alert(1)</script></html>")
    video_id = receive(runtime, path)

    worker.run_one()

    video, job = look(runtime, video_id), jobs(runtime)["check_video"]
    assert (video.state, video.is_playable) == (VideoState.FAILED, False)
    assert len(video.problem["sentence"]) > 20
    assert video.problem["code"]
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error.startswith(video.problem["sentence"])
    assert stored(runtime, video_id) == set()
    assert not worker.run_one()


def test_an_empty_file_is_refused_before_anything_is_promised(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    path.touch()

    with pytest.raises(Invalid, match="empty"):
        receive(runtime, path)

    assert jobs(runtime) == {}


def test_a_video_that_can_be_watched_stays_so_when_its_improvement_fails(
    runtime: Runtime, worker: Worker, clip: Path
) -> None:
    video_id = receive(runtime, clip)
    worker.run_one()
    before = look(runtime, video_id)
    with runtime.store.fetched(before.original_key) as path:
        path.chmod(0o600)
        path.write_bytes(b"rotten")

    worker.run_one()

    after = look(runtime, video_id)
    assert (after.state, after.version) == (VideoState.WATCHABLE, before.version)
    assert after.problem["sentence"]


def test_a_job_that_was_cancelled_publishes_nothing_and_leaves_what_is_served(
    runtime: Runtime, engine: Engine, worker: Worker, clip: Path
) -> None:
    video_id = receive(runtime, clip)
    worker.run_one()
    before = look(runtime, video_id)
    mine, progress = claim(runtime, engine, "improve_video")
    with runtime.db.writing() as session:
        cancel(session, mine.id, runtime.clock.now())

    with pytest.raises(LostLease):
        improve_video(runtime, mine, progress)

    after = look(runtime, video_id)
    assert after.version == before.version
    assert stored(runtime, video_id) == {before.version}
    assert jobs(runtime)["improve_video"].state is JobState.CANCELLED


class Untold(Progress):
    """A worker that does not hear that its lease has ended, as one that was stopped and goes on."""

    def __call__(self, fraction: float, message: str = "") -> None:
        """Tell nobody."""

    def cancelled(self) -> bool:
        """It does not know."""
        return False


def test_a_worker_that_lost_its_lease_publishes_nothing_and_leaves_no_files(
    runtime: Runtime, engine: Engine, clip: Path, clock: FixedClock
) -> None:
    video_id = receive(runtime, clip)
    late, _ = claim(runtime, engine, "check_video")
    clock.advance(timedelta(seconds=engine.lease_seconds + 1))
    other, progress = claim(runtime, engine, "check_video")
    check_video(runtime, other, progress)
    served = look(runtime, video_id)

    untold = Untold(engine, late, runtime.settings.data_dir / "tmp" / late.token)
    with pytest.raises(LostLease):
        check_video(runtime, late, untold)

    assert look(runtime, video_id).version == served.version == other.token[:16]
    assert stored(runtime, video_id) == {served.version}
    with runtime.db.reading() as session:
        assert list(packages.versions_of(session, video_id)) == [served.version]


def test_a_late_refusal_says_nothing_about_a_video_that_another_worker_has(
    runtime: Runtime, engine: Engine, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "noise.mp4"
    path.write_bytes(bytes(range(256)) * 40)
    video_id = receive(runtime, path)
    late, _ = claim(runtime, engine, "check_video")
    clock.advance(timedelta(seconds=engine.lease_seconds + 1))
    claim(runtime, engine, "check_video")

    with pytest.raises(LostLease):
        check_video(runtime, late, Untold(engine, late, tmp_path / "late"))

    assert look(runtime, video_id).problem == {}


def test_the_version_that_is_served_is_never_removed(runtime: Runtime, worker: Worker, clip: Path) -> None:
    video_id = receive(runtime, clip)
    worker.run_one()
    version = look(runtime, video_id).version
    with runtime.db.writing() as session:
        session.execute(Job.__table__.delete().where(Job.kind == "improve_video"))
        payload = {"video_id": video_id, "version": version}
        queue.promise(session, packages.REMOVE, key="again", payload=payload, now=runtime.clock.now())

    assert worker.run_one()

    assert stored(runtime, video_id) == {version}
    assert jobs(runtime)[packages.REMOVE].state is JobState.DONE


def test_work_on_a_video_that_was_deleted_ends(runtime: Runtime, worker: Worker, clip: Path) -> None:
    video_id = receive(runtime, clip)
    with runtime.db.writing() as session:
        session.delete(session.get_one(Video, video_id))

    worker.run_one()

    job = jobs(runtime)["check_video"]
    assert (job.state, job.error) == (JobState.FAILED, "the video was deleted")
    assert runtime.store.exists(package_key(video_id, "x", "y")) is False
