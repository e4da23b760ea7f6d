"""The work on a video: look at it and make it watchable, make versions for every screen, remove old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from edu.errors import EduError, NotFound
from edu.jobs.progress import Progress
from edu.models import Job, Video, VideoState
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services import packages, videos
from edu.storage import package_key
from media import MediaCancelled, MediaError, MediaInfo, Package, Tools, fast_path, package, probe

Step = Callable[[Path, Path], Package | None]


class Refused(EduError):
    """The file cannot be processed; trying again gives the same answer."""

    code = "refused"


def check_video(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Look at the original; one that browsers can play as it is becomes watchable at once."""
    video_id = int(claim.payload["video_id"])
    original = _begin(runtime, video_id, VideoState.CHECKING)
    found: list[MediaInfo] = []

    def step(path: Path, folder: Path) -> Package | None:
        found.append(probe(path, cancelled=progress.cancelled))
        return fast_path(
            path,
            folder,
            info=found[0],
            tools=_tools(runtime),
            progress=progress,
            cancelled=progress.cancelled,
        )

    shelved = _make(runtime, claim, progress, original, step)
    with _published(runtime, claim, progress, shelved) as session:
        video, now = _video(session, video_id), runtime.clock.now()
        if shelved:
            packages.publish(session, video, shelved, VideoState.WATCHABLE, now)
        else:
            video.duration_ms, video.width, video.height = found[0].duration, found[0].width, found[0].height
            packages.move_to(video, VideoState.IMPROVING, now)
        videos.promise_improvement(session, video, now)


def improve_video(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Make the versions for every screen, and serve them instead of the quick one."""
    video_id = int(claim.payload["video_id"])
    original = _begin(runtime, video_id, VideoState.IMPROVING)

    def step(path: Path, folder: Path) -> Package | None:
        return package(path, folder, tools=_tools(runtime), progress=progress, cancelled=progress.cancelled)

    shelved = _make(runtime, claim, progress, original, step)
    with _published(runtime, claim, progress, shelved) as session:
        if shelved:
            packages.publish(
                session, _video(session, video_id), shelved, VideoState.READY, runtime.clock.now()
            )


def remove_package(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Remove the files of a version that was replaced and that no open page can hold any more."""
    video_id, version = int(claim.payload["video_id"]), str(claim.payload["version"])
    with runtime.db.reading() as session:
        if packages.is_served(session, video_id, version):
            return
    # The objects first: a worker that is killed in between leaves rows, by which the next one finds them.
    runtime.store.delete_tree(package_key(video_id, version))
    with runtime.db.writing() as session:
        packages.forget(session, video_id, version)
        progress.finish(session)


def _begin(runtime: Runtime, video_id: int, state: VideoState) -> str:
    """Show that the work has begun; gives the key of the original."""
    with runtime.db.writing() as session:
        video = _video(session, video_id)
        if video.state is not state:
            packages.move_to(video, state, runtime.clock.now())
        return video.original_key


def _make(
    runtime: Runtime, claim: Claim, progress: Progress, original: str, step: Step
) -> packages.Shelved | None:
    """Run the tools on the original and shelve what they made, under a version that is this attempt's own."""
    with _refusals(runtime, claim), runtime.store.fetched(original) as path:
        made = step(path, progress.folder() / "package")
        if made is None:
            return None
        return packages.shelve(runtime.store, int(claim.payload["video_id"]), claim.token[:16], made)


@contextmanager
def _published(
    runtime: Runtime, claim: Claim, progress: Progress, shelved: packages.Shelved | None
) -> Iterator[Session]:
    """The transaction that ends the job and publishes; what was shelved for a job that is lost is removed."""
    try:
        with runtime.db.writing() as session:
            progress.finish(session)
            yield session
    except LostLease:
        if shelved:
            runtime.store.delete_tree(package_key(int(claim.payload["video_id"]), shelved.version))
        raise


@contextmanager
def _refusals(runtime: Runtime, claim: Claim) -> Iterator[None]:
    """Turn what the media library says into a word on the video's page, and end the job with it."""
    try:
        yield
    except MediaCancelled as error:
        raise LostLease("the job was cancelled or given to another worker") from error
    except MediaError as error:
        with runtime.db.writing() as session:
            job = session.get(Job, claim.id, with_for_update=True)
            if job is None or job.token != claim.token:
                raise LostLease("the job was given to another worker") from error
            video = _video(session, int(claim.payload["video_id"]))
            packages.note_problem(video, str(error), error.code, error.parameters, runtime.clock.now())
        detail = error.parameters.get("detail", "")
        raise Refused(f"{error}\n{detail}".strip(), code=error.code) from error


def _video(session: Session, video_id: int) -> Video:
    video = session.get(Video, video_id)
    if video is None:
        raise NotFound("the video was deleted")
    return video


def _tools(runtime: Runtime) -> Tools:
    settings = runtime.settings
    return Tools(
        ffmpeg=Path(settings.ffmpeg) if settings.ffmpeg else None, threads=settings.ffmpeg_threads or None
    )
