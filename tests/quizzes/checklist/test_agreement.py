"""Agreement of raters: Cohen's kappa by tables worked out by hand, and what is far apart."""

from __future__ import annotations

from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.checklist import Weighting, compare, kappa


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    cells = (((row, column), n) for row, line in enumerate(table) for column, n in enumerate(line))
    return list(chain.from_iterable(repeat(cell, n) for cell, n in cells))


@pytest.mark.parametrize(
    ("table", "weighting", "value"),
    [
        # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5
        ([[20, 5], [10, 15]], Weighting.NONE, 0.4),
        ([[20, 5], [10, 15]], Weighting.LINEAR, 0.4),
        ([[20, 5], [10, 15]], Weighting.QUADRATIC, 0.4),
        # by hand, from the sums 5 3 2 and 4 3 3: seen 6, by chance 88/10 (linear); seen 8, 134/10 (quadratic)
        ([[3, 1, 1], [1, 1, 1], [0, 1, 1]], Weighting.LINEAR, 1 - 6 / 8.8),
        ([[3, 1, 1], [1, 1, 1], [0, 1, 1]], Weighting.QUADRATIC, 1 - 8 / 13.4),
        ([[4, 0, 0], [0, 3, 0], [0, 0, 3]], Weighting.NONE, 1.0),
        ([[0, 5], [5, 0]], Weighting.NONE, -1.0),
    ],
)
def test_kappa_of_a_table(table: list[list[int]], weighting: Weighting, value: float) -> None:
    assert kappa(pairs(table), weighting) == pytest.approx(value)


def test_where_chance_alone_would_agree_there_is_no_kappa() -> None:
    assert kappa([(2, 2)] * 9) is None
    assert kappa([]) is None


def test_a_rating_outside_of_the_values_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the values"):
        kappa([(0, 3)])


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([0, 1, 2])), max_size=30))
def test_kappa_does_not_mind_who_is_the_first_rater_and_is_at_most_1(given: list[tuple[int, int]]) -> None:
    for weighting in Weighting:
        value, turned = kappa(given, weighting), kappa([(b, a) for a, b in given], weighting)
        assert value == turned
        assert value is None or value <= 1


def test_items_that_both_marked_are_compared_and_those_two_points_apart_are_named() -> None:
    found = compare({"A": 2, "B": 0, "C": 1, "D": 2}, {"A": 2, "B": 2, "C": 2, "E": 0})

    assert (found.count, found.apart) == (3, ("B",))
    assert found.same == pytest.approx(1 / 3)


def test_without_a_shared_item_nothing_is_said() -> None:
    found = compare({"A": 2}, {"B": 2})

    assert (found.count, found.same, found.kappa, found.weighted, found.apart) == (0, None, None, None, ())
