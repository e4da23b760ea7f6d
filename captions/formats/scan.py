"""The lenient scanner: finds the cues of SRT, SBV and damaged WebVTT line by line and lists what it mends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Final

from captions import timecode
from captions.findings import DropCode, Findings, RepairCode
from captions.limits import MAX_CUES, check_count

_TIME = r"(-?)(?:(\d{1,10})[:] ?)?(\d{1,3})[:] ?(\d{1,2})(?: ?[.,:;] ?(\d{1,9}))?"
_ARROW = r"[ \t]*(-->|-{1,3} ?>|={1,2}>|[–—]{1,2} ?>|- - ?>|→|--&gt;)[ \t]*"
_ARROW_LINE = re.compile(rf"[ \t]*{_TIME}{_ARROW}{_TIME}(?!\d)(.*)", re.ASCII)
_COMMA_LINE = re.compile(rf"[ \t]*{_TIME}[ \t]*(,)[ \t]*{_TIME}(?!\d)(.*)", re.ASCII)
_USUAL_LINE = re.compile(
    r"(\d\d):([0-5]\d):([0-5]\d),(\d{3}) --> (\d\d):([0-5]\d):([0-5]\d),(\d{3})", re.ASCII
)
"""The timing line of nearly all SubRip files, which needs no mending."""

_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*", re.ASCII)
_EXACT: Final = {
    "srt": re.compile(r"\d{2,}:[0-5]\d:[0-5]\d,\d{3} --> \d{2,}:[0-5]\d:[0-5]\d,\d{3}", re.ASCII),
    "sbv": re.compile(r"\d+:[0-5]\d:[0-5]\d\.\d{3},\d+:[0-5]\d:[0-5]\d\.\d{3}", re.ASCII),
    "vtt": re.compile(
        r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}", re.ASCII
    ),
}


class Dialect(StrEnum):
    """Whose customs hold: what the times look like, and whether cues have numbers."""

    SRT = "srt"
    SBV = "sbv"
    VTT = "vtt"


@dataclass(frozen=True, slots=True)
class Found:
    """One cue as found: times in milliseconds, what stands after them, its text lines, the line above it."""

    line: int
    start: int
    end: int
    rest: str
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class _Timing:
    row: int
    start: int
    end: int
    rest: str


def scan(lines: list[str], dialect: Dialect, findings: Findings) -> Iterator[Found]:
    """Give the cues of the lines in file order. Raises CaptionError when there are too many."""
    return _Scanner(lines, dialect, findings).cues()


@dataclass(slots=True)
class _Scanner:
    lines: list[str]
    dialect: Dialect
    findings: Findings
    numbers_missing: bool = False
    heads: dict[int, int] = field(default_factory=dict)

    def cues(self) -> Iterator[Found]:
        timings = list(islice(self._timings(), MAX_CUES + 1))
        check_count(len(timings), timings[-1].row + 1 if timings else None)
        starts = [self._head(timing.row) for timing in timings if timing is not None]
        self._lead(starts[0] if starts else len(self.lines))
        for index, timing in enumerate(timings):
            end = starts[index + 1] if index + 1 < len(starts) else len(self.lines)
            head = self.lines[starts[index]] if starts[index] < timing.row else ""
            text = self._text(timing.row + 1, end)
            if timing.start >= 0:
                yield Found(timing.row + 1, timing.start, timing.end, timing.rest, head, text)

    def _timings(self) -> Iterator[_Timing]:
        """The timing lines. One that cannot be read has a start of -1, so that its text goes with it."""
        is_subrip = self.dialect is Dialect.SRT
        needs_arrow = self.dialect is not Dialect.SBV
        pattern = _ARROW_LINE if needs_arrow else _COMMA_LINE
        for row, line in enumerate(self.lines):
            if not line or (needs_arrow and not (">" in line or "→" in line or "--&gt;" in line)):
                continue
            usual = _USUAL_LINE.fullmatch(line) if is_subrip else None
            if usual is not None:
                yield _usual(row, usual)
                continue
            match = pattern.match(line)
            if match is not None and self._is_timing(match):
                yield self._timing(row, line, match)
            elif "-->" in line and line.lstrip()[:1].isdigit():
                self.findings.drop(row + 1, DropCode.BAD_TIMING, line)
                yield _Timing(row, -1, -1, "")

    def _is_timing(self, match: re.Match[str]) -> bool:
        """A loose arrow between bare minutes may be prose: `10:30 -> 11:00`."""
        return match[6] in ("-->", "--&gt;") or bool(match[5] or match[2])

    def _timing(self, row: int, line: str, match: re.Match[str]) -> _Timing:
        start, end = self._time(row, match.groups()[:5]), self._time(row, match.groups()[6:11])
        if self.dialect is not Dialect.SBV and match[6] != "-->":
            self.findings.repair(row + 1, RepairCode.ARROW, match[6], "-->")
        timing = line.strip()[: len(line.strip()) - len(match[12])] if match[12] else line.strip()
        if not _EXACT[self.dialect].fullmatch(timing.rstrip()):
            mended = f"{timecode.strict(start)} --> {timecode.strict(end)}"
            self.findings.repair(row + 1, RepairCode.TIME, timing, mended)
        return _Timing(row, start, end, match[12].strip())

    def _time(self, row: int, parts: tuple[str | None, ...]) -> int:
        sign, hours, minutes, seconds, fraction = parts
        total = int(hours or 0) * 3_600_000 + int(minutes or 0) * 60_000 + int(seconds or 0) * 1000
        total += int((fraction or "0").ljust(3, "0")[:3])
        if sign and total:
            self.findings.repair(row + 1, RepairCode.NEGATIVE_TIME, f"-{timecode.strict(total)}", "0")
            return 0
        return total

    def _head(self, row: int) -> int:
        """The row on which the cue with this timing begins: its number or identifier, else the timing."""
        if row == 0 or not self.lines[row - 1].strip():
            self._missing_number(row)
            return row
        above = self.lines[row - 1]
        alone = row == 1 or not self.lines[row - 2].strip()
        if _NUMBER.fullmatch(above):
            if not alone:
                self.findings.repair(row, RepairCode.BLANK_MISSING, above)
            return row - 1
        if alone and self.dialect is Dialect.VTT:
            return row - 1
        self._missing_number(row)
        self.findings.repair(row + 1, RepairCode.BLANK_MISSING, self.lines[row])
        return row

    def _missing_number(self, row: int) -> None:
        """SubRip cues are numbered; that they are not is said once for the file."""
        if self.dialect is Dialect.SRT and not self.numbers_missing:
            self.numbers_missing = True
            self.findings.repair(row + 1, RepairCode.NUMBERS)

    def _lead(self, end: int) -> None:
        """What stands before the first cue belongs to none."""
        for first, block in _blocks(self.lines, 0, end):
            if not self.findings.has_room:
                break
            self.findings.drop(first + 1, _block_code(block[0]), "\n".join(block))

    def _text(self, start: int, end: int) -> str:
        """The text of a cue: in WebVTT its first block, elsewhere all blocks up to the next cue."""
        kept: list[str] = []
        for number, (first, block) in enumerate(_blocks(self.lines, start, end)):
            stray = self.dialect is Dialect.VTT or bool(_NUMBER.fullmatch(block[0]))
            if stray and (number or first > start):
                self.findings.drop(first + 1, _block_code(block[0]), "\n".join(block))
            else:
                if first > start:
                    self.findings.repair(first, RepairCode.BLANK_IN_TEXT, after=block[0])
                kept.extend(block)
        return "\n".join(kept)


def _usual(row: int, match: re.Match[str]) -> _Timing:
    hours, minutes, seconds, thousandths, *end = map(int, match.groups())
    start = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
    hours, minutes, seconds, thousandths = end
    return _Timing(row, start, ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths, "")


def _blocks(lines: list[str], start: int, end: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the row it begins at."""
    block: list[str] = []
    for row in range(start, end):
        if lines[row].strip():
            block.append(lines[row])
        elif block:
            yield row - len(block), block
            block = []
    if block:
        yield end - len(block), block


def _block_code(head: str) -> DropCode:
    """Why a block without a time is not kept."""
    word = head.split(maxsplit=1)[0]
    codes = {"NOTE": DropCode.COMMENT, "STYLE": DropCode.STYLE, "REGION": DropCode.REGION}
    return DropCode.HEADER if head.startswith("WEBVTT") else codes.get(word, DropCode.NOT_A_CUE)
