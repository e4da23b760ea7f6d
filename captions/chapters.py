"""Chapters: the steps of a technique on the film's time line, under ids given once and never reused."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.track import Cue, TextTrack, TrackKind
from captions.webvtt import cuetext

_STEP_ID = re.compile(r"([A-Za-z][A-Za-z0-9]{0,15})-c(\d{2,4})", re.ASCII)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}", re.ASCII)
_TYPED = re.compile(
    r"[-–—*•·▪]?\s*[\[(]?\s*(\d{1,3}(?::\d{2,3})?:\d{2}(?:[.,]\d{1,3})?)\s*[\])]?\s*(?:[-–—:|]\s*)?(.*)",
    re.ASCII,
)
TITLE_LENGTH = 70


@dataclass(frozen=True, slots=True)
class Chapter:
    """A step from `start` to `end` in milliseconds; `id` is `V1-c05`, or empty until one is given."""

    start: int
    end: int
    title: str
    id: str = ""


class ChapterFault(StrEnum):
    """What can be wrong with chapters."""

    NO_ID = "no-id"
    BAD_ID = "bad-id"
    SAME_ID = "same-id"
    NO_TITLE = "no-title"
    LONG_TITLE = "long-title"
    EMPTY = "empty"
    UNORDERED = "unordered"
    OVERLAP = "overlap"
    PAST_END = "past-end"


_MESSAGES: dict[ChapterFault, str] = {
    ChapterFault.NO_ID: "Chapter {number} has no step id.",
    ChapterFault.BAD_ID: "Chapter {number} has an id that is not like V1-c05.",
    ChapterFault.SAME_ID: "Chapter {number} has the same step id as an earlier one.",
    ChapterFault.NO_TITLE: "Chapter {number} has no title.",
    ChapterFault.LONG_TITLE: "The title of chapter {number} is longer than 70 characters.",
    ChapterFault.EMPTY: "Chapter {number} ends before it begins or lasts no time.",
    ChapterFault.UNORDERED: "Chapter {number} begins before the chapter above it.",
    ChapterFault.OVERLAP: "Chapter {number} begins before the chapter above it has ended.",
    ChapterFault.PAST_END: "Chapter {number} reaches past the end of the film.",
}


@dataclass(frozen=True, slots=True)
class ChapterProblem:
    """A fault of the chapter at place `chapter` (from 0), with an English sentence that counts from 1."""

    fault: ChapterFault
    chapter: int

    @property
    def message(self) -> str:
        """The fault as a sentence."""
        return _MESSAGES[self.fault].format(number=self.chapter + 1)


def of(track: TextTrack) -> tuple[Chapter, ...]:
    """The chapters of a track: identifier = step id, text without markup on one line = title."""
    return tuple(
        Chapter(cue.start, cue.end, " ".join(cuetext.plain_text(cue.text).split()), cue.identifier)
        for cue in track.cues
    )


def to_track(chapters: Iterable[Chapter], language: str = "") -> TextTrack:
    """The chapters as a track to write as WebVTT."""
    cues = tuple(
        Cue(chapter.start, chapter.end, cuetext.escape(" ".join(chapter.title.split())), chapter.id)
        for chapter in chapters
    )
    return TextTrack(TrackKind.CHAPTERS, language, cues)


def typed(text: str, duration: int) -> tuple[Chapter, ...]:
    """Read lines such as `0:00 Title`, `- [1:05] Title` or `1:02:03 – Title`; blank lines are passed over.

    Each chapter ends where the next begins, the last at `duration` (milliseconds). They have no ids yet.
    Raises CaptionError with the number of a line that is none.
    """
    starts: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _TYPED.fullmatch(line.strip())
        start = timecode.parse_clock(match[1]) if match else None
        if match is None or start is None or not match[2].strip():
            raise refusal(ErrorCode.CHAPTER_LINE, number, text=line.strip()[:100])
        starts.append((start, " ".join(match[2].split())))
    ends = [start for start, _ in starts[1:]] + [duration]
    return tuple(Chapter(start, end, title) for (start, title), end in zip(starts, ends, strict=False))


def next_step_id(code: str, given: Iterable[str]) -> str:
    """The id for a new step of the video `code`: one past the highest number ever given.

    `given` are all ids that were ever given, those of steps since removed too, so that none is reused.
    Raises CaptionError (`step-id`) for a code that cannot begin an id.
    """
    if not _CODE.fullmatch(code):
        raise refusal(ErrorCode.STEP_ID, text=code)
    numbers = [int(match[2]) for match in map(_STEP_ID.fullmatch, given) if match and match[1] == code]
    return f"{code}-c{max(numbers, default=0) + 1:02}"


def with_ids(
    chapters: Sequence[Chapter], code: str, *, given: Iterable[str], before: Sequence[Chapter] = ()
) -> tuple[Chapter, ...]:
    """The chapters, each with a step id.

    One that has an id keeps it. Of the others, a chapter with the title, else with the start, of a chapter in
    `before` is that step and takes its id; the rest get the next free ids. `given` as in next_step_id.
    """
    used = {chapter.id for chapter in chapters if chapter.id}
    done = _known_by([*chapters], before, used, lambda chapter: chapter.title.casefold())
    done = _known_by(done, before, used, lambda chapter: chapter.start)
    ever = {*given, *used, *(chapter.id for chapter in before)}
    for place, chapter in enumerate(done):
        if not chapter.id:
            fresh = next_step_id(code, ever)
            ever.add(fresh)
            done[place] = replace(chapter, id=fresh)
    return tuple(done)


def check(chapters: Sequence[Chapter], duration: int | None = None) -> tuple[ChapterProblem, ...]:
    """What is wrong with the chapters, in their order; `duration` in milliseconds when it is known."""
    problems: list[ChapterProblem] = []
    ids: set[str] = set()
    for place, chapter in enumerate(chapters):
        above = chapters[place - 1] if place else None
        faults = [*_own_faults(chapter), *_faults_below(chapter, above)]
        if chapter.id and chapter.id in ids:
            faults.append(ChapterFault.SAME_ID)
        if duration is not None and chapter.end > duration:
            faults.append(ChapterFault.PAST_END)
        ids.add(chapter.id)
        problems += [ChapterProblem(fault, place) for fault in faults]
    return tuple(problems)


def _known_by(
    chapters: list[Chapter], before: Sequence[Chapter], used: set[str], key: Callable[[Chapter], object]
) -> list[Chapter]:
    """Give chapters without an id that of the one before with the same key; each id once."""
    known = {key(chapter): chapter.id for chapter in reversed(before)}
    done = []
    for chapter in chapters:
        found = known.get(key(chapter), "")
        if not chapter.id and found and found not in used:
            used.add(found)
            chapter = replace(chapter, id=found)
        done.append(chapter)
    return done


def _own_faults(chapter: Chapter) -> list[ChapterFault]:
    faults = []
    if not chapter.id:
        faults.append(ChapterFault.NO_ID)
    elif not _STEP_ID.fullmatch(chapter.id):
        faults.append(ChapterFault.BAD_ID)
    if not chapter.title.strip():
        faults.append(ChapterFault.NO_TITLE)
    elif len(chapter.title) > TITLE_LENGTH:
        faults.append(ChapterFault.LONG_TITLE)
    if chapter.end <= chapter.start:
        faults.append(ChapterFault.EMPTY)
    return faults


def _faults_below(chapter: Chapter, above: Chapter | None) -> list[ChapterFault]:
    if above is None:
        return []
    if chapter.start < above.start:
        return [ChapterFault.UNORDERED]
    return [ChapterFault.OVERLAP] if chapter.start < above.end else []
