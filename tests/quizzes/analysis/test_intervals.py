"""Intervals of shares and of resampled figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import wilson
from quizzes.analysis.intervals import percentiles
from tests.quizzes.analysis.marks import few


@pytest.mark.parametrize(
    ("right", "number", "low", "high"),
    [
        (15, 148, 0.0624, 0.1605),  # Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_has_the_published_limits(right, number, low, high):
    found = wilson(right / number, number)

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_nobody_has_no_share():
    assert wilson(0, 0) is None


@few
@given(st.integers(1, 500), st.floats(0, 1))
def test_an_interval_lies_around_the_share_and_within_0_and_1(number, share):
    found = wilson(share, number)

    assert 0 <= found.low <= share <= found.high <= 1


def test_percentiles_lie_between_neighbours():
    found = percentiles(list(range(100, -1, -1)))

    assert (found.low, found.high) == pytest.approx((2.5, 97.5))


def test_a_single_figure_is_its_own_interval():
    found = percentiles([7.0])

    assert (found.low, found.high) == (7.0, 7.0)
