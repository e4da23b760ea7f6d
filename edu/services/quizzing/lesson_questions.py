"""The questions of a lesson's self-assessment: listed, added, removed, each time as a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Lesson, Question, Quiz
from edu.policy import Viewer
from edu.services import audit, lesson_editing, slugs
from edu.services.audit import Deed
from edu.services.contents import facts
from edu.services.quizzing import publishing, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.publishing import Place
from quizzes import Settings

EMPTIED = "emptied"  # noted in a quiz whose last question was removed


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in a lesson's list."""

    id: int
    stem: str
    kind: str
    version: int
    is_critical: bool


def of_lesson(session: Session, lesson_id: int) -> tuple[QuestionRow, ...]:
    """The questions that a lesson's self-assessment asks, in their order; pools are not among them."""
    quiz = _quiz_of(session, lesson_id)
    places = _places(session, quiz) if quiz else []
    return tuple(_row(session, place.question) for place in places if place.question)


def add(session: Session, viewer: Viewer, lesson_id: int, question: Question, now: datetime) -> None:
    """Ask a question at the end of a lesson's self-assessment, which begins with its first one."""
    lesson = lesson_editing.mine(session, viewer, lesson_id, locked=True)
    quiz = _quiz_of(session, lesson.id)
    places = _places(session, quiz) if quiz else []
    if not any(place.question and place.question.id == question.id for place in places):
        _publish(session, viewer, lesson, quiz, [*places, Place(question)], now)


def remove(session: Session, viewer: Viewer, lesson_id: int, question_id: int, now: datetime) -> None:
    """Take a question out of a lesson's self-assessment; the question and all attempts stay."""
    lesson = lesson_editing.mine(session, viewer, lesson_id, locked=True)
    quiz = _quiz_of(session, lesson.id)
    places = _places(session, quiz) if quiz else []
    left = [place for place in places if not place.question or place.question.id != question_id]
    if quiz is None or len(left) == len(places):
        raise NotFound("there is no such question in this lesson")
    if left:
        _publish(session, viewer, lesson, quiz, left, now)
    else:
        quiz.current, quiz.details = 0, {**quiz.details, EMPTIED: True}
    audit.record(
        session, Deed.QUESTION_REMOVED, now=now, actor_id=viewer.user_id,
        subject=f"question:{question_id}", lesson=lesson.id,
    )  # fmt: skip


def _quiz_of(session: Session, lesson_id: int) -> Quiz | None:
    return session.scalar(select(Quiz).where(Quiz.lesson_id == lesson_id).order_by(Quiz.id).limit(1))


def _places(session: Session, quiz: Quiz) -> list[Place]:
    if quiz.details.get(EMPTIED):
        return []
    return publishing.places_of(session, quiz_service.newest_version(session, quiz))


def _publish(
    session: Session, viewer: Viewer, lesson: Lesson, quiz: Quiz | None, places: list[Place], now: datetime
) -> None:
    if quiz is None:
        slug = slugs.free(slugs.stem(lesson.title, "quiz"), set(session.scalars(select(Quiz.slug))))
        settings, title, owner = Settings(certainty=True), lesson.title, viewer.user_id
    else:
        settings = quiz_service.settings_of(quiz_service.newest_version(session, quiz))
        slug, title, owner = quiz.slug, quiz.title, quiz.owner_id
    published = publishing.publish(
        session,
        slug=slug,
        title=title,
        places=places,
        settings=settings,
        now=now,
        audience=quiz.audience if quiz else facts(lesson).audience,
        lesson_id=lesson.id,
        video_id=quiz.video_id if quiz else None,
        owner_id=owner,
    )
    kept = {name: value for name, value in published.details.items() if name != EMPTIED}
    published.details = {"lesson": lesson.code, "language": lesson.language, **kept}


def _row(session: Session, question: Question) -> QuestionRow:
    version = questions.latest(session, question.id)
    body = version.body if version else {}
    return QuestionRow(
        id=question.id,
        stem=str(body.get("stem", question.uid)),
        kind=question.kind,
        version=version.number if version else 0,
        is_critical=bool(body.get("critical")),
    )
