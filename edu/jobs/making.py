"""Making: what the jobs of a video share. Run tools on its original, shelve what they made, and publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from edu.errors import EduError, NoRoom, NotFound
from edu.jobs.progress import Progress
from edu.models import Job, Video, VideoState
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services import packages, workshop
from edu.storage import original_key, package_key
from media import EditError, MediaCancelled, MediaError, Package, Sandbox, Tools

STRONG_CORES, STRONG_BYTES = 4, 4 * 10**9
SLOWEST = 500_000
"""Bytes per second of a transfer that is still waited for."""
PATIENCE = 120.0


class Refused(EduError):
    """The file cannot be processed; trying again gives the same answer."""

    code = "refused"


class Superseded(EduError):
    """What was to be made is not wanted any more: another film was asked for, or the video was deleted."""

    code = "superseded"


Step = Callable[[Path, Path, Mapping[str, Path]], Package | None]
"""Makes a package of an original in a folder; other recordings come by their SHA-256."""


def begin(runtime: Runtime, claim: Claim, state: VideoState | None) -> None:
    """Show that the work has begun; Superseded when the video has another original by now."""
    with runtime.db.writing() as session:
        video = video_of(session, claim)
        require_original(video, claim)
        if state is not None and video.state is not state:
            packages.move_to(video, state, runtime.clock.now())


def require_original(video: Video, claim: Claim) -> None:
    """Superseded when the job's original is no longer the video's, or was deleted."""
    if claim.payload.get("original", video.original_key) != video.original_key:
        raise Superseded("another recording was uploaded meanwhile")


@contextmanager
def recordings(
    runtime: Runtime, progress: Progress, original: str, sources: tuple[str, ...] = ()
) -> Iterator[tuple[Path, dict[str, Path]]]:
    """The original as a local file, and the other recordings by their SHA-256."""
    with ExitStack() as stack:
        with progress.alive(_patience(runtime, original)):
            path = stack.enter_context(runtime.store.fetched(original))
        others = {}
        for sha256 in sources:
            key = original_key(sha256)
            with progress.alive(_patience(runtime, key)):
                others[sha256] = stack.enter_context(runtime.store.fetched(key))
        yield path, others


def shelve(runtime: Runtime, claim: Claim, progress: Progress, package: Package) -> packages.Shelved:
    """Put a package into the store, under a version that is this attempt's own."""
    name = claim.token[:16]
    with transfer(runtime, claim, progress, package.bytes, name):
        return packages.shelve(runtime.store, int(claim.payload["video_id"]), name, package)


@contextmanager
def transfer(runtime: Runtime, claim: Claim, progress: Progress, size: int, version: str) -> Iterator[None]:
    """The time in which so many bytes go into the store; they are removed when the job is lost meanwhile."""
    try:
        with progress.alive(PATIENCE + size / SLOWEST):
            yield
    except LostLease:
        runtime.store.delete_tree(package_key(int(claim.payload["video_id"]), version))
        raise


@contextmanager
def published(runtime: Runtime, claim: Claim, progress: Progress, version: str | None) -> Iterator[Session]:
    """The transaction that ends the job and publishes; what was shelved for a job that is lost is removed."""
    try:
        with runtime.db.writing() as session:
            progress.finish(session)
            yield session
    except (LostLease, Superseded, NotFound):
        if version:
            runtime.store.delete_tree(package_key(int(claim.payload["video_id"]), version))
        raise


@contextmanager
def refusals(runtime: Runtime, claim: Claim) -> Iterator[None]:
    """Turn what the media library says into a word on the video's page, and end the job with it."""
    try:
        with refused():
            yield
    except Refused as error:
        cause = error.__cause__ if isinstance(error.__cause__, MediaError) else error
        sentence = str(cause) if cause is not error else error.sentence
        _note(runtime, claim, sentence, error.code, cause.parameters)
        raise


@contextmanager
def refused() -> Iterator[None]:
    """Turn what the media library says into the error that ends the job: Refused with the last lines of the
    tool, NoRoom, or LostLease.

    For work beside the video, of which nothing is to be said on its page.
    """
    try:
        yield
    except MediaCancelled as error:
        raise LostLease("the job was cancelled or given to another worker") from error
    except EditError as error:
        raise Refused("The recording does not hold what this cut takes from it.", code=error.code) from error
    except MediaError as error:
        if workshop.is_full(error):  # nothing is wrong with the file: the job waits
            raise NoRoom("the disk is full") from error
        detail = error.parameters.get("detail", "")
        raise Refused(f"{error}\n{detail}".strip(), code=error.code) from error


def _note(runtime: Runtime, claim: Claim, sentence: str, code: str, parameters: Mapping[str, Any]) -> None:
    """Write what is wrong beside the video; LostLease when that is another worker's to say."""
    with runtime.db.writing() as session:
        job = session.get(Job, claim.id, with_for_update=True)
        if job is None or job.token != claim.token:
            raise LostLease("the job was given to another worker")
        video = video_of(session, claim)
        packages.note_problem(video, sentence, code, dict(parameters), runtime.clock.now())


def video_of(session: Session, claim: Claim) -> Video:
    """The video of a job; NotFound when it was deleted."""
    video = session.get(Video, int(claim.payload["video_id"]))
    if video is None:
        raise NotFound("the video was deleted")
    return video


def tools(runtime: Runtime, progress: Progress | None = None) -> Tools:
    """How this site wants tools to be run; with `progress` they let urgent work go first."""
    settings = runtime.settings
    return Tools(
        ffmpeg=Path(settings.ffmpeg) if settings.ffmpeg else None,
        threads=settings.ffmpeg_threads or None,
        sandbox=Sandbox(settings.sandbox),
        give_way=progress.give_way if progress else None,
    )


def is_strong() -> bool:
    """Whether this machine has the cores and the memory to make smaller versions besides its other work."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return len(os.sched_getaffinity(0)) >= STRONG_CORES and memory >= STRONG_BYTES


def _patience(runtime: Runtime, key: str) -> float:
    return PATIENCE + runtime.store.size(key) / SLOWEST
