"""The form of a quiz: read from what is posted, changed by its buttons, kept and brought back."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from edu.errors import Invalid
from edu.services.quizzing.arranging import sheet
from edu.services.quizzing.arranging.sheet import MOST_PLACES, Row, Sheet

THREE = Sheet({"title": "Crest"}, (Row(1), Row(2), Row(3)))


def order(made: Sheet) -> list[int]:
    return [row.question for row in made.places]


def test_places_are_read_in_the_order_of_their_numbers_and_foreign_fields_passed_over():
    posted = MultiDict(
        [("title", "Crest\r\nline"), ("places-10-question", "7"), ("places-2-question", "5"),
         ("places-2-mark", " 2 "), ("places-11-question", "0"), ("places-11-kinds", "single"),
         ("places-11-kinds", "riddle"), ("places-11-kinds", "emq"), ("places-2-owner_id", "1"), ("slug", "x")]
    )  # fmt: skip

    made = sheet.typed(posted)

    assert dict(made.values) == {"title": "Crest\nline"}
    assert made.places == (Row(5, mark="2"), Row(7), Row(0, kinds=("single", "emq")))
    assert made.places[2].is_pool


def test_what_is_kept_comes_back_equal():
    made = Sheet({"title": "A", "intro": "B"}, (Row(4, at="0:10.0"), Row(tags="a, b", kinds=("single",))))

    assert sheet.read(made.plain()) == made


@pytest.mark.parametrize(
    ("act", "after", "focus"),
    [
        ("up:1", [2, 1, 3], "place-0"),
        ("up:0", [1, 2, 3], "place-0"),
        ("down:1", [1, 3, 2], "place-2"),
        ("down:2", [1, 2, 3], "place-2"),
        ("remove:2", [1, 2], "place-1"),
        ("remove:9", [1, 2, 3], "places"),
        ("pool", [1, 2, 3, 0], "place-3"),
        ("preview", [1, 2, 3], "advice"),
        ("find", [1, 2, 3], "found"),
    ],
)
def test_a_button_changes_the_places_and_says_where_to_look(act, after, focus):
    made, where = sheet.acted(THREE, act)

    assert (order(made), where) == (after, focus)


def test_picked_questions_are_added_once():
    made, where = sheet.acted(THREE, "add", [2, 9])

    assert (order(made), where) == ([1, 2, 3, 9], "place-3")


def test_buttons_that_are_not_there_and_places_without_end_are_refused():
    full = Sheet({}, tuple(Row(n) for n in range(1, MOST_PLACES + 1)))

    with pytest.raises(Invalid, match="no such button"):
        sheet.acted(THREE, "drop:everything")
    with pytest.raises(Invalid, match="at most"):
        sheet.acted(full, "pool")


def test_a_chosen_step_becomes_the_time_at_which_it_is_over():
    made = Sheet({}, (Row(1, at="0:05.0", step="V1-c02"), Row(2, at="0:07.0", step="V9-c09")))

    timed = sheet.timed(made, {"V1-c02": 29_000})

    assert [(row.at, row.step) for row in timed.places] == [("0:29.0", ""), ("0:07.0", "")]
