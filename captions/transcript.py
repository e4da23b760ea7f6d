"""The transcript: cues joined into sentences, sentences into paragraphs, each in its chapter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from captions import timecode
from captions.chapters import Chapter
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext

PAUSE: Final = 2000
"""Milliseconds of silence after which a new paragraph begins."""

LONG: Final = 500
"""Characters after which a paragraph ends with its sentence."""

LONG_TIME: Final = 60_000
"""Milliseconds after which a paragraph ends with its sentence."""

UNENDED: Final = 300
"""Characters after which a line ends with its cue: without a single full stop all would be one line."""

UNENDED_TIME: Final = 25_000
"""Milliseconds after which a line ends with its cue."""

FLASH: Final = 50
"""Milliseconds: a caption this short is a step of a rolling caption, a gap this short is none."""

_SENTENCE_END = re.compile(r"""(?<![.!?…。！？؟])[.!?…。！？؟]++["'”’)\]»]*+(?=\s|$)|[。！？]""")
_ENDING = re.compile(r"""[.!?…。！？؟]["'”’)\]»]*$""")
_NO_END = re.compile(r"(?:\b(?:dr|mr|mrs|ms|prof|st|vs|e\.g|i\.e|fig|approx)\.|\b[A-Z]\.)$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or what is spoken until a pause, from `start` to `end` in milliseconds."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one speaker without a long pause; `chapter` is the id of the step it is in, or empty."""

    start: int
    end: int
    lines: tuple[Line, ...]
    speaker: str = ""
    chapter: str = ""

    @property
    def text(self) -> str:
        """The lines in a row."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a cue that ends with a sentence or with the cue."""

    line: Line
    speaker: str
    ends_sentence: bool


@dataclass(slots=True)
class _Shown:
    """The last line on screen and its end, to know the lines that a rolling caption repeats."""

    line: str = ""
    end: int = -FLASH - 1

    def fresh(self, cue: Cue) -> str:
        """The text of a cue on one line, without a first line that was on screen a moment ago.

        A caption that repeats the whole one before is kept, unless it only flashes: it may be said twice.
        """
        lines = [" ".join(line.split()) for line in cuetext.plain_text(cue.text).split("\n")]
        lines = [line for line in lines if line]
        if not lines:
            return ""
        rolls = len(lines) > 1 or cue.end - cue.start <= FLASH
        repeated = rolls and lines[0] == self.line and cue.start - self.end <= FLASH
        self.line, self.end = lines[-1], cue.end
        return " ".join(lines[1:] if repeated else lines)


def transcript(track: TextTrack, chapters: Sequence[Chapter] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of a track in the order of time.

    A line begins where its sentence begins; inside a cue that is reckoned by its letters. A new paragraph
    begins with another speaker, in another chapter (that of its first line), after a pause of PAUSE, and with
    the first sentence after LONG characters or LONG_TIME. Words without full stops are cut into lines between
    cues. Texts are plain: a page must escape them.
    """
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    speaker = chapter = ""
    for line, voice in _lines(track):
        step = _chapter_at(chapters, line.start)
        if lines and (voice != speaker or step != chapter or _breaks(lines, line)):
            paragraphs.append(_paragraph(lines, speaker, chapter))
            lines = []
        speaker, chapter = voice, step
        lines.append(line)
    if lines:
        paragraphs.append(_paragraph(lines, speaker, chapter))
    return tuple(paragraphs)


def plain_text(
    paragraphs: Sequence[Paragraph], chapters: Sequence[Chapter] = (), *, times: bool = False
) -> str:
    """The transcript to read or print: chapter titles as headings, a blank line between paragraphs."""
    titles = {chapter.id: chapter.title for chapter in chapters}
    parts: list[str] = []
    current = ""
    for paragraph in paragraphs:
        if paragraph.chapter != current and paragraph.chapter in titles:
            parts.append(titles[paragraph.chapter])
        current = paragraph.chapter
        clock = f"[{timecode.clock(paragraph.start)}] " if times else ""
        name = f"{paragraph.speaker}: " if paragraph.speaker else ""
        parts.append(f"{clock}{name}{paragraph.text}")
    return "\n\n".join(parts) + "\n" if parts else ""


def write(track: TextTrack) -> bytes:
    """The track as a plain text file."""
    return plain_text(transcript(track)).encode("utf-8", "replace")


def _breaks(lines: list[Line], line: Line) -> bool:
    is_apart = line.start - lines[-1].end >= PAUSE
    is_long = sum(len(earlier.text) for earlier in lines) >= LONG
    return is_apart or is_long or lines[-1].end - lines[0].start >= LONG_TIME


def _paragraph(lines: list[Line], speaker: str, chapter: str) -> Paragraph:
    return Paragraph(lines[0].start, max(line.end for line in lines), tuple(lines), speaker, chapter)


def _chapter_at(chapters: Sequence[Chapter], time: int) -> str:
    return next((chapter.id for chapter in chapters if chapter.start <= time < chapter.end), "")


def _lines(track: TextTrack) -> Iterator[tuple[Line, str]]:
    """Sentences put together from the pieces of cues, each with its speaker."""
    held: list[_Piece] = []
    for piece in _pieces(track):
        if held and (piece.speaker != held[-1].speaker or piece.line.start - held[-1].line.end >= PAUSE):
            yield _joined(held)
            held = []
        held.append(piece)
        if piece.ends_sentence or _is_unended(held):
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _is_unended(pieces: list[_Piece]) -> bool:
    length = sum(len(piece.line.text) + 1 for piece in pieces)
    return length > UNENDED or pieces[-1].line.end - pieces[0].line.start >= UNENDED_TIME


def _joined(pieces: list[_Piece]) -> tuple[Line, str]:
    text = " ".join(piece.line.text for piece in pieces)
    return Line(pieces[0].line.start, pieces[-1].line.end, text), pieces[0].speaker


def _pieces(track: TextTrack) -> Iterator[_Piece]:
    """Cut each cue where a sentence ends in it."""
    shown = _Shown()
    for cue in sorted(track.cues, key=lambda cue: (cue.start, cue.end)):
        text = shown.fresh(cue)
        if not text:
            continue
        speaker = ", ".join(cuetext.voices(cue.text))
        at = 0
        for stop in (*_sentence_ends(text), len(text)):
            words = text[at:stop].strip()
            if words:
                start, end = _moment(cue, at, len(text)), _moment(cue, stop, len(text))
                yield _Piece(Line(start, end, words), speaker, _is_end(words))
            at = stop


def _sentence_ends(text: str) -> list[int]:
    ends = (match.end() for match in _SENTENCE_END.finditer(text))
    return [end for end in ends if _is_end(text[max(end - 12, 0) : end])]


def _is_end(text: str) -> bool:
    """Does a sentence end here? Not after `Dr.`, an initial or the like."""
    return _ENDING.search(text[-8:]) is not None and not _NO_END.search(text[-12:])


def _moment(cue: Cue, letters: int, of_all: int) -> int:
    """The time at which so many of all letters of a cue are spoken, when they are spoken evenly."""
    return cue.start + max(cue.end - cue.start, 0) * letters // of_all
