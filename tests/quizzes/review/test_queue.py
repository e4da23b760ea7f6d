"""The queue of a day, and of the days to come."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.review import Limits, SoFar, due_list, forecast, prepare
from quizzes.review.queue import interleaved
from tests.quizzes.review.decks import TODAY, entries, entry
from tests.quizzes.samples import steady


def keys(asked):
    return [one.key for one in asked]


def test_what_is_due_today_comes_and_what_is_not_waits():
    deck = [entry(1, due=0), entry(2, due=1), entry(3, due=-5)]

    assert sorted(keys(due_list(deck, today=TODAY))) == [1, 3]


def test_nothing_is_due_without_cards():
    assert due_list([], today=TODAY) == ()


def test_at_most_twenty_questions_come_and_those_that_wait_longest():
    deck = [entry(key, due=-key) for key in range(1, 31)]

    assert sorted(keys(due_list(deck, today=TODAY))) == list(range(11, 31))


def test_what_was_asked_today_counts_towards_the_day():
    deck = [entry(key) for key in range(1, 31)]

    assert len(due_list(deck, today=TODAY, so_far=SoFar(asked=15))) == 5
    assert due_list(deck, today=TODAY, so_far=SoFar(asked=25)) == ()


def test_one_of_the_siblings_comes_today_and_none_after_one_was_answered():
    deck = [entry(1, "V1-c05", due=-1), entry(2, "V1-c05", due=-3), entry(3, "V1-c06")]

    assert sorted(keys(due_list(deck, today=TODAY))) == [2, 3]
    assert keys(due_list(deck, today=TODAY, so_far=SoFar(outcomes=frozenset({"V1-c05"})))) == [3]


def test_new_cards_do_not_crowd_out_the_older_ones():
    deck = [entry(key, due=-20, is_new=True) for key in range(1, 21)] + [entry(99, due=0)]

    asked = due_list(deck, today=TODAY, limits=Limits(per_day=20, new_per_day=3))

    assert len(asked) == 4
    assert 99 in keys(asked)


def test_new_cards_that_were_asked_today_count_towards_their_bound():
    deck = [entry(key, is_new=True) for key in range(1, 9)]

    assert len(due_list(deck, today=TODAY, so_far=SoFar(asked=8, new=8))) == 2


def test_a_mistake_made_with_certainty_is_asked_first_and_a_critical_question_is_never_crowded_out():
    deck = [entry(key, due=-20) for key in range(1, 41)]
    deck += [entry(50, due=0, is_critical=True), entry(60, due=0, is_misled=True)]

    asked = due_list(deck, today=TODAY)

    assert asked[0].key == 60
    assert 50 in keys(asked)


def test_lessons_take_turns():
    deck = [entry(key, lesson=f"L{key // 10}", due=-key) for key in range(10, 20)]
    deck += [entry(key, lesson=f"L{key // 10}", due=-1) for key in range(20, 26)]

    lessons = [one.lesson for one in due_list(deck, today=TODAY)]

    assert lessons[:12] == ["L1", "L2"] * 6


@steady
@given(entries(), st.integers(0, 25), st.integers(0, 12), st.integers(1, 30), st.integers(1, 30))
def test_a_day_keeps_its_bounds_and_asks_each_outcome_once(deck, asked, new, per_day, new_per_day):
    done = SoFar(asked=asked, new=new, outcomes=frozenset({"A"}))

    today = due_list(deck, today=TODAY, so_far=done, limits=Limits(per_day, new_per_day))

    assert len(today) <= max(0, per_day - asked)
    assert sum(one.is_new for one in today) <= max(0, new_per_day - new)
    assert all(count == 1 for count in Counter(one.outcome for one in today).values())
    assert "A" not in {one.outcome for one in today}
    misled = [one.is_misled for one in today]
    assert misled == sorted(misled, reverse=True)


@steady
@given(entries())
def test_a_day_with_room_leaves_only_siblings_behind(deck):
    asked = due_list(deck, today=TODAY, limits=Limits(per_day=100, new_per_day=100))

    due = {one.outcome for one in deck if one.card.due.date() <= TODAY}
    assert {one.outcome for one in asked} == due


@steady
@given(st.lists(st.sampled_from("ABCDE"), max_size=30))
def test_no_two_neighbours_are_of_one_group_where_that_can_be(groups):
    order = interleaved([entry(at, group) for at, group in enumerate(groups)], lambda one: one.outcome)

    names = [one.outcome for one in order]
    assert sorted(names) == sorted(groups)
    most = max(Counter(groups).values(), default=0)
    neighbours = sum(one == other for one, other in pairwise(names))
    assert neighbours == max(0, most - 1 - (len(groups) - most))


@settings(steady, max_examples=12)
@given(entries(most=40), st.integers(3, 25))
def test_who_does_each_days_questions_sees_every_card_in_the_last_days_before_an_exam(deck, days):
    exam = prepare(TODAY + timedelta(days=days), cards=len(deck), per_day=10)
    seen = {}
    for offset in range(days):
        today = TODAY + timedelta(days=offset)
        limits = Limits(per_day=10, new_per_day=5)
        asked = due_list(deck, today=today, limits=limits, exam=exam)
        assert len(asked) <= 10
        done = {one.key: one for one in asked}
        # all answered wrongly: each is due again tomorrow, and still none of the others may be forgotten
        deck = [
            entry(one.key, one.outcome, one.lesson, due=offset + 1, reviewed=offset)
            if one.key in done
            else one
            for one in deck
        ]
        seen |= dict.fromkeys(done, today)

    assert all(seen.get(one.key, TODAY) >= exam.begins for one in deck if days >= exam.final_days)
    if days >= exam.final_days:
        assert set(seen) == {one.key for one in deck}


def test_siblings_and_new_cards_are_held_back_no_more_in_the_last_days():
    deck = [entry(key, "V1-c05", due=30, is_new=True) for key in range(15)]

    asked = due_list(deck, today=TODAY, exam=prepare(TODAY + timedelta(days=2), cards=15, per_day=20))

    assert len(asked) == 15


@steady
@given(entries())
def test_the_forecast_of_today_is_what_is_asked_today(deck):
    done = SoFar(asked=3, outcomes=frozenset({"B"}))

    days = forecast(deck, today=TODAY, days=10, so_far=done)

    assert [day for day, _ in days] == [TODAY + timedelta(days=offset) for offset in range(10)]
    assert days[0][1] == len(due_list(deck, today=TODAY, so_far=done))
    assert all(0 <= count <= 20 for _, count in days)


@settings(steady, max_examples=12)
@given(entries())
def test_the_forecast_counts_each_card_once_without_an_exam(deck):
    counted = sum(count for _, count in forecast(deck, today=TODAY, days=120))

    assert counted == len(deck)


def test_the_forecast_counts_what_an_exam_brings_back():
    deck = [entry(key, due=0) for key in range(4)]
    exam = prepare(TODAY + timedelta(days=20), cards=4, per_day=20)

    days = dict(forecast(deck, today=TODAY, days=25, exam=exam))

    assert days[TODAY] == 4
    assert days[exam.begins] == 4
    assert sum(days.values()) == 8


@pytest.mark.parametrize(("per_day", "new_per_day"), [(0, 1), (1, 0), (-5, 5)])
def test_a_day_holds_at_least_one_question(per_day, new_per_day):
    with pytest.raises(ValueError, match="at least one"):
        Limits(per_day, new_per_day)


def test_a_card_is_the_same_after_it_was_put_in_order():
    deck = [entry(1), entry(2)]

    assert set(due_list([replace(one) for one in deck], today=TODAY)) == set(deck)
