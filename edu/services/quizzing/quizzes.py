"""Quizzes: published as immutable versions, and the page from which one begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from edu.errors import NotFound
from edu.models import (
    Attempt,
    AttemptState,
    Audience,
    Course,
    Lesson,
    Module,
    PageState,
    Quiz,
    QuizVersion,
    Video,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services.course_words import Worded
from edu.services.quizzing import allowances, drawing, reach, results
from edu.services.quizzing.results import Score
from quizzes import Review, Settings
from quizzes.document import read_settings
from quizzes.fields import Fields


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

    lesson_title: Worded | None
    lesson_url: str | None
    is_under_construction: bool
    film_url: str = ""


@dataclass(frozen=True, slots=True)
class QuizPage:
    """What a learner reads before beginning; `open_url` leads to an attempt that was begun."""

    slug: str
    title: Worded
    intro: str
    mode: str
    pass_mark: int
    question_count: int
    time_limit_ms: int
    attempts_left: int | None
    start_url: str
    open_url: str | None
    past: tuple[PastAttempt, ...]
    lesson_title: Worded | None
    lesson_url: str | None
    is_under_construction: bool
    film_url: str = ""  # of the film in which its questions stand
    review: str = Review.EXPLANATIONS.value  # what may be read of an attempt that was handed in
    asks_certainty: bool = False


def settings_of(version: QuizVersion) -> Settings:
    """The settings of a version."""
    return read_settings(Fields(version.settings))


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
    version = newest(session, quiz)
    if version is None:
        raise NotFound("this quiz has no version")
    return version


def newest(session: Session, quiz: Quiz) -> QuizVersion | None:
    """The latest version, published or waiting, or None."""
    asked = select(QuizVersion).where(QuizVersion.quiz_id == quiz.id)
    return session.scalar(asked.order_by(QuizVersion.number.desc()).limit(1))


def named(session: Session, viewer: Viewer, slug: str) -> Quiz:
    """The quiz of that address name; NotFound, or GateClosed for what is for professionals."""
    if "\0" in slug:
        raise NotFound("there is no such quiz")  # PostgreSQL has no such text
    found = session.execute(
        select(Quiz, reach.is_gated(), is_drafted())
        .outerjoin(QuizVersion, is_current())
        .where(Quiz.slug == slug)
    ).first()
    if found is None:
        raise NotFound("there is no such quiz")
    quiz, gated, drafted = found
    audience = Audience.PRO if gated else Audience.OPEN
    require(viewer, Action.READ, Facts(audience, quiz.current > 0 and not drafted, quiz.owner_id))
    return quiz


def is_current() -> ColumnElement[bool]:
    """Part of a statement about Quiz and QuizVersion, to join them: that the version is the published one."""
    return and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current)


def is_drafted() -> ColumnElement[bool]:
    """Part of a statement about Quiz: whether its lesson, or that one's course, is a draft."""
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
    own = allowances.of(session, viewer, quiz.id, settings)
    allowed = allowances.attempts_allowed(settings, own)
    mine = attempts_of(session, viewer, quiz.id)
    begun = next((attempt for attempt in mine if attempt.state is AttemptState.OPEN), None)
    closed = [attempt for attempt in mine if attempt.state is not AttemptState.OPEN]
    known = results.scores(session, [attempt.id for attempt in closed])
    place = around(session, quiz)
    return QuizPage(
        slug=quiz.slug,
        title=title_of(quiz),
        intro=str(quiz.details.get("intro", "")),
        mode=settings.mode.value,
        pass_mark=settings.pass_mark,
        question_count=drawing.asked_count(session, version),
        time_limit_ms=int(allowances.time_allowed(settings, own).total_seconds() * 1000),
        attempts_left=max(0, allowed - len(mine)) if allowed else None,
        start_url=f"/quizzes/{quiz.slug}/attempts",
        open_url=f"/attempts/{begun.id}" if begun else None,
        past=tuple(_past(attempt, known.get(attempt.id)) for attempt in closed),
        lesson_title=place.lesson_title,
        lesson_url=place.lesson_url,
        is_under_construction=place.is_under_construction,
        film_url=place.film_url,
        review=settings.review.value,
        asks_certainty=settings.certainty,
    )


def title_of(quiz: Quiz) -> Worded:
    """Its title, which knows the language of it and of its questions."""
    return Worded(quiz.title, str(quiz.details.get("language") or "en"))


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
    title, spoken, lesson, course, unfinished, film = session.execute(
        select(Lesson.title, Lesson.language, Lesson.slug, Course.slug, is_under_construction(), Video.slug)
        .select_from(Quiz)
        .outerjoin(Lesson, Lesson.id == Quiz.lesson_id)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .outerjoin(Video, Video.id == Quiz.video_id)
        .where(Quiz.id == quiz.id)
    ).one()
    url = f"/courses/{course}/{lesson}" if course else None
    named = Worded(title, spoken) if title else None
    return Around(named, url, unfinished, f"/videos/{film}" if film else "")


def is_under_construction() -> ColumnElement[bool]:
    """Part of a statement about Quiz: its lesson, or a course that shows it or its film, is unreviewed.

    So is one that came before the module it belongs to.
    """
    unfinished = PageState.UNDER_CONSTRUCTION
    home, shown_in, screened_in, beside = aliased(Course), aliased(Course), aliased(Course), aliased(Lesson)
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
    by_film = exists().where(
        beside.video_id == Quiz.video_id, screened_in.id == beside.course_id, screened_in.state == unfinished
    )
    is_early = func.coalesce(Quiz.details["is_early"].as_boolean(), false())
    return or_(by_lesson.correlate(Quiz), by_module.correlate(Quiz), by_film.correlate(Quiz), is_early)
