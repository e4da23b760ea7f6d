"""The described sound of a film: its descriptions said aloud in it, by a worker, and served beside it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Conflict, Invalid, NotFound, TooLarge
from edu.models import Job, JobState, Track, TrackDraft, TrackKind, Video, VideoFile, VideoState
from edu.policy import Viewer
from edu.services import packages, sources, video_jobs
from edu.services.packages import Addition
from edu.services.texts.making import DESCRIBE, Work
from edu.storage import package_key
from media import MediaError, UnreadableMedia
from media.reading.sniff import sniff

RECORDING = "narration"
"""The role of a recording that somebody uploaded: it is in no row of what may be handed out."""
UNWANTED = "unwanted"
"""In the payload of work whose result somebody removed: nobody misses it when the film is made anew."""
MB = 1_000_000
MOST_BYTES = 200 * MB
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Overrun:
    """A description that begins at `start` and is said, for `over` milliseconds, while the film speaks; it
    begins `late`, when the one before was not over.
    """

    start: int
    over: int
    late: int


@dataclass(frozen=True, slots=True)
class DescribedSound:
    """What is served: of which version of the descriptions, by the server's voice or by a person."""

    number: int
    is_voice: bool
    url_name: str
    overruns: tuple[Overrun, ...]


def find(session: Session, video: Video, track: Track) -> DescribedSound | None:
    """The described sound of a track, as the film has it now."""
    file = next(iter(_files(session, video, track, sources.SOUND)), None)
    if file is None:
        return None
    told = tuple(Overrun(*each) for each in file.detail.get("overruns", []))
    return DescribedSound(int(file.detail["number"]), bool(file.detail["voice"]), file.name, told)


def was_lost(session: Session, video: Video, track: Track) -> bool:
    """Whether there was one for the film before, with which it went."""
    job = _last(session, track)
    return job is not None and job.payload["version"] != video.version


def make_again(session: Session, video: Video, now: datetime) -> list[Job]:
    """For a film that was made anew, promise again what the server's voice said in the film before.

    Not where the descriptions are being worked on, nor where a person had read them: what that person says
    may be at other times now.
    """
    asked = select(Track).where(Track.video_id == video.id, Track.kind == TrackKind.DESCRIPTIONS)
    promised = []
    for track in session.scalars(asked.order_by(Track.id)):
        last = _last(session, track)
        is_lost = last is not None and last.payload["version"] != video.version
        if last is None or not is_lost or last.payload["recording"] or obstacle(session, video, track):
            continue
        promised.append(promise(session, video, track, Viewer(user_id=last.payload["author_id"]), now))
    return promised


def obstacle(session: Session, video: Video, track: Track) -> Conflict | None:
    """Why no described sound can be made now; None: it can."""
    if session.get(TrackDraft, track.id) is not None or not track.current:
        return Conflict(
            "Approve the descriptions first: only what is approved is said in the film.",
            code="descriptions_unapproved",
        )
    is_lasting = video.state is VideoState.READY or (video.state is VideoState.WATCHABLE and video.problem)
    if not is_lasting:
        return Conflict(
            "The film is being worked on, and what is made for it now would go with it. Wait until it is "
            "ready.",
            code="film_unready",
        )
    if not video.height:
        return Conflict("This is a sound without a picture: there is nothing to describe.", code="no_picture")
    return None


def promise(
    session: Session, video: Video, track: Track, viewer: Viewer, now: datetime, *, recording: str = ""
) -> Job:
    """Promise a described sound by the server's voice, or from the recording under that key.

    Work that still waits is taken back. Raises Conflict, see `obstacle`.
    """
    if (why := obstacle(session, video, track)) is not None:
        raise why
    cancel(session, track, now)
    return queue.promise(
        session,
        DESCRIBE,
        key=f"{DESCRIBE}:{video.id}:{track.id}:{secrets.token_hex(8)}",
        payload={
            "video_id": video.id, "track_id": track.id, "version": video.version, "recording": recording,
            "author_id": viewer.user_id,
        },
        now=now,
        priority=video_jobs.FIRST if video.duration_ms <= 30 * video_jobs.SHORT_MS else video_jobs.BEHIND,
    )  # fmt: skip


