"""Options: counts, shares, means and point-biserials."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import Offered
from quizzes.analysis.choices import option_figures
from tests.quizzes.analysis.marks import few

FOUR = Offered(("A", "B", "C", "D"), frozenset("A"))


def test_canvas_example_has_its_point_biserials():
    found = option_figures(FOUR, ["A", "A", "B", None], [3, 2, 2, 2])

    assert [option.count for option in found] == [2, 1, 0, 0]
    assert [option.share for option in found] == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert [option.mean for option in found] == [2.5, 2, None, None]
    assert [option.pointbiserial for option in found] == pytest.approx([0.5, -0.5, None, None])
    assert [option.is_key for option in found] == [True, False, False, False]


def test_what_everybody_chose_says_nothing():
    assert option_figures(FOUR, ["A", "A"], [1, 3])[0].pointbiserial is None


def test_equal_totals_say_nothing():
    assert option_figures(FOUR, ["A", "B"], [0.1 + 0.2, 0.3])[0].pointbiserial is None


def test_nobody_answered_is_nobody():
    found = option_figures(FOUR, [None, None], [1, 3])

    assert {(option.count, option.share, option.share_interval, option.mean) for option in found} == {
        (0, None, None, None)
    }


def test_of_several_ticks_each_counts_once_and_shares_may_add_up_to_more_than_one():
    found = option_figures(FOUR, [["A", "B", "A"], {"B"}, []], [2, 1, 0])

    assert [option.count for option in found] == [1, 2, 0, 0]
    assert [option.share for option in found] == pytest.approx([1 / 3, 2 / 3, 0, 0])


def test_an_option_that_is_no_longer_offered_is_an_answer_but_has_no_row():
    found = option_figures(Offered(("A", "B"), frozenset("A")), ["A", "Z"], [2, 1])

    assert [option.count for option in found] == [1, 0]
    assert found[0].share == 0.5


def test_a_share_has_an_interval():
    interval = option_figures(FOUR, ["A"] * 8 + ["B"] * 2, range(10))[0].share_interval

    assert 0.48 < interval.low < 0.8 < interval.high < 0.95


@few
@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 9)), min_size=2, max_size=20))
def test_a_point_biserial_is_pearsons_correlation_with_having_chosen(answers):
    chosen, totals = zip(*answers, strict=True)

    found = option_figures(FOUR, chosen, totals)[0].pointbiserial

    if len(set(chosen)) == 1 or len(set(totals)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(statistics.correlation([each == "A" for each in chosen], totals))
