"""A video as its maker works on it: what is known of it, its facts, its work, publishing and removal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete as sa_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Conflict, NotFound
from edu.models import (
    Audience,
    Job,
    JobState,
    Lesson,
    Track,
    TrackKind,
    Upload,
    Video,
    VideoState,
    Visibility,
)
from edu.policy import Action, Viewer, require
from edu.services import audit, layers, originals, packages, players, sign_films, typed, video_jobs, videos
from edu.services.audit import Deed
from edu.services.delivery import Addresses
from edu.services.hand_ins import files as hand_ins
from edu.services.layers import LayersRow
from edu.services.sign_films import SignChoice
from edu.services.texts import gate, making, track_editing, tracks
from edu.services.texts.track_editing import Chapters, TrackRow
from edu.services.videos import Standing

REMOVE_ORIGINAL = originals.REMOVE
MOST_DESCRIPTION = 5000


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a form says about a video."""

    title: str
    description: str
    language: str
    audience: str
    open_to_all: bool = False  # the tick that opening what was for professionals is meant
    may_download: bool = False  # viewers may take the film along


@dataclass(frozen=True, slots=True)
class LessonUse:
    """A lesson that shows the video."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class VideoWork:
    """A video in the studio, as it is kept. `remarks` and `tool_lines` are for makers only."""

    id: int
    slug: str
    facts: VideoFacts
    original_name: str
    original_bytes: int
    duration_ms: int
    is_published: bool
    standing: Standing
    sentence: str
    problem: dict[str, Any]
    tool_lines: str
    can_cancel: bool
    can_retry: bool
    screening: players.Screening
    remarks: tuple[dict[str, Any], ...]
    tracks: tuple[TrackRow, ...]
    chapters: Chapters
    lessons: tuple[LessonUse, ...]
    layers: LayersRow | None
    sign: SignChoice


def mine(session: Session, viewer: Viewer, video_id: int, *, locked: bool = False) -> Video:
    """A video the viewer may edit; NotFound, or Forbidden for somebody else's.

    `locked` holds its row and reads it anew, since somebody else may have had it until now.
    """
    video = session.get(Video, video_id, with_for_update=locked or None, populate_existing=locked)
    if video is None:
        raise NotFound("there is no such video")
    require(viewer, Action.EDIT, video)
    return video


def page(session: Session, viewer: Viewer, video_id: int, addresses: Addresses, now: datetime) -> VideoWork:
    """Everything a maker sees of a video."""
    video = mine(session, viewer, video_id)
    standing = videos.standing(session, video, now)
    job = session.get(Job, standing.job_id) if standing.job_id else None
    used = session.execute(select(Lesson.id, Lesson.title).where(Lesson.video_id == video.id))
    return VideoWork(
        id=video.id,
        slug=video.slug,
        facts=VideoFacts(
            video.title,
            video.description,
            video.language,
            video.audience.value,
            may_download=video.may_download,
        ),
        original_name=video.original_name,
        original_bytes=video.original_bytes,
        duration_ms=video.duration_ms,
        is_published=video.is_published,
        standing=standing,
        sentence=players.state_sentence(video),
        problem=dict(standing.problem),
        tool_lines=job.error if job and job.state is JobState.FAILED else "",
        can_cancel=not standing.is_over,
        can_retry=can_retry(video, job),
        screening=players.screening(session, video, addresses, language=video.language),
        remarks=tuple(video.report.get("remarks", ())),
        tracks=tuple(row for row in track_editing.rows(session, video) if row.kind != TrackKind.METADATA),
        chapters=track_editing.chapters_of(session, video),
        lessons=tuple(LessonUse(*row) for row in used),
        layers=layers.row(session, video),
        sign=sign_films.choice(session, viewer, video),
    )


def save(session: Session, viewer: Viewer, video_id: int, facts: VideoFacts, now: datetime) -> None:
    """Change what is said about a video. Invalid names the field."""
    video = mine(session, viewer, video_id, locked=True)
    video.title = typed.line(facts.title, "title", most=200)
    video.description = typed.text(facts.description, "description", most=MOST_DESCRIPTION, optional=True)
    video.language = typed.language(facts.language)
    audience = typed.word(facts.audience, Audience, "audience")
    if typed.is_opened(video.audience, audience, is_meant=facts.open_to_all):
        _note(session, Deed.VIDEO_OPENED, viewer, video, now)
    video.audience, video.may_download = audience, facts.may_download
    _note(session, Deed.VIDEO_CHANGED, viewer, video, now)


def keep_layers(session: Session, viewer: Viewer, video_id: int, data: bytes, now: datetime) -> None:
    """Draw the layers of a WebVTT file over the film. LayersError tells the line that is wrong."""
    video = mine(session, viewer, video_id, locked=True)
    track = layers.keep(session, video, data, author_id=viewer.user_id, now=now)
    _note_track(session, track, viewer, now)


def remove_layers(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Take the layers off the film. Their versions stay, and can be brought back."""
    video = mine(session, viewer, video_id, locked=True)
    track = layers.remove(session, video, now)
    if track is not None:
        _note_track(session, track, viewer, now)


