"""Answers: kept by revision, refused whole when one of them cannot be marked."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from edu.errors import Conflict, Invalid
from edu.models import Response
from edu.services.quizzing.answers import MOST_ANSWERS, Answer, Kept
from quizzes import QuizError
from tests.quizzing import THREE, Crest, together, visitor
from tests.statements import Counter


def kept(house: Crest) -> dict[int, tuple[int, Any]]:
    with house.runtime.db.reading() as session:
        return {row.position: (row.rev, row.body) for row in session.scalars(select(Response))}


def test_answers_are_kept_with_their_revisions(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    said = house.give(who, attempt, Answer(2, 1, ["1", "3"]), Answer(1, 4, "2"))

    assert said == (Kept(1, 4, "2", is_stale=False), Kept(2, 1, ["1", "3"], is_stale=False))
    assert kept(house) == {1: (4, "2"), 2: (1, ["1", "3"])}


def test_a_later_answer_replaces_and_an_older_one_changes_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 5, "1"))

    assert house.give(who, attempt, Answer(1, 4, "2")) == (Kept(1, 5, "1", is_stale=True),)
    assert house.give(who, attempt, Answer(1, 5, "3")) == (Kept(1, 5, "1", is_stale=True),)
    assert house.give(who, attempt, Answer(1, 6, "3")) == (Kept(1, 6, "3", is_stale=False),)
    assert kept(house) == {1: (6, "3")}


def test_sending_the_same_again_is_acknowledged_again(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    first = house.give(who, attempt, Answer(1, 1, "1"))

    assert house.give(who, attempt, Answer(1, 1, "1")) == first


def test_of_one_question_answered_twice_in_a_batch_the_later_is_kept(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    house.give(who, attempt, Answer(1, 3, "3"), Answer(1, 2, "2"))

    assert kept(house) == {1: (3, "3")}


def test_an_answer_can_be_taken_back(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "2"))

    assert house.give(who, attempt, Answer(1, 2, None)) == (Kept(1, 2, None, is_stale=False),)

    assert kept(house) == {1: (2, None)}
    house.hand_in(who, attempt)
    said = house.look(who, attempt).questions[0].feedback
    assert said is not None
    assert said.outcome == "unanswered"


def test_shuffled_saves_from_eight_threads_leave_the_latest_answer(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    revisions = list(range(1, 65))
    Random(1).shuffle(revisions)

    def deed(which: int) -> None:
        for rev in revisions[which::8]:
            house.give(
                who, attempt, Answer(1, rev, str(rev % 3 + 1)), Answer(2, 65 - rev, [str(rev % 4 + 1)])
            )

    together(8, deed)

    assert kept(house) == {1: (64, "2"), 2: (64, ["2"])}


@pytest.mark.parametrize(
    ("position", "response"),
    [
        (1, "4"),
        (1, "A"),
        (1, ""),
        (1, "\0"),
        (1, ["1"]),
        (1, 1),
        (1, {"answer": True}),
        (2, "1"),
        (2, ["1", "1"]),
        (2, ["1", "5"]),
        (2, [["1"]]),
        (2, [None]),
        (3, True),
        (3, {"answer": 1}),
        (3, {"answer": True, "points": 5}),
        (3, {"certainty": 2}),
    ],
)
def test_an_answer_of_the_wrong_form_is_refused_and_nothing_beside_it_is_kept(
    crest: Callable[..., Crest], position: int, response: Any
) -> None:
    house, who = crest(certainty=True), visitor()
    attempt = house.begin(who)
    beside = Answer(2 if position == 1 else 1, 1, ["1"] if position == 1 else "1")

    with pytest.raises(QuizError):
        house.give(who, attempt, beside, Answer(position, 1, response))

    assert kept(house) == {}


@pytest.mark.parametrize("level", [0, 4, 2.0, True, "2"])
def test_a_certainty_is_one_of_three(crest: Callable[..., Crest], level: Any) -> None:
    house, who = crest(certainty=True), visitor()
    attempt = house.begin(who)

    with pytest.raises(QuizError):
        house.give(who, attempt, Answer(3, 1, {"answer": True, "certainty": level}))


def test_a_certainty_is_taken_only_where_it_is_asked_for(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    with pytest.raises(Invalid, match="how sure"):
        house.give(who, attempt, Answer(3, 1, {"answer": True, "certainty": 3}))
    assert house.give(who, attempt, Answer(3, 1, {"answer": True}))


def test_a_question_that_is_not_in_the_attempt_takes_no_answer(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    with pytest.raises(Invalid, match="no such question"):
        house.give(who, attempt, Answer(1, 1, "1"), Answer(4, 1, "1"))
    with pytest.raises(Invalid, match="too many"):
        house.give(who, attempt, *[Answer(1, 1, "1")] * (MOST_ANSWERS + 1))

    assert kept(house) == {}


def test_a_checked_question_refuses_the_batch_it_is_in(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))
    house.check(who, attempt, 1)

    with pytest.raises(Conflict, match="already checked"):
        house.give(who, attempt, Answer(2, 1, ["1"]), Answer(1, 2, "2"))

    assert kept(house) == {1: (1, "1")}


def test_saving_takes_as_many_statements_for_one_answer_as_for_all(
    crest: Callable[..., Crest], statements: Counter
) -> None:
    house, who = crest(document=THREE), visitor()
    attempt = house.begin(who)

    with statements() as one:
        house.give(who, attempt, Answer(1, 1, "1"))
    with statements() as all_three:
        house.give(who, attempt, Answer(1, 2, "2"), Answer(2, 1, ["1"]), Answer(3, 1, {"answer": True}))

    assert len(one) == len(all_three) <= 5
