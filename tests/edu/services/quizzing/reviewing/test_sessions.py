"""Review sessions: an ordinary attempt over what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from edu.errors import Conflict, GateClosed, Invalid, NotFound
from edu.models import (
    REVIEW_QUIZ,
    Attempt,
    AttemptState,
    Audience,
    Grading,
    Lesson,
    Question,
    Quiz,
    QuizVersion,
)
from edu.services.quizzing import attempts, quizzes
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.reviewing import sessions
from edu.services.quizzing.reviewing.sessions import SessionPage
from quizzes.review import Rating
from tests.edu.services.quizzing.reviewing.decks import ALL_RIGHT, ALL_WRONG, RIGHT, WRONG, Reviewer, reviewer
from tests.quizzing import MULTIPLE, TRUEFALSE, Crest, publish, together


def look(ada: Reviewer, attempt: str) -> SessionPage:
    """The page of a session."""
    with ada.house.runtime.db.reading() as session:
        found = attempts.mine(session, ada.who, attempt)
        return sessions.page(session, ada.who, found, now=ada.house.clock.now())


def test_what_is_due_is_asked_one_after_another_and_the_last_answer_closes_it(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    before = ada.cards()
    ada.later(days=3)
    attempt = ada.begin()
    places = ada.asked(attempt)
    assert sorted(places.values()) == ["T-multiple", "T-single", "T-true"]

    for position, uid in places.items():
        page = look(ada, attempt)
        assert page.question is not None
        assert (page.question.position, page.is_result, page.checked) == (position, False, position - 1)
        ada.answer(attempt, position, (WRONG if uid == "T-single" else RIGHT)[uid])

    end, after = look(ada, attempt), ada.cards()
    assert (end.question, end.right, end.answered, len(end.missed)) == (None, 2, 3, 1)
    assert after["T-single"].due_at == ada.house.clock.now() + timedelta(days=1)
    assert after["T-multiple"].stability > before["T-multiple"].stability
    assert {card.asked for card in after.values()} == {1}
    with ada.house.runtime.db.reading() as session:
        assert session.get_one(Attempt, attempt).state is AttemptState.SUBMITTED


def test_nothing_is_begun_when_nothing_is_due(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())

    with pytest.raises(Conflict, match="nothing is due"):
        ada.begin()

    ada.quiz(*ALL_RIGHT)
    with pytest.raises(Conflict, match="nothing is due"):
        ada.begin()
    assert ada.house.count(Attempt) == 1


def test_beginning_again_goes_on_and_another_day_begins_anew(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    ada.later(days=3)
    first = ada.begin()
    ada.answer(first, 1, RIGHT[ada.asked(first)[1]])

    assert ada.begin() == first

    ada.later(days=1)
    second = ada.begin()
    assert second != first
    assert set(ada.asked(second).values()) == set(list(ada.asked(first).values())[1:])
    with ada.house.runtime.db.reading() as session:
        assert session.get_one(Attempt, first).state is AttemptState.SUBMITTED
    assert len(ada.log()) == 4


def test_those_who_begin_at_the_same_moment_have_one_session_each(crest: Callable[..., Crest]) -> None:
    house = crest()
    people = [reviewer(house) for _ in range(2)]
    for one in people:
        one.quiz(*ALL_RIGHT)
    house.clock.advance(timedelta(days=3))

    begun = together(6, lambda which: (which % 2, people[which % 2].begin()))

    assert len(set(begun)) == 2
    with house.runtime.db.reading() as session:
        quiz = session.scalars(select(Quiz).where(Quiz.slug == REVIEW_QUIZ)).one()
        with pytest.raises(NotFound):  # nobody finds it, and nobody takes it as a quiz
            quizzes.named(session, people[0].who, REVIEW_QUIZ)
        with pytest.raises(NotFound):
            quizzes.current_version(session, quiz)


def test_a_question_for_professionals_is_due_only_for_those_who_pass(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest(), is_professional=True)
    ada.quiz(*ALL_RIGHT)
    ada.later(days=3)
    attempt = ada.begin()
    with ada.house.runtime.db.writing() as session:
        publish(session, ada.house.clock.now(), document=MULTIPLE + TRUEFALSE, slug="free")
        session.execute(update(Question).where(Question.uid == "T-single").values(audience=Audience.PRO))
    layman = replace(ada, who=replace(ada.who, is_professional=False))

    with pytest.raises(GateClosed):
        layman.answer(attempt, 1, RIGHT[ada.asked(attempt)[1]])
    assert len(ada.standing().due()) == 3
    assert len(layman.standing().due()) == 2

    again = layman.begin()
    assert again != attempt
    assert set(layman.asked(again).values()) == {"T-multiple", "T-true"}

    # a question that is itself open, and that only quizzes behind the gate ask, stays there too
    with ada.house.runtime.db.writing() as session:
        session.execute(update(Quiz).where(Quiz.slug == "free").values(audience=Audience.PRO))
    assert layman.standing().due() == ()
    assert len(ada.standing().due()) == 3

    with ada.house.runtime.db.writing() as session:
        gone = update(Question).where(Question.uid == "T-true")
        session.execute(gone.values(archived_at=ada.house.clock.now()))
    assert len(ada.standing().due()) == 2  # what is archived is asked of nobody


def test_certainty_is_asked_when_the_plan_says_so(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    ada.later(days=3)
    ada.plan(asks_certainty=True)

    attempt = ada.begin()

    with ada.house.runtime.db.reading() as session:
        version = session.get_one(QuizVersion, session.get_one(Attempt, attempt).quiz_version_id)
        assert version.settings["certainty"] is True
    place = next(at for at, uid in ada.asked(attempt).items() if uid == "T-true")
    ada.later(seconds=10)
    ada.answer(attempt, place, {"answer": True, "certainty": 3})
    assert ada.log()[-1].rating is Rating.EASY
    assert ada.log()[-1].took_ms == 10_000
    # a long thought before the next one is known as well
    ada.later(seconds=16)
    other = next(at for at, uid in ada.asked(attempt).items() if uid == "T-single")
    ada.answer(attempt, other, RIGHT["T-single"])
    assert ada.log()[-1].rating is Rating.GOOD
    assert ada.log()[-1].took_ms == 16_000


def test_an_answer_is_checked_once_and_an_empty_one_not_at_all(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_WRONG)
    ada.later(days=2)
    attempt = ada.begin()
    with ada.house.runtime.db.writing() as session:
        found = attempts.held(session, ada.who, attempt)
        with pytest.raises(Invalid, match="choose an answer"):
            sessions.check(session, found, 1, now=ada.house.clock.now())
    ada.answer(attempt, 1, RIGHT[ada.asked(attempt)[1]])

    with ada.house.runtime.db.writing() as session:
        sessions.check(session, attempts.held(session, ada.who, attempt), 1, now=ada.house.clock.now())

    assert len(ada.log()) == 4
    assert ada.house.count(Grading) == 4


def test_a_question_of_a_lesson_that_was_not_reviewed_says_so(crest: Callable[..., Crest]) -> None:
    document = TRUEFALSE.replace("[[questions]]\n", '[[questions]]\nlesson = "L1.1"\n')
    ada = reviewer(crest(document=document))
    ada.quiz(Answer(1, 1, {"answer": True}))
    ada.later(days=3)
    attempt = ada.begin()
    assert not look(ada, attempt).is_under_construction

    with ada.house.runtime.db.writing() as session:
        session.execute(update(Lesson).values(code="L1.1"))

    assert look(ada, attempt).is_under_construction
