"""Times in a film, written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.services.quizzing.views import clock
from tests.quizzes.samples import steady


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:41.5", 41_500),
        ("0:41,5", 41_500),
        (" 41.5 ", 41_500),
        ("41 s", 41_000),
        ("41s", 41_000),
        ("1:02:03.25", 3_723_250),
        ("90", 90_000),
        ("1:90", 150_000),
        ("0:00.0004", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1:2:3:4", None),
        ("1e3", None),
        ("nan", None),
        ("٤١", None),
        ("999999", None),
        ("9" * 30, None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, ms: int | None) -> None:
    assert clock.read(text) == ms


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00.0"), (41_200, "0:41.2"), (41_250, "0:41.25"), (61_005, "1:01.005"), (3_723_500, "1:02:03.5")],
)
def test_times_are_written_with_what_matters(ms: int, text: str) -> None:
    assert clock.written(ms) == text


@steady
@given(st.integers(0, clock.LONGEST_MS))
def test_what_is_written_is_read_again(ms: int) -> None:
    assert clock.read(clock.written(ms)) == ms
