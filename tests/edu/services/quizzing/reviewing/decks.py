"""People who answer the small quiz and review it, day after day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from edu.models import AttemptSlot, Question, QuestionVersion, ReviewCard, ReviewLog
from edu.policy import Viewer
from edu.services.quizzing import answers, attempts
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.reviewing import cards, pages, plans, sessions
from edu.services.quizzing.reviewing.pages import ReviewPage
from edu.services.quizzing.reviewing.queue import Standing, standing
from tests.quizzing import Crest

RIGHT = {"T-single": "B", "T-multiple": ["A", "C"], "T-true": {"answer": True}}
WRONG = {"T-single": "A", "T-multiple": ["B"], "T-true": {"answer": False}}


@dataclass(frozen=True)
class Reviewer:
    """An account, and what it does with quizzes and reviews."""

    house: Crest
    who: Viewer

    @property
    def id(self) -> int:
        """The account."""
        assert self.who.user_id is not None
        return self.who.user_id

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.house.clock.advance(timedelta(**time))

    def quiz(self, *given: Answer) -> str:
        """Answer the quiz and hand it in; the answers are taken in."""
        attempt = self.house.begin(self.who)
        self.house.give(self.who, attempt, *given)
        self.house.hand_in(self.who, attempt)
        self.take_in()
        return attempt

    def take_in(self) -> int:
        """Take in what was answered; gives how many answers that were."""
        with self.house.runtime.db.writing() as session:
            return cards.reviewed(session, self.id, now=self.house.clock.now())

    def begin(self) -> str:
        """Begin a review, or go on."""
        with self.house.runtime.db.writing() as session:
            return sessions.begin(session, self.who, now=self.house.clock.now()).id

    def asked(self, attempt: str) -> dict[int, str]:
        """What a session asks: the question's own id by place."""
        found = (
            select(AttemptSlot.position, Question.uid)
            .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
            .join(Question, Question.id == QuestionVersion.question_id)
            .where(AttemptSlot.attempt_id == attempt)
            .order_by(AttemptSlot.position)
        )
        with self.house.runtime.db.reading() as session:
            return dict(session.execute(found).all())

    def answer(self, attempt: str, position: int, said: Any) -> None:
        """Answer the question at a place, in the words of its document, and have it checked."""
        now = self.house.clock.now()
        with self.house.runtime.db.writing() as session:
            found = attempts.held(session, self.who, attempt)
            slot = session.get_one(AttemptSlot, (attempt, position))
            answers.save(session, found, [Answer(position, 1, shown(said, slot.option_order))], now=now)
            sessions.check(session, found, position, now=now)

    def review(self, said: dict[str, Any]) -> list[str]:
        """Begin a review and answer all of it; gives what was asked, in order."""
        attempt = self.begin()
        for position, uid in self.asked(attempt).items():
            self.answer(attempt, position, said[uid])
        return list(self.asked(attempt).values())

    def plan(self, **changes: Any) -> None:
        """Change the plan."""
        words = {"exam_on": "", "per_day": "20", "asks_certainty": False, **changes}
        with self.house.runtime.db.writing() as session:
            plans.change(session, self.id, **words, now=self.house.clock.now())

    def standing(self) -> Standing:
        """Where the account stands now."""
        with self.house.runtime.db.reading() as session:
            passes = self.who.passes_gate
            return standing(session, self.id, passes_gate=passes, now=self.house.clock.now())

    def page(self) -> ReviewPage:
        """The page of reviews."""
        with self.house.runtime.db.reading() as session:
            return pages.page(session, self.who, now=self.house.clock.now())

    def cards(self) -> dict[str, ReviewCard]:
        """The cards by the question's own id."""
        asked = select(Question.uid, ReviewCard).join(Question, Question.id == ReviewCard.question_id)
        with self.house.runtime.db.reading() as session:
            return dict(session.execute(asked.where(ReviewCard.user_id == self.id)).all())

    def log(self) -> list[ReviewLog]:
        """What was taken in, in order."""
        asked = select(ReviewLog).where(ReviewLog.user_id == self.id).order_by(ReviewLog.id)
        with self.house.runtime.db.reading() as session:
            return list(session.scalars(asked))


def shown(said: Any, order: list[str]) -> Any:
    """An answer in the words of the document as a page would send it."""
    places = {name: str(place) for place, name in enumerate(order, start=1)}
    if isinstance(said, list):
        return [places[name] for name in said]
    return places.get(said, said) if isinstance(said, str) else said


def reviewer(house: Crest, **facts: Any) -> Reviewer:
    """A learner with an account."""
    who = house.learner()
    return Reviewer(house, Viewer(user_id=who.user_id, role=who.role, **facts))


ALL_RIGHT = (Answer(1, 1, "2"), Answer(2, 1, ["1", "3"]), Answer(3, 1, {"answer": True}))
ALL_WRONG = (Answer(1, 1, "1"), Answer(2, 1, ["2"]), Answer(3, 1, {"answer": False}))
