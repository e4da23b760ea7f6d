"""Three workers at one site: different videos at the same time, and one worker killed at the worst moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from edu.db import Database
from edu.models import Job, JobState, Video, VideoFile, VideoState
from media import find_ffmpeg
from tests.sites import ROOT, Site, eventually

pytestmark = pytest.mark.slow
WORKERS = 3
WORK = ("improve_video", "convert_video")


@pytest.fixture(scope="module")
def grain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Moving grain in a container that no browser plays: some seconds of work for one core."""
    target = tmp_path_factory.mktemp("clips") / "grain.mkv"
    source = "testsrc2=s=640x360:r=30:d=12,noise=alls=20:allf=t"
    codecs = ["-c:v", "mpeg4", "-b:v", "3M"]
    command = [
        str(find_ffmpeg()),
        "-v",
        "error",
        "-nostdin",
        "-f",
        "lavfi",
        "-i",
        source,
        *codecs,
        str(target),
    ]
    subprocess.run(command, check=True, timeout=120)
    return target


@pytest.fixture(scope="module")
def ready_for_the_web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds that can be watched at once: making better versions of them is no hurry."""
    target = tmp_path_factory.mktemp("clips") / "long.mp4"
    source = "testsrc2=s=960x540:r=30:d=12,noise=alls=20:allf=t"
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "4M", "-g", "60", "-pix_fmt", "yuv420p"]
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-f", "lavfi", "-i", source]
    subprocess.run([*command, *codecs, str(target)], check=True, timeout=120)
    return target


@pytest.fixture
def site(new_site: Callable[..., Site], database_url: str, grain: Path) -> Site:
    """A site with three videos to be worked on, and nobody who does it yet."""
    site = new_site(
        EDU_COURSES="none", EDU_LEASE_SECONDS="2", EDU_FFMPEG_THREADS="1", EDU_AV1="off",
        EDU_DATABASE_URL=database_url,
    )  # fmt: skip
    for title in ("Find", "Infiltrate", "Bilateral"):
        added = site.command("video", "add", str(grain), "--title", title)
        assert added.returncode == 0, added.stderr
    return site


@pytest.fixture
def workers(site: Site) -> Iterator[dict[int, subprocess.Popen[bytes]]]:
    """Three worker processes by their ids, as three machines would run them."""
    argv = [sys.executable, "-m", "edu", "worker"]
    with (site.folder / "log").open("ab") as log:
        started = [
            subprocess.Popen(argv, cwd=ROOT, env=site.environ, stdout=log, stderr=log) for _ in range(WORKERS)
        ]
    yield {process.pid: process for process in started}
    for process in started:
        process.terminate()
    for process in started:
        process.wait(20)


def at_work(database: Database) -> dict[int, tuple[str, datetime]]:
    """Who is well into a conversion now: the worker's process id, the job's key and when it began."""
    asked = select(Job.worker, Job.key, Job.started_at).where(
        Job.state == JobState.RUNNING, Job.kind.in_(WORK), Job.progress > 0.01
    )
    with database.reading() as session:
        return {int(worker.rpartition(":")[2]): (key, began) for worker, key, began in session.execute(asked)}


# several machines share a server; what a killed worker leaves in SQLite is tried in test_kill
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_three_work_at_the_same_time_and_the_one_that_is_killed_loses_nothing(
    site: Site, workers: dict[int, subprocess.Popen[bytes]], database: Database
):
    def all_convert() -> dict[int, tuple[str, datetime]] | None:
        """All at one moment, each with a tool: a little later one of them may have ended."""
        found = at_work(database)
        return found if len(found) == WORKERS <= len(site.processes("ffmpeg")) else None

    busy = eventually(all_convert, "all three convert", 60, site)
    assert set(busy) == set(workers)
    assert len({key for key, _ in busy.values()}) == WORKERS
    victim = min(busy)

    os.kill(victim, signal.SIGKILL)

    with database.reading() as session:
        running = select(func.count(Job.id)).where(Job.state == JobState.RUNNING, Job.kind.in_(WORK))
        assert session.scalar(running) == WORKERS  # the others go on, and nobody knows yet
    eventually(lambda: all_ready(database), "all three videos are ready", 90, site)
    with database.reading() as session:
        jobs = list(session.scalars(select(Job).where(Job.kind.in_(WORK))))
        versions = dict(session.execute(select(Video.id, Video.version)).all())
        files = session.execute(select(VideoFile.video_id, VideoFile.version).distinct()).all()
    assert [(job.state, job.attempts) for job in jobs] == [(JobState.DONE, 1)] * WORKERS
    again = next(job for job in jobs if job.key == busy[victim][0])
    assert again.started_at > busy[victim][1]
    others = [job for job in jobs if job is not again]
    assert max(job.started_at for job in others) < min(job.finished_at for job in others)  # side by side
    assert sorted(map(tuple, files)) == sorted(versions.items())  # each was published once
    stored = {path.parent.name for path in (site.data / "objects").rglob("master.m3u8")}
    assert stored == set(versions.values())
    eventually(lambda: not site.processes("ffmpeg"), "no tool is left", 5, site)
    eventually(lambda: not list((site.data / "tmp").iterdir()), "the scratch folder is empty", 5, site)


def all_ready(database: Database) -> bool:
    with database.reading() as session:
        return set(session.scalars(select(Video.state))) == {VideoState.READY}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_worker_looks_at_a_new_video_while_it_improves_another(
    new_site: Callable[..., Site], database_url: str, database: Database, ready_for_the_web: Path, grain: Path
):
    site = new_site(EDU_COURSES="none", EDU_AV1="off", EDU_DATABASE_URL=database_url).start()
    assert site.command("video", "add", str(ready_for_the_web), "--title", "Long").returncode == 0
    (first,) = eventually(lambda: tuple(at_work(database).values()), "the long one is converted", 60, site)

    assert site.command("video", "add", str(grain), "--title", "Short").returncode == 0

    check = eventually(lambda: looked_at(database, "Short"), "the new video was looked at", 30, site)
    with database.reading() as session:
        long = session.scalars(select(Job).where(Job.key == first[0])).one()
    assert (long.state, long.attempts, long.started_at) == (JobState.RUNNING, 1, first[1])
    assert (check.started_at - check.created_at).total_seconds() <= 1.5  # one, and what a busy machine adds
    eventually(lambda: all_ready(database), "both are ready", 90, site)
    with database.reading() as session:
        assert session.scalars(select(Job.attempts).where(Job.kind.in_(WORK))).all() == [1, 1]


def looked_at(database: Database, title: str) -> Job | None:
    asked = select(Job).where(Job.kind == "check_video", Job.state == JobState.DONE)
    with database.reading() as session:
        video_id = session.scalar(select(Video.id).where(Video.title == title))
        return next((job for job in session.scalars(asked) if job.payload["video_id"] == video_id), None)
