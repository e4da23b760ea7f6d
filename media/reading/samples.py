"""When each picture of a file of ours is shown, read from its fragments (ISO/IEC 14496-12 section 8.8)."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from media.reading.boxes import Box, inside, integer, top_level

DATA_OFFSET, FIRST_FLAGS = 0x1, 0x4
DURATION, SIZE, FLAGS, COMPOSITION = 0x100, 0x200, 0x400, 0x800
"""Which fields a track run has (8.8.8)."""
BASE_OFFSET, DESCRIPTION, DEFAULT_DURATION = 0x1, 0x2, 0x8
"""Which fields a track fragment header has (8.8.7)."""
CONTAINERS = frozenset({"moov", "trak", "mdia", "edts", "mvex", "moof", "traf"})


@dataclass(frozen=True, slots=True)
class SampleTimes:
    """When the pictures are shown, in order, and the end of the last, in `timescale` parts of a second."""

    timescale: int
    times: tuple[int, ...]
    end: int


@dataclass(slots=True)
class _Decoding:
    """What stands where, while the fragments are walked."""

    default: int = 0
    next: int = 0


def sample_times(path: Path) -> SampleTimes:
    """The times of the first track. Raises ValueError when there is no moov or no picture in fragments."""
    shown: list[tuple[int, int]] = []
    state = _Decoding()
    timescale, shift, standard = 0, 0, 0
    with path.open("rb") as source:
        for box in top_level(path):
            if box.kind == "moov":
                timescale, shift, standard = _head(_read(source, box))
            elif box.kind == "moof":
                state.default = standard
                shown += _fragment(_read(source, box), state)
    if not timescale or not shown:
        raise ValueError(f"no pictures in fragments: {path.name}")
    shown.sort()
    last = shown[-1]
    return SampleTimes(timescale, tuple(time - shift for time, _ in shown), last[0] + last[1] - shift)


def _read(source: IO[bytes], box: Box) -> bytes:
    source.seek(box.body)
    return source.read(box.end - box.body)


def _head(moov: bytes) -> tuple[int, int, int]:
    """The first track's timescale, the time its edit list begins with, and the usual duration of a sample."""
    first = next(box for box in inside(moov, 0) if box.kind == "trak")
    found = dict(_boxes(moov, first.body, first.end))
    head = found["mdhd"]
    timescale = integer(head, 20, 4) if head[0] == 1 else integer(head, 12, 4)
    shift = _first_time(found["elst"]) if "elst" in found else 0
    usual = next((body for kind, body in _boxes(moov, 0, len(moov)) if kind == "trex"), b"")
    return timescale, shift, integer(usual, 12, 4)


def _first_time(edits: bytes) -> int:
    """The media time of the first edit that shows something (8.6.6); an empty one, -1, only waits."""
    wide, place = edits[0] == 1, 8
    width = 8 if wide else 4
    for _ in range(integer(edits, 4, 4)):
        time = int.from_bytes(edits[place + width : place + 2 * width], "big", signed=True)
        if time >= 0:
            return time
        place += 2 * width + 4
    return 0


def _fragment(moof: bytes, state: _Decoding) -> list[tuple[int, int]]:
    """Time and duration of each sample of the first track in a fragment."""
    first = next((box for box in inside(moof, 0) if box.kind == "traf"), None)
    found: list[tuple[int, int]] = []
    for kind, body in _boxes(moof, first.body, first.end) if first else ():
        if kind == "tfhd":
            state.default = _default_duration(body) or state.default
        elif kind == "tfdt":
            state.next = integer(body, 4, 8 if body[0] == 1 else 4)
        elif kind == "trun":
            found += _run(body, state)
    return found


def _default_duration(header: bytes) -> int:
    flags, place = integer(header, 1, 3), 8
    place += 8 if flags & BASE_OFFSET else 0
    place += 4 if flags & DESCRIPTION else 0
    return integer(header, place, 4) if flags & DEFAULT_DURATION else 0


def _run(run: bytes, state: _Decoding) -> list[tuple[int, int]]:
    flags, count, place = integer(run, 1, 3), integer(run, 4, 4), 8
    place += 4 * (bool(flags & DATA_OFFSET) + bool(flags & FIRST_FLAGS))
    found = []
    for _ in range(count):
        duration, offset = state.default, 0
        if flags & DURATION:
            duration, place = integer(run, place, 4), place + 4
        place += 4 * (bool(flags & SIZE) + bool(flags & FLAGS))
        if flags & COMPOSITION:  # signed in version 1, and never so large that version 0 would differ
            offset, place = int.from_bytes(run[place : place + 4], "big", signed=True), place + 4
        found.append((state.next + offset, duration))
        state.next += duration
    return found


def _boxes(data: bytes, start: int, end: int) -> list[tuple[str, bytes]]:
    """The boxes inside, containers opened, in the order of the file; of those of one kind the last counts."""
    found: list[tuple[str, bytes]] = []
    for box in inside(data, start, end):
        if box.kind in CONTAINERS:
            found += _boxes(data, box.body, box.end)
        else:
            found.append((box.kind, data[box.body : box.end]))
    return found
