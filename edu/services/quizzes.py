"""Quizzes: published as immutable versions, and the page from which one begins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import (
    Attempt,
    AttemptState,
    Audience,
    Course,
    Lesson,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    QuizVersion,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services import questions
from quizzes import Mode, Settings


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """An attempt in the learner's own list."""

    url: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuizPage:
    """What a learner reads before beginning; `open_url` leads to an attempt that was begun."""

    slug: str
    title: str
    intro: str
    mode: str
    pass_mark: int
    question_count: int
    time_limit_ms: int
    attempts_left: int | None
    start_url: str
    open_url: str | None
    past: tuple[PastAttempt, ...]
    lesson_title: str | None
    lesson_url: str | None


def publish(
    session: Session,
    *,
    slug: str,
    title: str,
    slots: list[tuple[Question, float]],
    settings: Settings,
    now: datetime,
    audience: Audience = Audience.OPEN,
    lesson_id: int | None = None,
    owner_id: int | None = None,
    is_waiting: bool = False,
) -> Quiz:
    """Publish a quiz, or its next version when something about it changed. Attempts stay with theirs.

    With `is_waiting` the version is kept and nobody can take it yet.
    """
    if not slots:
        raise Invalid("a quiz needs at least one question", code="no_questions")
    if audience is Audience.OPEN and any(question.audience is Audience.PRO for question, _ in slots):
        raise Invalid("an open quiz cannot ask a question for professionals", code="pro_in_open")
    quiz = session.scalar(select(Quiz).where(Quiz.slug == slug))
    if quiz is None:
        quiz = Quiz(slug=slug, title=title, owner_id=owner_id, created_at=now, current=0)
        session.add(quiz)
    quiz.title, quiz.audience, quiz.lesson_id = title, audience, lesson_id
    session.flush()
    wanted = [(question.id, mark) for question, mark in slots]
    if quiz.current and _same(current_version(session, quiz), wanted, plain(settings)):
        return quiz
    newest = session.scalar(select(func.max(QuizVersion.number)).where(QuizVersion.quiz_id == quiz.id)) or 0
    version = QuizVersion(quiz_id=quiz.id, number=newest + 1, settings=plain(settings), published_at=now)
    session.add(version)
    session.flush()
    session.add_all(
        QuizSlot(quiz_version_id=version.id, position=position, question_id=question, max_mark=mark)
        for position, (question, mark) in enumerate(wanted, start=1)
    )
    quiz.current = 0 if is_waiting else version.number
    session.flush()
    return quiz


def plain(settings: Settings) -> dict[str, Any]:
    """Settings as the database keeps them."""
    return {**asdict(settings), "mode": settings.mode.value}


def settings_of(version: QuizVersion) -> Settings:
    """The settings of a version."""
    return Settings(**{**version.settings, "mode": Mode(version.settings["mode"])})


def current_version(session: Session, quiz: Quiz) -> QuizVersion:
    """The version that new attempts are made on; NotFound while nothing is published."""
    version = session.scalar(
        select(QuizVersion).where(QuizVersion.quiz_id == quiz.id, QuizVersion.number == quiz.current)
    )
    if version is None:
        raise NotFound("this quiz is not published")
    return version


def newest_version(session: Session, quiz: Quiz) -> QuizVersion:
    """The latest version, published or waiting; NotFound for a quiz without any."""
    version = session.scalar(
        select(QuizVersion).where(QuizVersion.quiz_id == quiz.id).order_by(QuizVersion.number.desc()).limit(1)
    )
    if version is None:
        raise NotFound("this quiz has no version")
    return version


def named(session: Session, viewer: Viewer, slug: str) -> Quiz:
    """The quiz of that address name; NotFound, or GateClosed for what is for professionals."""
    quiz = session.scalar(select(Quiz).where(Quiz.slug == slug))
    if quiz is None:
        raise NotFound("there is no such quiz")
    require(viewer, Action.READ, Facts(quiz.audience, quiz.current > 0, quiz.owner_id))
    return quiz


