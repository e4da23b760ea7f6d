"""Courses and lessons as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from edu.services import courses
from edu.services.api.films import Chapter, chapters_of
from edu.services.api.listing import Asked, Listed, named
from edu.services.contents import LessonLink, contents
from edu.services.courses import CourseLink
from edu.services.coursing import outline
from edu.services.lessons import LessonPage
from edu.services.prose import Prose
from edu.services.reviews import Review


@dataclass(frozen=True, slots=True)
class CourseItem:
    """A course in the list; `url` is the path of its page on this site."""

    slug: str
    title: str
    summary: str
    state: str
    lesson_count: int
    url: str


@dataclass(frozen=True, slots=True)
class LessonItem:
    """A lesson in its module; `grades` are those that its statements carry."""

    slug: str
    code: str
    title: str
    minutes: int
    state: str
    is_gated: bool
    has_video: bool
    grades: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ModuleBody:
    """A module; of `locked_count` of its lessons, which are for professionals, nothing is told."""

    code: str
    title: str
    summary: str
    minutes: int
    state: str
    is_gated: bool
    lessons: tuple[LessonItem, ...]
    locked_count: int


@dataclass(frozen=True, slots=True)
class CourseBody:
    """A course with its outline; evidence_line and evidence_summary are Markdown."""

    slug: str
    title: str
    subtitle: str
    language: str
    summary: str
    evidence_line: str
    evidence_summary: str
    state: str
    modules: tuple[ModuleBody, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """A review as it is recorded."""

    reviewer: str
    reviewed_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A self-assessment of a lesson."""

    title: str
    question_count: int
    url: str


@dataclass(frozen=True, slots=True)
class LessonBody:
    """A lesson whole. A statement marked [?] in `markdown` is an open question, and `html` shows it as one.

    `grades` are the grades of evidence that its statements carry; `review` is null for what nobody signed.
    `sources_html` is the list of what it cites, `steps` are those of its video.
    """

    course: str
    module: str
    slug: str
    code: str
    title: str
    language: str
    minutes: int
    state: str
    is_gated: bool
    author: str
    review: ReviewBody | None
    updated_at: datetime
    objectives: tuple[str, ...]
    grades: tuple[str, ...]
    markdown: str
    html: str
    sources_html: str
    video: str | None
    steps: tuple[Chapter, ...]
    quizzes: tuple[QuizItem, ...]
    url: str


def everything(session: Session, asked: Asked) -> Listed[CourseItem]:
    """The published courses, by their address names."""
    found = map(_item, courses.everything(session, asked.viewer))
    return named(found, lambda item: item.slug, asked)


def slugs(session: Session, asked: Asked) -> Listed[str]:
    """The address names alone."""
    found = courses.everything(session, asked.viewer)
    return named([link.slug for link in found], str, asked)


def course(session: Session, asked: Asked, slug: str) -> CourseBody:
    """A course; NotFound when there is none that the reader may find."""
    row = outline.course_of(session, asked.viewer, slug)
    rows = contents(session, row.id, asked.viewer)
    modules = outline.modules_of(session, row)
    views = outline.views(session, asked.viewer, row, modules, rows, {}, asked.now.date())
    return CourseBody(
        slug=row.slug,
        title=row.title,
        subtitle=str(row.notices.get("subtitle", "")),
        language=row.language,
        summary=row.summary,
        evidence_line=str(row.notices.get("evidence_line", "")),
        evidence_summary=row.evidence_summary,
        state=row.state.value,
        modules=tuple(map(_module, views)),
        url=f"/courses/{row.slug}",
    )


def lesson(page: LessonPage, slug: str, text: Prose) -> LessonBody:
    """A lesson from its page and its rendered text."""
    player = page.screening.player if page.screening else None
    return LessonBody(
        course=page.course_slug,
        module=page.module_url.partition("#")[2],
        slug=slug,
        code=page.code,
        title=page.title,
        language=page.language,
        minutes=page.minutes,
        state=page.state,
        is_gated=page.is_gated,
        author=page.standing.author,
        review=_review(page.standing.review),
        updated_at=page.updated_at,
        objectives=page.objectives,
        grades=page.grades,
        markdown=page.body,
        html=text.html,
        sources_html=text.references,
        video=player.slug if player else None,
        steps=chapters_of(player) if player else (),
        quizzes=tuple(QuizItem(quiz.title, quiz.question_count, quiz.url) for quiz in page.quizzes),
        url=f"/courses/{page.course_slug}/{slug}",
    )


def _item(link: CourseLink) -> CourseItem:
    return CourseItem(link.slug, link.title, link.summary, link.state, link.lesson_count, link.url)


def _module(view: outline.ModuleView) -> ModuleBody:
    return ModuleBody(
        code=view.code,
        title=view.title,
        summary=view.summary,
        minutes=view.minutes,
        state=view.standing.state.value,
        is_gated=view.is_gated,
        lessons=tuple(_lesson(link) for link in view.lessons if not link.is_locked),
        locked_count=view.locked_count,
    )


def _lesson(link: LessonLink) -> LessonItem:
    return LessonItem(
        slug=link.url.rpartition("/")[2],
        code=link.code,
        title=link.title,
        minutes=link.minutes,
        state=link.state,
        is_gated=link.is_gated,
        has_video=link.has_video,
        grades=link.grades,
        url=link.url,
    )


def _review(found: Review | None) -> ReviewBody | None:
    return ReviewBody(found.reviewer, found.reviewed_on, found.due_on) if found else None
