"""The queue of a person, from rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from edu.services.quizzing.answers import Answer
from tests.edu.services.quizzing.reviewing.decks import ALL_RIGHT, RIGHT, reviewer
from tests.quizzing import TRUEFALSE, Crest
from tests.statements import Counter


def many(count: int, lesson: str = "") -> str:
    """A document of so many questions."""
    line = f'lesson = "{lesson}"\n' if lesson else ""
    one = TRUEFALSE.replace("[[questions]]\n", f"[[questions]]\n{line}")
    return "".join(one.replace('"T-true"', f'"T-{number}"') for number in range(count))


def test_at_most_twenty_a_day_of_which_ten_are_new(crest: Callable[..., Crest], statements: Counter) -> None:
    ada = reviewer(crest(document=many(30)))
    ada.quiz(*(Answer(place, 1, {"answer": True}) for place in range(1, 31)))
    ada.later(days=3)

    said = {f"T-{number}": RIGHT["T-true"] for number in range(30)}
    assert len(ada.review(said)) == 10
    with statements() as seen:
        assert ada.standing().due() == ()
    assert len(seen) <= 5  # however many cards there are

    ada.later(days=1)
    assert len(ada.standing().due()) == 10
    ada.plan(per_day="4")
    assert len(ada.standing().due()) == 2  # half of them may be new


def test_questions_of_one_lesson_without_a_step_are_siblings_wherever_they_are_answered(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest(document=many(3, lesson="L1.1")))
    ada.quiz(*(Answer(place, 1, {"answer": True}) for place in (1, 2, 3)))
    ada.later(days=3)

    assert {card.outcome for card in ada.cards().values()} == {"L1.1"}
    assert len(ada.standing().due()) == 1
    ada.quiz(Answer(2, 1, {"answer": True}))  # a quiz is no review, and buries its siblings all the same
    assert ada.standing().so_far.asked == 0
    assert ada.standing().due() == ()


def test_an_exam_brings_every_card_back_in_the_last_days(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    for days in (3, 25, 150):
        ada.later(days=days)
        ada.review(RIGHT)
    assert min(card.due_at for card in ada.cards().values()) > ada.house.clock.now() + timedelta(days=40)

    exam = (ada.house.clock.now() + timedelta(days=10)).date()
    ada.plan(exam_on=exam.isoformat())
    days = dict(ada.standing().coming(30))
    assert days[exam - timedelta(days=3)] == 3
    assert sum(days.values()) == 3

    ada.later(days=9)
    assert len(ada.standing().due()) == 3
    ada.plan(exam_on=exam.isoformat(), per_day="2")
    assert ada.standing().needed_per_day == 3  # the bound is too low to see all of them
    ada.plan(exam_on=exam.isoformat(), per_day="3")
    assert ada.standing().needed_per_day is None
    ada.review(RIGHT)
    assert ada.standing().due() == ()

    ada.later(days=3)
    assert ada.standing().exam is None
