"""Interval: what a share or a resampled figure may be beyond the learners who were seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054  # the standard normal quantile at 0.975


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; 95 % unless said otherwise."""

    low: float
    high: float


def wilson(share: float, number: int, z: float = Z95) -> Interval | None:
    """Wilson's score interval of a share (0 to 1) seen among `number` people; None among nobody.

    Wilson, Journal of the American Statistical Association 22 (1927) 209-212. For a mean of part marks
    between 0 and 1 it is at least as wide as it should be, as no such mean varies more than a share does.
    """
    if number <= 0:
        return None
    shrink = 1 + z * z / number
    middle = (share + z * z / (2 * number)) / shrink
    reach = z * sqrt(max(0.0, share * (1 - share)) / number + z * z / (4 * number * number)) / shrink
    return Interval(max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def percentiles(resampled: Sequence[float], level: float = 0.95) -> Interval:
    """The middle `level` of resampled figures (at least one), interpolated between neighbours."""
    ordered = sorted(resampled)
    tail = (1 - level) / 2
    return Interval(_quantile(ordered, tail), _quantile(ordered, 1 - tail))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
