"""settle(): wanted times of cues made possible: none negative, the order kept, no overlap made."""

import heapq
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from captions import timecode
from captions.limits import MAX_TIME
from captions.track import Cue, TextTrack

LEAST: Final = 1
"""Milliseconds that stay of a cue which finds no place: its words are kept, and rule C09 points to it."""

_MOMENT: Final = re.compile(f"<{timecode.STRICT}>", re.ASCII)

Times = tuple[int, int]
Clock = Callable[[int], int]
"""The new time of an old one, in milliseconds; it may be negative."""


class ClampReason(StrEnum):
    """Why a cue is not where it was to be."""

    ZERO = "zero"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Clamped:
    """Cue number `cue` (from 0) was to be at the times `wanted` and is at `given`, all milliseconds."""

    cue: int
    wanted: Times
    given: Times
    reason: ClampReason


@dataclass(frozen=True, slots=True)
class Retimed:
    """A track in new times; `moved` numbers the cues that changed, `clamped` is what was held back."""

    track: TextTrack
    moved: tuple[int, ...]
    clamped: tuple[Clamped, ...]


def settle(track: TextTrack, wanted: Mapping[int, Times], clock: Clock | None = None) -> Retimed:
    """Give the cues of the numbers in `wanted` these times, as nearly as can be; the others stay.

    The order of starts is kept, cues that did not overlap do not afterwards, and none is negative. Where that
    cannot be, the moved cue gives way, down to LEAST. `clock` moves the moments inside cue text
    (`<00:00:01.000>`); those that are then outside of their cue are taken out, the text stays.
    """
    cues = track.cues
    order = sorted(range(len(cues)), key=lambda number: cues[number].start)
    given = _latest(cues, order, wanted, _earliest(cues, order, wanted))
    made = tuple(
        _timed(cue, given[number], clock) if number in wanted else cue for number, cue in enumerate(cues)
    )
    return Retimed(
        replace(track, cues=made),
        tuple(number for number, cue in enumerate(cues) if cue != made[number]),
        tuple(
            Clamped(number, wanted[number], given[number], _reason(wanted[number]))
            for number in sorted(wanted)
            if given[number] != wanted[number]
        ),
    )


def _reason(wanted: Times) -> ClampReason:
    return ClampReason.ZERO if wanted[0] < 0 else ClampReason.NEIGHBOUR


def _least(cue: Cue) -> int:
    return min(LEAST, max(cue.end - cue.start, 0))


def _earliest(cues: tuple[Cue, ...], order: list[int], wanted: Mapping[int, Times]) -> dict[int, Times]:
    """Each moved cue at the wanted times or as much later as what comes before it asks."""
    given: dict[int, Times] = {}
    running: list[tuple[int, int]] = []  # (old end, new end) of cues that a later one may still overlap
    start, free = 0, 0
    for number in order:
        cue = cues[number]
        while running and running[0][0] <= cue.start:
            free = max(free, heapq.heappop(running)[1])
        times = cue.start, cue.end
        if number in wanted:
            first = max(wanted[number][0], start, free)
            times = first, max(wanted[number][1], first + _least(cue))
        given[number] = times
        start = max(start, times[0])
        heapq.heappush(running, (cue.end, times[1]))
    return given


def _latest(
    cues: tuple[Cue, ...], order: list[int], wanted: Mapping[int, Times], given: dict[int, Times]
) -> dict[int, Times]:
    """The same, held before what comes after: the old places are proof that there is room for all."""
    starts = [cues[number].start for number in order]
    last = MAX_TIME
    for place in range(len(order) - 1, -1, -1):
        number = order[place]
        cue = cues[number]
        after = max(bisect_left(starts, cue.end), place + 1)
        wall = given[order[after]][0] if after < len(order) else MAX_TIME
        if number in wanted:
            end = min(given[number][1], wall)
            given[number] = min(given[number][0], end - _least(cue), last), end
        last = min(last, given[number][0])
    return given


def _timed(cue: Cue, times: Times, clock: Clock | None) -> Cue:
    """The cue at its new times, with the moments in its text."""
    start, end = times

    def moved(found: re.Match[str]) -> str:
        old = timecode.parse_leading(found[0][1:])
        if old is None:
            return ""
        moment = old if clock is None else clock(old)
        return f"<{timecode.strict(moment)}>" if start < moment < end else ""

    text = _MOMENT.sub(moved, cue.text) if (start, end) != (cue.start, cue.end) else cue.text
    return replace(cue, start=start, end=end, text=text)