def page(session: Session, viewer: Viewer, slug: str) -> QuizPage:
    """What a learner reads before beginning."""
    quiz = named(session, viewer, slug)
    version = current_version(session, quiz)
    settings = settings_of(version)
    mine = _attempts(session, viewer, quiz.id)
    begun = next((a for a in mine if a.state is AttemptState.OPEN and a.quiz_version_id == version.id), None)
    lesson = lesson_of(session, quiz)
    return QuizPage(
        slug=quiz.slug,
        title=quiz.title,
        intro=str(quiz.details.get("intro", "")),
        mode=settings.mode.value,
        pass_mark=settings.pass_mark,
        question_count=asked_count(session, version),
        time_limit_ms=settings.time_limit_ms,
        attempts_left=max(0, settings.attempts - len(mine)) if settings.attempts else None,
        start_url=f"/quizzes/{quiz.slug}/attempts",
        open_url=f"/attempts/{begun.id}" if begun else None,
        past=tuple(
            PastAttempt(f"/attempts/{a.id}", a.number, a.state.value, a.started_at, a.submitted_at)
            for a in mine
            if a.state is not AttemptState.OPEN
        ),
        lesson_title=lesson[0] if lesson else None,
        lesson_url=lesson[1] if lesson else None,
    )


def _attempts(session: Session, viewer: Viewer, quiz_id: int) -> list[Attempt]:
    if viewer.user_id is None and viewer.visitor_hash is None:
        return []
    is_mine = (
        Attempt.user_id == viewer.user_id
        if viewer.user_id is not None
        else (Attempt.owner_hash == viewer.visitor_hash) & Attempt.user_id.is_(None)
    )
    asked = (
        select(Attempt)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(QuizVersion.quiz_id == quiz_id, is_mine)
        .order_by(Attempt.started_at.desc())
    )
    return list(session.scalars(asked))


def lesson_of(session: Session, quiz: Quiz) -> tuple[str, str] | None:
    """The title and the address of the lesson that a quiz belongs to."""
    found = session.execute(
        select(Lesson.title, Course.slug, Lesson.slug)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.id == quiz.lesson_id)
    ).first()
    return (found[0], f"/courses/{found[1]}/{found[2]}") if found else None


def _same(version: QuizVersion, wanted: list[tuple[int, float]], settings: dict[str, Any]) -> bool:
    slots = [(slot.question_id, slot.max_mark) for slot in version.slots]
    return slots == wanted and version.settings == settings


def ask(session: Session, slots: list[QuizSlot]) -> list[tuple[QuizSlot, int]]:
    """Each slot that can be asked with the id of its question's version now.

    Questions of a kind that has no page yet stay in the quiz and join it when the kind is enabled.
    """
    found = []
    kinds = _kinds(session, {slot.question_id for slot in slots})
    for slot in slots:
        if kinds[slot.question_id] not in questions.ASKED:
            continue
        version = slot.pinned_version_id
        if version is None:
            newest = questions.latest(session, slot.question_id)
            if newest is None:
                raise Invalid("a question of this quiz has no version that may be asked", code="no_version")
            version = newest.id
        found.append((slot, version))
    return found


def asked_count(session: Session, version: QuizVersion) -> int:
    """How many questions an attempt at this version holds."""
    kinds = _kinds(session, {slot.question_id for slot in version.slots})
    return sum(kinds[slot.question_id] in questions.ASKED for slot in version.slots)


def _kinds(session: Session, question_ids: set[int]) -> dict[int, str]:
    asked = select(Question.id, Question.kind).where(Question.id.in_(question_ids))
    return dict(session.execute(asked).tuples().all())


def kind_of(session: Session, version_id: int) -> str:
    """How the question of this version is answered."""
    return session.get_one(QuestionVersion, version_id).kind
