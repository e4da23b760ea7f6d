"""Text tracks as instructors work on them: caption files, chapters typed as lines, versions to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import (
    UPLOAD_MAX_BYTES,
    UPLOAD_MAX_CUES,
    CaptionError,
    Cue,
    ErrorCode,
    TextTrack,
    chapters,
)
from captions.chapters import Chapter, ChapterFault
from captions.timecode import clock
from captions.webvtt.cuetext import plain_text
from edu.errors import Conflict, Invalid, NotFound, TooLarge
from edu.models import Step, Track, TrackKind, TrackVersion, User, Video
from edu.models.track import PUT_BY
from edu.policy import Action, Viewer, require
from edu.services.searching import indexing
from edu.services.texts import checks, track_losses, tracks

MOST_CUES_SHOWN = 400
MOST_TITLE = 200  # characters of a chapter's title


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A track in the list of a video's tracks."""

    id: int
    kind: str
    language: str
    label: str
    cue_count: int
    current: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a track; `author` is empty for what came with a course."""

    number: int
    note: str
    author: str
    created_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class TrackPage:
    """A track: what it says, what reading the file changed, every version. `current` 0: none is served.

    `is_file` is whether what is served was read from a file; `problems` counts what the rules say of it.
    """

    id: int
    video_id: int
    video_title: str
    kind: str
    language: str
    label: str
    current: int
    cues: tuple[Cue, ...]
    cue_count: int
    findings: tuple[dict[str, Any], ...]
    versions: tuple[VersionRow, ...]
    problems: int
    is_file: bool


@dataclass(frozen=True, slots=True)
class Chapters:
    """A video's chapters as lines to edit, with the step ids they stand under."""

    lines: str
    steps: tuple[Step, ...]
    version: int
    language: str


def read_file(data: bytes, duration_ms: int, *, encoding: str | None = None, language: str = "") -> TextTrack:
    """The track in a file, held inside the film when its length is known.

    Raises CaptionError, with the line where there is one, TooLarge above what an upload may be, and Invalid
    when more than a third of the captions would be lost.
    """
    require_size(len(data))
    try:
        track = track_losses.with_words(captions.read(data, encoding=encoding, language=language))
    except CaptionError as error:
        if error.code is not ErrorCode.TOO_MANY_CUES:
            raise
        raise _too_many() from error
    if len(track.cues) > UPLOAD_MAX_CUES:
        raise _too_many()
    return track_losses.inside(track, duration_ms)


def require_size(size: int) -> None:
    """TooLarge for a file of more bytes than an upload may have."""
    if size > UPLOAD_MAX_BYTES:
        raise TooLarge(
            "The file has %(size)s bytes; at most %(most)s are taken.",
            code="captions_too_large", field="file", size=size, most=UPLOAD_MAX_BYTES,
        )  # fmt: skip


def require_titles(track: TextTrack) -> None:
    """Invalid, with its line, when a chapter in a file has a title that would have to be cut."""
    for chapter, cue in zip(chapters.of(track), track.cues, strict=True):
        _require_title(chapter.title, cue.line, "file")


def typed_chapters(
    text: str, duration_ms: int, standing: tuple[Step, ...], *, teaching_ms: int = 0
) -> TextTrack:
    """The chapters in lines such as `0:00 Title`; Invalid or CaptionError tells the line that is wrong.

    The last one ends with what the video teaches, where that is known and it begins before.
    A line shows no end. A chapter that did not reach the next one (credits belong to none) keeps its end.
    """
    if duration_ms <= 0:
        raise Invalid(
            "The length of the video is not known yet: wait until the file was looked at.",
            code="no_duration", field="chapters",
        )  # fmt: skip
    found = chapters.typed(text, duration_ms)
    if found and found[-1].start < teaching_ms <= duration_ms:
        found = (*found[:-1], replace(found[-1], end=teaching_ms))
    numbers = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    _require_order(found, numbers, duration_ms)
    for chapter, number in zip(found, numbers, strict=True):
        _require_title(chapter.title, number, "chapters")
    return chapters.to_track(_with_gaps(found, standing))


def remove_chapters(session: Session, video: Video, expected: int | None, now: datetime) -> Track | None:
    """Take the chapters in the video's language away; the track, or None when there were none.

    Their steps keep their ids, which are never given again; the versions of the track stay. `expected` is the
    version its author began from: Conflict when another was saved meanwhile.
    """
    track = _chapter_track(session, video)
    if track is None or not track.current:
        return None
    if expected is not None and expected != track.current:
        raise Conflict("somebody else saved this track meanwhile: reload the page and look at their version")
    track.current, track.updated_at = 0, now
    indexing.index_track(session, track, "")
    for step in tracks.steps_of(session, video.id):
        step.start_ms = step.end_ms = None
    session.flush()
    return track


