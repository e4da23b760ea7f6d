"""Where a lesson can stand: a module of a course, or a new one made for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from edu.errors import Invalid
from edu.models import Course, Lesson, Module
from edu.policy import Viewer
from edu.services import slugs, typed

NEW_COURSE = "new"


@dataclass(frozen=True, slots=True)
class Place:
    """A choice of the form: `module:3`, `course:1` for its new module, or `new` for a new course."""

    value: str
    course: str
    module: str


def places(session: Session) -> tuple[Place, ...]:
    """Every module there is, and each course for a new one; a new course goes without saying."""
    asked = select(Module).options(joinedload(Module.course)).join(Module.course)
    modules = list(session.scalars(asked.order_by(Course.position, Course.title, Module.position)))
    found = [Place(f"module:{row.id}", row.course.title, f"{row.code} {row.title}") for row in modules]
    courses = session.scalars(select(Course).order_by(Course.position, Course.title))
    return (*found, *(Place(f"course:{row.id}", row.title, "") for row in courses))


def place_of(lesson: Lesson) -> str:
    """The choice that a lesson's present place is."""
    return f"module:{lesson.module_id}"


def last_of(session: Session, course_id: int) -> str:
    """The choice of the last module of a course, or of its first to be made; "" where there is no course."""
    asked = select(Module.id).where(Module.course_id == course_id).order_by(Module.position.desc())
    module_id = session.scalars(asked.limit(1)).first()
    if module_id is not None:
        return f"module:{module_id}"
    return f"course:{course_id}" if session.get(Course, course_id) else ""


def take(
    session: Session,
    viewer: Viewer,
    value: str,
    *,
    course_title: str,
    module_title: str,
    language: str,
    now: datetime,
) -> Module:
    """The module that was chosen, or the one made for it with the titles typed. Invalid names the field."""
    kind, _, number = value.partition(":")
    if kind == "module" and (module_id := typed.row_id(number)):
        module = session.get(Module, module_id)
        if module is not None:
            return module
    if kind == "course" and (course_id := typed.row_id(number)):
        course = session.get(Course, course_id)
        if course is not None:
            return _new_module(session, course, module_title)
    if value != NEW_COURSE:
        raise Invalid("Choose where the lesson stands.", code="no_place", field="place")
    return _new_module(session, _new_course(session, viewer, course_title, language, now), module_title)


def free_code(module: Module, session: Session) -> str:
    """The next lesson code of a module: L2.3 in M2."""
    number = re.sub(r"\D", "", module.code) or "0"
    taken = set(session.scalars(select(Lesson.code).where(Lesson.course_id == module.course_id)))
    place = 1
    while (code := f"L{number}.{place}") in taken:
        place += 1
    return code


def next_position(session: Session, module: Module) -> int:
    """The place after the last lesson of a module."""
    last = session.scalar(select(func.max(Lesson.position)).where(Lesson.module_id == module.id))
    return 0 if last is None else last + 1


def require_free_title(
    session: Session, viewer: Viewer, title: str, field: str, besides: int | None = None
) -> None:
    """Invalid when another course of the viewer has this title; those without owner are administrators'."""
    owners = [Course.owner_id == viewer.user_id]
    if viewer.is_administrator:
        owners.append(Course.owner_id.is_(None))
    rows = session.execute(select(Course.id, Course.title).where(or_(*owners))).all()
    if any(row.title.casefold() == title.casefold() and row.id != besides for row in rows):
        raise Invalid(
            "You have a course with this title: choose it in the list of courses, or take another title.",
            code="title_taken", field=field,
        )  # fmt: skip


def _new_course(session: Session, viewer: Viewer, title: str, language: str, now: datetime) -> Course:
    title = typed.line(title, "course_title", most=200)
    require_free_title(session, viewer, title, "course_title")
    taken = set(session.scalars(select(Course.slug)))
    position = session.scalar(select(func.max(Course.position)))
    course = Course(
        slug=slugs.free(slugs.stem(title, "course"), taken),
        title=title,
        language=language,
        owner_id=viewer.user_id,
        position=0 if position is None else position + 1,
        created_at=now,
        updated_at=now,
    )
    session.add(course)
    session.flush()
    return course


def _new_module(session: Session, course: Course, title: str) -> Module:
    title = typed.line(title, "module_title", most=200)
    rows = session.execute(select(Module.code, Module.position).where(Module.course_id == course.id)).all()
    taken, number = {row.code for row in rows}, 1
    while f"M{number}" in taken:
        number += 1
    position = max((row.position for row in rows), default=-1) + 1
    module = Module(course=course, code=f"M{number}", title=title, position=position)
    session.add(module)
    session.flush()
    return module
