"""MarkTable: the marks of learners by items, checked, by columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from math import fsum
from typing import cast

from quizzes.analysis.spread import Series
from quizzes.errors import Reason, refusal

Marks = Sequence[Sequence[float | None]]
Asked = Sequence[Sequence[bool]]
LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """The marks of one item: who did not answer has 0. `counts` has each different mark, ascending."""

    marks: Sequence[float]
    counts: tuple[tuple[float, int], ...]
    answered: int
    maximum: float
    asked: Sequence[bool] | None

    def of(self, all_learners: Sequence[float]) -> Sequence[float]:
        """Those of the learners who were asked this item."""
        return all_learners if self.asked is None else list(compress(all_learners, self.asked))


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Columns of marks, and the total of each learner."""

    columns: tuple[Column, ...]
    totals: Series | None
    is_complete: bool

    @classmethod
    def of(cls, marks: Marks, maxima: Sequence[float], asked: Asked | None = None) -> "MarkTable":
        """The table; `asked` tells who was asked what, where not everybody was asked everything.

        Raises QuizError for rows of another length than `maxima` and for marks beyond a thousand million.
        """
        check_lengths(marks, len(maxima), "marks")
        if asked is not None:
            check_lengths(asked, len(maxima), "asked")
            check_length(len(asked), len(marks), "asked")
            marks = [list(map(_if_asked, row, known)) for row, known in zip(marks, asked, strict=True)]
        columns = list(zip(*marks, strict=True)) if marks else [()] * len(maxima)
        holes = list(zip(*asked, strict=True)) if asked else [None] * len(maxima)
        made = tuple(map(_column, range(len(maxima)), columns, holes, maxima))
        totals = Series.of([fsum(filter(None, row)) for row in marks]) if marks else None
        return cls(made, totals, all(column.asked is None for column in made))


def _column(
    index: int, marks: Sequence[float | None], asked: Sequence[bool] | None, maximum: float
) -> Column:
    if asked is not None and not all(asked):
        marks = list(compress(marks, asked))
    else:
        asked = None
    counts: Counter[float | None] = Counter(marks)
    for mark in counts:
        _check_number(mark, f"marks[][{index}]")
    _check_number(maximum, f"maxima[{index}]")
    unanswered = counts.pop(None, 0)
    if unanswered:
        counts[0.0] += unanswered
    numbers = [mark or 0.0 for mark in marks] if unanswered else cast("Sequence[float]", marks)
    pairs = sorted((mark, number) for mark, number in counts.items() if mark is not None)
    return Column(numbers, tuple(pairs), len(marks) - unanswered, maximum, asked)


def _if_asked(mark: float | None, was_asked: bool) -> float | None:
    return mark if was_asked else None


def _check_number(mark: float | None, place: str) -> None:
    if mark is not None and not isinstance(mark, int | float):
        raise refusal(Reason.WRONG_TYPE, place, expected="a number")
    if mark is not None and not abs(mark) <= LARGEST:  # what is no number at all is not below it either
        raise refusal(Reason.OUT_OF_RANGE, place, low=-LARGEST, high=LARGEST)


def check_lengths(rows: Sequence[Sequence[object]], wanted: int, place: str) -> None:
    """Raise QuizError where a row is not as long as wanted."""
    if set(map(len, rows)) <= {wanted}:
        return
    for index, row in enumerate(rows):
        check_length(len(row), wanted, f"{place}[{index}]")


def check_length(found: int, wanted: int, place: str) -> None:
    """Raise QuizError where there are fewer or more than wanted."""
    if found < wanted:
        raise refusal(Reason.TOO_FEW, place, least=wanted)
    if found > wanted:
        raise refusal(Reason.TOO_MANY, place, most=wanted)
