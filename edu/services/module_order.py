"""The order of a course: modules among each other, lessons within a module, and a lesson into another one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Audience, Lesson, Module
from edu.policy import Viewer
from edu.services import (
    audit,
    course_editing,
    lesson_audience,
    lesson_places,
    module_editing,
    ordering,
    typed,
)
from edu.services.audit import Deed
from edu.services.authoring import reviewing, versions
from edu.services.contents import facts
from edu.services.ordering import Place, Way


def move_module(
    session: Session, viewer: Viewer, course_id: int, module_id: int, way: Way, now: datetime
) -> Place:
    """Move a module a place up or down in its course; gives where it stands then."""
    row = module_editing.mine(session, viewer, course_id, module_id, locked=True)
    place = ordering.move(course_editing.modules_of(session, row.course, locked=True), row.id, way)
    row.course.updated_at = now
    _note(session, Deed.MODULE_MOVED, viewer, f"module:{row.id}", now)
    return place


def move_lesson(
    session: Session,
    viewer: Viewer,
    course_id: int,
    module_id: int,
    lesson_id: int,
    way: Way,
    now: datetime,
) -> Place:
    """Move a lesson a place up or down in its module; a signature under the module was for the old order."""
    module = module_editing.mine(session, viewer, course_id, module_id, locked=True)
    row = _lesson(session, module, lesson_id)
    before = row.position
    place = ordering.move(module_editing.lessons_of(session, module, locked=True), row.id, way)
    if row.position != before:
        reviewing.edited(session, module, viewer, now)
    module.course.updated_at = now
    _note(session, Deed.LESSON_MOVED, viewer, row, now)
    return place


def take_over(
    session: Session,
    viewer: Viewer,
    course_id: int,
    module_id: int,
    lesson_id: int,
    target: str,
    *,
    is_opening_meant: bool,
    now: datetime,
) -> Module:
    """Put a lesson at the end of another module of its course; its address and its code stay.

    That is a new revision of it, as when its place is chosen in its own form. Invalid for a module that is
    none of the course, and where what was for professionals would come to be open to all without that being
    meant, or with questions for professionals in its self-assessment.
    """
    module = module_editing.mine(session, viewer, course_id, module_id, locked=True)
    row, after = _lesson(session, module, lesson_id), _target(session, module, target)
    before = facts(row).audience
    versions.keep_before(session, row, now)
    row.position = lesson_places.next_position(session, after)
    row.module_id, row.module = after.id, after
    row.revision, row.updated_at = row.revision + 1, now
    session.flush()
    is_opened = before is Audience.PRO and facts(row).audience is Audience.OPEN
    if is_opened and not is_opening_meant:
        raise Invalid(
            "Tick that everybody, patients included, may see it, or choose a module for professionals.",
            code="not_meant", field="open_lesson",
        )  # fmt: skip
    if before is not facts(row).audience:
        lesson_audience.follow(session, row, "target")
    for touched in (row, module):  # the module it is in now goes with the lesson
        reviewing.edited(session, touched, viewer, now)
    versions.keep(session, row, note="", maker_id=viewer.user_id, now=now)
    module.course.updated_at = now
    _note(session, Deed.LESSON_OPENED if is_opened else Deed.LESSON_MOVED, viewer, row, now)
    return after


def _lesson(session: Session, module: Module, lesson_id: int) -> Lesson:
    row = session.get(Lesson, lesson_id, with_for_update=True)
    if row is None or row.module_id != module.id:
        raise NotFound("there is no such lesson in this module")
    return row


def _target(session: Session, module: Module, value: str) -> Module:
    number = typed.row_id(value)
    found = session.get(Module, number) if number else None
    if found is None or found.course_id != module.course_id or found.id == module.id:
        raise Invalid("Choose another module of the course.", code="no_module", field="target")
    return found


def _note(session: Session, deed: Deed, viewer: Viewer, subject: Lesson | str, now: datetime) -> None:
    name = f"lesson:{subject.id}" if isinstance(subject, Lesson) else subject
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=name)
