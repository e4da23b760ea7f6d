"""What comes to whom: no key of a test by way of reviews or similar questions, nothing from the gate."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.db import Database
from edu.errors import Conflict, Invalid
from edu.models import REVIEW_QUIZ, Audience, Question, QuestionVersion, ReviewCard, Role, User
from edu.services.quizzing import attempts, drawing, first_tries, helping, marking, questions, quizzes
from edu.services.quizzing.answers import Answer
from quizzes import Mode, Pool, Review
from tests.quizzing import SINGLE, TRUEFALSE, Crest, item, publish, visitor

EXAM = SINGLE.replace("T-single", "E-single")


@pytest.mark.parametrize("review", [Review.SCORE, Review.MARKS, Review.LAST])
def test_what_a_test_does_not_explain_comes_up_in_no_review(
    crest: Callable[..., Crest], review: Review
) -> None:
    house = crest(mode=Mode.TEST, review=review, attempts=2)
    who = house.learner()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))

    house.hand_in(who, attempt)

    assert house.count(ReviewCard) == 0


@pytest.mark.parametrize("change", [{"mode": Mode.TEST}, {"audience": Audience.PRO}])
def test_a_similar_question_is_none_of_a_test_or_from_behind_the_gate(
    crest: Callable[..., Crest], change: dict[str, object]
) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        publish(session, house.clock.now(), slug="exam", document=EXAM, **change)
    who = house.learner()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))
    house.check(who, attempt, 1)

    with house.runtime.db.writing() as session, pytest.raises(Conflict, match="no similar question"):
        helping.add_sibling(session, attempts.held(session, who, attempt), 1, now=house.clock.now())


def test_a_question_that_nobody_asks_is_given_to_nobody_as_similar(crest: Callable[..., Crest]) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        questions.keep(session, item(EXAM), now=house.clock.now())
    who = house.learner()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))
    house.check(who, attempt, 1)

    with house.runtime.db.writing() as session, pytest.raises(Conflict, match="no similar question"):
        helping.add_sibling(session, attempts.held(session, who, attempt), 1, now=house.clock.now())


def test_a_pool_draws_nothing_that_is_asked_behind_the_gate_alone(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        publish(session, clock.now(), slug="gated", document=EXAM, audience=Audience.PRO)
        ident = session.scalar(select(Question.id).where(Question.uid == "E-single"))

        assert ident not in drawing.candidates(session, Pool(), is_gated=False)
        assert ident in drawing.candidates(session, Pool(), is_gated=True)


def test_practice_draws_nothing_that_a_test_asks(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        publish(session, clock.now(), slug="exam", document=EXAM, mode=Mode.TEST)
        ident = session.scalar(select(Question.id).where(Question.uid == "E-single"))
        drawn = {}
        for mode in Mode:
            quiz = publish(session, clock.now(), slug=mode, document="", pools=(Pool(9),), mode=mode)
            version = quizzes.current_version(session, quiz)
            asked = drawing.drawn(session, version, Random(1), is_gated=False)
            drawn[mode] = {wording.question_id for _, wording in asked}

    assert ident not in drawn[Mode.PRACTICE]
    assert ident in drawn[Mode.TEST]


def test_no_quiz_takes_the_address_of_the_reviews(database: Database, clock: FixedClock) -> None:
    with database.writing() as session, pytest.raises(Invalid):
        publish(session, clock.now(), slug=REVIEW_QUIZ)


def test_certainty_about_an_answer_that_was_taken_back_costs_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(certainty=True), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(2, 1, [], 3))

    house.hand_in(who, attempt)

    assert house.look(who, attempt).result.certainty in (0, None)


def test_a_key_is_corrected_while_somebody_hands_in_what_was_checked(crest: Callable[..., Crest]) -> None:
    house = crest()
    who = house.learner()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(3, 1, {"answer": True}))
    house.check(who, attempt, 3)
    with house.runtime.db.reading() as session:
        version_id = marking.slots_of(session, attempt)[3].question_version_id
    corrected = item(TRUEFALSE, {"key = true": "key = false"})
    is_held, is_corrected = Event(), Event()

    def hand_in() -> None:
        with house.runtime.db.writing() as session:
            held = attempts.held(session, who, attempt)
            is_held.set()
            is_corrected.wait(1)  # on SQLite, which has one writer, nobody comes
            attempts.submit(session, held, now=house.clock.now())

    def correct() -> None:
        is_held.wait(10)
        with house.runtime.db.writing() as session:
            version = session.get_one(QuestionVersion, version_id)
            questions.correct_key(
                session, version, corrected, reason="x", now=house.clock.now(), author_id=None
            )
            is_corrected.set()
            attempts.regrade(session, version_id, now=house.clock.now(), may_lower=True)

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(hand_in), pool.submit(correct)):
            done.result(timeout=30)

    assert (3, 1, 0.0) in house.marks(attempt)


def test_a_mark_that_is_spared_keeps_its_certainty_too(crest: Callable[..., Crest]) -> None:
    house, who = crest(certainty=True), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(3, 1, {"answer": True, "certainty": 3}))
    house.hand_in(who, attempt)
    corrected = item(TRUEFALSE, {"key = true": "key = false"})

    with house.runtime.db.writing() as session:
        version = session.get_one(QuestionVersion, marking.slots_of(session, attempt)[3].question_version_id)
        questions.correct_key(session, version, corrected, reason="x", now=house.clock.now(), author_id=None)
        attempts.regrade(session, version.id, now=house.clock.now())

    assert house.marks(attempt)[-1] == (3, 1, 1.0)
    assert house.look(who, attempt).result.certainty == 3


def test_what_makers_try_themselves_is_in_no_statistics(crest: Callable[..., Crest]) -> None:
    house = crest()
    maker, learner = house.learner(), house.learner()
    with house.runtime.db.writing() as session:
        session.get_one(User, maker.user_id).role = Role.INSTRUCTOR
    for who in (maker, learner, visitor()):
        house.hand_in(who, house.begin(who))

    with house.runtime.db.reading() as session:
        assert len(first_tries.gather(session, house.quiz(session).id).tries) == 2
