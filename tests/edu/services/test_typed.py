"""What is typed into forms: moments."""

from __future__ import annotations

import pytest

from edu.errors import Invalid
from edu.services import typed


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2026-03-05T09:30", "2026-03-05T09:30:00+00:00"),
        ("2026-03-05T09:30+02:00", "2026-03-05T07:30:00+00:00"),
    ],
)
def test_a_moment_is_typed_in_utc_unless_it_says_otherwise(value: str, read: str) -> None:
    assert typed.moment(value, "at").isoformat() == read


@pytest.mark.parametrize(
    "value", ["", "tomorrow", "0001-01-01T00:00+14:00", "1999-12-31T23:59", "9999-01-01T00:00"]
)
def test_what_is_no_moment_of_this_time_is_refused_at_its_field(value: str) -> None:
    with pytest.raises(Invalid) as refused:
        typed.moment(value, "at")

    assert refused.value.parameters["field"] == "at"
