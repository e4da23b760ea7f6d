"""Publishing quizzes: each state of the settings and of the places is a version that is never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import REVIEW_QUIZ, Audience, Question, Quiz, QuizSlot, QuizVersion
from edu.services.quizzing import drawing, quizzes
from quizzes import Pool, Settings, Slot
from quizzes.document import plain_pool, plain_settings


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked at one place of a quiz: a question, or `pool` to draw from; `mark` each can earn.

    `at_ms` is the time in the film, for a quiz that stands inside a video.
    """

    question: Question | None = None
    mark: float = 1.0
    pool: Pool | None = None
    at_ms: int | None = None

    def __post_init__(self) -> None:
        if (self.question is None) == (self.pool is None):
            raise ValueError("a place holds either a question or a pool")


def publish(
    session: Session,
    *,
    slug: str,
    title: str,
    places: Sequence[Place],
    settings: Settings,
    now: datetime,
    audience: Audience = Audience.OPEN,
    lesson_id: int | None = None,
    video_id: int | None = None,
    owner_id: int | None = None,
    is_waiting: bool = False,
) -> Quiz:
    """Publish a quiz, or its next version when something about it changed. Attempts stay with theirs.

    Invalid without questions and for an open quiz with a question for professionals.
    With `is_waiting` the version is kept and nobody can take it yet.
    """
    if not places:
        raise Invalid("a quiz needs at least one question", code="no_questions")
    asked = [place.question for place in places if place.question]
    if audience is Audience.OPEN and any(question.audience is Audience.PRO for question in asked):
        raise Invalid("an open quiz cannot ask a question for professionals", code="pro_in_open")
    if slug == REVIEW_QUIZ:
        raise Invalid("this address belongs to the reviews of all learners", code="reserved")
    quiz = session.scalar(select(Quiz).where(Quiz.slug == slug))
    if quiz is None:
        quiz = Quiz(slug=slug, title=title, owner_id=owner_id, created_at=now, current=0)
        session.add(quiz)
    quiz.title, quiz.audience, quiz.lesson_id, quiz.video_id = title, audience, lesson_id, video_id
    session.flush()
    newest = quizzes.newest(session, quiz)
    if newest is None or not _same(newest, places, settings):
        newest = _add_version(session, quiz, newest.number + 1 if newest else 1, places, settings, now)
        quiz.current = 0
    if not is_waiting:
        quiz.current = newest.number
    session.flush()
    return quiz


def revise(session: Session, quiz: Quiz, places: Sequence[Place], now: datetime) -> None:
    """Give a quiz that has a version the next one, with these places and the settings it has.

    It is published if the quiz was. For what follows from a change elsewhere: nothing is refused.
    """
    newest = quizzes.newest_version(session, quiz)
    kept = quizzes.settings_of(newest)
    added = _add_version(session, quiz, newest.number + 1, places, kept, now)
    quiz.current = added.number if quiz.current else 0
    session.flush()


def places_of(session: Session, version: QuizVersion) -> list[Place]:
    """What a version asks, place by place."""
    asked = (
        select(QuizSlot, Question)
        .outerjoin(Question, Question.id == QuizSlot.question_id)
        .where(QuizSlot.quiz_version_id == version.id)
        .order_by(QuizSlot.position)
    )
    return [
        Place(question, slot.max_mark, drawing.pool_of(slot.pool) if slot.pool else None, slot.at_ms)
        for slot, question in session.execute(asked)
    ]


def place_of(slot: Slot, known: Mapping[str, Question]) -> Place:
    """What a slot of a document asks; `known` are the questions by their ids."""
    question = known[slot.question] if slot.pool is None else None
    return Place(question, slot.mark, slot.pool, slot.at_ms)


def _add_version(
    session: Session,
    quiz: Quiz,
    number: int,
    places: Sequence[Place],
    settings: Settings,
    now: datetime,
) -> QuizVersion:
    kept = plain_settings(settings)
    version = QuizVersion(quiz_id=quiz.id, number=number, settings=kept, published_at=now)
    session.add(version)
    session.flush()
    session.add_all(
        QuizSlot(quiz_version_id=version.id, position=position, **_columns(place))
        for position, place in enumerate(places, start=1)
    )
    session.flush()
    session.refresh(version, ["slots"])
    return version


def _columns(place: Place) -> dict[str, Any]:
    return {
        "question_id": place.question.id if place.question else None,
        "max_mark": place.mark,
        "pool": plain_pool(place.pool) if place.pool else None,
        "at_ms": place.at_ms,
    }


def _same(version: QuizVersion, places: Sequence[Place], settings: Settings) -> bool:
    slots = [{name: getattr(slot, name) for name in _columns(places[0])} for slot in version.slots]
    return slots == [_columns(place) for place in places] and quizzes.settings_of(version) == settings
