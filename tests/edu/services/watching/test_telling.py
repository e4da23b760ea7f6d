"""What a browser tells, and what anybody may send instead."""

from __future__ import annotations

from typing import Any

import pytest

from edu.errors import Invalid
from edu.services.watching.telling import MOST_SENT, Told, read

GOOD = {"film": 2, "spans": [[500, 900], [0, 600]], "played_ms": 1000, "place_ms": 900}


def test_a_telling_is_read_with_its_stretches_in_order():
    assert read(GOOD) == Told(2, ((0, 900),), 1000, 900)
    assert read({**GOOD, "known_ms": 7, "age_ms": 30}) == Told(2, ((0, 900),), 1000, 900, 7, 30)
    assert read({**GOOD, "spans": [], "known_ms": None}).spans == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("film", -1),
        ("film", "1"),
        ("film", None),
        ("film", 10**7),
        ("played_ms", True),
        ("played_ms", 1.5),
        ("place_ms", 10**12),
        ("known_ms", "a"),
        ("age_ms", -5),
        ("spans", None),
        ("spans", {"0": 1}),
        ("spans", [[0, 1]] * (MOST_SENT + 1)),
        ("spans", [[0]]),
        ("spans", [[0, 1, 2]]),
        ("spans", [[5, 4]]),
        ("spans", [[-1, 4]]),
        ("spans", [[0, 10**9]]),
        ("spans", [[0, True]]),
        ("spans", ["01"]),
        ("spans", [[[], {}]]),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_its_field(name: str, value: Any):
    with pytest.raises(Invalid, match="must be") as refused:
        read({**GOOD, name: value})

    assert refused.value.parameters["field"] == name
