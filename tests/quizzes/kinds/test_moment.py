"""Moments in a video."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (36_000, 1),
        (46_000, 1),
        (41_200, 1),
        (41_200.5, 1),
        (35_000, 1),
        (47_000, 1),
        (34_999, 0),
        (47_001, 0),
        (0, 0),
        (None, 0),
    ],
)
def test_a_moment_is_right_in_its_window_with_the_tolerance(response, fraction):
    assert grade(sample(Kind.MOMENT), response).fraction == fraction


@pytest.mark.parametrize("response", ["41200", -1, True, [41_200], float("nan"), float("inf"), {"t": 41_200}])
def test_what_is_not_a_time_is_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.MOMENT), response)


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"key": {"start_ms": 46_000, "end_ms": 46_000}}, Reason.EMPTY_WINDOW, "key"),
        ({"key": {"start_ms": -1, "end_ms": 46_000}}, Reason.EMPTY_WINDOW, "key"),
        ({"key": {"start_ms": 36.5, "end_ms": 46_000}}, Reason.WRONG_TYPE, "key.start_ms"),
        ({"key": {"start_ms": 36_000}}, Reason.MISSING, "key.end_ms"),
        ({"key": {"start_ms": 0, "end_ms": 1, "unit": "s"}}, Reason.UNKNOWN_FIELD, "key.unit"),
        ({"key": 40_000}, Reason.WRONG_TYPE, "key"),
        ({"tolerance_ms": -1}, Reason.OUT_OF_RANGE, "tolerance_ms"),
    ],
)
def test_a_window_that_cannot_be_hit_is_refused(changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(Kind.MOMENT, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)
