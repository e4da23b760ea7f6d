"""What a learner may see, and what stays on the server."""

import json
from typing import Any

import pytest
from hypothesis import given

from quizzes import Kind, QuizError, body, from_parts, secret
from quizzes.fields import Fields
from quizzes.form import read_item
from tests.quizzes.samples import FORMS, LETTERS, forms, items, sample, steady

SHOWN = {
    "id",
    "kind",
    "lesson",
    "audience",
    "critical",
    "stem",
    "options",
    "prompts",
    "picture",
    "video",
    "unit",
    "limit",
    "gaps",
    "pins",
    "hint_count",
}
WITHIN = {"id", "text", "last", "name", "width", "height", "alt", "hidden", "label", "x", "y"}
# another key over the same visible parts
OTHER_KEY: dict[Kind, dict[str, Any]] = {
    Kind.SINGLE: {"key": "A"},
    Kind.MULTIPLE: {"key": ["D"]},
    Kind.ORDERING: {"key": ["A", "B", "C", "D"], "scoring": "all"},
    Kind.NUMERIC: {"key": 41.5, "tolerance": 3, "tolerance_kind": "relative"},
    Kind.HOTSPOT: {"key": [{"shape": "rect", "x0": 1, "x1": 2, "y0": 3, "y1": 4}]},
    Kind.MOMENT: {"key": {"start_ms": 1, "end_ms": 2}, "tolerance_ms": 0},
    Kind.MATCHING: {"key": {"L1": "R3", "L2": "R3"}},
    Kind.TRUEFALSE: {"key": False},
    Kind.EMQ: {"key": {"1": "B", "2": "D"}},
    Kind.KEYFEATURE: {"key": {"A": 1}, "harmful": ["B", "D"]},
    Kind.CLOZE: {
        "key": [
            {"gap": "much", "value": 7},
            {"gap": "how", "options": {"A": 1}, "weight": 9},
            {"gap": "where", "answers": [{"text": "elsewhere"}]},
        ]
    },
    Kind.SHORT: {"key": [{"text": "elsewhere"}]},
    Kind.DRAGLABELS: {"key": {"P1": "A", "P2": "A"}},
    Kind.INTERVAL: {"key": {"start_ms": 1, "end_ms": 2}, "scoring": "ends", "tolerance_ms": 3},
    Kind.CONCORDANCE: {"key": {"-2": 10}},
}
TOLD = {
    "why": "Other.",
    "evidence": "V9-c99",
    "references": ["herz1946"],
    "grade": "A",
    "bloom": "apply",
    "if_right": "Yes.",
    "tags": ["t"],
}


def names(value: Any) -> set[str]:
    """Every name in a JSON value, however deep."""
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in names(inner)}
    if isinstance(value, list):
        return {name for inner in value for name in names(inner)}
    return set()


@steady
@given(items())
def test_a_body_has_only_names_that_may_be_shown(item):
    assert set(body(item)) == SHOWN
    assert names(body(item)) <= SHOWN | WITHIN


@pytest.mark.parametrize("kind", Kind)
def test_a_body_does_not_depend_on_the_key_or_on_what_is_told_afterwards(kind):
    assert body(sample(kind)) == body(sample(kind, **OTHER_KEY[kind], **TOLD))
    assert secret(sample(kind)) != secret(sample(kind, **OTHER_KEY[kind]))


@steady
@given(forms())
def test_no_explanation_reference_or_feedback_is_found_in_a_body(form):
    marker = "told-only-afterwards"
    choosable = form.get("options") or form.get("right") or {}
    told = {"why": marker, "references": [marker], "feedback": dict.fromkeys(choosable, marker)}

    shown = json.dumps(body(read_item(Fields({**form, **told, "evidence": "after-c01"}))))

    assert marker not in shown
    assert "after-c01" not in shown


@steady
@given(items())
def test_body_and_secret_make_the_item_again_after_two_databases(item):
    # a JSONB column sorts the names of its objects, a JSON column keeps them
    shown, hidden = (json.loads(json.dumps(part, sort_keys=True)) for part in (body(item), secret(item)))

    assert from_parts(shown, hidden) == item
    assert not set(shown) & set(hidden)


def test_the_order_of_options_survives_in_a_body():
    item = sample(Kind.SINGLE, options=dict(reversed(LETTERS.items())), last=["B"])

    assert [option["id"] for option in body(item)["options"]] == ["D", "C", "B", "A"]
    assert [option["last"] for option in body(item)["options"]] == [False, False, True, False]


def test_parts_of_different_items_do_not_make_one():
    with pytest.raises(QuizError):
        from_parts(body(sample(Kind.SINGLE)), secret(sample(Kind.EMQ)))


def test_every_kind_is_tried():
    assert set(OTHER_KEY) == set(FORMS) == set(Kind)
