"""Chapters as rows of a form, each with its step id: that stays, whatever becomes of time and title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions import chapters, timecode
from captions.chapters import Chapter, ChapterFault
from edu.errors import Conflict, Invalid, InvalidFields
from edu.models import Step, Track, TrackKind, Video, VideoFile
from edu.policy import Viewer
from edu.services import audit, checklists, players, sources, typed
from edu.services.audit import Deed
from edu.services.delivery import Addresses
from edu.services.texts import checks, step_uses, track_editing, tracks
from edu.services.texts.step_uses import StepUses
from edu.services.texts.track_editing import MOST_TITLE, typed_time
from edu.services.video_editing import mine

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A row as it is typed. `id` is empty for a new step; an empty `end` is where the next one begins.

    `is_mirrored` wants the step shown mirrored until a viewer chooses.
    """

    start: str = ""
    title: str = ""
    end: str = ""
    id: str = ""
    is_removed: bool = False
    is_mirrored: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is meant by it: an empty row of the form, or one that is to go."""
        return self.is_removed or not (self.id or self.start.strip() or self.title.strip())


@dataclass(frozen=True, slots=True)
class ChaptersPage:
    """The chapters of a video in its own language. Times in milliseconds, `length_ms` without the credits."""

    video_id: int
    title: str
    slug: str
    language: str
    version: int
    rows: tuple[ChapterRow, ...]
    uses: dict[str, StepUses]
    duration_ms: int
    length_ms: int
    frame_ms: float
    peaks_url: str
    hearing: dict[str, list[object]]
    screening: players.Screening
    checklist_slug: str


def page(session: Session, viewer: Viewer, video_id: int, addresses: Addresses) -> ChaptersPage:
    """What the editor of chapters shows; NotFound, or Forbidden for somebody else's video."""
    video = mine(session, viewer, video_id)
    heard = checks.hearing(session, video)
    checklist = checklists.of_video(session, video.id)
    return ChaptersPage(
        video_id=video.id,
        title=video.title,
        slug=video.slug,
        language=video.language,
        version=version_of(session, video),
        rows=_rows(session, video),
        uses=step_uses.of_video(session, viewer, video),
        duration_ms=video.duration_ms,
        length_ms=length_of(video),
        frame_ms=checks.frame_ms(video.frame_rate),
        peaks_url=_peaks(session, video, addresses),
        hearing={
            "speech": [[each.start, each.end] for each in heard.speech] if heard else [],
            "cuts": list(heard.cuts) if heard else [],
        },
        screening=players.screening(session, video, addresses, language=video.language),
        checklist_slug=checklist.slug if checklist else "",
    )


def length_of(video: Video) -> int:
    """Where the last chapter ends unless it says otherwise: before the credits, where that is known."""
    return video.teaching_ms or video.duration_ms


def version_of(session: Session, video: Video) -> int:
    """The version of the chapters that is served, by which two who save at once are told apart; 0: none."""
    track = tracks.find(session, video.id, TrackKind.CHAPTERS, video.language)
    return track.current if track else 0


def rows_of(standing: Sequence[Chapter], length_ms: int) -> tuple[ChapterRow, ...]:
    """The chapters as rows; an end is written only where something lies between it and the next."""
    ends: list[int | None] = [chapter.start for chapter in standing[1:]]
    rows = []
    for chapter, following in zip(standing, [*ends, None], strict=False):
        is_usual = chapter.end == length_ms if following is None else chapter.end >= following
        end = "" if is_usual else typed_time(chapter.end)
        rows.append(ChapterRow(typed_time(chapter.start), chapter.title, end, chapter.id))
    return tuple(rows)


def _rows(session: Session, video: Video) -> tuple[ChapterRow, ...]:
    mirrored = {step.identifier for step in tracks.steps_of(session, video.id) if step.is_mirrored}
    rows = rows_of(_standing(session, video), length_of(video))
    return tuple(replace(row, is_mirrored=row.id in mirrored) for row in rows)


def read(rows: Sequence[ChapterRow], duration_ms: int, length_ms: int) -> tuple[Chapter, ...]:
    """The chapters that rows say, by time; an end that reaches past the next beginning is cut there.

    Raises InvalidFields for all that is wrong at once; the fields are `start-0`, `title-0`, `end-0`, …
    """
    if duration_ms <= 0:
        raise Invalid(
            "The length of the video is not known yet: wait until the file was looked at.", code="no_duration"
        )
    if len(rows) > MOST_ROWS:
        raise Invalid("At most %(most)s chapters are kept.", code="too_many", most=MOST_ROWS)
    faults: list[Invalid] = []
    found: list[Chapter] = []
    for number, row in enumerate(rows):
        if not row.is_blank:
            found.append(_read_row(row, number, duration_ms, faults))
    _require_own_times(rows, found, faults)
    if faults:
        raise InvalidFields(faults)
    return _with_ends(sorted(found, key=lambda chapter: chapter.start), duration_ms, length_ms)


def save(
    session: Session,
    viewer: Viewer,
    video_id: int,
    rows: Sequence[ChapterRow],
    expected: int | None,
    now: datetime,
) -> Track | None:
    """Make the rows the chapters of the video in its own language; the track, or None where nothing changed.

    A step without a row any more retires: its id is never given to another. Raises Conflict when the version
    served is not the one its author began from (`expected`).
    """
    video = mine(session, viewer, video_id, locked=True)
    found = read(rows, video.duration_ms, length_of(video))
    if expected is not None and expected != version_of(session, video):
        raise Conflict(MEANWHILE, code="chapters_changed")
    known = set(session.scalars(select(Step.identifier).where(Step.video_id == video.id)))
    _require_own_steps(found, rows, known)
    is_same = found == tuple(_standing(session, video))
    if is_same:
        track = tracks.find(session, video.id, TrackKind.CHAPTERS, video.language)
    else:
        track = _kept(session, viewer, video, found, known, now)
    if not _mirror(session, video, rows) and is_same:
        return None
    if track is not None:
        audit.record(
            session, Deed.TRACK_SAVED, now=now, actor_id=viewer.user_id,
            subject=f"track:{track.id}", version=track.current,
        )  # fmt: skip
    return track


