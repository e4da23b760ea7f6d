"""What may be shown: minimum numbers, small cells, joined bars."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import Bar, Offered, analyse, histogram, reportable
from tests.quizzes.analysis.marks import few, simulated


def shown(*counts, unanswered=0, key="A"):
    """The counts that are shown of options A, B, ... where so many chose each."""
    names = "ABCDEF"[: len(counts)]
    chosen = [name for name, count in zip(names, counts, strict=True) for _ in range(count)]
    chosen += [None] * unanswered
    marks = [[each and int(each == key), index % 3] for index, each in enumerate(chosen)]
    found = analyse(
        marks,
        [1, 2],
        chosen=[[each, None] for each in chosen],
        offered=[Offered(names, frozenset(key)), None],
    )
    item = reportable(found).items[0]
    return [option.count for option in item.options], item.answered


def test_fewer_than_ten_learners_are_only_counted():
    found = reportable(analyse(simulated(9, 3), [1] * 3))

    assert (found.quiz.learners, found.quiz.mean, found.quiz.standarddeviation) == (9, None, None)
    assert {(item.learners, item.answered, item.facility) for item in found.items} == {(9, 9, None)}


def test_ten_to_twenty_nine_have_facility_and_spread_but_no_discrimination_and_no_alpha():
    found = reportable(analyse(simulated(29, 3), [1] * 3, rng=Random(1), resamples=20))

    assert found.quiz.mean is not None
    assert (found.quiz.cic, found.quiz.cic_interval, found.quiz.standarderror) == (None, None, None)
    item = found.items[0]
    assert item.facility is not None
    assert (item.discriminationindex, item.discriminativeefficiency, item.upper_lower) == (None, None, None)
    assert (item.discrimination_interval, item.effectiveweight) == (None, None)


def test_thirty_have_all():
    everything = analyse(simulated(30, 3), [1] * 3)

    assert reportable(everything) == everything


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ((20, 10, 10), [20, 10, 10]),
        ((20, 0, 10), [20, 0, 10]),  # nobody is no person
        ((20, 3, 10, 8), [20, None, 10, None]),  # else 3 could be reckoned from the rest
        ((20, 3, 4, 8), [20, None, None, 8]),
        ((20, 2, 1, 8, 9), [20, None, None, None, 9]),  # the two would be three together
        ((3, 20, 20), [None, None, 20]),
        ((20, 3, 0), [20, None, 0]),
    ],
)
def test_a_cell_that_would_name_somebody_is_withheld(counts, left):
    assert shown(*counts)[0] == left


def test_a_withheld_option_has_no_other_figure():
    chosen = ["A"] * 20 + ["B"] * 4
    found = reportable(
        analyse(
            [[int(each == "A")] for each in chosen],
            [1],
            chosen=[[each] for each in chosen],
            offered=[Offered(("A", "B"), frozenset("A"))],
        )
    )

    option = found.items[0].options[1]
    assert (option.count, option.share, option.mean, option.pointbiserial) == (None, None, None, None)


def test_a_few_who_did_not_answer_are_not_told():
    assert shown(20, 10, unanswered=3) == ([20, None], None)
    assert shown(20, 10, unanswered=0)[1] == 30
    assert shown(20, 10, unanswered=6)[1] == 30


@few
@given(st.lists(st.integers(0, 30), min_size=2, max_size=6), st.integers(0, 12))
def test_no_small_cell_is_ever_shown(counts, unanswered):
    cells, answered = shown(*counts, unanswered=unanswered)

    assert not {1, 2, 3, 4} & {cell for cell in cells if cell is not None}
    learners = sum(counts) + unanswered
    assert answered is None or learners - answered not in {1, 2, 3, 4}


def test_bars_are_joined_until_they_name_nobody():
    totals = [0] * 5 + [3] * 2 + [5] * 3 + [10] * 6

    assert histogram(totals, 10) == (
        Bar(0, 1, 5),
        Bar(1, 2, 0),
        Bar(2, 3, 0),
        Bar(3, 6, 5),
        Bar(6, 7, 0),
        Bar(7, 8, 0),
        Bar(8, 9, 0),
        Bar(9, 10, 6),
    )


def test_a_few_at_the_upper_end_join_those_below():
    assert histogram([5] * 9 + [10], 10)[-1] == Bar(5, 10, 10)


def test_fewer_than_ten_have_no_bars():
    assert histogram([1] * 9, 10) == ()
    assert histogram([0] * 20, 0) == ()


@few
@given(st.lists(st.floats(-1, 11), min_size=10, max_size=60))
def test_bars_hold_everybody_side_by_side_and_name_nobody(totals):
    bars = histogram(totals, 10)

    assert sum(bar.count for bar in bars) == len(totals)
    assert not {1, 2, 3, 4} & {bar.count for bar in bars}
    assert (bars[0].low, bars[-1].high) == (0, 10)
    assert all(left.high == right.low for left, right in pairwise(bars))