def check_recording(path: Path) -> None:
    """Refuse what is no recording, by its size and its first bytes: Invalid or TooLarge."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise TooLarge(
            "The recording has %(size)s MB; at most %(most)s MB are taken. Save it as MP3 or M4A.",
            code="recording_too_large", field="recording", size=-(-size // MB), most=MOST_BYTES // MB,
        )  # fmt: skip
    try:
        sniff(path)
    except UnreadableMedia as error:
        raise _no_recording() from error
    except MediaError as error:
        if error.code != "audio-container":  # a bare sound file is no video, and just right here
            raise _no_recording() from error


def recording_key(video: Video) -> str:
    """A new place in the store for a recording, among the files of the version that it is made for."""
    return package_key(video.id, video.version, f"{RECORDING}-{secrets.token_hex(8)}")


def keep_recording(
    session: Session, video: Video, track: Track, key: str, size: int, viewer: Viewer, now: datetime
) -> list[str]:
    """Note a recording that lies in the store and promise its described sound; gives keys to be deleted.

    Raises Conflict when the film was replaced while the recording was coming.
    """
    version, name = key.split("/")[-2:]
    if version != video.version:
        raise Conflict(
            "The film was made anew while the recording was coming. Look whether it still fits, then upload "
            "it again.",
            code="film_changed",
        )
    gone = _forget(session, _files(session, video, track, RECORDING))
    session.add(
        VideoFile(
            video_id=video.id, version=version, name=name, role=RECORDING, key=key, bytes=size,
            content_type="application/octet-stream", detail={"track": track.id},
        )
    )  # fmt: skip
    promise(session, video, track, viewer, now, recording=key)
    return gone


def publish(
    session: Session, video: Video, track: Track, added: Addition, detail: dict[str, Any]
) -> list[str]:
    """Serve the described sound in place of the one before; gives the keys of what nobody needs any more."""
    gone = _forget(session, _files(session, video, track, sources.SOUND))
    if detail["voice"]:
        gone += _forget(session, _files(session, video, track, RECORDING))
    packages.add(session, video, [added], {})
    session.flush()
    named = VideoFile.version == video.version, VideoFile.name == added.file.name
    row = session.scalars(select(VideoFile).where(VideoFile.video_id == video.id, *named)).one()
    row.detail = {**detail, sources.DESCRIBED: True, "track": track.id}
    return gone


def remove(session: Session, video: Video, track: Track, now: datetime) -> list[str]:
    """Serve it no more; gives the keys of its files. NotFound where there is none."""
    cancel(session, track, now)
    files = _files(session, video, track, sources.SOUND) + _files(session, video, track, RECORDING)
    if not files:
        raise NotFound("there is no described sound")
    for job in session.scalars(_jobs(track).where(Job.state == JobState.DONE)):
        job.payload = {**job.payload, UNWANTED: True}
    return _forget(session, files)


def work(session: Session, track: Track) -> Work | None:
    """The newest work on the described sound of a track; None where there never was any."""
    job = session.scalar(_jobs(track).order_by(Job.id.desc()).limit(1))
    if job is None:
        return None
    is_failed = job.state is JobState.FAILED
    return Work(
        job_id=job.id,
        kind=job.kind,
        state=job.state,
        progress=job.progress if job.state is JobState.RUNNING else None,
        message=job.message,
        problem=job.error_code if is_failed else "",
        sentence=job.error.partition("\n")[0] if is_failed else "",
    )


def cancel(session: Session, track: Track, now: datetime) -> None:
    """Take back what waits or runs."""
    open_jobs = _jobs(track).where(Job.state.in_((JobState.READY, JobState.RUNNING)))
    for job in list(session.scalars(open_jobs)):
        queue.cancel(session, job.id, now)


def _last(session: Session, track: Track) -> Job | None:
    """The work that made the newest described sound, unless somebody removed that."""
    done = _jobs(track).where(Job.state == JobState.DONE)
    job = session.scalar(done.order_by(Job.id.desc()).limit(1))
    return None if job is None or job.payload.get(UNWANTED) else job


def _jobs(track: Track) -> Select[Job]:
    key = f"{DESCRIBE}:{track.video_id}:{track.id}:"
    return select(Job).where(Job.kind == DESCRIBE, Job.key.startswith(key, autoescape=True))


def _files(session: Session, video: Video, track: Track, role: str) -> list[VideoFile]:
    asked = select(VideoFile).where(
        VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role == role
    )
    return [file for file in session.scalars(asked) if file.detail.get("track") == track.id]


def _forget(session: Session, files: Iterable[VideoFile]) -> list[str]:
    keys = []
    for file in files:
        keys.append(file.key)
        session.delete(file)
    session.flush()
    return keys


def _no_recording() -> Invalid:
    return Invalid(
        "This is no sound that could be read. Save the recording as WAV, MP3 or M4A, and choose it again.",
        code="no_recording", field="recording",
    )  # fmt: skip
