"""The best and the weakest 27 %."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import analyse, groups
from tests.quizzes.analysis.marks import few


@pytest.mark.parametrize(
    ("totals", "sizes"),
    [
        ([3, 3, 0, 0], (2, 2, 0)),  # ties go up, as in Canvas
        ([3, 3], (2, 0, 0)),
        ([3, 3, 2, 1, 1, 1, 1, 1, 0, 0, 0], (3, 5, 3)),
        (list(range(100)), (27, 46, 27)),
        ([1], (0, 1, 0)),
        ([], (0, 0, 0)),
    ],
)
def test_learners_are_parted_with_ties_going_up(totals, sizes):
    found = groups(totals)

    assert (len(found.top), len(found.middle), len(found.bottom)) == sizes


@few
@given(st.lists(st.integers(0, 5), max_size=30))
def test_everybody_is_in_one_group_and_equals_are_together(totals):
    found = groups(totals)

    assert sorted((*found.top, *found.middle, *found.bottom)) == list(range(len(totals)))
    levels = [{totals[place] for place in group} for group in (found.bottom, found.middle, found.top)]
    assert not levels[0] & levels[1] | levels[1] & levels[2] | levels[0] & levels[2]


def test_an_item_tells_by_how_much_the_best_beat_the_weakest():
    marks = [[2 * (row >= 5), row] for row in range(10)]

    assert analyse(marks, [2, 9]).items[0].upper_lower == 1


def test_without_a_weakest_group_there_is_no_difference():
    assert analyse([[1, 1]] * 4, [1, 1]).items[0].upper_lower is None


def test_only_those_who_were_asked_are_compared():
    marks = [[None if row == 9 else int(row > 7), row] for row in range(10)]

    found = analyse(marks, [1, 9], asked=[[row != 9, True] for row in range(10)])

    assert found.items[0].upper_lower == pytest.approx(1 / 2)
