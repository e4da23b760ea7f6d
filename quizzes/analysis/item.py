"""The figures of one item: facility, discrimination, efficiency, the best learners against the weakest."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from math import fsum, sqrt
from operator import mul, sub

from quizzes.analysis.figures import ItemFigures
from quizzes.analysis.groups import Groups
from quizzes.analysis.intervals import wilson
from quizzes.analysis.spread import Series, settled
from quizzes.analysis.table import Column

NOBODY = ItemFigures(0, 0)


def item_figures(column: Column, totals: Series, parted: Groups) -> ItemFigures:
    """The figures of an item but for its effective weight, which depends on all items."""
    n = len(column.marks)
    if not n:
        return NOBODY
    everyone = totals if column.asked is None else Series.of(column.of(totals.values))
    mean = fsum(mark * number for mark, number in column.counts) / n
    facility = mean / column.maximum if column.maximum > 0 else None
    share = min(max(facility or 0.0, 0.0), 1.0)
    known = ItemFigures(
        n,
        column.answered,
        facility,
        upper_lower=_upper_lower(column, parted),
        facility_interval=None if facility is None else wilson(share, n),
    )
    return known if n < 2 else _with_covariances(known, column, everyone, mean)


def _with_covariances(known: ItemFigures, column: Column, everyone: Series, mean: float) -> ItemFigures:
    """Add variances and covariances; there are two learners at least."""
    n = len(column.marks)
    squares = fsum(number * (mark - mean) ** 2 for mark, number in column.counts)
    largest = max(abs(column.counts[0][0]), abs(column.counts[-1][0]))
    variance = settled(squares / (n - 1), largest)
    with_total = fsum(map(mul, column.marks, everyone.centred)) / (n - 1)
    of_totals = everyone.variance or 0.0
    of_rest = settled(of_totals - 2 * with_total + variance, max(everyone.largest, largest))
    covariance = with_total - variance if variance and of_rest else 0.0
    highest = _largest_covariance(column, everyone) if variance and of_rest else 0.0
    return replace(
        known,
        sd=sqrt(variance),
        covariance=covariance,
        markvariance=variance,
        othermarkvariance=of_rest,
        covariancemax=highest,
        discriminationindex=100 * covariance / sqrt(variance * of_rest) if variance and of_rest else None,
        discriminativeefficiency=100 * covariance / highest if highest > 0 else None,
    )


def _largest_covariance(column: Column, everyone: Series) -> float:
    """cov(x, R) when both are sorted: the largest that the two margins allow."""
    rest = sorted(map(sub, everyone.centred, column.marks))
    sums = []
    start = 0
    middle = fsum(rest) / len(rest)
    for mark, number in column.counts:
        sums.append(mark * (fsum(rest[start : start + number]) - number * middle))
        start += number
    return fsum(sums) / (len(rest) - 1)


def _upper_lower(column: Column, parted: Groups) -> float | None:
    if column.maximum <= 0:
        return None
    best = _mean_at(column, parted.top)
    weakest = _mean_at(column, parted.bottom)
    return None if best is None or weakest is None else (best - weakest) / column.maximum


def _mean_at(column: Column, places: Sequence[int]) -> float | None:
    """The mean mark of these learners, as far as they were asked."""
    asked = column.asked
    if asked is not None:
        places_of = list(accumulate(asked, initial=0))  # learner -> row among those who were asked
        places = [places_of[place] for place in places if asked[place]]
    return fsum(map(column.marks.__getitem__, places)) / len(places) if places else None


def with_weights(items: Sequence[ItemFigures]) -> list[ItemFigures]:
    """The items with their effective weights: the root of cov(x, X) as a share of all; none if negative."""
    covariances = [_with_total(item) for item in items]
    roots = fsum(sqrt(each) for each in covariances if each is not None and each > 0)

    def weight(covariance: float | None) -> float | None:
        return None if covariance is None or covariance < 0 or not roots else 100 * sqrt(covariance) / roots

    return [
        replace(item, effectiveweight=weight(each)) for item, each in zip(items, covariances, strict=True)
    ]


def _with_total(item: ItemFigures) -> float | None:
    if item.covariance is None or item.markvariance is None:
        return None
    return item.covariance + item.markvariance  # cov(x, X) = cov(x, R) + var x
