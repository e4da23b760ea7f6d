"""Answers as the fields of a form, and back."""

from __future__ import annotations

from typing import Any

import pytest

from edu.errors import Invalid
from edu.services.quizzing.views import fields
from quizzes import Kind
from tests.quizzes.samples import RIGHT

ANSWERS = {**RIGHT, Kind.SHORT: "iliac crest", Kind.TRUEFALSE: {"answer": True}}


@pytest.mark.parametrize("kind", list(Kind))
def test_an_answer_of_every_kind_is_read_from_the_fields_it_was_written_to(kind: Kind) -> None:
    assert fields.read(kind, fields.written(kind, ANSWERS[kind])) == ANSWERS[kind]


@pytest.mark.parametrize("kind", list(Kind))
def test_no_answer_is_written_as_no_fields_and_read_as_none(kind: Kind) -> None:
    assert fields.written(kind, None) == {}
    assert fields.read(kind, {}) == ([] if kind in fields.SOME_OF else None)
    assert fields.is_blank(kind, {}) == (kind not in fields.SOME_OF)


@pytest.mark.parametrize(
    ("kind", "said", "response"),
    [
        (Kind.ORDERING, {"1": [" 2 "], "2": ["1"]}, ["2", "1"]),
        (Kind.ORDERING, {"1": [""], "2": [" "]}, None),
        (Kind.NUMERIC, {"": ["  "]}, None),
        (Kind.MATCHING, {"L1": ["2"], "L2": [""]}, {"L1": "2"}),
        (Kind.CLOZE, {"how": [""], "where": [" "]}, None),
        (Kind.INTERVAL, {"start": [""], "end": [""]}, None),
        (Kind.HOTSPOT, {"x": ["56,9 %"], "y": ["65.3"]}, [[0.569, 0.653]]),
        (Kind.HOTSPOT, {"": ["0.5,0.25"], "x": ["0"], "y": ["100"]}, [[0.5, 0.25], [0.0, 1.0]]),
        (Kind.CONCORDANCE, {"": ["-1"]}, -1),
        (Kind.MOMENT, {"": ["41,5"]}, 41_500),
    ],
)
def test_fields_are_read_as_people_fill_them_in(
    kind: Kind, said: dict[str, list[str]], response: Any
) -> None:
    assert fields.read(kind, said) == response


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (Kind.TRUEFALSE, {"": ["maybe"]}, "bad_answer"),
        (Kind.CONCORDANCE, {"": ["3"]}, "bad_answer"),
        (Kind.ORDERING, {"1": ["1"], "2": ["1"]}, "bad_order"),
        (Kind.ORDERING, {"1": ["1"], "2": [""]}, "bad_order"),
        (Kind.ORDERING, {"1": ["0"], "2": ["1"]}, "bad_order"),
        (Kind.ORDERING, {"1": ["²"], "2": ["1"]}, "bad_order"),
        (Kind.ORDERING, {"1": ["x"], "2": ["1"]}, "bad_order"),
        (Kind.MOMENT, {"": ["later"]}, "bad_time"),
        (Kind.INTERVAL, {"start": ["0:41"], "end": [""]}, "half_a_stretch"),
        (Kind.INTERVAL, {"start": ["0:41"], "end": ["0:41"]}, "bad_stretch"),
        (Kind.INTERVAL, {"start": ["0:41"], "end": ["x"]}, "bad_time"),
        (Kind.HOTSPOT, {"": ["middle"]}, "bad_point"),
        (Kind.HOTSPOT, {"": ["0.5"]}, "bad_point"),
        (Kind.HOTSPOT, {"": ["0.5,1.5"]}, "off_picture"),
        (Kind.HOTSPOT, {"": ["nan,0.5"]}, "off_picture"),
        (Kind.HOTSPOT, {"": ["inf,0.5"]}, "off_picture"),
        (Kind.HOTSPOT, {"x": ["50"]}, "bad_place"),
        (Kind.HOTSPOT, {"x": ["50"], "y": ["120"]}, "off_picture"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    kind: Kind, said: dict[str, list[str]], code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        fields.read(kind, said)

    assert caught.value.code == code
    assert len(caught.value.sentence) > 15
