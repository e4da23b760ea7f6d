"""How evenly the pictures of a film follow each other."""

from collections.abc import Sequence
from dataclasses import dataclass

UNEVEN = 0.5
"""Share of the usual interval by which another must differ to be seen as a stutter."""
STANDS = 0.5
"""Seconds for which a moving picture does not stand by itself."""
LIVELY = 15.0
"""Pictures per second from which on the film is one of movement, not of slides or of a shared screen."""
MOSTLY_STILL = 0.2
"""Share of the time from which on standing pictures are meant: slides, or a shared screen."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """`uneven`: the share (0 to 1) of intervals that differ much from the usual one. `stands`: where a
    picture of a film of movement stays (start and length in seconds).
    """

    uneven: float = 0.0
    stands: tuple[tuple[float, float], ...] = ()


EVEN = Pace()


def pace(runs: Sequence[tuple[int, int]], timescale: int) -> Pace:
    """The pace of pictures of which `runs` says how many last how many parts of a second, in order.

    How long the last picture lasts says nothing, and is left out.
    """
    spans = [[count, ticks / timescale] for count, ticks in runs]
    if spans:
        spans[-1][0] -= 1
    total = sum(count for count, _ in spans)
    if total < 2:
        return Pace()
    usual = _middle(spans, total)
    length = sum(count * seconds for count, seconds in spans)
    if sum(count * seconds for count, seconds in spans if seconds >= STANDS) > MOSTLY_STILL * length:
        return Pace()
    odd = sum(count for count, seconds in spans if abs(seconds - usual) > UNEVEN * usual)
    return Pace(odd / total, _stands(spans, usual) if usual <= 1 / LIVELY else ())


def _middle(spans: list[list[float]], total: float) -> float:
    seen, middle = 0.0, 0.0
    for count, seconds in sorted(spans, key=lambda span: span[1]):
        middle = seconds
        seen += count
        if seen >= total / 2:
            break
    return middle


def _stands(spans: list[list[float]], usual: float) -> tuple[tuple[float, float], ...]:
    found, at = [], 0.0
    for count, seconds in spans:
        if seconds >= max(STANDS, 4 * usual):
            found += [(at + number * seconds, seconds) for number in range(min(int(count), MOST_NAMED))]
        at += count * seconds
    return tuple(found)
