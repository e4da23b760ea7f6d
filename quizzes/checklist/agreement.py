"""Agreement between two raters: item by item, Cohen's kappa, and weighted kappa."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.checklist.vocabulary import Weighting

FAR_APART = 1  # points: a larger difference asks for a comment


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters on the items that both marked.

    `same` is the share on which they agree, 0 to 1; `kappa` is unweighted, `weighted` weighs by the square of
    the distance (both None where chance alone would agree); `apart` are the items more than one point apart.
    """

    count: int
    same: float | None
    kappa: float | None
    weighted: float | None
    apart: tuple[str, ...]


def compare(first: Mapping[str, int], second: Mapping[str, int]) -> Agreement:
    """The agreement of two raters' marks by item id, in the order of the first one's marks."""
    shared = [name for name in first if name in second]
    pairs = [(first[name], second[name]) for name in shared]
    same = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    return Agreement(
        len(pairs),
        same,
        kappa(pairs),
        kappa(pairs, Weighting.QUADRATIC),
        tuple(name for name in shared if abs(first[name] - second[name]) > FAR_APART),
    )


def kappa(
    pairs: Sequence[tuple[int, int]],
    weighting: Weighting = Weighting.NONE,
    values: Sequence[int] = (0, 1, 2),
) -> float | None:
    """Cohen's kappa of pairs of ratings, 1 - observed / expected disagreement; None when that is 0 / 0.

    Unweighted after Cohen (1960), A coefficient of agreement for nominal scales, doi
    10.1177/001316446002000104; weighted after Cohen (1968), Weighted kappa, doi 10.1037/h0026256, with the
    disagreement |i - j| (linear) or (i - j)^2 (quadratic) between the places of the two values in `values`.
    Ratings outside of `values` raise ValueError.
    """
    place = {value: index for index, value in enumerate(values)}
    if any(value not in place for pair in pairs for value in pair):
        raise ValueError("a rating is none of the values")
    if not pairs:
        return None
    joint = Counter((place[a], place[b]) for a, b in pairs)
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (row, column), count in joint.items():
        rows[row] += count
        columns[column] += count
    observed = sum(count * _distance(*cell, weighting) for cell, count in joint.items())
    # both sums are whole numbers, so that nothing but the last division rounds
    expected = sum(
        rows[row] * columns[column] * _distance(row, column, weighting) for row in rows for column in columns
    )
    return 1 - observed * len(pairs) / expected if expected else None


def _distance(row: int, column: int, weighting: Weighting) -> int:
    apart = abs(row - column)
    if weighting is Weighting.LINEAR:
        return apart
    return apart**2 if weighting is Weighting.QUADRATIC else min(apart, 1)
