"""When an outcome counts as mastered."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review import Answer, Mastery, mastery
from tests.quizzes.samples import steady

START = datetime(2026, 3, 1, 10, tzinfo=UTC)


def answers(pattern, *, hours=24, key=1):
    """An answer for each letter, `+` a right one, so many hours apart."""
    return [
        Answer(key, START + timedelta(hours=at * hours), letter == "+") for at, letter in enumerate(pattern)
    ]


@pytest.mark.parametrize(
    ("pattern", "is_reached"),
    [
        ("", False),
        ("+++", False),
        ("++++", True),
        ("-++++", True),
        ("+-+++", True),
        ("++++-", True),
        ("++++--", False),
        ("---++++", True),
        ("+++--+", False),
        ("-----++++", True),
    ],
)
def test_four_of_the_last_five_are_needed(pattern, is_reached):
    assert mastery(answers(pattern)).is_reached is is_reached


def test_one_good_day_is_not_enough():
    one_day = mastery(answers("+++++", hours=1))

    assert one_day == Mastery(right=5, counted=5, days=1)
    assert not one_day.is_reached


def test_a_wrong_answer_on_another_day_makes_no_second_day():
    assert not mastery([*answers("-"), *answers("-++++", hours=1)[1:]]).is_reached


def test_days_change_at_midnight_in_utc():
    late = datetime(2026, 3, 1, 23, 58, tzinfo=UTC)
    right = [Answer(1, late + timedelta(minutes=at), True) for at in range(4)]

    assert mastery(right).days == 2


def test_a_critical_question_wrong_the_last_time_undoes_it():
    good = [*answers("-+", key=7), *answers("++++", key=1)]

    assert mastery(good, critical={7}).is_reached
    assert mastery([*good, Answer(7, START + timedelta(days=40), False)], critical={7}) == Mastery(
        right=4, counted=5, days=3, missed=(7,)
    )


def test_a_critical_question_that_was_never_met_keeps_it_open():
    known = mastery(answers("+++++"), critical={1, 9})

    assert known.unmet == (9,)
    assert not known.is_reached


@steady
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200), st.booleans()), max_size=20), st.randoms())
def test_the_order_in_which_answers_are_given_in_does_not_matter(rows, rng):
    given_in = [Answer(key, START + timedelta(hours=hour), right) for key, hour, right in dict.fromkeys(rows)]
    given_in = list({(one.at, one.key): one for one in given_in}.values())
    shuffled = list(given_in)
    rng.shuffle(shuffled)

    assert mastery(shuffled, critical={1}) == mastery(given_in, critical={1})


@steady
@given(st.lists(st.booleans(), max_size=12))
def test_another_right_answer_never_takes_mastery_away(history):
    before = [Answer(1, START + timedelta(days=at), right) for at, right in enumerate(history)]
    after = [*before, Answer(1, START + timedelta(days=99), True)]

    assert mastery(after, critical={1}).is_reached or not mastery(before, critical={1}).is_reached
