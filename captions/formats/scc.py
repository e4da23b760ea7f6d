"""SCC (Scenarist closed captions), read: lines of a time code and the words of CEA-608 sent from it on."""

import re
from functools import lru_cache
from typing import Final

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import styled
from captions.formats.cea608 import Decoder
from captions.formats.cea608_screen import LAST_COLUMN, Row, Shown
from captions.formats.styled import Run
from captions.limits import MAX_SCC_WORDS, check_count
from captions.track import Cue, TextTrack

_LINE: Final = re.compile(r"(\d{1,3}):(\d{1,2}):(\d{1,2})([:;.,])(\d{1,2})[ \t]+(\S.*)", re.ASCII)
_WORD: Final = re.compile(r"[0-9A-Fa-f]{4}")
_WORDS: Final = re.compile(r"\b[0-9A-Fa-f]{4}\b")
_HEAD: Final = "Scenarist_SCC"
_LAST_SECONDS: Final = 4
"""How long the last caption stays when nothing takes it off."""
_RATE: Final = 30
_LOWER_THIRD: Final = 10
_MIDDLE, _BESIDE = 15.5, 5.0
"""The middle of the 32 columns, and how far from it a text is no longer meant to be in the middle."""


def read(text: str, findings: Findings) -> TextTrack:
    """Read the captions of the first channel.

    A caption lasts until its erasure or the next one. A row away from the bottom and rows that begin together
    away from the middle become settings; italics and underlines stay, colours are noted as lost. Raises
    CaptionError when there is no caption.
    """
    if len(_WORDS.findall(text)) > MAX_SCC_WORDS:
        raise refusal(ErrorCode.TOO_MANY_CODES, limit=MAX_SCC_WORDS)
    decoder = Decoder()
    end = 0
    for number, row in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(row.strip())
        if match is not None:
            end = _feed(decoder, match, number, findings)
        elif row.strip() and not row.lstrip("\ufeff \t").startswith(_HEAD):
            code = DropCode.BAD_TIMING if _WORD.search(row) else DropCode.NOT_A_CUE
            findings.drop(number, code, row)
    if decoder.finish(end + _LAST_SECONDS * 1000):
        last = decoder.shown[-1]
        findings.repair(last.line, RepairCode.END, after=timecode.strict(last.end))
    if not decoder.shown:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    _note_losses(decoder, findings)
    return TextTrack(cues=tuple(_cue(shown, findings) for shown in decoder.shown))


def _note_losses(decoder: Decoder, findings: Findings) -> None:
    if decoder.lost:
        findings.drop(0, DropCode.NOT_A_CUE, f"{decoder.lost} characters outside the captions of channel 1")
    if decoder.colours:
        findings.drop(0, DropCode.MARKUP, f"{decoder.colours} changes of colour")


def milliseconds(frames: int) -> int:
    """The time of a frame of NTSC video: 30 000 frames last 1001 seconds."""
    return frames * 1001 // _RATE


def frames_of(hours: int, minutes: int, seconds: int, frame: int, *, drops: bool) -> int:
    """Frames since zero of a time code (SMPTE 12M).

    Drop-frame codes leave out the numbers 0 and 1 at each minute but the tenth ones, to keep to the clock.
    """
    total = ((hours * 60 + minutes) * 60 + seconds) * _RATE + frame
    past = hours * 60 + minutes
    return total - 2 * (past - past // 10) if drops else total


def _feed(decoder: Decoder, match: re.Match[str], number: int, findings: Findings) -> int:
    """Give the words of a line to the decoder, one each frame; the time after the last."""
    hours, minutes, seconds, frame = (int(match[group]) for group in (1, 2, 3, 5))
    if minutes > 59 or seconds > 59 or frame >= _RATE:
        findings.drop(number, DropCode.BAD_TIMING, match[0])
        return decoder.time
    at = frames_of(hours, minutes, seconds, frame, drops=match[4] != ":")
    if milliseconds(at) <= decoder.time and decoder.time:
        # the words of the line before take longer than there was time for
        at = -(-decoder.time * _RATE // 1001) + 1
    wrong = False
    for written in match[6].split():
        word = _word(written)
        if word is None:
            findings.drop(number, DropCode.NOT_A_CUE, written)
            continue
        first, second, is_right = word
        wrong = wrong or not is_right
        decoder.feed(first, second, milliseconds(at), number)
        at += 1
    if wrong:
        findings.repair(number, RepairCode.BAD_BYTES, match[6])
    decoder.pause()
    check_count(len(decoder.shown), number)
    return milliseconds(at)


@lru_cache(maxsize=8192)
def _word(written: str) -> tuple[int, int, bool] | None:
    """The two bytes of a word without their parity, and whether that was right; None when it is no word."""
    if _WORD.fullmatch(written) is None:
        return None
    first, second = int(written[:2], 16), int(written[2:], 16)
    return first & 0x7F, second & 0x7F, _is_odd(first) and _is_odd(second)


def _is_odd(byte: int) -> bool:
    return byte.bit_count() % 2 == 1


def _cue(shown: Shown, findings: Findings) -> Cue:
    rows = shown.rows
    runs: list[Run] = []
    for row in rows:
        if runs:
            runs.append(Run("\n", _common(runs[-1], row.runs[0])))
        runs.extend(row.runs)
    width = max(row.column + len(row.runs) for row in rows)
    settings = _settings(rows, width)
    if width > LAST_COLUMN + 1:
        findings.repair(shown.line, RepairCode.POSITION, f"a row of {width} columns")
    elif settings:
        findings.repair(shown.line, RepairCode.POSITION, f"row {rows[-1].number}", settings)
    text = styled.cue_text(runs, shown.line, findings)
    return Cue(shown.start, shown.end, text, "", settings, shown.line)


def _common(before: Run, after: Run) -> tuple[str, ...]:
    """The style of a line break: that of its neighbours when they are alike."""
    return before.tags if before.tags == after.tags else ()


def _settings(rows: list[Row], width: int) -> str:
    """The place as settings: only a block above the lower third, and rows that begin together at one side.

    The 15 rows and 32 columns fill the middle 80 per cent of the picture (CEA-608 to WebVTT, W3C note).
    """
    first, last = rows[0].number, rows[-1].number
    kept = []
    if last <= _LOWER_THIRD and last - first == len(rows) - 1:
        kept.append(f"line:{_per_cent(10 + (first - 1) * 80 / 15)}")
    columns = {row.column for row in rows}
    left = min(columns)
    is_aside = abs((left + width - 1) / 2 - _MIDDLE) > _BESIDE
    if width <= LAST_COLUMN + 1 and len(columns) == 1 and left > 0 and is_aside:
        kept.append(f"position:{_per_cent(10 + left * 80 / 32)} align:start")
    return " ".join(kept)


def _per_cent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
