"""What may be shown: no figure from too few learners, and no cell that names fewer than five of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizzes.analysis.figures import ItemFigures, OptionFigures, QuizFigures, QuizStatistics
from quizzes.analysis.flags import Extent, extent

LEAST_IN_A_CELL = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """How many totals lie from `low` (included) up to `high`; the last bar includes its `high`."""

    low: float
    high: float
    count: int


def reportable(statistics: QuizStatistics) -> QuizStatistics:
    """The statistics without what the number of learners does not bear.

    Fewer than 10: only how many. Up to 29: facility, spread and options, without their correlations. From 30
    on all. Of a question that nobody answered nothing can be said. A count of an option
    that would name one to four learners is None, and so is the next smallest of the wrong options where the
    count could else be reckoned from the others; how many answered is None where one to four did, or did not.
    """
    return QuizStatistics(_shown_quiz(statistics.quiz), tuple(_shown_item(each) for each in statistics.items))


def _shown_quiz(quiz: QuizFigures) -> QuizFigures:
    known = extent(quiz.learners)
    if known is Extent.COUNTS:
        return QuizFigures(quiz.learners, is_kr20=quiz.is_kr20, is_complete=quiz.is_complete)
    if known.allows_discrimination:
        return quiz
    return replace(
        quiz,
        skewness=None,
        kurtosis=None,
        cic=None,
        errorratio=None,
        standarderror=None,
        cic_interval=None,
    )


def _shown_item(item: ItemFigures) -> ItemFigures:
    known = extent(item.learners)
    count = item.answered or 0
    answered = None if _names(count) or _names(item.learners - count) else item.answered
    if known is Extent.COUNTS or item.answered == 0:
        return ItemFigures(item.learners, answered)
    shown = replace(item, answered=answered, options=_without_small_cells(item))
    if known.allows_discrimination:
        return shown
    return replace(
        shown,
        effectiveweight=None,
        covariance=None,
        othermarkvariance=None,
        discriminationindex=None,
        covariancemax=None,
        discriminativeefficiency=None,
        upper_lower=None,
        discrimination_interval=None,
        options=tuple(replace(each, pointbiserial=None) for each in shown.options),
    )


def _without_small_cells(item: ItemFigures) -> tuple[OptionFigures, ...]:
    hidden = {option.id for option in item.options if _names(option.count or 0)}
    unanswered = item.learners - (item.answered or 0)
    beside = unanswered if _names(unanswered) else 0  # hidden too, and in the same sum
    spare = sorted((o for o in item.options if not o.is_key and (o.count or 0) >= 5), key=_count)
    for option in spare:
        together = beside + sum(_count(each) for each in item.options if each.id in hidden)
        if not together or (together >= LEAST_IN_A_CELL and len(hidden) + bool(beside) > 1):
            break
        hidden.add(option.id)
    return tuple(_withheld(option) if option.id in hidden else option for option in item.options)


def _withheld(option: OptionFigures) -> OptionFigures:
    return OptionFigures(option.id, option.is_key, None)


def _count(option: OptionFigures) -> int:
    return option.count or 0


def _names(count: int) -> bool:
    """Whether a cell of so many names people: one to four; nobody is no person."""
    return 0 < count < LEAST_IN_A_CELL


def histogram(totals: Sequence[float], highest: float, bars: int = 10) -> tuple[Bar, ...]:
    """Bars of totals from 0 to `highest`, equally wide and then joined until each has five learners or none.

    None at all from fewer than ten learners. A total outside counts in the nearest bar.
    """
    if extent(len(totals)) is Extent.COUNTS or highest <= 0:
        return ()
    counts = [0] * bars
    for total in totals:
        counts[max(0, min(bars - 1, int(bars * total / highest + 1e-9)))] += 1
    edges = [highest * index / bars for index in range(bars + 1)]
    return tuple(Bar(edges[low], edges[high], sum(counts[low:high])) for low, high in _joined(counts))


def _joined(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring bars that name nobody: each empty, or of five learners at least."""
    runs: list[tuple[int, int]] = []
    for low, high in _grown(counts):
        if _names(sum(counts[low:high])) and runs:  # a rest at the upper end joins what is below it
            while runs and _names(sum(counts[low:high])):
                low = runs.pop()[0]
        runs.append((low, high))
    return runs


def _grown(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    low = 0
    for high in range(1, len(counts) + 1):
        if not _names(sum(counts[low:high])):
            yield low, high
            low = high
    if low < len(counts):
        yield low, len(counts)
