"""Trend: how far all captions of a film are from its sound, as a straight line, found among outliers.

Captions that begin inside flowing speech have no beginning of speech of their own and pair with a stranger's.
So the line is the one that most pairs lie on (a Hough transform), made exact by least squares over these.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DRIFT: Final = 100
"""Milliseconds over the film that captions may drift."""

REACH: Final = 1500
"""Milliseconds between a caption and the beginning of speech that may be its own."""

NEAR: Final = 120
"""Milliseconds from the line within which a pair lies on it."""

_BIN: Final = 80
_STEPS: Final = 20
_LEAST_PAIRS: Final = 8
_MOST_PAIRS: Final = 240
_SHARE: Final = 0.5
_BETTER: Final = 1.25

Pair = tuple[int, int]
"""A beginning of speech and how much later its caption comes, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The line: a caption comes `offset + slope * time` milliseconds after its speech at `time`.

    `over` is how much that grows in the whole film; `drifts` says that it is too much and is sure.
    """

    slope: float
    offset: float
    over: float
    drifts: bool

    def fits(self, time: int, late: int) -> bool:
        """Is a caption as late as the line says?"""
        return abs(late - self.offset - self.slope * time) <= NEAR

    def correct(self, time: int) -> int:
        """The time that was meant."""
        return max(round((time - self.offset) / (1 + self.slope)), 0)


def trend_of(starts: Sequence[int], onsets: Sequence[int], length: int) -> Trend | None:
    """The trend of captions that begin at `starts` against `onsets` of speech; None when there is none.

    At least half of the pairs must lie on the line, and a drift must explain a quarter more of them than the
    best line without one. `length` is the film's, in milliseconds.
    """
    pairs = _pairs(starts, onsets)
    if len(pairs) < _LEAST_PAIRS:
        return None
    length = max(length, pairs[-1][0], 1)
    level = _votes(pairs, 0.0)
    steps = [step * _BIN / length for step in range(-_STEPS, _STEPS + 1)]
    best = max((_votes(pairs, slope) for slope in steps), key=lambda each: each[0])
    if best[0] < _BETTER * level[0]:
        best = level
    slope, offset, count = _fitted(pairs, best[1], best[2])
    if count < max(_LEAST_PAIRS, _SHARE * len(pairs)):
        return None
    over = slope * length
    return Trend(slope, offset, over, best is not level and abs(over) > DRIFT)


def _pairs(starts: Sequence[int], onsets: Sequence[int]) -> list[Pair]:
    """Each caption with the beginning of speech nearest to it; at most some hundreds, evenly taken."""
    step = max(len(starts) // _MOST_PAIRS, 1)
    pairs = []
    for start in starts[::step]:
        at = bisect_left(onsets, start)
        nearest = min(onsets[max(at - 1, 0) : at + 1], key=lambda onset: abs(onset - start), default=None)
        if nearest is not None and abs(start - nearest) <= REACH:
            pairs.append((nearest, start - nearest))
    return pairs


def _votes(pairs: Sequence[Pair], slope: float) -> tuple[int, float, float]:
    """How many pairs lie on the best line of a slope, with the slope and the line's offset."""
    bins = Counter(int((late - slope * time) // _BIN) for time, late in pairs)
    count, _, place = max((bins[at] + bins[at + 1], -abs(at), at) for at in tuple(bins))
    return count, slope, (place + 1) * _BIN


def _fitted(pairs: Sequence[Pair], slope: float, offset: float) -> tuple[float, float, int]:
    """The line by least squares over the pairs on it, and how many these are."""
    for _ in range(2):
        on_it = [(time, late) for time, late in pairs if abs(late - offset - slope * time) <= NEAR]
        count = len(on_it)
        if count < _LEAST_PAIRS:
            return slope, offset, count
        mean_time = sum(time for time, _ in on_it) / count
        mean_late = sum(late for _, late in on_it) / count
        spread = sum((time - mean_time) ** 2 for time, _ in on_it)
        if spread:
            slope = sum((time - mean_time) * (late - mean_late) for time, late in on_it) / spread
        offset = mean_late - slope * mean_time
    return slope, offset, count
