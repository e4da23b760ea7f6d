"""Sheets: read from a posted form, changed by the buttons of their rows, kept as JSON."""

from __future__ import annotations

import json

import pytest

from edu.errors import Invalid
from edu.services.quizzing.writing import sheet
from edu.services.quizzing.writing.layout import LAYOUTS, MOST_ROWS
from quizzes import Kind

POSTED = {
    "stem": "Where?\r\nThere?", "options-0-text": "alpha", "options-0-id": "A", "options-2-text": "beta",
    "options-2-id": "C", "options-2-right": "1", "why": "So.", "harmful": "x", "zones-0-left": "1",
    "options-1000-text": "no", "options-x-text": "no", "options-0-price": "9",
}  # fmt: skip


def texts(made: sheet.Sheet, group: str = "options") -> list[str]:
    return [row["text"] for row in made.group(group)]


def test_every_kind_has_a_layout_and_an_empty_form():
    assert set(LAYOUTS) == set(Kind)
    for kind in Kind:
        assert sheet.blank(kind).kind is kind


def test_a_posted_form_gives_its_fields_in_the_order_of_its_rows_and_nothing_else():
    made = sheet.typed(Kind.SINGLE, POSTED)

    assert made.values == {"stem": "Where?\nThere?", "why": "So."}
    assert [(row["id"], row["text"], row["right"]) for row in made.group("options")] == [
        ("A", "alpha", ""),
        ("C", "beta", "1"),
    ]
    assert "zones" not in made.rows


def test_rows_without_an_id_get_one_that_no_other_has():
    made = sheet.typed(
        Kind.SINGLE, {**POSTED, "options-3-text": "gamma", "options-4-text": "d", "options-4-id": "A"}
    )

    assert [row["id"] for row in made.group("options")] == ["A", "C", "B", "D"]


@pytest.mark.parametrize(
    ("act", "left", "focus"),
    [
        ("add:options", ["a", "b", "c", ""], "options-3"),
        ("remove:options:1", ["a", "c"], "options-1"),
        ("remove:options:2", ["a", "b"], "options-1"),
        ("remove:options:9", ["a", "b", "c"], "options"),
        ("up:options:2", ["a", "c", "b"], "options-1"),
        ("up:options:0", ["a", "b", "c"], "options-0"),
        ("down:options:0", ["b", "a", "c"], "options-1"),
        ("down:options:2", ["a", "b", "c"], "options-2"),
    ],
)
def test_buttons_change_rows_and_say_where_to_go_on(act, left, focus):
    made = sheet.typed(Kind.SINGLE, {f"options-{n}-text": text for n, text in enumerate("abc")})

    changed, place = sheet.acted(made, act)

    assert (texts(changed), place) == (left, focus)


def test_the_last_row_may_go():
    made, place = sheet.acted(sheet.typed(Kind.SINGLE, {"options-0-text": "a"}), "remove:options:0")

    assert (made.group("options"), place) == ((), "options")


@pytest.mark.parametrize("act", ["add:zones", "swap:options:1", "add", "add:options:x", "publish"])
def test_a_button_of_another_form_is_refused(act):
    with pytest.raises(Invalid, match="no such button"):
        sheet.acted(sheet.blank(Kind.SINGLE), act)


def test_a_list_has_an_end():
    full = sheet.typed(Kind.SINGLE, {f"options-{n}-text": "x" for n in range(MOST_ROWS)})

    with pytest.raises(Invalid, match="at most 100"):
        sheet.acted(full, "add:options")


def test_a_sheet_is_the_same_after_it_was_kept_as_json():
    made = sheet.typed(Kind.SINGLE, POSTED)

    kept = sheet.read(json.loads(json.dumps(made.plain())))

    assert (kept.kind, dict(kept.values), texts(kept)) == (made.kind, made.values, texts(made))
