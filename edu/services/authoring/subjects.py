"""Lessons, modules, pages and words of the glossary under one roof: who may edit one, what stands there."""

from __future__ import annotations

import zlib
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Course, Lesson, Module, Page, PageState, ReviewSubject, Term
from edu.policy import Action, Facts, Viewer, require
from edu.services import contents

Subject = Lesson | Module | Page | Term
MODELS: dict[ReviewSubject, type[Lesson] | type[Module] | type[Page] | type[Term]] = {
    ReviewSubject.LESSON: Lesson,
    ReviewSubject.MODULE: Module,
    ReviewSubject.PAGE: Page,
    ReviewSubject.TERM: Term,
}


def found(session: Session, kind: ReviewSubject, row_id: int, *, locked: bool = False) -> Subject:
    """The row; NotFound when there is none. `locked`: nobody else changes it before the transaction ends."""
    row = look_for(session, kind, row_id, locked=locked)
    if row is None:
        raise NotFound("there is no such page")
    return row


def look_for(session: Session, kind: ReviewSubject, row_id: int, *, locked: bool = False) -> Subject | None:
    """The row, or None where it is gone."""
    row = session.get(MODELS[kind], row_id, with_for_update=locked or None, populate_existing=locked)
    return cast(Subject | None, row)


def mine(
    session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int, *, locked: bool = False
) -> Subject:
    """The row, for who may edit it; NotFound, or Forbidden for somebody else's."""
    row = found(session, kind, row_id, locked=locked)
    require(viewer, Action.EDIT, facts(session, row))
    return row


def kind_of(row: Subject) -> ReviewSubject:
    """Which kind of thing a row is."""
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def facts(session: Session, row: Subject) -> Facts:
    """What the policy looks at; a module and a word are their course's."""
    if isinstance(row, Lesson):
        return contents.facts(row)
    if isinstance(row, Page):
        return Facts(Audience.OPEN, row.state is not PageState.DRAFT, row.owner_id)
    course = session.get_one(Course, row.course_id)
    audience = row.audience if isinstance(row, Module) else Audience.OPEN
    return Facts(audience, course.state is not PageState.DRAFT, course.owner_id)


def course_of(session: Session, kind: ReviewSubject, row_id: int) -> int | None:
    """The course of a thing; None for what stands outside courses, or is gone."""
    row = look_for(session, kind, row_id)
    return row.course_id if row else None


def title(row: Subject) -> str:
    """What it is called."""
    return row.text if isinstance(row, Term) else row.title


def body(row: Subject) -> str:
    """Its Markdown text; of a module, which has none, its summary."""
    if isinstance(row, Term):
        return str(row.details.get("body", ""))
    return row.summary if isinstance(row, Module) else row.body


def summary(row: Subject) -> str:
    """Its summary; of a word its meaning, of a module none beside its text."""
    if isinstance(row, Term):
        return row.meaning
    return "" if isinstance(row, Module) else row.summary


def language(row: Subject) -> str:
    """The language of its text."""
    return str(row.details.get("language", "en")) if isinstance(row, Module) else row.language


def revision(session: Session, row: Subject) -> int:
    """The revision that stands.

    A module has none of its own: its number is made from what it says and from the revisions of its
    lessons in their order, so that a signature under it holds for exactly those.
    """
    if not isinstance(row, Module):
        return row.revision
    asked = select(Lesson.code, Lesson.revision).where(Lesson.module_id == row.id)
    lessons = [tuple(line) for line in session.execute(asked.order_by(Lesson.position, Lesson.id))]
    said = (row.title, row.summary, row.audience.value, row.details.get("quiz", ""), lessons)
    return zlib.crc32(repr(said).encode()) & 0x7FFFFFFF
