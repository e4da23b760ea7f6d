"""An exam's date and the days on which cards are due."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review import Exam, due_day, prepare
from tests.quizzes.review.decks import TODAY, card
from tests.quizzes.samples import steady


def in_days(days):
    return TODAY + timedelta(days=days)


EXAM = Exam(in_days(20))  # its last days are 17, 18 and 19


@pytest.mark.parametrize(
    ("due", "reviewed", "today", "expected"),
    [
        (5, -3, 0, 5),  # well before the last days: its own date
        (17, -3, 0, 17),
        (18, -3, 0, 17),  # within them and beyond: the first of them
        (90, -3, 0, 17),
        (90, -3, 18, 17),  # overdue since
        (90, 17, 18, 90),  # seen in the last days: its own date
        (19, 18, 18, 19),  # seen, and wrong: once more before the exam
        (90, -3, 20, 90),  # on the day of the exam and later nothing is special
        (90, -3, 25, 90),
    ],
)
def test_a_card_is_due_on_its_day_or_when_the_last_days_begin(due, reviewed, today, expected):
    held = card(due=due, reviewed=reviewed)

    assert due_day(held, EXAM, today=in_days(today)) == in_days(expected)


@steady
@given(st.integers(-30, 400), st.integers(-60, 0), st.integers(0, 60))
def test_an_exam_never_puts_a_card_off(due, reviewed, today):
    held = card(due=due, reviewed=reviewed)

    assert due_day(held, EXAM, today=in_days(today)) <= due_day(held, None, today=in_days(today))


@pytest.mark.parametrize(("cards", "days"), [(0, 3), (1, 3), (60, 3), (61, 4), (200, 10)])
def test_there_are_as_many_last_days_as_all_cards_need(cards, days):
    exam = prepare(in_days(100), cards=cards, per_day=20)

    assert exam.final_days == days
    assert exam.begins == in_days(100 - days)


def test_the_day_of_the_exam_is_none_of_the_last_days():
    assert [EXAM.is_near(in_days(day)) for day in (16, 17, 19, 20)] == [False, True, True, False]
