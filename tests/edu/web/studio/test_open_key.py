"""The tick of an open key in the form of a question: offered for the kinds that a pack can mark."""

from __future__ import annotations

from quizzes import Kind
from tests.reviewer import ReviewingClient

TICK = "Open key in lesson packs"


def test_the_tick_stands_in_the_forms_of_four_kinds(instructor: ReviewingClient) -> None:
    offered = {kind for kind in Kind if TICK in instructor.get(f"/studio/questions/new?kind={kind}").text}

    assert offered == {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.NUMERIC}


def test_a_tick_that_is_refused_is_told_at_its_field(instructor: ReviewingClient) -> None:
    form = {
        "kind": "truefalse",
        "base": "0",
        "stem": "It moves.",
        "key": "true",
        "critical": "1",
        "open_key": "1",
    }

    answer = instructor.submit("/studio/questions/new", {**form, "act": "publish"})

    assert answer.status_code == 422
    assert "The key stays closed" in answer.text
    assert 'id="field-open_key-error"' in answer.text
