"""What was made from a video: put under a version of its own, and published in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu import queue
from edu.models import Video, VideoFile, VideoState
from edu.storage import ObjectStore, package_key
from media import Package, PackageFile, Variant

REMOVE = "remove_package"
PREVIEW = "preview"
# Pages that are open hold addresses of the old version for as long as a token lives.
KEPT_FOR = timedelta(hours=13)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A package whose files lie in the store under `version` and that nobody can see yet."""

    version: str
    package: Package


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that joins a version: `stored` is the last part of its key, apart from `file.name`, by which it
    is asked for, so that another attempt at the same work never writes over it.
    """

    file: PackageFile
    stored: str

    @classmethod
    def of(cls, file: PackageFile, mark: str = "") -> Addition:
        """The file, stored under its name, or under one that begins with this attempt's mark."""
        return cls(file, f"{mark}-{file.name}" if mark else file.name)


def shelve(store: ObjectStore, video_id: int, version: str, package: Package) -> Shelved:
    """Put a package's files into the store; call it outside a transaction, for it takes its time."""
    shelve_more(store, video_id, version, package.folder, [Addition.of(file) for file in package.files])
    return Shelved(version, package)


def shelve_more(
    store: ObjectStore, video_id: int, version: str, folder: Path, added: Iterable[Addition]
) -> None:
    """Put single files into the store, under a version."""
    for entry in added:
        store.put_file(package_key(video_id, version, entry.stored), folder / entry.file.name, move=True)


def take_down(store: ObjectStore, video_id: int, version: str, added: Iterable[Addition]) -> None:
    """Remove single files from the store that nobody has seen."""
    for entry in added:
        store.delete(package_key(video_id, version, entry.stored))


def publish(session: Session, video: Video, shelved: Shelved, state: VideoState, now: datetime) -> None:
    """Serve this package from now on, and promise to remove the one it replaces once no page can hold it."""
    package, before = shelved.package, video.version
    details = _details(package)
    session.execute(
        delete(VideoFile).where(VideoFile.video_id == video.id, VideoFile.version == shelved.version)
    )
    rows = (_row(video, shelved.version, Addition.of(file), details) for file in package.files)
    session.add_all(rows)
    video.version, video.duration_ms = shelved.version, package.duration
    video.width, video.height = package.width, package.height
    video.frame_rate = "/".join(map(str, package.rate)) if package.rate else f"{package.frame_rate:g}"
    video.report = dataclasses.asdict(package.report)
    video.problem = {}
    session.flush()
    move_to(video, state, now)
    if before and before != shelved.version:
        promise_removal(session, video.id, before, now)


def add(session: Session, video: Video, added: Iterable[Addition], variants: dict[str, Variant]) -> None:
    """Let these files be served besides those of the present version."""
    details = {name: dataclasses.asdict(variant) for name, variant in variants.items()}
    names = [entry.file.name for entry in added]
    session.execute(
        delete(VideoFile).where(
            VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.name.in_(names)
        )
    )
    session.add_all(_row(video, video.version, entry, details) for entry in added)


def replace_previews(
    session: Session, video: Video, version: str, added: Iterable[Addition], now: datetime
) -> None:
    """Show this preview to the video's maker, and promise to remove the ones before at once."""
    asked = select(VideoFile.version).where(VideoFile.video_id == video.id, VideoFile.role == PREVIEW)
    for before in set(session.scalars(asked)):
        forget(session, video.id, before)
        promise_removal(session, video.id, before, now, at_once=True)
    session.add_all(_row(video, version, entry, {}) for entry in added)


def variants_of(session: Session, video: Video) -> tuple[Variant, ...]:
    """The renditions that are served, the largest first; none when they were made before these facts were
    kept.
    """
    asked = select(VideoFile.detail).where(
        VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role == "rendition"
    )
    names = {field.name for field in dataclasses.fields(Variant)}
    found = [Variant(**detail) for detail in session.scalars(asked) if set(detail) == names]
    return tuple(sorted(found, key=lambda variant: -variant.height))


def hurry_removals(session: Session, video: Video, now: datetime) -> None:
    """Let no version but the present one be served from now on, and remove their files at once.

    For a film in which something was made unrecognisable: pages that are open must be loaded again.
    """
    for version in list(versions_of(session, video.id)):
        if version != video.version:
            forget(session, video.id, version)
            promise_removal(session, video.id, version, now, at_once=True)


def promise_removal(
    session: Session, video_id: int, version: str, now: datetime, *, at_once: bool = False
) -> None:
    """Promise to remove a version's files, by default once no open page can hold their addresses."""
    when = now if at_once else now + KEPT_FOR
    job = queue.promise(
        session,
        REMOVE,
        key=f"{REMOVE}:{video_id}:{version}",
        payload={"video_id": video_id, "version": version},
        now=now,
        run_at=when,
    )
    job.run_at = min(job.run_at, when)


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


def _row(video: Video, version: str, entry: Addition, details: dict[str, dict[str, Any]]) -> VideoFile:
    file = entry.file
    return VideoFile(
        video_id=video.id,
        version=version,
        name=file.name,
        role=ROLES.get(file.role.value, file.role.value),
        key=package_key(video.id, version, entry.stored),
        content_type=file.content_type,
        bytes=file.bytes,
        detail=details.get(file.name, {}),
    )


def _details(package: Package) -> dict[str, dict[str, Any]]:
    """What is to be known of single files, by their names: of renditions, and the moment of each poster."""
    found = {variant.file: dataclasses.asdict(variant) for variant in package.renditions}
    found |= {choice.file: dataclasses.asdict(choice) for choice in package.sounds}
    return found | {poster.name: {"time": poster.time} for poster in package.posters}
