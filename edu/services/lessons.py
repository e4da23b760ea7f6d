"""A lesson as a page, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import takewhile

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from edu.errors import NotFound
from edu.models import (
    Audience,
    Course,
    Lesson,
    LessonVisit,
    Module,
    PageState,
    Quiz,
    QuizVersion,
    Video,
)
from edu.policy import Action, Viewer, can, require
from edu.services import players, reviews
from edu.services.contents import LessonLink, contents, facts, lesson_link, links
from edu.services.delivery import Addresses
from edu.services.quizzing import drawing, in_film, quizzes, reach


@dataclass(frozen=True, slots=True)
class QuizLink:
    """A self-assessment under a lesson."""

    title: str
    url: str
    start_url: str
    question_count: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The lessons before and after that the reader may open.

    What is closed in between, which is for professionals, is told as the module that it is in.
    """

    before: LessonLink | None
    after: LessonLink | None
    closed_before: LessonLink | None
    closed_after: LessonLink | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson as a reader sees it; `body` is Markdown, `seen_at` when this account opened it last."""

    course_slug: str
    course_title: str
    module_title: str
    module_url: str
    code: str
    title: str
    language: str
    body: str
    minutes: int
    state: str
    is_gated: bool
    updated_at: datetime
    objectives: tuple[str, ...]
    screening: players.Screening | None
    asked: in_film.FilmQuestions | None
    quizzes: tuple[QuizLink, ...]
    standing: reviews.Standing
    grades: tuple[str, ...]
    course_id: int
    lesson_id: int
    seen_at: datetime | None
    ways: Ways
    edit_url: str | None


def page(
    session: Session,
    viewer: Viewer,
    course_slug: str,
    slug: str,
    addresses: Addresses,
    *,
    words: str = "",
    start: str = "",
) -> LessonPage:
    """A lesson's page; NotFound, or GateClosed for what only professionals may read.

    `words` is the language of the transcript and `start` the time to begin at, as a link asks for them.
    """
    found, times, seen_at = _row(session, viewer, course_slug, slug)
    require(viewer, Action.READ, facts(found))
    standing = reviews.of_lesson(found, addresses.now.date())
    reviews.require_open(session, viewer, found.module, addresses.now.date())
    screening = _screening(session, viewer, found.video, addresses, words, start)
    return LessonPage(
        course_slug=course_slug,
        course_title=found.module.course.title,
        module_title=found.module.title,
        module_url=f"/courses/{course_slug}#{found.module.code}",
        code=found.code,
        title=found.title,
        language=found.language,
        body=found.body,
        minutes=found.minutes,
        state=standing.state.value,
        is_gated=facts(found).audience is Audience.PRO,
        updated_at=found.updated_at,
        objectives=tuple(f"{entry['verb']} {entry['text']}" for entry in found.objectives),
        screening=screening,
        asked=in_film.moments(screening.player.slug, times) if screening else None,
        quizzes=_quizzes(session, viewer, found.id),
        standing=standing,
        grades=tuple(found.evidence),
        course_id=found.course_id,
        lesson_id=found.id,
        seen_at=seen_at,
        ways=_ways(session, viewer, course_slug, found),
        edit_url=f"/studio/lessons/{found.id}" if can(viewer, Action.EDIT, facts(found)) else None,
    )


def _row(
    session: Session, viewer: Viewer, course: str, slug: str
) -> tuple[Lesson, str | None, datetime | None]:
    """The lesson, the times of questions in its film, and when this account opened it last. NotFound."""
    wanted = {"course": course, "lesson": slug, "reader": viewer.user_id, in_film.GATE: viewer.passes_gate}
    row = session.execute(_asked(), wanted).first()
    if row is None or (row[0].module.course.state is PageState.DRAFT and not viewer.is_instructor):
        raise NotFound("there is no such lesson")
    found, times, seen_at = row
    return found, times, seen_at


def _ways(session: Session, viewer: Viewer, course_slug: str, found: Lesson) -> Ways:
    rows = contents(session, found.course_id, viewer)
    at = next((place for place, row in enumerate(rows) if row.id == found.id), 0)
    before, closed_before = _neighbours(course_slug, rows[:at][::-1], viewer)
    after, closed_after = _neighbours(course_slug, rows[at + 1 :], viewer)
    return Ways(before, after, closed_before, closed_after)


def _neighbours(
    course_slug: str, rows: Sequence[Lesson], viewer: Viewer
) -> tuple[LessonLink | None, LessonLink | None]:
    """The nearest of the lessons that the viewer may read, and what is locked on the way to it."""
    locked = tuple(takewhile(lambda row: not can(viewer, Action.READ, facts(row)), rows))
    nearest = rows[len(locked) : len(locked) + 1]
    closed = links(course_slug, locked, viewer)
    return (
        lesson_link(course_slug, nearest[0], viewer) if nearest else None,
        closed[0] if closed else None,
    )


@cache
def _asked() -> Select[Lesson, str | None, datetime | None]:
    seen = select(LessonVisit.seen_at).where(
        LessonVisit.user_id == bindparam("reader", type_=Integer), LessonVisit.lesson_id == Lesson.id
    )
    return (
        select(Lesson, in_film.times(Lesson.video_id).correlate(Lesson), seen.scalar_subquery())
        .join(Course, Course.id == Lesson.course_id)
        .where(Course.slug == bindparam("course"), Lesson.slug == bindparam("lesson"))
        .options(joinedload(Lesson.video), joinedload(Lesson.module).joinedload(Module.course))
    )


def _screening(
    session: Session, viewer: Viewer, video: Video | None, addresses: Addresses, words: str, start: str
) -> players.Screening | None:
    if video is None or not can(viewer, Action.READ, video):
        return None
    shown = players.screening(session, video, addresses, language=video.language, words=words)
    return players.starting(shown, start)


def _quizzes(session: Session, viewer: Viewer, lesson_id: int) -> tuple[QuizLink, ...]:
    return tuple(
        QuizLink(quiz.title, f"/quizzes/{quiz.slug}", f"/quizzes/{quiz.slug}/attempts", asked_in_it)
        for quiz, asked_in_it, is_gated in session.execute(_quizzes_asked(), {"lesson": lesson_id})
        if asked_in_it and (viewer.passes_gate or not is_gated)
    )


@cache
def _quizzes_asked() -> Select[Quiz, int, bool]:
    """The published quizzes of a lesson, each with how many questions it asks and whether it is gated."""
    asked = select(Quiz, drawing.asked_in(Quiz), reach.is_gated()).join(QuizVersion, quizzes.is_current())
    return asked.where(Quiz.lesson_id == bindparam("lesson"), Quiz.current > 0).order_by(Quiz.id)
