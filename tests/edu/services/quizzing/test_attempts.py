"""Attempts: begun once, frozen, nobody else's; one question checked at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from edu.errors import Conflict, GateClosed, Invalid, NotFound
from edu.models import Attempt, Audience, Question
from edu.policy import Viewer
from edu.services.quizzing.answers import Answer
from quizzes import Mode
from tests.quizzing import SINGLE, Crest, together, visitor

# beginning


def test_beginning_twice_goes_on_with_the_same_attempt(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()

    assert house.begin(who) == house.begin(who)


@pytest.mark.parametrize("has_account", [False, True])
def test_of_eight_simultaneous_beginnings_one_attempt_comes(
    crest: Callable[..., Crest], has_account: bool
) -> None:
    house = crest(time_limit_ms=60_000)
    who = house.learner() if has_account else visitor()

    begun = together(8, lambda _: house.begin(who))

    assert len(begun) == 8
    assert len(set(begun)) == 1
    assert house.count(Attempt) == 1


def test_each_person_has_an_attempt_of_their_own(crest: Callable[..., Crest]) -> None:
    house = crest()
    people = [visitor() for _ in range(6)]

    begun = together(6, lambda which: house.begin(people[which]))

    assert len(set(begun)) == 6


def test_nobody_in_particular_cannot_begin(crest: Callable[..., Crest]) -> None:
    with pytest.raises(ValueError, match="owner"):
        crest().begin(Viewer())


def test_a_new_attempt_has_the_next_number_even_after_the_quiz_was_changed(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    house.hand_in(who, house.begin(who))
    house.republish(pass_mark=90)

    assert house.look(who, house.begin(who)).number == 2


def test_when_all_attempts_are_used_no_more_can_be_begun(crest: Callable[..., Crest]) -> None:
    house, who = crest(attempts=1), visitor()
    attempt = house.begin(who)

    assert house.begin(who) == attempt
    house.hand_in(who, attempt)
    house.republish(attempts=1, pass_mark=90)
    with pytest.raises(Conflict, match="are used"):
        house.begin(who)


def test_the_same_seed_shuffles_alike_and_options_are_in_every_order(crest: Callable[..., Crest]) -> None:
    house = crest(shuffle=True)

    orders = {
        tuple(option.label for option in house.look(who, house.begin(who)).questions[0].options)
        for who in (visitor() for _ in range(24))
    }

    assert len(orders) > 3


# frozen


def test_what_is_edited_while_somebody_is_inside_changes_nothing_for_them(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(mode=Mode.TEST), visitor()
    attempt = house.begin(who)
    before = house.look(who, attempt)
    changed = SINGLE.replace("Where is the crest?", "Where does it lie?").replace('key = "B"', 'key = "A"')
    house.republish(document=changed, pass_mark=100)

    assert house.look(who, attempt) == before
    house.give(who, attempt, Answer(1, 1, "2"))
    house.hand_in(who, attempt)
    after = house.look(who, attempt)
    assert [view.stem for view in after.questions] == [view.stem for view in before.questions]
    assert after.questions[0].feedback.outcome == "right"  # type: ignore[union-attr]
    assert after.result.pass_mark == 60  # type: ignore[union-attr]


def test_a_quiz_that_is_taken_back_stays_open_for_those_inside(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    with house.runtime.db.writing() as session:
        house.quiz(session).current = 0

    house.give(who, attempt, Answer(1, 1, "2"))

    assert house.hand_in(who, attempt)


# whose


def test_a_foreign_attempt_is_not_found_just_like_none(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    for other, which in [
        (visitor(), attempt),
        (house.learner(), attempt),
        (Viewer(), attempt),
        (who, "0" * 32),
        (who, "x"),
        (who, "\0" * 32),
    ]:
        with pytest.raises(NotFound, match="no such attempt"):
            house.look(other, which)


def test_the_gate_closes_for_an_attempt_as_soon_as_its_question_or_its_declaration_says_so(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    with house.runtime.db.writing() as session:
        session.scalars(select(Question).where(Question.uid == "T-single")).one().audience = Audience.PRO

    with pytest.raises(GateClosed):
        house.look(who, attempt)
    with pytest.raises(GateClosed):
        house.give(who, attempt, Answer(2, 1, ["1"]))
    passing = Viewer(visitor_hash=who.visitor_hash, is_professional=True)
    assert house.look(passing, attempt).is_open


# checking


def test_checking_marks_and_closes_one_question_and_opens_nothing_else(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))

    for _ in range(2):  # twice is as good as once
        house.check(who, attempt, 1)

    page = house.look(who, attempt)
    assert [view.feedback is not None for view in page.questions] == [True, False, False]
    assert page.is_open
    assert house.marks(attempt) == [(1, 0, 0.0)]
    with pytest.raises(Conflict, match="already checked"):
        house.give(who, attempt, Answer(1, 2, "2"))


@pytest.mark.parametrize(
    ("mode", "position", "error", "words"),
    [
        (Mode.TEST, 1, Conflict, "this is a test"),
        (Mode.PRACTICE, 2, Invalid, "choose an answer first"),
        (Mode.PRACTICE, 9, Invalid, "no such question"),
    ],
)
def test_what_cannot_be_checked_stays_as_it_is(
    crest: Callable[..., Crest], mode: Mode, position: int, error: type[Exception], words: str
) -> None:
    house, who = crest(mode=mode), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"), Answer(2, 1, []))

    with pytest.raises(error, match=words):
        house.check(who, attempt, position)

    assert not house.marks(attempt)
