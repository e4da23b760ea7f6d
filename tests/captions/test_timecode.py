"""Times as text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions import timecode


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:00", 0), ("1:05", 65_000), ("75:00", 4_500_000), ("1:02:03", 3_723_000), ("1:02:03.5", 3_723_500),
        (" 0:09,25 ", 9250), ("1:60", None), ("1:60:00", None), ("5", None), ("a:bc", None), ("", None),
        ("-1:00", None),
    ],
)  # fmt: skip
def test_typed_times_are_understood_or_not(text: str, ms: int | None) -> None:
    assert timecode.parse_clock(text) == ms


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00"), (65_999, "1:05"), (3_723_000, "1:02:03")])
def test_a_clock_time_is_short_and_rounded_down(ms: int, text: str) -> None:
    assert timecode.clock(ms) == text


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.integers(0, 10**13))
def test_a_strict_time_is_read_back(ms: int) -> None:
    assert timecode.parse_leading(timecode.strict(ms)) == ms
