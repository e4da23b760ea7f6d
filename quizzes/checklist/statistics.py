"""Statistics of a station's items over many performances: difficulty, discrimination, critical failures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.checklist.agreement import kappa
from quizzes.checklist.station import FULL, Checklist
from quizzes.checklist.vocabulary import Weighting

LEAST_FOR_DIFFICULTY = 10
LEAST_FOR_DISCRIMINATION = 30


@dataclass(frozen=True, slots=True)
class Performance:
    """One performance as one rater saw it: marks by item id, and the global rating where there is one."""

    marks: Mapping[str, int]
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item over `count` performances. What the numbers do not allow is None.

    `difficulty` is the mean share of the item's points, 0 to 1 (a hard item is low: Moodle's facility);
    `discrimination` the correlation of the mark with the global rating, -1 to 1; `critical_failures` the
    share in which a critical item was below 2, None for other items; `weighted_kappa` and `pairs` say how
    well two raters of one performance agree on it.
    """

    item: str
    count: int
    difficulty: float | None
    discrimination: float | None
    critical_failures: float | None
    pairs: int
    weighted_kappa: float | None


def item_statistics(
    checklist: Checklist,
    performances: Sequence[Performance],
    pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]] = (),
) -> tuple[ItemStatistics, ...]:
    """The statistics of every item, in the list's order. `pairs` are two raters' marks of one performance.

    An item that was not marked counts as not done. Difficulty and kappa need 10, discrimination 30.
    """
    return tuple(
        _of_item(item.id, item.critical, performances, pairs) for item in checklist.items
    )  # fmt: skip


def _of_item(
    name: str,
    is_critical: bool,
    performances: Sequence[Performance],
    pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]],
) -> ItemStatistics:
    marks = [performance.marks.get(name, 0) for performance in performances]
    rated = [(p.marks.get(name, 0), p.rating) for p in performances if p.rating is not None]
    has_enough = len(marks) >= LEAST_FOR_DIFFICULTY
    both = [(first.get(name, 0), second.get(name, 0)) for first, second in pairs]
    return ItemStatistics(
        name,
        len(marks),
        sum(marks) / (FULL * len(marks)) if has_enough else None,
        correlation(rated) if len(rated) >= LEAST_FOR_DISCRIMINATION else None,
        sum(mark < FULL for mark in marks) / len(marks) if is_critical and has_enough else None,
        len(both),
        kappa(both, Weighting.QUADRATIC) if len(both) >= LEAST_FOR_DIFFICULTY else None,
    )


def correlation(points: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation; None for fewer than 2 points or where one side does not vary."""
    if len(points) < 2:
        return None
    mean_x = math.fsum(x for x, _ in points) / len(points)
    mean_y = math.fsum(y for _, y in points) / len(points)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in points)
    yy = math.fsum((y - mean_y) ** 2 for _, y in points)
    if xx < 1e-12 or yy < 1e-12:
        return None
    shared = math.fsum((x - mean_x) * (y - mean_y) for x, y in points)
    return max(-1.0, min(1.0, shared / math.sqrt(xx * yy)))
