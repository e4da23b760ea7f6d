"""Mastery by outcome, on the page of reviews."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from edu.models import Audience, Question
from edu.services.quizzing.answers import Answer
from tests.edu.services.quizzing.reviewing.decks import ALL_RIGHT, ALL_WRONG, RIGHT, Reviewer, reviewer
from tests.quizzing import SECRET, SINGLE, Crest, publish
from tests.statements import Counter

OTHER = SINGLE.replace("T-single", "T-sibling")


def state(ada: Reviewer, title: str = f"{SECRET} step") -> str:
    """How the outcome of that name stands on the page."""
    return {row.name.title: row.state for row in ada.page().outcomes}[title]


def good(ada: Reviewer, times: int) -> None:
    """Answer the first question rightly so many times, a day apart."""
    for _ in range(times):
        ada.quiz(ALL_RIGHT[0])
        ada.later(days=1)


def test_an_outcome_is_mastered_over_days_and_lost_by_one_critical_mistake(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())
    for _ in range(4):
        assert ada.page().outcomes == () or state(ada) == "learning"
        ada.quiz(ALL_RIGHT[0])
    assert state(ada) == "day"  # one day is not enough

    # an answer in a review counts as one in a quiz
    ada.later(days=20)
    ada.review(RIGHT)
    assert state(ada) == "mastered"
    assert ada.page().mastered_count == 1

    ada.quiz(ALL_WRONG[0])
    assert state(ada) == "missed"


def test_a_critical_question_that_was_never_met_keeps_an_outcome_open(crest: Callable[..., Crest]) -> None:
    house = crest()
    ada = reviewer(house)
    with house.runtime.db.writing() as session:
        publish(session, house.clock.now(), document=OTHER, slug="other")
    good(ada, 4)
    assert state(ada) == "unmet"

    # who may not see it need not answer it
    with house.runtime.db.writing() as session:
        session.execute(update(Question).where(Question.uid == "T-sibling").values(audience=Audience.PRO))
    assert state(ada) == "mastered"


def test_the_page_names_what_is_due_and_which_step_to_watch_first(
    crest: Callable[..., Crest], statements: Counter
) -> None:
    ada = reviewer(crest(certainty=True))
    ada.quiz(Answer(1, 1, "1", certainty=3), *ALL_RIGHT[1:])
    ada.later(days=3)

    with statements() as seen:
        page = ada.page()

    assert page.due[0].is_misled
    assert {row.name.title for row in page.due} == {f"{SECRET} step", ""}
    assert [row.is_critical for row in page.due if row.name.clip] == [True]
    assert [clip.title for clip in page.watch_first] == [f"{SECRET} step"]
    assert page.next_day is None
    assert len(seen) <= 15
