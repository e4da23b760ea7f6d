"""EBU STL (tech 3264), read: a head (GSI) and blocks of 128 bytes (TTI). A finding's line is its block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import stl_text, styled
from captions.limits import MAX_STL_CODES, check_count
from captions.track import Cue, TextTrack

HEAD_BYTES: Final = 1024
BLOCK_BYTES: Final = 128
_TEXT_AT: Final = 16
_LAST_BLOCK, _USER_DATA = 0xFF, 0xFE
_UNUSED: Final = b"\x8f"
_CODES: Final = bytes([*range(0x20), *range(0x80, 0x8F)])
_ALIGNMENTS: Final = {1: "align:start", 3: "align:end"}
_RATE: Final = re.compile(rb"STL(\d\d)\.")
_UPPER: Final = 0.6
"""A text that begins above this part of the picture's rows, and ends above it, is placed by its row."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head says: frames a second, the character table, the rows, the programme's beginning in ms."""

    rate: int
    table: bytes
    rows: int
    start: int


@dataclass(frozen=True, slots=True)
class _Block:
    """One subtitle, extension blocks joined; times in ms as in the file, `row` is where its text begins."""

    number: int
    start: int
    end: int
    row: int
    justification: int
    text: bytes


def read(data: bytes, findings: Findings) -> TextTrack:
    """Read the subtitles of an EBU STL file.

    Times count from the start of the programme when all lie after it. Italics and underlines stay,
    justification and rows in the upper half become settings, colours are noted as lost. Raises CaptionError
    when there is no subtitle.
    """
    if _codes(data) > MAX_STL_CODES:
        raise refusal(ErrorCode.TOO_MANY_CODES, limit=MAX_STL_CODES)
    head = _head(data, findings)
    blocks = list(_blocks(data, head, findings))
    if not blocks:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    offset = 0
    if head.start and min(block.start for block in blocks) >= head.start:
        offset = head.start
        findings.repair(0, RepairCode.TIME, timecode.strict(offset), timecode.strict(0))
    return TextTrack(cues=tuple(_cue(block, head, offset, findings) for block in blocks))


def _codes(data: bytes) -> int:
    """How many control codes the texts of the blocks have, beside those that fill what is not used."""
    starts = range(HEAD_BYTES + _TEXT_AT, len(data), BLOCK_BYTES)
    texts = b"".join(data[at : at + BLOCK_BYTES - _TEXT_AT] for at in starts)
    return len(texts) - len(texts.translate(None, _CODES))


def _head(data: bytes, findings: Findings) -> _Head:
    rate = _RATE.match(data, 3)
    frames = int(rate[1]) if rate else 25
    if rate is None or not frames:
        findings.repair(0, RepairCode.TIME, data[3:11].decode("latin-1"), "25")
        frames = 25
    return _Head(frames, data[12:14], _number(data[253:255]) or 23, _programme_start(data[256:264], frames))


def _programme_start(digits: bytes, rate: int) -> int:
    """The time code of the programme's first frame: eight digits, or unknown."""
    if len(digits) != 8 or not digits.isdigit():
        return 0
    return _time(tuple(int(digits[at : at + 2]) for at in range(0, 8, 2)), rate) or 0


def _number(digits: bytes) -> int:
    return int(digits) if digits.strip().isdigit() else 0


def _time(parts: tuple[int, ...], rate: int) -> int | None:
    """Milliseconds of hours, minutes, seconds and frames; None when they are no time."""
    hours, minutes, seconds, frames = parts
    if minutes > 59 or seconds > 59 or frames >= rate:
        return None
    return (hours * 60 + minutes) * 60_000 + seconds * 1000 + frames * 1000 // rate


def _blocks(data: bytes, head: _Head, findings: Findings) -> Iterator[_Block]:
    """The subtitles in file order, extension blocks joined to their first."""
    first: bytes = b""
    texts: list[bytes] = []
    begun = count = 0
    for number, block in enumerate(_pieces(data, findings), start=1):
        if block[3] == _USER_DATA or block[15] == 1:
            findings.drop(number, DropCode.COMMENT, _excerpt(block, head))
            continue
        if texts and block[:3] != first[:3]:
            # the last block of the subtitle before is missing
            findings.drop(begun, DropCode.NOT_A_CUE, "its last block is missing")
            yield from _subtitle(begun, first, texts, head, findings)
            texts = []
        if not texts:
            first, begun = block, number
        texts.append(block[_TEXT_AT:])
        if block[3] == _LAST_BLOCK:
            yield from _subtitle(begun, first, texts, head, findings)
            texts, count = [], count + 1
            check_count(count, number)
    if texts:
        findings.drop(begun, DropCode.NOT_A_CUE, "its last block is missing")
        yield from _subtitle(begun, first, texts, head, findings)


def _pieces(data: bytes, findings: Findings) -> Iterator[bytes]:
    """The blocks; one that is cut short is filled up, or left out when its head is not whole."""
    for at in range(HEAD_BYTES, len(data), BLOCK_BYTES):
        block = data[at : at + BLOCK_BYTES]
        if len(block) < BLOCK_BYTES:
            number = (at - HEAD_BYTES) // BLOCK_BYTES + 1
            findings.drop(number, DropCode.NOT_A_CUE, f"{BLOCK_BYTES - len(block)} bytes are missing")
            if len(block) <= _TEXT_AT:
                return
        yield block.ljust(BLOCK_BYTES, _UNUSED)


def _subtitle(
    number: int, block: bytes, texts: list[bytes], head: _Head, findings: Findings
) -> Iterator[_Block]:
    """The subtitle, or nothing when its times are none."""
    start, end = _time(tuple(block[5:9]), head.rate), _time(tuple(block[9:13]), head.rate)
    text = b"".join(part.rstrip(_UNUSED) for part in texts)
    if start is None or end is None:
        findings.drop(number, DropCode.BAD_TIMING, _excerpt(block, head))
        return
    yield _Block(number, start, end, block[13], block[14], text)


def _excerpt(block: bytes, head: _Head) -> str:
    lines, _ = stl_text.runs(block[_TEXT_AT:], head.table)
    return "".join(run.text for run in lines)


def _cue(block: _Block, head: _Head, offset: int, findings: Findings) -> Cue:
    runs, gone = stl_text.runs(block.text, head.table)
    for what in gone:
        findings.drop(block.number, DropCode.MARKUP, what)
    text = styled.cue_text(runs, block.number, findings)
    if "\ufffd" in text:
        findings.repair(block.number, RepairCode.BAD_BYTES, after=text)
    place = [_line(block.row, text.count("\n") + 1, head.rows), _ALIGNMENTS.get(block.justification, "")]
    settings = " ".join(filter(None, place))
    if settings:
        said = f"row {block.row}, justification {block.justification}"
        findings.repair(block.number, RepairCode.POSITION, said, settings)
    start, end = max(block.start - offset, 0), max(block.end - offset, 0)
    return Cue(start, end, text, "", settings, block.number)


def _line(row: int, lines: int, rows: int) -> str:
    """The `line` of a text in the upper part of the picture; at the bottom none is needed."""
    # rows of teletext are often of double height
    if not row or row + 2 * lines > rows * _UPPER:
        return ""
    return f"line:{round(100 * (row - 1) / rows)}%"
