"""A course as its maker works on it: another title, and removal while nothing stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as sa_delete
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models import Audience, Course, Lesson, Module, PageState
from edu.policy import Action, Facts, Viewer, can, require
from edu.services import audit, lesson_places, typed
from edu.services.audit import Deed


@dataclass(frozen=True, slots=True)
class CourseLesson:
    """A lesson in the list of a course; only those that the viewer may change lead anywhere."""

    id: int
    title: str
    module: str
    is_published: bool
    is_editable: bool


@dataclass(frozen=True, slots=True)
class CourseWork:
    """A course in the studio."""

    id: int
    slug: str
    title: str
    lessons: tuple[CourseLesson, ...]


def is_editable(viewer: Viewer, course: Course) -> bool:
    """Whether the viewer may rename and delete the course."""
    return can(viewer, Action.EDIT, _facts(course))


def mine(session: Session, viewer: Viewer, course_id: int, *, locked: bool = False) -> Course:
    """A course the viewer may edit; NotFound, or Forbidden for somebody else's."""
    course = session.get(Course, course_id, with_for_update=locked or None)
    if course is None:
        raise NotFound("there is no such course")
    require(viewer, Action.EDIT, _facts(course))
    return course


def page(session: Session, viewer: Viewer, course_id: int) -> CourseWork:
    """A course with all its lessons, drafts too."""
    course = mine(session, viewer, course_id)
    asked = (
        select(Lesson, Module.title)
        .join(Lesson.module)
        .where(Lesson.course_id == course.id)
        .order_by(Module.position, Lesson.position)
    )
    lessons = tuple(
        CourseLesson(
            row.id,
            row.title,
            module,
            row.is_published,
            can(viewer, Action.EDIT, Facts(row.audience, row.is_published, row.owner_id)),
        )
        for row, module in session.execute(asked)
    )
    return CourseWork(course.id, course.slug, course.title, lessons)


def rename(session: Session, viewer: Viewer, course_id: int, title: str, now: datetime) -> None:
    """Give a course another title; its address stays. Invalid names the field."""
    course = mine(session, viewer, course_id, locked=True)
    title = typed.line(title, "title", most=200)
    lesson_places.require_free_title(session, viewer, title, "title", besides=course.id)
    course.title, course.updated_at = title, now
    _note(session, Deed.COURSE_RENAMED, viewer, course, now)


def delete(session: Session, viewer: Viewer, course_id: int, now: datetime) -> None:
    """Delete a course that holds no lesson, drafts counted; Conflict while it holds one."""
    course = mine(session, viewer, course_id, locked=True)
    if session.scalar(select(func.count()).where(Lesson.course_id == course.id)):
        raise Conflict("There are lessons in this course: delete or move them first.", code="not_empty")
    _note(session, Deed.COURSE_DELETED, viewer, course, now)
    session.execute(sa_delete(Module).where(Module.course_id == course.id))
    session.execute(sa_delete(Course).where(Course.id == course.id))
    session.expire_all()


def _facts(course: Course) -> Facts:
    return Facts(Audience.OPEN, course.state is not PageState.DRAFT, course.owner_id)


def _note(session: Session, deed: Deed, viewer: Viewer, course: Course, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"course:{course.id}")
