"""What a page leads to: lessons that belong to it, and the library that its text cites."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Course, Lesson, Module, PageState
from edu.policy import Action, Viewer, can
from edu.services.contents import LessonLink, facts, links

NO_COURSE = 0


def lessons(
    session: Session, viewer: Viewer, course_id: int, codes: Collection[str]
) -> tuple[LessonLink, ...]:
    """The lessons with these codes that the viewer can find, in teaching order; gated ones are marked so, and
    those that are closed to the viewer are one link to their module."""
    if not codes:
        return ()
    asked = (
        select(Lesson)
        .join(Lesson.module)
        .join(Module.course)
        .where(Lesson.course_id == course_id, Lesson.code.in_(codes))
        .order_by(Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).contains_eager(Module.course), defer(Lesson.body))
    )
    rows = [
        row
        for row in session.scalars(asked)
        if can(viewer, Action.FIND, facts(row)) and _is_open(row.module.course, viewer)
    ]
    return links(rows[0].module.course.slug, rows, viewer) if rows else ()


def library_of(session: Session, course_id: int | None) -> int:
    """The course whose references and lessons a page names: its own, else the first that readers find."""
    if course_id is not None:
        return course_id
    asked = select(Course.id).where(Course.state != PageState.DRAFT).order_by(Course.position, Course.id)
    return session.scalars(asked.limit(1)).first() or NO_COURSE


def _is_open(course: Course, viewer: Viewer) -> bool:
    return viewer.is_instructor or course.state is not PageState.DRAFT
