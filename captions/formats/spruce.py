"""Spruce STL, the text form of .stl files: two time codes and the text in a line, settings with a $."""

import re
from dataclasses import dataclass, field
from typing import Final

from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import styled
from captions.formats.styled import Run
from captions.limits import check_count
from captions.track import Cue, TextTrack

_CODE: Final = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[:;.](\d{1,2})"
LINE: Final = re.compile(rf"[ \t]*{_CODE}[ \t]*,[ \t]*{_CODE}[ \t]*,(.*)", re.ASCII)
"""A subtitle: start, end, text."""
_TIMED: Final = re.compile(rf"[ \t]*{_CODE}", re.ASCII)
_SETTING: Final = re.compile(r"[ \t]*\$[ \t]*(\w{1,40})[ \t]*=[ \t]*(.*)", re.ASCII)
_SWITCHES: Final = {"bold": "b", "italic": "i", "underlined": "u"}
_MARKS: Final = {"^B": "b", "^I": "i", "^U": "u"}
_PIECE: Final = re.compile(r"\^[BIU]|[^^|]+|[|^]")
_ALIGNS: Final = {"left": "align:start", "right": "align:end"}
_HEIGHTS: Final = {"top": "line:0", "center": "line:50%"}
PAL, NTSC = 25, 30


def is_spruce(text: str) -> bool:
    """Has the text a line of this format?"""
    return re.search(LINE.pattern, text[:100_000], re.ASCII | re.M) is not None


def read(text: str, findings: Findings) -> TextTrack:
    """Read the subtitles. The file does not say how many frames a second has: 25 unless one counts higher.

    `$HorzAlign` and `$VertAlign` become settings, `$Bold`, `$Italic` and `$Underlined` tags, other settings
    are noted as lost. Raises CaptionError when there is no subtitle.
    """
    rows = text.split("\n")
    frames = [int(frame) for row in rows if (match := LINE.match(row)) for frame in (match[4], match[8])]
    if not frames:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    rate = PAL if max(frames) < PAL else NTSC
    findings.repair(0, RepairCode.TIME, after=f"{rate} frames a second")
    reader = _Reader(rate, findings)
    for number, row in enumerate(rows, start=1):
        reader.row(number, row)
    return TextTrack(cues=tuple(reader.cues))


@dataclass(slots=True)
class _Reader:
    rate: int
    findings: Findings
    align: str = ""
    height: str = ""
    tags: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    def row(self, number: int, row: str) -> None:
        match, setting = LINE.match(row), _SETTING.match(row)
        if match is not None:
            self._subtitle(number, match)
        elif setting is not None:
            self._set(number, setting[1].lower(), setting[2].strip(), row)
        elif row.lstrip().startswith("//"):
            self.findings.drop(number, DropCode.COMMENT, row.strip())
        elif row.strip():
            code = DropCode.BAD_TIMING if _TIMED.match(row) else DropCode.NOT_A_CUE
            self.findings.drop(number, code, row)

    def _set(self, number: int, name: str, value: str, row: str) -> None:
        word = value.lower()
        if name == "horzalign" and word in ("center", *_ALIGNS):
            self.align = _ALIGNS.get(word, "")
        elif name == "vertalign" and word in ("bottom", *_HEIGHTS):
            self.height = _HEIGHTS.get(word, "")
        elif name in _SWITCHES and word in ("true", "false"):
            self._switch(self.tags, _SWITCHES[name], word == "true")
        else:
            self.findings.drop(number, DropCode.STYLE, row)

    @staticmethod
    def _switch(tags: list[str], tag: str, is_on: bool) -> None:
        if tag in tags:
            tags.remove(tag)
        if is_on:
            tags.append(tag)

    def _subtitle(self, number: int, match: re.Match[str]) -> None:
        start, end = self._time(match.groups()[:4]), self._time(match.groups()[4:8])
        if start is None or end is None:
            self.findings.drop(number, DropCode.BAD_TIMING, match[0])
            return
        text = styled.cue_text(self._runs(match[9].strip()), number, self.findings)
        settings = " ".join(filter(None, (self.height, self.align)))
        self.cues.append(Cue(start, end, text, "", settings, number))
        check_count(len(self.cues), number)

    def _runs(self, text: str) -> list[Run]:
        """The text by its styles: `^I` turns italics on or off, `|` breaks the line."""
        tags, runs = list(self.tags), list[Run]()
        breaks = False
        for match in _PIECE.finditer(text):
            piece = match[0]
            if piece in _MARKS:
                self._switch(tags, _MARKS[piece], _MARKS[piece] not in tags)
            elif piece == "|":
                if runs:
                    runs[-1] = Run(runs[-1].text.rstrip(" \t"), runs[-1].tags)
                runs.append(Run("\n", tuple(tags)))
                breaks = True
            else:
                runs.append(Run(piece.lstrip() if breaks else piece, tuple(tags)))
                breaks = False
        return runs

    def _time(self, parts: tuple[str | None, ...]) -> int | None:
        hours, minutes, seconds, frames = (int(part or 0) for part in parts)
        if minutes > 59 or seconds > 59 or frames >= self.rate:
            return None
        return (hours * 60 + minutes) * 60_000 + seconds * 1000 + frames * 1000 // self.rate
