"""The figures of the quiz as a whole: the shape of the totals, and alpha with what follows from it."""

from collections.abc import Sequence
from math import fsum, sqrt
from statistics import median

from quizzes.analysis.figures import ItemFigures, QuizFigures
from quizzes.analysis.spread import Series
from quizzes.analysis.table import MarkTable

NO_FIGURES = QuizFigures(0)


def quiz_figures(table: MarkTable, totals: Series, items: Sequence[ItemFigures]) -> QuizFigures:
    """The figures of at least one learner's total.

    alpha = k / (k - 1) (1 - sum var x / var X) needs two items, three learners and spread. It is 100 at most
    and has no lower end; error ratio = 100 sqrt(1 - alpha), standard error of measurement = sd sqrt(1 -
    alpha).
    """
    variance = totals.variance
    sd = None if variance is None else sqrt(variance)
    alpha = _alpha(totals, items) if table.is_complete else None
    unexplained = None if alpha is None else sqrt(max(0.0, 1 - alpha))
    return QuizFigures(
        learners=len(totals),
        median=median(totals.values),
        mean=totals.mean,
        standarddeviation=sd,
        skewness=totals.skewness,
        kurtosis=totals.kurtosis,
        cic=None if alpha is None else 100 * alpha,
        errorratio=None if unexplained is None else 100 * unexplained,
        standarderror=None if unexplained is None or sd is None else sd * unexplained,
        is_kr20=all(_is_all_or_nothing(column.counts, column.maximum) for column in table.columns),
        is_complete=table.is_complete,
    )


def _alpha(totals: Series, items: Sequence[ItemFigures]) -> float | None:
    number = len(items)
    variance = totals.variance
    if number < 2 or len(totals) < 3 or not variance:
        return None
    of_items = fsum(item.markvariance or 0.0 for item in items)
    return number / (number - 1) * (1 - of_items / variance)


def _is_all_or_nothing(counts: Sequence[tuple[float, int]], maximum: float) -> bool:
    return all(mark in (0, maximum) for mark, _ in counts)
