"""Text tracks: kept as versions, served as WebVTT written by us, with the steps that chapters name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import captions
from captions import Cue, TextTrack, chapters
from captions.chapters import Chapter
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Step, Track, TrackKind, TrackVersion, Video


@dataclass(frozen=True, slots=True)
class CurrentTrack:
    """A track with the document that is served now."""

    track: Track
    document: str


def of_video(session: Session, video_id: int) -> list[CurrentTrack]:
    """Every track of a video that has a version, by kind and language."""
    asked = (
        select(Track, TrackVersion.document)
        .join(TrackVersion, (TrackVersion.track_id == Track.id) & (TrackVersion.number == Track.current))
        .where(Track.video_id == video_id)
        .order_by(Track.kind, Track.language)
    )
    return [CurrentTrack(track, document) for track, document in session.execute(asked)]


def cues_of(current: CurrentTrack) -> tuple[Cue, ...]:
    """The cues of a track as it is served."""
    return captions.read(current.document.encode(), format="vtt").cues


def keep(
    session: Session,
    video: Video,
    track: TextTrack,
    *,
    kind: TrackKind,
    language: str,
    now: datetime,
    label: str = "",
    author_id: int | None = None,
    note: str = "",
    expected: int | None = None,
) -> Track:
    """Make this text the current version of the video's track of that kind and language.

    `expected` is the version its author began from: Conflict when another was saved meanwhile. Chapters get
    the step ids they lack, and an id that belongs to another video is refused.
    """
    if not track.cues:
        raise Invalid("there is not a single cue in it", code="no_cues")
    row = session.scalar(
        select(Track).where(Track.video_id == video.id, Track.kind == kind, Track.language == language)
    )
    if row is None:
        row = Track(video_id=video.id, kind=kind, language=language, label=label, updated_at=now, current=0)
        session.add(row)
        session.flush()
    if expected is not None and expected != row.current:
        raise Conflict("somebody else saved this track meanwhile: reload the page and look at their version")
    if kind is TrackKind.CHAPTERS:
        track = _with_steps(session, video, track)
    newest = session.scalar(select(func.max(TrackVersion.number)).where(TrackVersion.track_id == row.id)) or 0
    document = captions.write(track, "vtt").decode()
    session.add(
        TrackVersion(
            track_id=row.id,
            number=newest + 1,
            document=document,
            note=note,
            author_id=author_id,
            created_at=now,
        )
    )
    row.current, row.updated_at = newest + 1, now
    row.label = label or row.label
    session.flush()
    return row


def bring_back(session: Session, track_id: int, number: int, *, now: datetime) -> Track:
    """Serve an earlier version again; the newer ones stay in the list."""
    row = session.get(Track, track_id)
    version = session.scalar(
        select(TrackVersion).where(TrackVersion.track_id == track_id, TrackVersion.number == number)
    )
    if row is None or version is None:
        raise NotFound("there is no such version")
    row.current, row.updated_at = number, now
    if row.kind is TrackKind.CHAPTERS:
        video = session.get_one(Video, row.video_id)
        _with_steps(session, video, captions.read(version.document.encode(), format="vtt"))
    return row


def steps_of(session: Session, video_id: int) -> list[Step]:
    """The steps that stand in the video now, by time."""
    asked = select(Step).where(Step.video_id == video_id, Step.start_ms.is_not(None)).order_by(Step.start_ms)
    return list(session.scalars(asked))


def find_step(session: Session, identifier: str) -> tuple[Step, Video]:
    """A step and its video; NotFound when the id was never given."""
    found = session.execute(
        select(Step, Video).join(Video, Video.id == Step.video_id).where(Step.identifier == identifier)
    ).first()
    if found is None:
        raise NotFound(f"there is no step {identifier}")
    return found[0], found[1]


def _with_steps(session: Session, video: Video, track: TextTrack) -> TextTrack:
    """The chapters with an id each; notes which steps stand where, and which have gone."""
    known = {step.identifier: step for step in session.scalars(select(Step).where(Step.video_id == video.id))}
    named = chapters.with_ids(
        chapters.of(track), video.code or f"v{video.id}", given=known, before=_standing(known.values())
    )
    _refuse_strangers(session, [chapter.id for chapter in named if chapter.id not in known])
    for step in known.values():
        step.start_ms = step.end_ms = None
    for chapter in named:
        step = known.get(chapter.id) or Step(identifier=chapter.id, video_id=video.id)
        step.title, step.start_ms, step.end_ms = chapter.title[:200], chapter.start, chapter.end
        session.add(step)
    session.flush()
    return chapters.to_track(named, track.language)


def _standing(steps: Iterable[Step]) -> list[Chapter]:
    """The steps that stand in the video now, as chapters."""
    return [
        Chapter(step.start_ms, step.end_ms or step.start_ms, step.title, step.identifier)
        for step in steps
        if step.start_ms is not None
    ]


def _refuse_strangers(session: Session, identifiers: list[str]) -> None:
    taken = session.scalar(select(Step.identifier).where(Step.identifier.in_(identifiers)).limit(1))
    if taken is not None:
        raise Invalid(f"the step id {taken} belongs to another video", code="step_taken", step=taken)
