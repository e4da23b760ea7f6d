"""Quizzes, their settings and their slots."""

from dataclasses import replace

import pytest

from quizzes import Audience, Kind, Quiz, QuizError, Reason, Settings, Slot
from quizzes.quiz import every_item_once
from tests.quizzes.samples import sample

FIRST, SECOND = sample(Kind.SINGLE, id="Q1"), sample(Kind.EMQ, id="Q2")
QUIZ = Quiz("finding", "Finding", (FIRST, SECOND), every_item_once((FIRST, SECOND)))


def test_every_question_is_asked_once_unless_the_slots_say_otherwise():
    assert QUIZ.slots == (Slot("Q1", 1), Slot("Q2", 1))
    assert QUIZ.elsewhere == ()


def test_a_slot_may_ask_a_question_of_another_document():
    quiz = replace(QUIZ, slots=(Slot("Q3", 2), Slot("Q1")))

    assert quiz.elsewhere == ("Q3",)
    joined = quiz.joined({"Q3": sample(Kind.TRUEFALSE, id="Q3"), "Q4": sample(Kind.TRUEFALSE, id="Q4")})
    assert ([item.id for item in joined.items], joined.elsewhere) == (["Q1", "Q2", "Q3"], ())


def test_a_slot_for_a_question_that_is_nowhere_is_refused():
    with pytest.raises(QuizError) as caught:
        replace(QUIZ, slots=(Slot("Q1"), Slot("Q3"))).joined({})
    assert (caught.value.code, caught.value.place) == (Reason.UNKNOWN_QUESTION, "slots[1].question")


def test_an_open_quiz_holds_no_question_for_professionals():
    with pytest.raises(QuizError) as caught:
        replace(QUIZ, items=(FIRST, sample(Kind.EMQ, id="Q2", audience="pro")))
    assert (caught.value.code, caught.value.place) == (Reason.PRO_IN_OPEN, "questions[1].audience")


def test_an_open_quiz_cannot_fetch_a_question_for_professionals_either():
    quiz = replace(QUIZ, slots=(Slot("Q3"),))

    with pytest.raises(QuizError, match="for professionals"):
        quiz.joined({"Q3": sample(Kind.TRUEFALSE, id="Q3", audience="pro")})


def test_a_quiz_for_professionals_holds_both():
    pro = sample(Kind.TRUEFALSE, id="Q3", audience="pro")

    assert replace(QUIZ, audience=Audience.PRO, items=(FIRST, SECOND, pro)).items[-1] is pro


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"id": "Finding It"}, Reason.BAD_ID, "id"),
        ({"title": ""}, Reason.BLANK, "title"),
        ({"language": "english!"}, Reason.BAD_ID, "language"),
        ({"items": (FIRST, FIRST)}, Reason.DUPLICATE, "questions"),
        ({"slots": (Slot("Q1"), Slot("Q1"))}, Reason.DUPLICATE, "slots"),
        ({"slots": ()}, Reason.TOO_FEW, "slots"),
    ],
)
def test_a_quiz_that_cannot_be_taken_is_refused(changes, code, place):
    with pytest.raises(QuizError) as caught:
        replace(QUIZ, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"pass_mark": 101}, "settings.pass_mark"),
        ({"attempts": -1}, "settings.attempts"),
        ({"time_limit_ms": -1}, "settings.time_limit_ms"),
    ],
)
def test_settings_out_of_range_are_refused(changes, place):
    with pytest.raises(QuizError) as caught:
        Settings(**changes)
    assert (caught.value.code, caught.value.place) == (Reason.OUT_OF_RANGE, place)


@pytest.mark.parametrize("mark", [0, -1, 1001, float("nan")])
def test_a_slot_earns_a_positive_mark(mark):
    with pytest.raises(QuizError):
        Slot("Q1", mark)
