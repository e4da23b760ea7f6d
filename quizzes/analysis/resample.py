"""Resampled: where alpha and the discrimination indices may lie with other learners like these."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from operator import mul
from random import Random

from quizzes.analysis.intervals import Interval, percentiles
from quizzes.analysis.spread import Series, settled
from quizzes.analysis.table import Column, MarkTable

MOST_RESAMPLES = 2000
MOST_CLUSTERS = 200
FEWEST_DEFINED = 0.5  # of the resamples: an interval of fewer would leave out the very cases that are odd


@dataclass(frozen=True, slots=True)
class Resampled:
    """95 % intervals in per cent: of alpha, and of each item's discrimination index; None where undefined."""

    cic: Interval | None
    discrimination: tuple[Interval | None, ...]


@dataclass(frozen=True, slots=True)
class _TotalSums:
    """What each cluster of learners adds to n, sum X and sum X² of those who were asked an item."""

    number: Sequence[float]
    t: Sequence[float]
    tt: Sequence[float]
    largest: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """What each cluster adds to sum x, sum x² and sum xX of an item; complete items share their totals."""

    total: _TotalSums
    x: Sequence[float]
    xx: Sequence[float]
    xt: Sequence[float]
    largest: float


@dataclass(frozen=True, slots=True)
class _Spread:
    """Variance of the mark, variance of the total and their covariance in one resample (all over n)."""

    of_mark: float
    of_total: float
    covariance: float


def resample(table: MarkTable, rng: Random, resamples: int) -> Resampled:
    """Percentile bootstrap (Efron, Annals of Statistics 7 (1979) 1-26) over learners.

    Up to 200 learners are drawn one by one. More are first dealt at random into 200 clusters of the same
    size, which are then drawn: the spread is the same, and the work no longer grows with the learners.
    `resamples` beyond 2 000 are not made.
    """
    totals = table.totals
    rounds = min(max(resamples, 0), MOST_RESAMPLES)
    if totals is None or len(totals) < 3 or not rounds:
        return Resampled(None, (None,) * len(table.columns))
    order = list(range(len(totals)))
    rng.shuffle(order)
    clusters = min(MOST_CLUSTERS, len(order))
    sums = _all_sums(table, totals, order, clusters)
    alphas: list[float] = []
    indices: list[list[float]] = [[] for _ in sums]
    for _ in range(rounds):
        drawn = Counter(rng.choices(range(clusters), k=clusters))
        weights = [drawn[cluster] for cluster in range(clusters)]
        _collect(_spreads(sums, weights), alphas, indices)
    least = FEWEST_DEFINED * rounds
    return Resampled(
        percentiles(alphas) if table.is_complete and len(alphas) >= least else None,
        tuple(percentiles(each) if len(each) >= least else None for each in indices),
    )


def _collect(spreads: Sequence[_Spread], alphas: list[float], indices: list[list[float]]) -> None:
    """Add the alpha and the discrimination indices of one resample, as far as they are defined."""
    for each, kept in zip(spreads, indices, strict=True):
        of_rest = each.of_total - 2 * each.covariance + each.of_mark
        if each.of_mark > 0 and of_rest > 1e-9 * each.of_total:
            kept.append(100 * (each.covariance - each.of_mark) / sqrt(each.of_mark * of_rest))
    number = len(spreads)
    if number > 1 and spreads[0].of_total > 0:
        of_items = sum(each.of_mark for each in spreads)
        alphas.append(100 * number / (number - 1) * (1 - of_items / spreads[0].of_total))


def _spreads(sums: Sequence[_Sums], weights: Sequence[int]) -> list[_Spread]:
    made = []
    seen: _TotalSums | None = None
    n = t = of_total = 0.0
    for each in sums:
        if each.total is not seen:
            seen = each.total
            n = max(1.0, sum(map(mul, weights, seen.number)))
            t = sum(map(mul, weights, seen.t)) / n
            of_total = settled(sum(map(mul, weights, seen.tt)) / n - t * t, seen.largest)
        x = sum(map(mul, weights, each.x)) / n
        of_mark = settled(sum(map(mul, weights, each.xx)) / n - x * x, each.largest)
        made.append(_Spread(of_mark, of_total, sum(map(mul, weights, each.xt)) / n - x * t))
    return made


def _all_sums(table: MarkTable, totals: Series, order: Sequence[int], clusters: int) -> list[_Sums]:
    def by_cluster(values: Sequence[float]) -> list[float]:
        dealt = [values[place] for place in order]
        return [sum(dealt[cluster::clusters]) for cluster in range(clusters)]

    def of_totals(asked: Sequence[float]) -> _TotalSums:
        t = list(map(mul, totals.centred, asked))
        return _TotalSums(by_cluster(asked), by_cluster(t), by_cluster(list(map(mul, t, t))), totals.largest)

    everyone = of_totals([1.0] * len(totals))
    made = []
    for column in table.columns:
        x = _centred(column, len(totals))
        total = everyone if column.asked is None else of_totals([float(each) for each in column.asked])
        squares = by_cluster(list(map(mul, x, x)))
        products = by_cluster(list(map(mul, x, totals.centred)))
        largest = max(map(abs, column.marks), default=0.0)
        made.append(_Sums(total, by_cluster(x), squares, products, largest))
    return made


def _centred(column: Column, learners: int) -> list[float]:
    """The marks from their mean, which keeps the sums small; 0 for who was not asked."""
    if not column.marks:
        return [0.0] * learners
    centred = Series.of(column.marks).centred
    if column.asked is None:
        return list(centred)
    following = iter(centred)
    return [next(following) if asked else 0.0 for asked in column.asked]
