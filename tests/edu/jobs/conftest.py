"""A worker over real tools, a maker, and a video of theirs that is ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from captions import Cue, TextTrack
from edu.jobs.handlers import HANDLERS
from edu.jobs.worker import Worker
from edu.models import (
    Role,
    TrackKind,
    User,
    Video,
)
from edu.policy import Viewer
from edu.queue import open_engine
from edu.runtime import Runtime
from edu.services import videos
from edu.services.texts import tracks
from edu.storage import keep_original
from tests.filmwork import record, work


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture
def worker(runtime: Runtime) -> Iterator[Worker]:
    made = Worker(runtime, open_engine(runtime), HANDLERS)
    yield made
    made.close()


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    with runtime.db.writing() as session:
        user = User(
            email="maker@example.org",
            name="Maker",
            password_hash="",
            role=Role.INSTRUCTOR,
            created_at=runtime.clock.now(),
        )
        session.add(user)
        session.flush()
        return Viewer(user_id=user.id, role=Role.INSTRUCTOR)


@pytest.fixture
def video_id(runtime: Runtime, worker: Worker, maker: Viewer, clip: Path) -> int:
    """A video that is ready, with captions and chapters."""
    stored = keep_original(runtime.store, clip)
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        video = videos.receive(
            session, stored, title="A clip", name="clip.mp4", now=now, owner_id=maker.user_id
        )
    work(worker)
    with runtime.db.writing() as session:
        video = session.get_one(Video, video.id)
        words = (Cue(0, 900, "one"), Cue(1100, 1900, "two"), Cue(2100, 3900, "three"))
        steps = (Cue(0, 1000, "Find"), Cue(1000, 2000, "Mark"), Cue(2000, 4000, "Press"))
        for kind, cues in ((TrackKind.CAPTIONS, words), (TrackKind.CHAPTERS, steps)):
            tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language="en", now=now)
        return video.id
