"""A question as a page asks it."""

from __future__ import annotations

from typing import Any

import pytest

import quizzes
from edu.services.quizzing import pictures
from edu.services.quizzing.views.question import Asked, QuestionView, view
from quizzes import Kind
from tests.quizzes.samples import sample


def shown(kind: Kind, response: Any = None, **changes: Any) -> QuestionView:
    """A sample of that kind, its options in the order of the document."""
    body = quizzes.body(sample(kind, **changes))
    order = [option["id"] for option in body["options"]]
    return view(Asked(body, order, response=response), picture=pictures.view(body))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_every_kind_is_shown_without_an_answer(kind: Kind) -> None:
    made = shown(kind)

    assert not made.is_answered
    assert made.kind == kind
    assert all(option.id == str(place) for place, option in enumerate(made.options, start=1))


def test_the_text_of_a_cloze_is_cut_at_its_gaps_each_with_its_own_options() -> None:
    made = shown(Kind.CLOZE, {"how": "2", "much": "1,5 cm"})

    assert [part.words for part in made.text] == ["Press ", " over the ", ", up to ", "."]
    how, where, much = (part.gap for part in made.text if part.gap)
    assert [(option.id, option.label) for option in how.options] == [("1", "hard"), ("2", "lightly")]
    assert (how.said, where.said, much.said, much.unit) == ("2", "", "1,5 cm", "cm")
    assert made.title == "Press … over the … , up to … ."


def test_landmarks_come_first_and_a_point_elsewhere_is_an_entry_of_its_own() -> None:
    marks = [{"id": "M1", "text": "The spine", "x": 640, "y": 360}]

    made = shown(Kind.HOTSPOT, [[0.5, 0.5], [0.25, 0.75]], landmarks=marks, limit=2)

    found = [(point.value, point.label, point.x, point.y, point.is_chosen) for point in made.points]
    assert found == [("0.5,0.5", "The spine", 50, 50, True), ("0.25,0.75", "", 25, 75, True)]


def test_places_of_labels_are_in_per_cent_of_the_picture() -> None:
    made = shown(Kind.DRAGLABELS, {"P2": "3"})

    assert [(prompt.x, prompt.y, prompt.chosen) for prompt in made.prompts] == [
        (39.062, 55.556, ""),
        (50.0, 27.778, "3"),
    ]


def test_an_order_that_was_given_is_shown_in_that_order() -> None:
    made = shown(Kind.ORDERING, ["3", "1", "4", "2"])

    assert [option.id for option in made.options] == ["3", "1", "4", "2"]
    assert made.said["3"] == ("1",)


def test_the_board_is_its_ground_and_the_layers_that_are_on() -> None:
    picture = shown(Kind.HOTSPOT).picture

    assert picture is not None
    assert picture.url == "img/board/ground.svg"
    assert picture.layers == tuple(f"img/board/{name}.svg" for name in ("zone", "nerves", "nodules", "ruler"))
    assert pictures.address_of("board") == picture.url
    assert pictures.view({"picture": None}) is None
