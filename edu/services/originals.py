"""Originals: which are needed, how the removal of one waits, and how it never meets the same file coming in.

Equal files are kept once, so a file may come in while its twin is being removed. One job for each SHA-256
removes it, and the state of that job is the lock. Whoever brings a file calls `expect` in a transaction of
its own before the bytes go to the store: that moves the removal hours away, and is refused while a worker has
it in hand. A worker in turn looks whether the original is needed only once the job is its own. So either the
removal is over before the bytes are written, or it finds the row that they were written for. Nothing depends
on the kind of store, and no transaction waits for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Conflict
from edu.models import Film, FilmState, Job, JobState, Video
from edu.services import packages
from edu.storage import original_key

REMOVE = "remove_original"
DROP = "drop_original"
WAIT = packages.KEPT_FOR  # a backup that has read the row still finds the object
LOOK_AGAIN = timedelta(hours=1)
_WAITING = (JobState.READY, JobState.RUNNING)


def removal_key(sha256: str) -> str:
    """The key of the one job that may remove this original."""
    return f"{REMOVE}:{sha256}"


def is_used(session: Session, sha256: str) -> bool:
    """Whether some video needs this original, or a film that is shown, was shown or is being made."""
    key = original_key(sha256)
    videos = select(Video.id).where(Video.original_key == key)
    joined = cast(Film.edit, Text).contains(sha256)  # pieces of other recordings are named by their hash
    films = select(Film.id).where(or_(Film.original_key == key, joined), Film.state != FilmState.DROPPED)
    return any(session.scalar(asked.limit(1)) is not None for asked in (videos, films))


def expect(session: Session, sha256: str, now: datetime) -> None:
    """Say that this file is about to be put into the store and that its row follows within hours.

    Commit before the bytes are written. What never gets its row is removed by the job that this leaves.
    Raises Conflict while the same file is being removed, which takes moments.
    """
    if not _postpone(session, sha256, now, now + WAIT):
        raise Conflict(
            "The same file is being removed at this moment. Try again in a few seconds.",
            code="original_leaves",
        )


def release(session: Session, sha256: str, now: datetime, *, wait: timedelta = WAIT) -> None:
    """Promise to remove an original unless something needs it by then."""
    if not sha256 or _postpone(session, sha256, now, now + wait):
        return
    # A worker is just finding out whether it is needed, and may still see what this transaction takes away.
    key = f"{removal_key(sha256)}:{int(now.timestamp())}"
    queue.promise(session, REMOVE, key=key, payload={"sha256": sha256}, now=now, run_at=now + wait)


def drop(session: Session, video: Video, now: datetime) -> None:
    """Give up the original of a video, with those of its earlier films; its SHA-256 stays.

    From then on nothing can be made from it anew. Raises Conflict while work on the video goes on, and where
    there would be nothing left to watch.
    """
    if not video.original_key:
        raise Conflict("The original of this video was deleted already.", code="original_deleted")
    if not video.is_playable:
        raise Conflict(
            "There is nothing else to watch of this video. Wait until it is ready, or delete the video.",
            code="original_only",
        )
    films = _films(session, video)
    if is_worked_on(session, video.id) or any(film.state is FilmState.WAITING for film in films):
        raise Conflict(
            "This video is being worked on. Wait until it is ready, or stop the work; then try again.",
            code="original_in_use",
        )
    kept = all_of(session, video)
    for film in films:
        film.original_key, film.original_bytes = "", 0
    video.original_key, video.original_bytes = "", 0
    session.flush()
    for sha256 in sorted(kept):
        release(session, sha256, now)


def promise_drop(session: Session, video: Video, now: datetime, *, turn: int = 0) -> Job:
    """Promise to give up the original once no work on the video needs it (EDU_KEEP_ORIGINALS=delete)."""
    return queue.promise(
        session,
        DROP,
        key=f"{DROP}:{video.id}:{video.version}:{turn}",
        payload={"video_id": video.id, "sha256": video.original_sha256, "turn": turn},
        now=now,
        run_at=now + LOOK_AGAIN * min(turn, 1),
        priority=-1,
    )


def all_of(session: Session, video: Video) -> set[str]:
    """The SHA-256 of every original that this video keeps."""
    kept = {film.original_sha256 for film in _films(session, video) if film.original_key}
    return kept | ({video.original_sha256} if video.original_key else set())


def is_worked_on(session: Session, video_id: int) -> bool:
    """Whether a job that makes something from the video waits or runs."""
    asked = select(Job.id).where(
        Job.state.in_(_WAITING),
        Job.kind.not_in((packages.REMOVE, DROP)),
        Job.payload["video_id"].as_integer() == video_id,
    )
    return session.scalar(asked.limit(1)) is not None


def _films(session: Session, video: Video) -> list[Film]:
    return list(session.scalars(select(Film).where(Film.video_id == video.id)))


def _postpone(session: Session, sha256: str, now: datetime, until: datetime) -> bool:
    """Have the removal due at that time, or later if it was; False when a worker has it in hand."""
    key = removal_key(sha256)
    made = queue.promise(session, REMOVE, key=key, payload={"sha256": sha256}, now=now, run_at=until)
    job = session.get_one(Job, made.id, with_for_update=True, populate_existing=True)
    if job.state is JobState.RUNNING:
        return False
    # Never sooner than somebody counts on, who may be writing the same file at this moment.
    job.run_at = max(until, job.run_at) if job.state is JobState.READY else until
    job.state, job.cancel, job.finished_at = JobState.READY, False, None
    job.attempts, job.progress = 0, 0.0
    job.message = job.error_code = job.error = ""
    session.flush()
    return True
