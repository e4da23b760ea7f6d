"""From sheets to items and back: the bundled bank and a sample of each kind; faults with their fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.errors import InvalidFields
from edu.services.quizzing.writing import document, sheet
from edu.services.quizzing.writing.from_item import sheet_of
from edu.services.quizzing.writing.places import field_of
from quizzes import Item, Kind, read_bank
from quizzes.form import plain
from tests.quizzes.samples import BOARD, sample

BANK = Path(__file__).parents[5] / "edu" / "content" / "back-mice" / "questions"
SIDES = ("left", "top", "width", "height")
FULL = {
    Kind.SINGLE: {"weights": {"A": 0.5}, "last": ["D"], "feedback": {"A": "Nearly.", "C": "Yes."}},
    Kind.MULTIPLE: {"scoring": "weights", "weights": {"A": 0.5, "B": 0.5, "C": -0.25}},
    Kind.NUMERIC: {"tolerance": 0.5, "also": [{"value": 4, "tolerance": 0, "fraction": 0.25}]},
    Kind.TRUEFALSE: {"feedback": {"true": "No.", "false": "Yes."}},
    Kind.CONCORDANCE: {"feedback": {"-2": "Few think so."}},
    Kind.SHORT: {"feedback": {"2": "Say which crest."}},
    Kind.INTERVAL: {"scoring": "ends", "tolerance_ms": 1500},
    Kind.HOTSPOT: {
        "limit": 3,
        "landmarks": [{"id": "M1", "text": "Crest", "x": 10.5, "y": 20}],
        "key": [
            {"shape": "rect", "x0": 1, "x1": 2.5, "y0": 3, "y1": 9},
            {"shape": "ellipse", "x": 50, "y": 60, "rx": 10, "ry": 5},
            {"shape": "polygon", "points": [[1, 2], [30, 4], [5.5, 60]]},
        ],
    },
}
AROUND = {
    "if_right": "Good.", "if_partly": "Half.", "if_wrong": "No.", "hints": ["Feel.", "Higher."],
    "tags": ["crest", "fat pad"], "evidence": "V1-c05", "references": ["curtis1993", "njoo1994"],
    "grade": "B", "bloom": "apply", "critical": True, "lesson": "L1.2", "audience": "pro",
}  # fmt: skip


def again(item: Item) -> Item:
    """The item after its form was filled in, posted and read."""
    filled = sheet_of(item)
    rows = {
        f"{group}-{n}-{name}": text
        for group, rows in filled.rows.items()
        for n, row in enumerate(rows)
        for name, text in row.items()
    }
    return document.item(sheet.typed(item.kind, {**filled.values, **rows}), item.id)


@pytest.mark.parametrize("kind", Kind)
def test_an_item_of_each_kind_is_the_same_after_its_form(kind):
    for changes in ({}, {**AROUND, **FULL.get(kind, {})}):
        item = sample(kind, **changes)

        assert plain(again(item)) == plain(item)


def test_every_question_of_the_bank_is_the_same_after_its_form():
    bank = [item for path in sorted(BANK.glob("*.toml")) for item in read_bank(path.read_bytes())]

    assert len(bank) == 54
    assert [plain(again(item)) for item in bank] == [plain(item) for item in bank]


def faults(kind: Kind, **posted: str) -> dict[str, str]:
    """What is said about each field of a form that is otherwise whole."""
    filled = sheet_of(sample(kind))
    rows = {
        f"{group}-{n}-{name}": text
        for group, rows in filled.rows.items()
        for n, row in enumerate(rows)
        for name, text in row.items()
    }
    given = {**filled.values, **rows, **{name.replace("__", "-"): text for name, text in posted.items()}}
    with pytest.raises(InvalidFields) as caught:
        document.item(sheet.typed(kind, given), "q")
    return {str(fault.parameters["field"]): fault.sentence for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("kind", "posted", "field", "words"),
    [
        (Kind.SINGLE, {"stem": " "}, "stem", "fill this in"),
        (Kind.SINGLE, {"options__2__right": ""}, "options", "the one right option"),
        (Kind.SINGLE, {"options__0__right": "1"}, "options", "the one right option"),
        (Kind.SINGLE, {"options__2__text": ""}, "options-2-text", "no text"),
        (Kind.SINGLE, {"options__0__weight": "x"}, "options-0-weight", "Write a number"),
        (Kind.SINGLE, {"options__0__weight": "120"}, "options-0-weight", "0 to 100"),
        (Kind.MULTIPLE, {"scoring": "weights"}, "options", "fill this in"),
        (Kind.KEYFEATURE, {"options__1__weight": "70"}, "options", "add up to 1"),
        (Kind.KEYFEATURE, {"limit": "1"}, "limit", "at least 2"),
        (Kind.KEYFEATURE, {"limit": "1.5"}, "limit", "whole number"),
        (Kind.MATCHING, {"prompts__0__key": ""}, "prompts-0-key", "Choose the answer"),
        (Kind.MATCHING, {"prompts__0__key": "R9"}, "prompts-0-key", "not an option"),
        (Kind.NUMERIC, {"key": "many"}, "key", "Write a number"),
        (Kind.NUMERIC, {"tolerance": "-1"}, "tolerance", "between 0"),
        (Kind.TRUEFALSE, {"key": ""}, "key", "whether the statement is true"),
        (Kind.HOTSPOT, {"picture": ""}, "picture", "Choose the picture"),
        (Kind.HOTSPOT, {"zones__0__left": "1270"}, "zones-0-shape", "inside the picture"),
        (Kind.HOTSPOT, {f"zones__0__{side}": "" for side in SIDES}, "zones", "at least one zone"),
        (Kind.HOTSPOT, {"zones__0__shape": "polygon", "zones__0__points": "1 x"}, "zones-0-points", "30,4"),
        (Kind.DRAGLABELS, {"prompts__1__x": "9999"}, "prompts-1-text", "inside the picture"),
        (Kind.MOMENT, {"start": "soon"}, "start", "1:20.5"),
        (Kind.MOMENT, {"end": "0:01"}, "start", "end after it starts"),
        (Kind.MOMENT, {"video": ""}, "video", "Choose the video"),
        (Kind.CLOZE, {"stem": "No gap"}, "stem", "Each gap"),
        (Kind.CLOZE, {"gaps__1__answers": ""}, "gaps-1-answers", "at least one answer"),
        (Kind.SHORT, {"answers__0__share": "50"}, "answers", "at least 1"),
        (Kind.CONCORDANCE, {"votes_3": "1"}, "votes_0", "10 to 1000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(kind, posted, field, words):
    assert words in faults(kind, **posted)[field]


def test_everything_that_is_wrong_is_told_at_once():
    assert set(faults(Kind.NUMERIC, stem="", key="x", tolerance="y")) == {"stem", "key", "tolerance"}


def test_actions_without_a_percentage_share_what_is_left():
    filled = sheet_of(sample(Kind.KEYFEATURE))
    rows = tuple({**row, "weight": "25" if row["id"] == "B" else ""} for row in filled.group("options"))

    item = document.item(filled.with_rows("options", rows), "q")

    assert dict(item.key.weights) == {"B": 0.25, "D": 0.75}


def test_the_board_alone_leaves_out_layers():
    item = sample(Kind.HOTSPOT)

    assert again(item).picture.hidden == tuple(BOARD["hidden"])


@pytest.mark.parametrize(
    ("kind", "place", "field"),
    [
        (Kind.SINGLE, "options.B", "options-1-text"),
        (Kind.SINGLE, "options", "options"),
        (Kind.SINGLE, "feedback.B", "options-1-feedback"),
        (Kind.MATCHING, "right.R2", "options-1-text"),
        (Kind.MATCHING, "left.L2", "prompts-1-text"),
        (Kind.HOTSPOT, "key[0]", "zones-0-shape"),
        (Kind.HOTSPOT, "landmarks", "landmarks"),
        (Kind.HOTSPOT, "picture.alt", "picture_alt"),
        (Kind.SHORT, "feedback.1", "answers-0-feedback"),
        (Kind.MOMENT, "tolerance_ms", "tolerance"),
        (Kind.SINGLE, "hints[1]", "hints-1-text"),
        (Kind.SINGLE, "?", ""),
    ],
)
def test_places_of_the_document_are_fields_of_the_form(kind, place, field):
    assert field_of(sheet_of(sample(kind)), place) == field