MEANWHILE = "Somebody else saved the chapters meanwhile. Both are shown below; saving again keeps yours."


def retired(before: Iterable[ChapterRow], after: Iterable[ChapterRow]) -> tuple[str, ...]:
    """The step ids of rows that others have and these lack."""
    left = {row.id for row in after if not row.is_blank}
    return tuple(row.id for row in before if row.id and row.id not in left)


def _mirror(session: Session, video: Video, rows: Sequence[ChapterRow]) -> bool:
    """Note which of the steps, as they stand now, are shown mirrored at first; whether that changes any."""
    # by their beginnings, of which no two are the same: a new step has got its id only now
    wanted = {timecode.parse_clock(row.start) for row in rows if row.is_mirrored and not row.is_blank}
    changed = [
        step for step in tracks.steps_of(session, video.id) if step.is_mirrored != (step.start_ms in wanted)
    ]
    for step in changed:
        step.is_mirrored = not step.is_mirrored
    return bool(changed)


def _kept(
    session: Session, viewer: Viewer, video: Video, found: tuple[Chapter, ...], known: set[str], now: datetime
) -> Track | None:
    if not found:
        return track_editing.remove_chapters(session, video, None, now)
    # ids are given here and not by the title or the time: a row without one is a new step
    named = chapters.with_ids(found, video.code or f"v{video.id}", given=known)
    return tracks.keep(
        session, video, chapters.to_track(named, video.language), kind=TrackKind.CHAPTERS,
        language=video.language, now=now, author_id=viewer.user_id,
    )  # fmt: skip


def _standing(session: Session, video: Video) -> list[Chapter]:
    return [
        Chapter(step.start_ms or 0, step.end_ms or 0, step.title, step.identifier)
        for step in tracks.steps_of(session, video.id)
    ]


def _with_ends(found: list[Chapter], duration_ms: int, length_ms: int) -> tuple[Chapter, ...]:
    """Each ends where it says, else where the next begins, the last with what is taught."""
    done = []
    for place, chapter in enumerate(found):
        is_last = place + 1 == len(found)
        most = duration_ms if is_last else found[place + 1].start
        usual = length_ms if is_last and chapter.start < length_ms else most
        done.append(replace(chapter, end=min(chapter.end or usual, most)))
    return tuple(done)


def _read_row(row: ChapterRow, number: int, duration_ms: int, faults: list[Invalid]) -> Chapter:
    """The chapter of a row, its end 0 where none is written; what is wrong joins the faults."""
    title = " ".join(row.title.split())
    try:
        title = typed.line(row.title, f"title-{number}", most=MOST_TITLE)
    except Invalid as error:
        faults.append(error)
    start = _read_time(row.start, f"start-{number}", faults)
    end = _read_time(row.end, f"end-{number}", faults) if row.end.strip() else 0
    if start >= duration_ms:
        faults.append(
            Invalid(
                "This begins after the end of the video, which lasts %(length)s.",
                code=ChapterFault.PAST_END, field=f"start-{number}", length=typed_time(duration_ms),
            )
        )  # fmt: skip
    elif end and end <= start:
        faults.append(Invalid("This ends before it begins.", code=ChapterFault.EMPTY, field=f"end-{number}"))
    return Chapter(start, min(end, duration_ms), title, row.id)


def _read_time(text: str, field: str, faults: list[Invalid]) -> int:
    time = timecode.parse_clock(text)
    if time is None:
        faults.append(Invalid("Write a time such as 1:05 or 1:05.25.", code="no_time", field=field))
    return time or 0


def _require_own_times(rows: Sequence[ChapterRow], found: Sequence[Chapter], faults: list[Invalid]) -> None:
    """No two chapters begin at once: one of them would last no time."""
    numbers = [number for number, row in enumerate(rows) if not row.is_blank]
    wrong = {str(fault.parameters.get("field")) for fault in faults}
    seen: set[int] = set()
    for number, chapter in zip(numbers, found, strict=True):
        if chapter.start in seen and f"start-{number}" not in wrong:
            faults.append(
                Invalid(
                    "Another chapter begins at the same time.",
                    code=ChapterFault.EMPTY, field=f"start-{number}",
                )
            )  # fmt: skip
        seen.add(chapter.start)


def _require_own_steps(found: Iterable[Chapter], rows: Sequence[ChapterRow], known: set[str]) -> None:
    """Invalid for a step id that this video never had, or that stands in two rows."""
    seen: set[str] = set()
    for chapter in found:
        if not chapter.id:
            continue
        if chapter.id not in known or chapter.id in seen:
            number = max(n for n, row in enumerate(rows) if row.id == chapter.id)
            raise Invalid(
                "The step id %(step)s is not one of this video, or stands there twice.",
                code="step_taken", field=f"title-{number}", step=chapter.id[:40],
            )  # fmt: skip
        seen.add(chapter.id)


def _peaks(session: Session, video: Video, addresses: Addresses) -> str:
    asked = select(VideoFile).where(VideoFile.video_id == video.id, VideoFile.version == video.version)
    files = list(session.scalars(asked)) if video.version else []
    return sources.address_of(addresses.media(video), files, "waveform") or ""