def choose_sign_film(session: Session, viewer: Viewer, video_id: int, slug: str, now: datetime) -> None:
    """Show the video of that slug, in which this one is told in sign language, beside it; "" shows none."""
    sign_films.choose(session, viewer, mine(session, viewer, video_id, locked=True), slug, now)


def publish(
    session: Session,
    viewer: Viewer,
    video_id: int,
    now: datetime,
    *,
    is_wordless: bool = False,
    anyway: bool = False,
) -> None:
    """Let people find the video.

    `is_wordless`: its maker says that nobody speaks in it; `anyway`: that it is to be found without captions,
    which is noted. Else Invalid tells what its captions lack.
    """
    video = mine(session, viewer, video_id, locked=True)
    video.is_wordless = video.is_wordless or is_wordless
    if not anyway:
        gate.require_captions(session, video)
    videos.publish(session, video, now)
    detail = {"anyway": True} if anyway else {}
    audit.record(
        session, Deed.VIDEO_PUBLISHED, now=now, actor_id=viewer.user_id, subject=f"video:{video.id}", **detail
    )


def unpublish(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Take the video back; its files are closed to all but instructors at once.

    That nobody speaks in it is asked again before it is published again: it may have another recording then.
    """
    video = mine(session, viewer, video_id, locked=True)
    video.visibility, video.is_wordless = Visibility.DRAFT, False
    _note(session, Deed.VIDEO_UNPUBLISHED, viewer, video, now)


def cancel(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Stop the work on a video; what can be watched stays."""
    video = mine(session, viewer, video_id)
    standing = videos.standing(session, video, now)  # a job's row is locked before its video's, as workers do
    if standing.job_id is None or standing.is_over:
        raise Conflict("The work on this video has ended already.", code="nothing_to_cancel")
    job = queue.cancel(session, standing.job_id, now)
    if job.state is not JobState.CANCELLED:  # its worker was a moment faster
        raise Conflict("The work on this video has ended already.", code="nothing_to_cancel")
    session.refresh(video)  # an earlier step may have been published while we waited for the job's row
    packages.note_problem(video, "The work was cancelled.", "cancelled", {}, now)
    _note(session, Deed.VIDEO_CANCELLED, viewer, video, now)


def retry(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Begin the work on a video again where it ended badly."""
    video = mine(session, viewer, video_id)
    standing = videos.standing(session, video, now)
    job = session.get(Job, standing.job_id) if standing.job_id else None
    if not can_retry(video, job):
        raise Conflict("There is nothing to try again.", code="nothing_to_retry")
    if job is None:
        video_jobs.promise_check(session, video, now)
    else:
        queue.retry(session, job.id, now)
    video.problem = {}
    packages.move_to(video, VideoState.WATCHABLE if video.is_playable else VideoState.RECEIVED, now)
    _note(session, Deed.VIDEO_RETRIED, viewer, video, now)


def delete(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Delete a video with its tracks. Its files follow once no open page can hold them; lessons stay.

    Its step ids go with it and are never given again, for its own id is not either.
    """
    video = mine(session, viewer, video_id)
    hand_ins.let_go_of_film(session, video.id, now)
    video_jobs.cancel_all(session, video.id, now)
    making.cancel_all(session, video.id, now)
    for version in packages.versions_of(session, video.id):
        queue.promise(
            session, packages.REMOVE, key=f"{packages.REMOVE}:{video.id}:{version}",
            payload={"video_id": video.id, "version": version}, now=now, run_at=now + packages.KEPT_FOR,
        )  # fmt: skip
    for sha256 in sorted(originals.all_of(session, video)):
        originals.release(session, sha256, now)
    # else the upload that the video came by would count again, as one that is still to come
    session.execute(sa_delete(Upload).where(Upload.video_id == video.id))
    _note(session, Deed.VIDEO_DELETED, viewer, video, now)
    session.delete(video)
    session.flush()


def delete_original(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Delete the uploaded file and keep what was made from it; Conflict while work on the video goes on."""
    video = mine(session, viewer, video_id, locked=True)
    originals.drop(session, video, now)
    _note(session, Deed.ORIGINAL_DELETED, viewer, video, now)


def steps(session: Session, video_id: int) -> tuple[tuple[str, str], ...]:
    """The steps of a video with their titles, by time."""
    return tuple((step.identifier, step.title) for step in tracks.steps_of(session, video_id))


def can_retry(video: Video, job: Job | None) -> bool:
    """Whether the work whose job this is ended badly, and there is something to begin it again from."""
    if job is None:
        return bool(video.original_key) and not video.is_playable
    # a film that was asked for may have an original of its own, also where the one before was deleted
    has_original = bool(video.original_key or job.payload.get("film"))
    return has_original and job.state in (JobState.FAILED, JobState.CANCELLED)


def _note_track(session: Session, track: Track, viewer: Viewer, now: datetime) -> None:
    audit.record(
        session, Deed.TRACK_SAVED, now=now, actor_id=viewer.user_id, subject=f"track:{track.id}",
        version=track.current,
    )  # fmt: skip


def _note(session: Session, deed: Deed, viewer: Viewer, video: Video, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"video:{video.id}")
