"""What is made for a video's captions by a worker: the jobs by name, their promises, and how far they are."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Conflict, Invalid
from edu.models import Job, JobState, Track, Video
from edu.policy import Viewer
from edu.services import video_jobs

LISTEN = "listen_to_film"
ALIGN = "align_script"
RECOGNISE = "recognise_speech"
RESYNC = "resync_track"
DESCRIBE = "describe_film"  # promised by `described`
MOST_SCRIPT = 400_000
"""Characters of a script: a lecture of ten hours."""
MAKING = (ALIGN, RECOGNISE, RESYNC)
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Work:
    """The newest work on a track's captions; `problem` is the code of what went wrong, `sentence` English."""

    job_id: int
    kind: str
    state: JobState
    progress: float | None
    message: str
    problem: str
    sentence: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def promise_listening(session: Session, video: Video, now: datetime) -> Job:
    """Promise to look for speech and cuts in the version that is served."""
    return queue.promise(
        session,
        LISTEN,
        key=f"{LISTEN}:{video.id}:{video.version}",
        payload={"video_id": video.id, "version": video.version},
        now=now,
        priority=video_jobs.URGENT if video.duration_ms <= 10 * video_jobs.SHORT_MS else video_jobs.BEHIND,
    )


def promise_alignment(
    session: Session, track: Track, script: str, viewer: Viewer, now: datetime, *, keeps_breaks: bool = False
) -> Job:
    """Promise to find when the words of a script are said. Invalid for an empty or an endless one."""
    script = _CONTROLS.sub("", script.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not script:
        raise Invalid("Paste what is said in the film.", code="no_script", field="script")
    if len(script) > MOST_SCRIPT:
        raise Invalid(
            "The script has %(length)s characters; at most %(most)s are taken.",
            code="script_too_long", field="script", length=len(script), most=MOST_SCRIPT,
        )  # fmt: skip
    return _promise(session, ALIGN, track, viewer, now, script=script, keeps_breaks=keeps_breaks)


def promise_recognition(session: Session, track: Track, viewer: Viewer, now: datetime) -> Job:
    """Promise a draft by the site's speech recogniser."""
    return _promise(session, RECOGNISE, track, viewer, now)


def promise_resync(session: Session, track: Track, viewer: Viewer, now: datetime) -> Job:
    """Promise to move the track's captions to when their words are said."""
    return _promise(session, RESYNC, track, viewer, now)


def work(session: Session, track: Track) -> Work | None:
    """The newest work that was promised for a track; None where there never was any."""
    job = session.scalar(_of(track).order_by(Job.id.desc()).limit(1))
    if job is None:
        return None
    sentence = job.error.partition("\n")[0] if job.state is JobState.FAILED else ""
    return Work(
        job_id=job.id,
        kind=job.kind,
        state=job.state,
        progress=job.progress if job.state is JobState.RUNNING else None,
        message=job.message,
        problem=job.error_code if job.state is JobState.FAILED else "",
        sentence=sentence,
    )


def cancel(session: Session, track: Track, now: datetime) -> None:
    """Take back what still waits or runs for a track. Call it before the track is held, as workers do."""
    for job_id in list(session.scalars(_unfinished(_of(track)).order_by(Job.id))):
        queue.cancel(session, job_id, now)


def cancel_all(session: Session, video_id: int, now: datetime) -> None:
    """Take back all that is heard and made for the texts of a video."""
    ours = (
        Job.key.startswith(f"{kind}:{video_id}:", autoescape=True) for kind in (*MAKING, LISTEN, DESCRIBE)
    )
    for job_id in list(session.scalars(_unfinished(select(Job).where(or_(*ours))).order_by(Job.id))):
        queue.cancel(session, job_id, now)


def _promise(session: Session, kind: str, track: Track, viewer: Viewer, now: datetime, **what: Any) -> Job:
    video = session.get_one(Video, track.video_id)
    if not video.is_playable:
        raise Conflict(
            "The film cannot be heard yet: wait until it is processed.", code="not_playable", field="script"
        )
    _replace(session, track, now)
    payload = {
        "video_id": video.id, "track_id": track.id, "author_id": viewer.user_id, **recording(video), **what,
    }  # fmt: skip
    return queue.promise(
        session,
        kind,
        key=f"{kind}:{video.id}:{track.id}:{secrets.token_hex(8)}",
        payload=payload,
        now=now,
        priority=_priority(kind, video),
    )


def _priority(kind: str, video: Video) -> int:
    """A recogniser listens for as long as the film lasts or longer: all that is short goes in between."""
    if kind == RECOGNISE:
        return video_jobs.BEHIND + 2
    return video_jobs.FIRST if video.duration_ms <= 30 * video_jobs.SHORT_MS else video_jobs.BEHIND


def recording(video: Video) -> dict[str, Any]:
    """What tells whether a film still has the times that it had; other files of it leave them as they are."""
    return {"film": video.film, "recording": video.original_sha256}


def _replace(session: Session, track: Track, now: datetime) -> None:
    """Take back what is being made for a track that is held. A job that its worker ends at this moment is let
    be, for the worker has the job and waits for the track: what it made is put by when the next is done.
    """
    free = _unfinished(_of(track)).order_by(Job.id).with_for_update(skip_locked=True)
    for job_id in list(session.scalars(free)):
        queue.cancel(session, job_id, now)


def _unfinished(asked: Select[Job]) -> Select[int]:
    return asked.with_only_columns(Job.id).where(Job.state.in_((JobState.READY, JobState.RUNNING)))


def _of(track: Track) -> Select[Job]:
    keys = (Job.key.startswith(f"{kind}:{track.video_id}:{track.id}:", autoescape=True) for kind in MAKING)
    return select(Job).where(Job.kind.in_(MAKING), or_(*keys))
