"""LRC, the lyrics of songs: lines with the times at which they begin.

The times of single words (`<00:12.30>`, the enhanced form) become timestamps inside the cue.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import guesses, markup
from captions.limits import check_count
from captions.track import Cue, TextTrack

_CLOCK: Final = r"(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?"
_TIME = re.compile(rf"\[{_CLOCK}\][ \t]*", re.ASCII)
_WORD_TIME = re.compile(rf"<{_CLOCK}>", re.ASCII)
_TAG = re.compile(r"\[([A-Za-z#]{1,20}):([^\n]*)\][ \t]*")
_OFFSET = re.compile(r"[ \t]*([+-]?\d{1,9})[ \t]*", re.ASCII)
_LANGUAGE_TAGS: Final = frozenset({"la", "lang", "language"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the song at one of its times, in milliseconds."""

    start: int
    text: str
    row: int
    is_repeated: bool


def read(text: str, findings: Findings) -> TextTrack:
    """The lines as cues that last until the next; a time without text, which ends the line before, has none.

    A positive `[offset:…]` (milliseconds) shows every line earlier. The last line lasts as long as reading it
    takes. Raises CaptionError when no line has a time.
    """
    song = _Song(findings)
    for row, line in enumerate(text.split("\n"), start=1):
        song.add(row, line.strip())
        check_count(len(song.lines), row)
    cues = tuple(song.cues())
    if not any(cue.text for cue in cues):
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    return TextTrack(language=song.language, cues=cues)


class _Song:
    """Gathers lines, then gives cues: the offset may stand anywhere."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.lines: list[_Line] = []
        self.offset = 0
        self.language = ""

    def add(self, row: int, line: str) -> None:
        """Take a line of the file."""
        starts: list[int] = []
        at = 0
        while (match := _TIME.match(line, at)) is not None:
            starts.append(_milliseconds(match))
            at = match.end()
        if starts:
            self.lines.extend(_Line(start, line[at:], row, len(starts) > 1) for start in starts)
        elif line:
            self._tag(row, line)

    def cues(self) -> list[Cue]:
        """The cues by their starts."""
        lines = sorted(self.lines, key=lambda line: line.start)
        starts = sorted({max(line.start - self.offset, 0) for line in lines})
        done = []
        for line in lines:
            start = line.start - self.offset
            if start < 0:
                before = f"-{timecode.strict(-start)}"
                self.findings.repair(line.row, RepairCode.NEGATIVE_TIME, before, "0")
                start = 0
            done.append(self._cue(start, starts, line) if line.text else self._blank(start, starts, line))
        return done

    @staticmethod
    def _blank(start: int, starts: list[int], line: _Line) -> Cue:
        """A time without text, which ends the line before it: a cue with no text, as its file has it."""
        place = bisect_right(starts, start)
        return Cue(start, starts[place] if place < len(starts) else start, "", line=line.row)

    def _cue(self, start: int, starts: list[int], line: _Line) -> Cue:
        end = guesses.next_end(start, starts, line.text)
        if start == starts[-1]:
            self.findings.repair(line.row, RepairCode.END, line.text, timecode.strict(end))
        text = self._words(line, start, end) if "<" in line.text else markup.escaped(line.text)
        return Cue(start, end, markup.tidy(text, line.row, self.findings), line=line.row)

    def _words(self, line: _Line, start: int, end: int) -> str:
        """The text with the times of its words where they are of use: rising, inside the cue."""
        parts: list[str] = []
        at, latest = 0, start
        last = len(line.text.rstrip())
        for match in _WORD_TIME.finditer(line.text):
            parts.append(markup.escaped(line.text[at : match.start()]))
            at = match.end()
            time = _milliseconds(match) - self.offset
            if latest < time < end and not line.is_repeated and at < last:
                parts.append(f"<{timecode.strict(time)}>")
                latest = time
            elif time != start and at < last:
                self.findings.drop(line.row, DropCode.WORD_TIMES, match[0])
        parts.append(markup.escaped(line.text[at:]))
        return "".join(parts).strip()

    def _tag(self, row: int, line: str) -> None:
        """Title, singer and the like are not kept; the offset and the language count."""
        match = _TAG.fullmatch(line)
        if match is None:
            self.findings.drop(row, DropCode.NOT_A_CUE, line)
            return
        name, value = match[1].lower(), match[2]
        offset = _OFFSET.fullmatch(value)
        if name == "offset" and offset is not None:
            self.offset = int(offset[1])
        elif name in _LANGUAGE_TAGS and guesses.tag(value):
            self.language = guesses.tag(value)
        else:
            self.findings.drop(row, DropCode.HEADER, line)


def _milliseconds(match: re.Match[str]) -> int:
    minutes, seconds, fraction = match.groups()
    return int(minutes) * 60_000 + int(seconds) * 1000 + int((fraction or "0").ljust(3, "0"))
