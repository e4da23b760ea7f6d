"""Quizzes: published as immutable versions, and the page from which one begins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from edu.errors import Invalid, NotFound
from edu.models import (
    Attempt,
    AttemptState,
    Audience,
    Course,
    Lesson,
    Module,
    PageState,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    QuizVersion,
    VersionStatus,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services.quizzing import questions, results
from edu.services.quizzing.results import Score
from quizzes import Mode, Settings


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """A closed attempt in the learner's own list; `score` is None where nothing was marked."""

    url: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None
    score: Score | None


@dataclass(frozen=True, slots=True)
class Around:
    """What a quiz belongs to: its lesson, if any, and whether that or the course waits for a review."""

    lesson_title: str | None
    lesson_url: str | None
    is_under_construction: bool


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
    is_under_construction: bool


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

    Invalid without questions and for an open quiz with a question for professionals.
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
    newest = _newest(session, quiz)
    if newest is None or not _same(newest, wanted, plain(settings)):
        newest = _add_version(session, quiz, newest.number + 1 if newest else 1, wanted, settings, now)
        quiz.current = 0
    if not is_waiting:
        quiz.current = newest.number
    session.flush()
    return quiz


def _add_version(
    session: Session,
    quiz: Quiz,
    number: int,
    wanted: list[tuple[int, float]],
    settings: Settings,
    now: datetime,
) -> QuizVersion:
    version = QuizVersion(quiz_id=quiz.id, number=number, settings=plain(settings), published_at=now)
    session.add(version)
    session.flush()
    session.add_all(
        QuizSlot(quiz_version_id=version.id, position=position, question_id=question, max_mark=mark)
        for position, (question, mark) in enumerate(wanted, start=1)
    )
    session.flush()
    session.refresh(version, ["slots"])
    return version


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
    version = _newest(session, quiz)
    if version is None:
        raise NotFound("this quiz has no version")
    return version


def _newest(session: Session, quiz: Quiz) -> QuizVersion | None:
    asked = select(QuizVersion).where(QuizVersion.quiz_id == quiz.id)
    return session.scalar(asked.order_by(QuizVersion.number.desc()).limit(1))


def named(session: Session, viewer: Viewer, slug: str) -> Quiz:
    """The quiz of that address name; NotFound, or GateClosed for what is for professionals."""
    if "\0" in slug:
        raise NotFound("there is no such quiz")  # PostgreSQL has no such text
    found = session.execute(
        select(Quiz, is_gated(), _is_drafted())
        .outerjoin(QuizVersion, and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current))
        .where(Quiz.slug == slug)
    ).first()
    if found is None:
        raise NotFound("there is no such quiz")
    quiz, gated, drafted = found
    audience = Audience.PRO if gated else Audience.OPEN
    require(viewer, Action.READ, Facts(audience, quiz.current > 0 and not drafted, quiz.owner_id))
    return quiz


def is_gated() -> ColumnElement[bool]:
    """Part of a statement about Quiz and QuizVersion: whether this version is for professionals only.

    It is when the quiz, its lesson, the lesson's module or any of its questions is: a question may have been
    put behind the gate after the quiz was published.
    """
    lesson = exists().where(
        Lesson.id == Quiz.lesson_id,
        Module.id == Lesson.module_id,
        or_(Lesson.audience == Audience.PRO, Module.audience == Audience.PRO),
    )
    question = exists().where(
        QuizSlot.quiz_version_id == QuizVersion.id,
        Question.id == QuizSlot.question_id,
        Question.audience == Audience.PRO,
    )
    return or_(Quiz.audience == Audience.PRO, lesson, question)


def _is_drafted() -> ColumnElement[bool]:
    return exists().where(
        Lesson.id == Quiz.lesson_id,
        Course.id == Lesson.course_id,
        or_(Lesson.state == PageState.DRAFT, Course.state == PageState.DRAFT),
    )


def page(session: Session, viewer: Viewer, slug: str) -> QuizPage:
    """What a learner reads before beginning."""
    quiz = named(session, viewer, slug)
    version = current_version(session, quiz)
    settings = settings_of(version)
    mine = attempts_of(session, viewer, quiz.id)
    begun = next((attempt for attempt in mine if attempt.state is AttemptState.OPEN), None)
    closed = [attempt for attempt in mine if attempt.state is not AttemptState.OPEN]
    known = results.scores(session, [attempt.id for attempt in closed])
    place = around(session, quiz)
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
        past=tuple(_past(attempt, known.get(attempt.id)) for attempt in closed),
        lesson_title=place.lesson_title,
        lesson_url=place.lesson_url,
        is_under_construction=place.is_under_construction,
    )


