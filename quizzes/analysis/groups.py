"""The best and the weakest 27 % of the learners, as Canvas parts them: who is level goes up together."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Groups:
    """Learners by their place in the list of totals: about 27, 46 and 27 %, each from the weakest up."""

    top: tuple[int, ...]
    middle: tuple[int, ...]
    bottom: tuple[int, ...]


def groups(totals: Sequence[float]) -> Groups:
    """Part the learners. With few of them or many ties the lower groups may be empty.

    Kelley's 27 % (Journal of Educational Psychology 30 (1939) 17-24) with the cuts at floor(0.73 n + 0.5) and
    floor(0.27 n + 0.5) of the ascending list, each moved down past equal totals.
    """
    ranked = sorted(range(len(totals)), key=totals.__getitem__)
    high = _past_equals(ranked, totals, (73 * len(totals) + 50) // 100)
    low = min(high, _past_equals(ranked, totals, (27 * len(totals) + 50) // 100))
    return Groups(tuple(ranked[high:]), tuple(ranked[low:high]), tuple(ranked[:low]))


def _past_equals(ranked: Sequence[int], totals: Sequence[float], cut: int) -> int:
    while 0 < cut < len(ranked) and totals[ranked[cut - 1]] == totals[ranked[cut]]:
        cut -= 1
    return cut
