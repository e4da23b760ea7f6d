"""A lesson as a page, with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from edu.errors import NotFound
from edu.models import (
    Audience,
    Course,
    Lesson,
    Module,
    PageState,
    Quiz,
    Video,
)
from edu.policy import Action, Viewer, can, require
from edu.services import players
from edu.services.contents import LessonLink, contents, facts, lesson_link
from edu.services.delivery import Addresses
from edu.services.quizzing import drawing, in_film


@dataclass(frozen=True, slots=True)
class QuizLink:
    """A self-assessment under a lesson."""

    title: str
    url: str
    start_url: str
    question_count: int


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson as a reader sees it; `body` is Markdown, `references` those of its course."""

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
    course_id: int
    before: LessonLink | None
    after: LessonLink | None
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
    wanted = {"course": course_slug, "lesson": slug, in_film.GATE: viewer.passes_gate}
    row = session.execute(_asked(), wanted).first()
    if row is None:
        raise NotFound("there is no such lesson")
    found, times = row
    if found.module.course.state is PageState.DRAFT and not viewer.is_instructor:
        raise NotFound("there is no such lesson")
    require(viewer, Action.READ, facts(found))
    screening = _screening(session, viewer, found.video, addresses, words, start)
    links = [lesson_link(course_slug, row, viewer) for row in contents(session, found.course_id, viewer)]
    at = next((index for index, link in enumerate(links) if link.url.endswith(f"/{slug}")), 0)
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
        state=found.state.value,
        is_gated=facts(found).audience is Audience.PRO,
        updated_at=found.updated_at,
        objectives=tuple(f"{entry['verb']} {entry['text']}" for entry in found.objectives),
        screening=screening,
        asked=in_film.moments(screening.player.slug, times) if screening else None,
        quizzes=_quizzes(session, viewer, found.id),
        course_id=found.course_id,
        before=links[at - 1] if at > 0 else None,
        after=links[at + 1] if at + 1 < len(links) else None,
        edit_url=f"/studio/lessons/{found.id}" if can(viewer, Action.EDIT, facts(found)) else None,
    )


@cache
def _asked() -> Select[Lesson, str | None]:
    return (
        select(Lesson, in_film.times(Lesson.video_id).correlate(Lesson))
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
        for quiz, asked_in_it in session.execute(_quizzes_asked(), {"lesson": lesson_id})
        if asked_in_it and (quiz.audience is Audience.OPEN or viewer.passes_gate)
    )


@cache
def _quizzes_asked() -> Select[Quiz, int]:
    """The published quizzes of a lesson, each with how many questions are asked in it."""
    asked = select(Quiz, drawing.asked_in(Quiz))
    return asked.where(Quiz.lesson_id == bindparam("lesson"), Quiz.current > 0).order_by(Quiz.id)