def _past(attempt: Attempt, score: Score | None) -> PastAttempt:
    return PastAttempt(
        url=f"/attempts/{attempt.id}",
        number=attempt.number,
        state=attempt.state.value,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        score=score,
    )


def attempts_of(session: Session, viewer: Viewer, quiz_id: int) -> list[Attempt]:
    """A person's attempts at any version of a quiz, the latest first; none for a stranger."""
    asked = (
        select(Attempt)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(QuizVersion.quiz_id == quiz_id, made_by(viewer))
        .order_by(Attempt.number.desc())
    )
    return list(session.scalars(asked))


def made_by(viewer: Viewer) -> ColumnElement[bool]:
    """Part of a statement about attempts: whether the account, or else the visitor, made it."""
    if viewer.user_id is not None:
        return Attempt.user_id == viewer.user_id
    if viewer.visitor_hash is None:
        return false()
    return and_(Attempt.owner_hash == viewer.visitor_hash, Attempt.user_id.is_(None))


def around(session: Session, quiz: Quiz) -> Around:
    """What the quiz belongs to; one statement."""
    title, lesson, course, unfinished = session.execute(
        select(Lesson.title, Lesson.slug, Course.slug, is_under_construction())
        .select_from(Quiz)
        .outerjoin(Lesson, Lesson.id == Quiz.lesson_id)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .where(Quiz.id == quiz.id)
    ).one()
    return Around(title, f"/courses/{course}/{lesson}" if course else None, unfinished)


def is_under_construction() -> ColumnElement[bool]:
    """Part of a statement about Quiz: its lesson, or a course that shows it, was not yet reviewed."""
    unfinished = PageState.UNDER_CONSTRUCTION
    home, shown_in = aliased(Course), aliased(Course)
    by_lesson = exists().where(
        Lesson.id == Quiz.lesson_id,
        home.id == Lesson.course_id,
        or_(Lesson.state == unfinished, home.state == unfinished),
    )
    by_module = exists().where(
        Module.details["quiz"].as_string() == Quiz.slug,
        shown_in.id == Module.course_id,
        shown_in.state == unfinished,
    )
    return or_(by_lesson.correlate(Quiz), by_module.correlate(Quiz))


def _same(version: QuizVersion, wanted: list[tuple[int, float]], settings: dict[str, Any]) -> bool:
    slots = [(slot.question_id, slot.max_mark) for slot in version.slots]
    return slots == wanted and version.settings == settings


def drawn(session: Session, version: QuizVersion) -> list[tuple[QuizSlot, QuestionVersion]]:
    """Each slot that can be asked, with the wording that is asked there now; one statement.

    Questions of a kind that has no page yet stay in the quiz and join it when the kind is enabled; archived
    ones and those without a ready wording are left out.
    """
    asked = (
        select(QuizSlot, QuestionVersion)
        .join(Question, Question.id == QuizSlot.question_id)
        .join(QuestionVersion, _is_wording())
        .where(_is_asked(version.id))
        .order_by(QuizSlot.position)
    )
    return [(slot, wording) for slot, wording in session.execute(asked)]


def asked_in(quiz: type[Quiz]) -> ScalarSelect[int]:
    """How many questions the current version of a quiz asks, as part of a statement over quizzes."""
    return (
        select(func.count())
        .select_from(QuizSlot)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .join(Question, Question.id == QuizSlot.question_id)
        .where(
            QuizVersion.quiz_id == quiz.id,
            QuizVersion.number == quiz.current,
            Question.kind.in_(questions.ASKED),
        )
        .correlate(quiz)
        .scalar_subquery()
    )


def asked_count(session: Session, version: QuizVersion) -> int:
    """How many questions an attempt at this version holds."""
    asked = (
        select(func.count())
        .select_from(QuizSlot)
        .join(Question, Question.id == QuizSlot.question_id)
        .join(QuestionVersion, _is_wording())
        .where(_is_asked(version.id))
    )
    return session.scalar(asked) or 0


def _is_wording() -> ColumnElement[bool]:
    """The version that a slot asks: the one it pins, else the newest that is ready."""
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id, QuestionVersion.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    is_latest = and_(
        QuizSlot.pinned_version_id.is_(None),
        QuestionVersion.question_id == Question.id,
        QuestionVersion.number == newest,
    )
    return or_(QuestionVersion.id == QuizSlot.pinned_version_id, is_latest)


def _is_asked(version_id: int) -> ColumnElement[bool]:
    return and_(
        QuizSlot.quiz_version_id == version_id,
        QuestionVersion.kind.in_(questions.ASKED),
        Question.archived_at.is_(None),
    )
