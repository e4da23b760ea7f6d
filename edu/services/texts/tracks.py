"""Text tracks: kept as versions, served as WebVTT written by us, with the steps that chapters name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

import captions
from captions import Cue, TextTrack, chapters, layers
from captions.chapters import Chapter
from captions.layer_faults import LayersError
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Film, Step, Track, TrackKind, TrackVersion, Video
from edu.services.searching import indexing

MOST_FINDINGS = 300  # of each sort, kept with a version


@dataclass(frozen=True, slots=True)
class CurrentTrack:
    """A track with the document that is served now."""

    track: Track
    document: str


def of_video(session: Session, video_id: int) -> list[CurrentTrack]:
    """Every track of a video that has a version, by kind and language."""
    found = session.execute(_OF_VIDEO, {"video": video_id})
    return [CurrentTrack(track, document) for track, document in found]


_OF_VIDEO = (
    select(Track, TrackVersion.document)
    .join(TrackVersion, (TrackVersion.track_id == Track.id) & (TrackVersion.number == Track.current))
    .where(Track.video_id == bindparam("video"))
    .order_by(Track.kind, Track.language)
)


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
    row = held(session, video.id, kind, language, now)
    if expected is not None and expected != row.current:
        raise Conflict("somebody else saved this track meanwhile: reload the page and look at their version")
    findings = _findings(track)
    if kind is TrackKind.METADATA:
        _require_layers(track)
    if kind is TrackKind.CHAPTERS:
        track = _with_steps(session, video, track, is_own=same_language(language, video.language))
    before = version_of(session, row, row.current)
    version = _next(session, video, row, track, now, author_id=author_id)
    version.note, version.findings = note, findings
    version.aside = list(before.aside) if before else []  # what the film leaves out is nobody's to change
    row.label = label or row.label
    session.flush()
    return row


def keep_moved(
    session: Session,
    video: Video,
    row: Track,
    track: TextTrack,
    aside: list[Any],
    author_id: int | None,
    now: datetime,
) -> None:
    """Make the track, moved into the film that is now shown, its current version.

    `aside` are the cues that the film leaves out. A track of which nothing is left is kept without a cue.
    """
    if row.kind is TrackKind.CHAPTERS:
        track = _with_steps(session, video, track, is_own=same_language(row.language, video.language))
    version = _next(session, video, row, track, now, author_id=author_id)
    version.note, version.aside = MOVED, aside
    session.flush()


MOVED = "moved"
"""The note of a version that was made because the film changed; pages have words for it."""


def version_of(session: Session, row: Track, number: int) -> TrackVersion | None:
    """A version of a track by its number."""
    return session.scalar(
        select(TrackVersion).where(TrackVersion.track_id == row.id, TrackVersion.number == number)
    )


def _next(
    session: Session, video: Video, row: Track, track: TextTrack, now: datetime, *, author_id: int | None
) -> TrackVersion:
    """The next version of the track, which is served from now on."""
    version = add_version(session, video, row, track, now, author_id=author_id)
    row.current, row.updated_at = version.number, now
    indexing.index_track(session, row, version.document)
    return version


def add_version(
    session: Session, video: Video, row: Track, track: TextTrack, now: datetime, *, author_id: int | None
) -> TrackVersion:
    """The next version of the track, put by: what is served stays as it is."""
    newest = session.scalar(select(func.max(TrackVersion.number)).where(TrackVersion.track_id == row.id)) or 0
    version = TrackVersion(
        track_id=row.id,
        number=newest + 1,
        document=captions.write(track, "vtt").decode(),
        film=video.film,
        author_id=author_id,
        created_at=now,
    )
    session.add(version)
    return version


def held(session: Session, video_id: int, kind: TrackKind, language: str, now: datetime) -> Track:
    """The track, made without a version if there is none; the second of two sees what the first has done."""
    row = session.scalar(
        select(Track)
        .where(Track.video_id == video_id, Track.kind == kind, Track.language == language)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = Track(video_id=video_id, kind=kind, language=language, updated_at=now, current=0)
        session.add(row)
        session.flush()
    return row


def find(session: Session, video_id: int, kind: TrackKind, language: str) -> Track | None:
    """The track of that kind and language, if there is one."""
    return session.scalar(
        select(Track).where(Track.video_id == video_id, Track.kind == kind, Track.language == language)
    )


def locked(session: Session, row: Track) -> Track:
    """The track, held for this transaction and read anew."""
    return session.get_one(Track, row.id, with_for_update=True, populate_existing=True)


def bring_back(session: Session, track_id: int, number: int, *, now: datetime) -> Track:
    """Serve an earlier version again; the newer ones stay in the list."""
    row = session.get(Track, track_id)
    version = version_of(session, row, number) if row else None
    if row is None or version is None:
        raise NotFound("there is no such version")
    # held and read anew: a worker may be showing another film, and moving this track, at this moment
    video = session.get_one(Video, row.video_id, with_for_update=True, populate_existing=True)
    session.refresh(row)
    require_times_of(session, video, version)
    row.current, row.updated_at = number, now
    indexing.index_track(session, row, version.document)
    if row.kind is TrackKind.CHAPTERS:
        track = captions.read(version.document.encode(), format="vtt")
        _with_steps(session, video, track, is_own=same_language(row.language, video.language))
    return row


def require_times_of(session: Session, video: Video, version: TrackVersion) -> None:
    """Conflict when the version tells the times of another film than the one that is shown."""
    if not _tells_times_of(session, video, version.film):
        raise Conflict(
            "That version tells the times of another cut of the film. Bring that film back first.",
            code="other_film",
        )


def _tells_times_of(session: Session, video: Video, number: int) -> bool:
    """Whether the film of that number has the times of the one that is shown: the same pieces of the same."""
    asked = select(Film).where(Film.video_id == video.id, Film.number.in_((number, video.film)))
    films = {film.number: film for film in session.scalars(asked)}
    if number == video.film or number not in films or video.film not in films:
        return number == video.film
    one, other = films[number], films[video.film]
    pieces = one.edit.get("segments") == other.edit.get("segments")
    return pieces and one.original_sha256 == other.original_sha256


def steps_of(session: Session, video_id: int) -> list[Step]:
    """The steps that stand in the video now, by time."""
    asked = select(Step).where(Step.video_id == video_id, Step.start_ms.is_not(None)).order_by(Step.start_ms)
    return list(session.scalars(asked))


def _with_steps(session: Session, video: Video, track: TextTrack, *, is_own: bool) -> TextTrack:
    """The chapters with an id each; notes which steps stand where, and which have gone.

    Ids are shared by all languages. Where a step stands and what it is called is said by the chapters in the
    video's own language (`is_own`); those of another only add the steps that nobody has named yet.
    """
    known = {step.identifier: step for step in session.scalars(select(Step).where(Step.video_id == video.id))}
    named = chapters.with_ids(
        chapters.of(track), video.code or f"v{video.id}", given=known, before=_standing(known.values())
    )
    _refuse_strangers(session, [chapter.id for chapter in named if chapter.id not in known])
    if is_own:
        for step in known.values():
            step.start_ms = step.end_ms = None
    for chapter in named:
        if chapter.id in known and not is_own:
            continue
        step = known.get(chapter.id) or Step(identifier=chapter.id, video_id=video.id)
        step.title, step.start_ms, step.end_ms = chapter.title[:200], chapter.start, chapter.end
        session.add(step)
    session.flush()
    return chapters.to_track(named, track.language)


def _require_layers(track: TextTrack) -> None:
    """Metadata is the layers over a film, and nothing else, whatever way it comes."""
    try:
        layers.of(track)
    except LayersError as error:
        raise Invalid(error.reason, code=error.code, field="file") from error


def _findings(track: TextTrack) -> list[dict[str, Any]]:
    """What reading the file repaired and lost, as kept beside the version; the pages translate the codes."""
    losses = [
        {"kind": "loss", "line": loss.line, "code": loss.code.value, "before": loss.text, "after": ""}
        for loss in track.dropped[:MOST_FINDINGS]
    ]
    repairs = [
        {
            "kind": "repair",
            "line": each.line,
            "code": each.code.value,
            "before": each.before,
            "after": each.after,
        }
        for each in track.repairs[:MOST_FINDINGS]
    ]
    return losses + repairs


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever their regions."""
    return one.split("-")[0].lower() == other.split("-")[0].lower()


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
        raise Invalid("the step id %(step)s belongs to another video", code="step_taken", step=taken)
