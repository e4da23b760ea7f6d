"""The cut by borderline regression: read at rating 3, used from 30 candidates on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.checklist import borderline_cut


def test_the_cut_is_the_line_of_points_on_ratings_read_at_rating_3() -> None:
    # points = 10 x rating exactly, so the line gives 30 at 3
    found = borderline_cut([(10 * rating, float(rating)) for rating in (1, 2, 4, 5)], 68)

    assert found is not None
    assert (found.slope, found.points, found.needed) == (pytest.approx(10), pytest.approx(30), 30)
    assert not found.is_usable


def test_a_cut_between_two_points_needs_the_higher_one() -> None:
    found = borderline_cut([(40, 2.0), (41, 4.0), (43, 4.0)], 68)

    assert found is not None
    assert (found.points, found.needed) == (pytest.approx(41), 41)
    assert borderline_cut([(40, 2.0), (43, 4.0)], 68).needed == 42


@pytest.mark.parametrize(("count", "usable"), [(29, False), (30, True)])
def test_it_is_used_from_30_candidates_on(count: int, usable: bool) -> None:
    found = borderline_cut([(20 + 10 * (n % 3), 2.0 + n % 3) for n in range(count)], 68)

    assert found is not None
    assert found.is_usable is usable


def test_points_that_fall_as_ratings_rise_make_no_cut_to_be_used() -> None:
    found = borderline_cut([(60 - n % 5, float(1 + n % 5)) for n in range(40)], 68)

    assert found is not None
    assert not found.is_usable


@pytest.mark.parametrize("results", [[], [(30, 3.0)], [(30, 3.0), (40, 3.0)]])
def test_too_few_or_one_rating_for_all_give_none(results: list[tuple[int, float]]) -> None:
    assert borderline_cut(results, 68) is None


@given(st.lists(st.tuples(st.integers(0, 68), st.floats(1, 5)), min_size=2, max_size=40))
def test_the_cut_lies_between_nothing_and_the_maximum(results: list[tuple[int, float]]) -> None:
    found = borderline_cut(results, 68)

    assert found is None or 0 <= found.points <= found.needed + 1e-9 <= 68 + 1e-9
