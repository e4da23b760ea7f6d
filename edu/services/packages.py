"""What was made from a video: put under a version of its own, and published in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu import queue
from edu.models import Video, VideoFile, VideoState
from edu.storage import ObjectStore, package_key
from media import Package

REMOVE = "remove_package"
# Pages that are open hold addresses of the old version for as long as a token lives.
KEPT_FOR = timedelta(hours=13)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A package whose files lie in the store under `version` and that nobody can see yet."""

    version: str
    package: Package


def shelve(store: ObjectStore, video_id: int, version: str, package: Package) -> Shelved:
    """Put a package's files into the store; call it outside a transaction, for it takes its time."""
    for file in package.files:
        store.put_file(package_key(video_id, version, file.name), package.folder / file.name, move=True)
    return Shelved(version, package)


def publish(session: Session, video: Video, shelved: Shelved, state: VideoState, now: datetime) -> None:
    """Serve this package from now on, and promise to remove the one it replaces once no page can hold it."""
    package, before = shelved.package, video.version
    details = {variant.file: _detail(variant) for variant in package.renditions}
    session.execute(
        delete(VideoFile).where(VideoFile.video_id == video.id, VideoFile.version == shelved.version)
    )
    session.add_all(
        VideoFile(
            video_id=video.id,
            version=shelved.version,
            name=file.name,
            role=ROLES.get(file.role.value, file.role.value),
            key=package_key(video.id, shelved.version, file.name),
            content_type=file.content_type,
            bytes=file.bytes,
            detail=details.get(file.name, {}),
        )
        for file in package.files
    )
    video.version, video.duration_ms = shelved.version, package.duration
    video.width, video.height = package.width, package.height
    video.frame_rate = f"{package.frame_rate:g}"
    video.report = dataclasses.asdict(package.report)
    video.problem = {}
    move_to(video, state, now)
    if before and before != shelved.version:
        queue.promise(
            session,
            REMOVE,
            key=f"{REMOVE}:{video.id}:{before}",
            payload={"video_id": video.id, "version": before},
            now=now,
            run_at=now + KEPT_FOR,
        )


def move_to(video: Video, state: VideoState, now: datetime) -> None:
    """Note a new state and since when it holds."""
    video.state, video.state_at = state, now


def note_problem(video: Video, sentence: str, code: str, parameters: dict[str, Any], now: datetime) -> None:
    """Say what is wrong; a video that can already be watched stays as it is."""
    plain = {name: value for name, value in parameters.items() if isinstance(value, (str, int, float))}
    video.problem = {"code": code, "sentence": sentence, "parameters": plain}
    move_to(video, VideoState.WATCHABLE if video.is_playable else VideoState.FAILED, now)


def is_served(session: Session, video_id: int, version: str) -> bool:
    """Whether this is the version that pages show now; one that was replaced never comes back."""
    video = session.get(Video, video_id)
    return video is not None and video.version == version


def forget(session: Session, video_id: int, version: str) -> None:
    """Forget the files of a version whose objects have been removed from the store."""
    session.execute(delete(VideoFile).where(VideoFile.video_id == video_id, VideoFile.version == version))


def versions_of(session: Session, video_id: int) -> Iterable[str]:
    """Every version a video still has files of."""
    return session.scalars(select(VideoFile.version).where(VideoFile.video_id == video_id).distinct())


# Pages look for the storyboard by its cues, which name the picture.
ROLES = {"storyboard": "storyboard-picture", "storyboard-cues": "storyboard"}


def _detail(variant: Any) -> dict[str, Any]:
    return {
        "width": variant.width,
        "height": variant.height,
        "bandwidth": variant.bandwidth,
        "codecs": variant.codecs,
    }