def _require_order(found: tuple[Chapter, ...], numbers: list[int], duration_ms: int) -> None:
    """Invalid when a line begins with or before the one above it, or after the end of the video."""
    for place, (chapter, number) in enumerate(zip(found, numbers, strict=True)):
        if chapter.start >= duration_ms:
            raise Invalid(
                "Line %(line)s begins after the end of the video, which lasts %(length)s.",
                code=ChapterFault.PAST_END, field="chapters", line=number, length=typed_time(duration_ms),
            )  # fmt: skip
        if not place or chapter.start > found[place - 1].start:
            continue
        if chapter.start < found[place - 1].start:
            raise Invalid(
                "Line %(line)s begins before line %(above)s.",
                code=ChapterFault.UNORDERED, field="chapters", line=number, above=numbers[place - 1],
            )  # fmt: skip
        raise Invalid(
            "Line %(line)s begins at the same time as line %(above)s.",
            code=ChapterFault.EMPTY, field="chapters", line=number, above=numbers[place - 1],
        )  # fmt: skip


def _require_title(title: str, line: int, field: str) -> None:
    if len(title) > MOST_TITLE:
        raise Invalid(
            "Line %(line)s: the title has %(length)s characters; at most %(most)s are kept.",
            code=ChapterFault.LONG_TITLE, field=field, line=line, length=len(title), most=MOST_TITLE,
        )  # fmt: skip


def page(session: Session, viewer: Viewer, track_id: int) -> TrackPage:
    """A track's page; NotFound, as for chapters that were removed, or Forbidden for another's video."""
    track, video = mine(session, viewer, track_id)
    asked = (
        select(TrackVersion, User.name)
        .outerjoin(User, User.id == TrackVersion.author_id)
        .where(TrackVersion.track_id == track.id)
        .order_by(TrackVersion.number.desc())
    )
    rows = session.execute(asked).all()
    current = next((version for version, _ in rows if version.number == track.current), None)
    if current is None and track.kind is TrackKind.CHAPTERS:
        raise NotFound("there is no such track")
    text = captions.read(current.document.encode(), format="vtt") if current else TextTrack()
    cues, kind = text.cues, captions.TrackKind(track.kind.value)
    known = checks.grounds(session, video, track.language)
    found = checks.problems(replace(text, kind=kind, language=track.language), known)
    return TrackPage(
        id=track.id,
        video_id=video.id,
        video_title=video.title,
        kind=track.kind.value,
        language=track.language,
        label=track.label,
        current=track.current,
        cues=tuple(replace(cue, text=plain_text(cue.text)) for cue in cues[:MOST_CUES_SHOWN]),
        cue_count=len(cues),
        findings=tuple(current.findings) if current else (),
        versions=tuple(
            VersionRow(v.number, v.note, name or "", v.created_at, v.number == track.current)
            for v, name in rows
        ),
        problems=0 if track.kind is TrackKind.CHAPTERS else len(found),
        is_file=bool(current and current.note not in ("", PUT_BY, tracks.MOVED)),
    )


def mine(session: Session, viewer: Viewer, track_id: int) -> tuple[Track, Video]:
    """A track the viewer may edit, with its video."""
    track = session.get(Track, track_id)
    if track is None:
        raise NotFound("there is no such track")
    video = session.get_one(Video, track.video_id)
    require(viewer, Action.EDIT, video)
    return track, video


def version_numbers(session: Session, track: Track) -> list[int]:
    """The numbers of a track's versions, the newest first."""
    asked = select(TrackVersion.number).where(TrackVersion.track_id == track.id)
    return list(session.scalars(asked.order_by(TrackVersion.number.desc())))


def rows(session: Session, video: Video) -> tuple[TrackRow, ...]:
    """The tracks of a video."""
    return tuple(
        TrackRow(
            entry.track.id,
            entry.track.kind.value,
            entry.track.language,
            entry.track.label,
            len(tracks.cues_of(entry)),
            entry.track.current,
            entry.track.updated_at,
        )
        for entry in tracks.of_video(session, video.id)
    )


def chapters_of(session: Session, video: Video) -> Chapters:
    """The chapters of a video in its own language, as lines to edit."""
    track = _chapter_track(session, video)
    steps = tuple(tracks.steps_of(session, video.id))
    lines = "\n".join(f"{typed_time(step.start_ms or 0)} {step.title}" for step in steps)
    return Chapters(lines, steps, track.current if track else 0, video.language)


def _chapter_track(session: Session, video: Video) -> Track | None:
    return session.scalar(
        select(Track).where(
            Track.video_id == video.id, Track.kind == TrackKind.CHAPTERS, Track.language == video.language
        )
    )


def _with_gaps(found: tuple[Chapter, ...], standing: tuple[Step, ...]) -> list[Chapter]:
    starts = [step.start_ms or 0 for step in standing]
    ends = {}
    for place, step in enumerate(standing):
        next_start = starts[place + 1] if place + 1 < len(starts) else None
        if step.end_ms is not None and (next_start is None or step.end_ms < next_start):
            ends[starts[place], step.title] = step.end_ms
    kept = []
    for chapter in found:
        end = ends.get((chapter.start, chapter.title), chapter.end)
        kept.append(replace(chapter, end=min(end, chapter.end) if end > chapter.start else chapter.end))
    return kept


def typed_time(ms: int) -> str:
    """A typed time that reads back as the same millisecond."""
    rest = ms % 1000
    return f"{clock(ms)}.{rest:03}" if rest else clock(ms)


def _too_many() -> TooLarge:
    return TooLarge(
        "The file has more than %(most)s captions.",
        code="captions_too_many", field="file", most=UPLOAD_MAX_CUES,
    )  # fmt: skip
