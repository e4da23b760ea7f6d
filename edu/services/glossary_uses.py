"""Where a word of the glossary is used: what would miss its page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from edu.errors import NotFound
from edu.models import Lesson, Module, Page, Term
from edu.policy import Action, Viewer, can
from edu.services import glossary
from edu.services.contents import LessonLink, facts, lesson_link
from edu.services.pages import stages
from edu.services.pages.finding import ADDRESSES


@dataclass(frozen=True, slots=True)
class PageUse:
    """A page that links to the word."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Uses:
    """Lessons in which the word or another name of it stands, the most first, and how many there are;
    lessons and pages that link to its page; and other words that lead to it.
    """

    lessons: tuple[LessonLink, ...]
    lesson_count: int
    linking: tuple[LessonLink, ...]
    pages: tuple[PageUse, ...]
    words: tuple[str, ...]


def of(session: Session, viewer: Viewer, row: Term) -> Uses:
    """What uses the word, as far as the viewer may read it; drafts, too, for an instructor."""
    if not row.slug:
        return Uses((), 0, (), (), ())
    try:
        found = glossary.page(session, viewer, row.slug)
        said, count = found.lessons, found.lesson_count
    except NotFound:  # its course is a draft
        said, count = (), 0
    link = f"/glossary/{row.slug})"
    return Uses(
        said, count, _linking(session, viewer, link), _pages(session, viewer, link), _words(session, row)
    )


def _linking(session: Session, viewer: Viewer, link: str) -> tuple[LessonLink, ...]:
    asked = (
        select(Lesson)
        .join(Lesson.module)
        .join(Module.course)
        .where(Lesson.body.contains(link, autoescape=True))
        .order_by(Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).contains_eager(Module.course))
    )
    rows = [row for row in session.scalars(asked) if can(viewer, Action.READ, facts(row))]
    return tuple(lesson_link(row.module.course.slug, row, viewer) for row in rows)


def _pages(session: Session, viewer: Viewer, link: str) -> tuple[PageUse, ...]:
    asked = select(Page).where(Page.body.contains(link, autoescape=True)).order_by(Page.kind, Page.position)
    return tuple(
        PageUse(row.title, f"{ADDRESSES[row.kind]}{row.slug}")
        for row in session.scalars(asked)
        if can(viewer, Action.FIND, stages.facts(row))
    )


def _words(session: Session, row: Term) -> tuple[str, ...]:
    asked = select(Term).where(Term.course_id == row.course_id, Term.language == row.language)
    return tuple(
        other.text for other in session.scalars(asked.order_by(Term.text))
        if row.slug in other.details.get("see", ())
    )  # fmt: skip
