"""The transcript: cues joined into sentences, sentences into paragraphs, each in its chapter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from captions import timecode
from captions.chapters import Chapter, of
from captions.track import Cue, TextTrack, TrackKind
from captions.webvtt import cuetext

PAUSE: Final = 2000
"""Milliseconds of silence after which a new paragraph begins."""

LONG: Final = 500
"""Characters after which a paragraph ends with its sentence."""

LONG_TIME: Final = 60_000
"""Milliseconds after which a paragraph ends with its sentence."""

LINE: Final = 300
"""Characters that a line of several captions has at most: without full stops all would be one line."""

LINE_TIME: Final = 12_000
"""Milliseconds that a line of several captions lasts at most: who clicks on it waits for its last word."""

LINE_PAUSE: Final = 1000
"""Milliseconds of silence after which a new line begins."""

SELDOM: Final = 5
"""With fewer sentence ends than one in so many cues a track is written without them: see BARE_TIME."""

BARE_TIME: Final = 2000
"""Milliseconds after which a line ends with its cue in a track that is written without full stops."""

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
    chapter: str
    ends_sentence: bool
    ends_cue: bool


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

    A line is a sentence; inside a cue its time is reckoned by its letters. It ends sooner, between two cues,
    with a pause of LINE_PAUSE, and before it is longer than LINE_TIME or LINE; in a track without full stops
    with its cue. A new paragraph begins with another speaker, in another chapter, after a pause of PAUSE, and
    with the first line after LONG characters or LONG_TIME. What goes over the start of a chapter is of the
    one in which its middle lies: captions seldom change just with the step. Texts are plain: a page must
    escape them.
    """
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    speaker = chapter = ""
    for line, voice, step in _lines(track, chapters):
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
    """The track as a plain text file; chapters as lines such as `0:13 Title`, which can be typed in again."""
    if track.kind is TrackKind.CHAPTERS:
        lines = (f"{timecode.clock(step.start)} {step.title}\n" for step in of(track) if step.title)
        return "".join(lines).encode("utf-8", "replace")
    return plain_text(transcript(track)).encode("utf-8", "replace")


def _breaks(lines: list[Line], line: Line) -> bool:
    is_apart = line.start - lines[-1].end >= PAUSE
    is_long = sum(len(earlier.text) for earlier in lines) >= LONG
    return is_apart or is_long or lines[-1].end - lines[0].start >= LONG_TIME


def _paragraph(lines: list[Line], speaker: str, chapter: str) -> Paragraph:
    return Paragraph(lines[0].start, max(line.end for line in lines), tuple(lines), speaker, chapter)


def _chapter_at(chapters: Sequence[Chapter], time: int) -> str:
    return next((chapter.id for chapter in chapters if chapter.start <= time < chapter.end), "")


def _lines(track: TextTrack, chapters: Sequence[Chapter]) -> Iterator[tuple[Line, str, str]]:
    """Sentences put together from the pieces of cues, each with its speaker and its chapter."""
    held: list[_Piece] = []
    pieces = list(_pieces(track, chapters))
    is_bare = SELDOM * sum(piece.ends_sentence for piece in pieces) < sum(piece.ends_cue for piece in pieces)
    for piece in pieces:
        if held and _parts(held, piece):
            yield _joined(held)
            held = []
        held.append(piece)
        is_line = is_bare and piece.ends_cue and piece.line.end - held[0].line.start >= BARE_TIME
        if piece.ends_sentence or is_line:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _parts(held: list[_Piece], piece: _Piece) -> bool:
    """Does a new line begin with this piece, though no sentence has ended?"""
    first, last = held[0], held[-1]
    if (piece.speaker, piece.chapter) != (last.speaker, last.chapter):
        return True
    length = sum(len(earlier.line.text) + 1 for earlier in held) + len(piece.line.text)
    is_long = length > LINE or piece.line.end - first.line.start > LINE_TIME
    return is_long or piece.line.start - last.line.end >= LINE_PAUSE


def _joined(pieces: list[_Piece]) -> tuple[Line, str, str]:
    text = " ".join(piece.line.text for piece in pieces)
    line = Line(pieces[0].line.start, pieces[-1].line.end, text)
    return line, pieces[0].speaker, pieces[0].chapter


def _pieces(track: TextTrack, chapters: Sequence[Chapter]) -> Iterator[_Piece]:
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
                step = _chapter_at(chapters, (start + end) // 2)
                is_last = not text[stop:].strip()
                yield _Piece(Line(start, end, words), speaker, step, _is_end(words), is_last)
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
