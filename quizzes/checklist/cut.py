"""The cut by borderline regression: the points at which the raters' line meets the borderline rating."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BORDERLINE = 3  # the rating "borderline acceptable"
LEAST_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Cut:
    """The line points = mean points + slope x (rating - mean rating), read at the borderline rating.

    `points` is the exact cut, `needed` the whole points that reach it; `is_usable` says that there were
    enough candidates and that the points rise with the rating, without which a cut means nothing.
    """

    count: int
    slope: float
    points: float
    needed: int
    is_usable: bool


def borderline_cut(results: Sequence[tuple[int, float]], maximum: int) -> Cut | None:
    """The cut from (points, global rating) of each candidate; None for fewer than 2 or all of one rating.

    Least squares of the points on the global rating, read at rating 3: the borderline regression method,
    examined by Hejri and others (2013), J Res Med Sci 18:887, PMID 24497861. It is used from 30 candidates
    on. The cut is held between 0 and the maximum.
    """
    count = len(results)
    if count < 2:
        return None
    mean_points = math.fsum(points for points, _ in results) / count
    mean_rating = math.fsum(rating for _, rating in results) / count
    spread = math.fsum((rating - mean_rating) ** 2 for _, rating in results)
    if math.isclose(spread, 0, abs_tol=1e-12):
        return None
    shared = math.fsum((rating - mean_rating) * (points - mean_points) for points, rating in results)
    slope = shared / spread
    points = min(max(mean_points + slope * (BORDERLINE - mean_rating), 0.0), float(maximum))
    return Cut(count, slope, points, math.ceil(points - 1e-9), count >= LEAST_CANDIDATES and slope > 0)
