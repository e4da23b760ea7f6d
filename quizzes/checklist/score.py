"""Scoring one performance: weighted points, critical items, the global rating, and what stands in the way."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from quizzes.checklist.station import FULL, RATINGS, Checklist
from quizzes.checklist.vocabulary import Shortfall
from quizzes.errors import Reason, refusal

VALUES = (FULL, 1, 0)  # done well, in part or late, not done or wrong
NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Score:
    """What a performance came to.

    `needed` points are 0 and `passed` is None where the list has no pass rule. `missed` are the critical
    items below 2, `unmarked` the items that nobody marked (they earn nothing), `rating` the global rating or
    the mean of the domains, None while any of them is missing.
    """

    points: int
    maximum: int
    needed: int
    missed: tuple[str, ...]
    unmarked: tuple[str, ...]
    rating: float | None
    shortfalls: tuple[Shortfall, ...]
    passed: bool | None

    @property
    def share(self) -> float:
        """The points as a share of all, 0 to 1."""
        return self.points / self.maximum


def score(checklist: Checklist, marks: Mapping[str, int], ratings: Mapping[str, int]) -> Score:
    """The score of marks by item id (2, 1, 0) and ratings by scale id (1 to 5).

    A critical item must be 2; passed are those who meet every clause of the list's rule. Raises QuizError for
    a mark or rating that the list does not know.
    """
    check_marks(checklist, marks)
    check_ratings(checklist, ratings)
    points = sum(item.weight * marks.get(item.id, 0) for item in checklist.items)
    missed = tuple(item.id for item in checklist.items if item.critical and marks.get(item.id, 0) < FULL)
    rule, maximum = checklist.passing, checklist.maximum
    needed = rule.needed(maximum) if rule else 0
    rating = global_rating(checklist, ratings)
    short = [Shortfall.CRITICAL] if missed else []
    if points < needed:
        short.append(Shortfall.POINTS)
    if rule and rule.rating:
        if rating is None:
            short.append(Shortfall.UNRATED)
        elif rating < rule.rating - NEARLY:
            short.append(Shortfall.RATING)
    return Score(
        points,
        maximum,
        needed,
        missed,
        tuple(item.id for item in checklist.items if item.id not in marks),
        rating,
        tuple(short),
        None if rule is None else not short,
    )


def global_rating(checklist: Checklist, ratings: Mapping[str, int]) -> float | None:
    """The one global rating, or the mean of the domains; None while one of them is missing."""
    asked = checklist.judged_by
    if not asked or any(scale.id not in ratings for scale in asked):
        return None
    return math.fsum(ratings[scale.id] for scale in asked) / len(asked)


def check_marks(checklist: Checklist, marks: Mapping[str, int]) -> None:
    """Refuse marks of items that are not in the list, and values other than 2, 1 and 0."""
    known = {item.id for item in checklist.items}
    for name, value in marks.items():
        _check(name, known, value, value in VALUES, low=0, high=FULL)


def check_ratings(checklist: Checklist, ratings: Mapping[str, int]) -> None:
    """Refuse ratings on scales that are not in the list, and values outside of 1 to 5."""
    known = {scale.id for scale in checklist.scales}
    for name, value in ratings.items():
        _check(name, known, value, value in RATINGS, low=RATINGS[0], high=RATINGS[-1])


def time_per_item(stamps: Mapping[str, int]) -> dict[str, int]:
    """From the moment each item was marked, the ms since the mark before it (the first: since the start)."""
    ordered = sorted(stamps.items(), key=lambda stamp: stamp[1])
    before = [("", 0), *ordered]
    return {name: at - earlier for (_, earlier), (name, at) in pairwise(before)}


def _check(name: str, known: set[str], value: int, is_right: bool, *, low: int, high: int) -> None:
    if name not in known:
        raise refusal(Reason.NOT_ONE_OF, name[:64], value=name[:64], allowed=", ".join(sorted(known)))
    if isinstance(value, bool) or not isinstance(value, int) or not is_right:
        raise refusal(Reason.OUT_OF_RANGE, name, low=low, high=high)
