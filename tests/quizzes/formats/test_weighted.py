"""Answers with marks, and the forms they make."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.weighted import (
    Answer,
    Number,
    allowed_grade,
    choice_form,
    middle,
    nearest_grade,
    number_form,
    pairs_form,
    read_number,
)


@pytest.mark.parametrize(
    ("fraction", "grade"),
    [
        (0.3333333, 1 / 3),
        (0.33333, 1 / 3),
        (-0.5, -0.5),
        (0.33, None),
        (1.01, None),
        (0.0, 0.0),
        (0.1428571, 1 / 7),
    ],
)
def test_only_the_grades_of_moodle_are_allowed(fraction, grade):
    assert allowed_grade(fraction) == grade


def test_the_nearest_grade_keeps_its_sign():
    assert (nearest_grade(-0.31), nearest_grade(0.01)) == (-0.3, 0.0)


def test_a_range_has_a_middle_without_binary_noise():
    assert middle("3.141", "3.142") == (3.1415, 0.0005)
    assert middle("5", "-5") == (0.0, 5.0)


@pytest.mark.parametrize("text", ["", "x", "1e999", "nan", "1_000", "٣"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(QuizError):
        read_number(text)


def test_marks_of_right_minus_wrong_need_no_weights():
    marks = [1 / 3, 1 / 3, 0.3333333, -1 / 3]
    answers = [Answer(text, mark) for text, mark in zip("abcd", marks, strict=True)]

    form = choice_form(answers, False, {}, _fail)

    assert (form["key"], form.get("scoring")) == (["A", "B", "C"], None)


def test_other_marks_are_weights():
    form = choice_form([Answer("a", 0.5), Answer("b", 0.5), Answer("c", 0)], False, {}, _fail)

    assert (form["key"], form["scoring"], form["weights"]) == (["A", "B"], "weights", {"A": 0.5, "B": 0.5})


def test_a_best_answer_that_takes_marks_away_is_told():
    lost: list[QuizError] = []

    form = choice_form([Answer("a", 1), Answer("b", -0.5), Answer("c", 0.5)], True, {}, lost.append)

    assert (form["key"], form["weights"]) == ("A", {"C": 0.5})
    assert [(e.code, e.place) for e in lost] == [(Reason.NOT_KEPT, "options.B")]


def test_a_choice_without_a_full_answer_is_refused():
    with pytest.raises(QuizError) as caught:
        choice_form([Answer("a", 0.5), Answer("b", 0)], True, {}, _fail)
    assert (caught.value.code, caught.value.place) == (Reason.MISSING, "key")


def test_what_is_said_to_numbers_is_kept_where_we_have_a_place():
    lost: list[QuizError] = []
    numbers = [Number(5, 0, 0, "too few"), Number(9, 0, 1, "yes"), Number(10, 1, 0.5, "nearly")]

    form = number_form(numbers, "no", lost.append)

    assert form["also"] == [{"value": 10, "tolerance": 1, "fraction": 0.5}]
    assert (form["if_right"], form["if_partly"], form["if_wrong"]) == ("yes", "nearly", "no")
    assert [e.parameters["what"] for e in lost] == ["the wrong answer 5 too few"]


def test_an_answer_that_several_prompts_share_is_one_option():
    form = pairs_form([("dog", "mammal"), ("cat", "mammal"), ("", "bird")], {})

    assert form["right"] == {"R1": "mammal", "R2": "bird"}
    assert form["key"] == {"L1": "R1", "L2": "R1"}


def _fail(error: QuizError) -> None:
    raise error
