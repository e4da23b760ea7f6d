"""Item and test analysis with Moodle's formulas: facility, discrimination, efficiency, weight, alpha."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from random import Random

from quizzes.analysis.choices import Chosen, Offered, option_figures
from quizzes.analysis.figures import ItemFigures, QuizFigures, QuizStatistics
from quizzes.analysis.flags import flags
from quizzes.analysis.groups import groups
from quizzes.analysis.item import NOBODY, item_figures, with_weights
from quizzes.analysis.resample import Resampled, resample
from quizzes.analysis.table import Asked, Marks, MarkTable, check_length, check_lengths
from quizzes.analysis.whole import NO_FIGURES, quiz_figures

RESAMPLES = 400


def analyse(
    marks: Marks,
    maxima: Sequence[float],
    *,
    chosen: Sequence[Sequence[Chosen]] | None = None,
    offered: Sequence[Offered | None] | None = None,
    asked: Asked | None = None,
    rng: Random | None = None,
    resamples: int = RESAMPLES,
) -> QuizStatistics:
    """The statistics of a quiz from the marks of learners (rows) in items (columns) worth at most `maxima`.

    None is "not answered" and counts 0. Give first tries only (`first_tries`): whoever tries again has learnt
    from the first. `chosen` (as `marks`: option ids) and `offered` (per item, None for one without options)
    add the figures of options. Where learners were not all asked the same, `asked` tells who was asked what;
    an item is then seen among those who had it, and alpha, which knows no holes, is None. With `rng` alpha
    and the discrimination indices get intervals from so many `resamples` (2 000 at most).

    All figures that can be reckoned are given, however few the learners; `reportable` leaves those that may
    be shown. Formulas are those of Moodle's quiz statistics report over sample variances. With x an item's
    mark, X the total and R = X - x: discrimination index 100 r(x, R); efficiency 100 cov(x, R) / cov(x
    sorted, R sorted); effective weight sqrt(cov(x, X)) as a share of all items'. Raises QuizError for ragged
    rows and for marks that are no numbers or beyond a thousand million.
    """
    table = MarkTable.of(marks, maxima, asked)
    if table.totals is None:
        return QuizStatistics(NO_FIGURES, (NOBODY,) * len(maxima))
    parted = groups(table.totals.values)
    items = with_weights([item_figures(column, table.totals, parted) for column in table.columns])
    if chosen is not None and offered is not None:
        items = _with_options(items, table, chosen, offered)
    quiz = quiz_figures(table, table.totals, items)
    if rng is not None:
        quiz, items = _with_intervals(quiz, items, resample(table, rng, resamples))
    return QuizStatistics(quiz, tuple(map(_flagged, items)))


def _with_options(
    items: Sequence[ItemFigures],
    table: MarkTable,
    chosen: Sequence[Sequence[Chosen]],
    offered: Sequence[Offered | None],
) -> list[ItemFigures]:
    totals = table.totals.values if table.totals else ()
    check_lengths(chosen, len(items), "chosen")
    check_length(len(chosen), len(totals), "chosen")
    check_length(len(offered), len(items), "offered")
    made = []
    for item, column, options, choices in zip(
        items, table.columns, offered, zip(*chosen, strict=True), strict=True
    ):
        if options is None:
            made.append(item)
            continue
        theirs = [each for each, asked in zip(choices, column.asked or repeat(True), strict=False) if asked]
        made.append(replace(item, options=option_figures(options, theirs, column.of(totals))))
    return made


def _with_intervals(
    quiz: QuizFigures, items: Sequence[ItemFigures], resampled: Resampled
) -> tuple[QuizFigures, list[ItemFigures]]:
    intervals = zip(items, resampled.discrimination, strict=True)
    return (
        replace(quiz, cic_interval=resampled.cic if quiz.cic is not None else None),
        [
            replace(item, discrimination_interval=found if item.discriminationindex is not None else None)
            for item, found in intervals
        ],
    )


def _flagged(item: ItemFigures) -> ItemFigures:
    return replace(item, flags=flags(item.learners, item.facility, item.discriminationindex, item.options))
