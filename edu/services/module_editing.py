"""A module as its maker works on it: made, announced, edited, opened or closed, deleted while empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models import Audience, Course, Lesson, Module, ReviewSubject
from edu.policy import Action, Facts, Viewer, can
from edu.services import audit, course_editing, lesson_audience, module_forms, slugs, typed
from edu.services.audit import Deed
from edu.services.authoring import reviewing
from edu.services.authoring.forgetting import forget
from edu.services.contents import facts
from edu.services.module_forms import ModuleForm, Said
from edu.services.ordering import Place


@dataclass(frozen=True, slots=True)
class ModuleLesson:
    """A lesson of the module, with its place in it; only those that the viewer may change lead anywhere."""

    id: int
    code: str
    title: str
    is_published: bool
    is_editable: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Target:
    """Another module of the course, to which a lesson can go."""

    id: int
    code: str
    title: str
    is_gated: bool


@dataclass(frozen=True, slots=True)
class ModuleWork:
    """A module in the studio; `id` None: it is announced and not made yet, or is to be made."""

    id: int | None
    code: str
    title: str
    course_id: int
    course_slug: str
    course_title: str
    language: str
    form: ModuleForm
    is_gated: bool
    lessons: tuple[ModuleLesson, ...] = ()
    targets: tuple[Target, ...] = ()
    is_review_asked: bool = False


def mine(session: Session, viewer: Viewer, course_id: int, module_id: int, *, locked: bool = False) -> Module:
    """A module of a course that the viewer may edit; NotFound, or Forbidden for somebody else's."""
    course_editing.mine(session, viewer, course_id, locked=locked)
    row = session.get(Module, module_id, with_for_update=locked or None)
    if row is None or row.course_id != course_id:
        raise NotFound("there is no such module")
    return row


def lessons_of(session: Session, row: Module, *, locked: bool = False) -> list[Lesson]:
    """The lessons of a module in their order, drafts too; `locked` until the transaction ends."""
    asked = select(Lesson).where(Lesson.module_id == row.id).order_by(Lesson.position, Lesson.id)
    return list(session.scalars(asked.with_for_update() if locked else asked))


def page(session: Session, viewer: Viewer, course_id: int, module_id: int) -> ModuleWork:
    """A module with its form, its lessons, and where else they could stand."""
    row = mine(session, viewer, course_id, module_id)
    rows = lessons_of(session, row)
    others = [each for each in course_editing.modules_of(session, row.course) if each.id != row.id]
    return ModuleWork(
        id=row.id,
        code=row.code,
        title=row.title,
        course_id=course_id,
        course_slug=row.course.slug,
        course_title=row.course.title,
        language=row.course.language,
        form=module_forms.of_module(row),
        is_gated=row.audience is Audience.PRO,
        lessons=_lessons(viewer, rows),
        targets=tuple(
            Target(each.id, each.code, each.title, each.audience is Audience.PRO) for each in others
        ),
        is_review_asked=reviewing.open_request(session, row) is not None,
    )


def planned_page(session: Session, viewer: Viewer, course_id: int, code: str = "") -> ModuleWork:
    """A module that is announced, by its code; without one that which is to be made."""
    course = course_editing.mine(session, viewer, course_id)
    form = module_forms.of_planned(course, _entry(course, code)) if code else module_forms.empty(course)
    return ModuleWork(
        id=None,
        code=code,
        title=form.title,
        course_id=course.id,
        course_slug=course.slug,
        course_title=course.title,
        language=course.language,
        form=form,
        is_gated=bool(code) and form.audience == Audience.PRO,
    )


def create(
    session: Session, viewer: Viewer, course_id: int, form: ModuleForm, now: datetime
) -> Module | None:
    """A new module, last of the course; None for one that is only announced. Invalid names the field."""
    course = course_editing.mine(session, viewer, course_id, locked=True)
    said, code = module_forms.read(form), _free_code(session, course)
    if form.is_planned:
        _announce(course, _planned(code, said, quiz=""), now)
        _note(session, Deed.MODULE_CREATED, viewer, f"course:{course.id}", now)
        return None
    return _made(session, viewer, course, code, said, now)


def save(
    session: Session, viewer: Viewer, course_id: int, module_id: int, form: ModuleForm, now: datetime
) -> Module | None:
    """Change a module; None when it is only announced from now on, which an empty one can be.

    Conflict when somebody saved it since the form was opened. Invalid names the field, and where opening it
    to all was not ticked, or would open questions for professionals.
    """
    row = mine(session, viewer, course_id, module_id, locked=True)
    said = module_forms.read(form)
    _require_unchanged(form, module_forms.of_module(row))
    if form.is_planned:
        _require_empty(session, row)
        entry = _planned(row.code, said, quiz=str(row.details.get("quiz", "")))
        _drop(session, viewer, row, now)
        _announce(row.course, entry, now)
        return None
    is_opened = typed.is_opened(row.audience, said.audience, is_meant=form.open_to_all)
    is_turned = row.audience is not said.audience
    _write(row, said)
    session.flush()
    for lesson in lessons_of(session, row) if is_turned else ():
        lesson_audience.follow(session, lesson, "audience")
    _touched(session, viewer, row, now)
    subject = f"module:{row.id}"
    _note(session, Deed.MODULE_OPENED if is_opened else Deed.MODULE_CHANGED, viewer, subject, now)
    return row


def save_planned(
    session: Session, viewer: Viewer, course_id: int, code: str, form: ModuleForm, now: datetime
) -> Module | None:
    """Change what is announced of a module, or begin it: it is made with the code it was announced by."""
    course = course_editing.mine(session, viewer, course_id, locked=True)
    entry, said = _entry(course, code), module_forms.read(form)
    _require_unchanged(form, module_forms.of_planned(course, entry))
    typed.is_opened(Audience(entry["audience"]), said.audience, is_meant=form.open_to_all)
    changed = _planned(code, said, quiz=str(entry.get("quiz", "")))
    if form.is_planned:
        _announce(course, changed, now)
        _note(session, Deed.MODULE_CHANGED, viewer, f"course:{course.id}", now)
        return None
    _silence(course, code, now)
    return _made(session, viewer, course, code, said, now, quiz=changed["quiz"])


def delete(session: Session, viewer: Viewer, course_id: int, module_id: int, now: datetime) -> None:
    """Delete a module in which no lesson stands, drafts counted; Conflict otherwise. Paths lead past it."""
    row = mine(session, viewer, course_id, module_id, locked=True)
    _require_empty(session, row)
    course, code = row.course, row.code
    _drop(session, viewer, row, now)
    _lead_past(course, code, now)


def delete_planned(session: Session, viewer: Viewer, course_id: int, code: str, now: datetime) -> None:
    """Announce a module no more. Paths lead past it."""
    course = course_editing.mine(session, viewer, course_id, locked=True)
    _entry(course, code)
    _silence(course, code, now)
    _lead_past(course, code, now)
    _note(session, Deed.MODULE_DELETED, viewer, f"course:{course.id}", now)


def _made(
    session: Session, viewer: Viewer, course: Course, code: str, said: Said, now: datetime, quiz: str = ""
) -> Module:
    others = course_editing.modules_of(session, course)
    last = max((module.position for module in others), default=-1)
    taken = {str(module.details.get("slug", "")) for module in others}
    slug = slugs.free(slugs.stem(said.title, code.lower()), taken)
    row = Module(course=course, code=code, position=last + 1, title=said.title)
    row.details = {"slug": slug, "language": course.language, "quiz": quiz}
    _write(row, said)
    session.add(row)
    session.flush()
    _touched(session, viewer, row, now)
    _note(session, Deed.MODULE_CREATED, viewer, f"module:{row.id}", now)
    return row


def _write(row: Module, said: Said) -> None:
    """What the form says; what the course file says besides stays."""
    row.title, row.summary, row.minutes, row.audience = said.title, said.summary, said.minutes, said.audience
    row.details = {**row.details, "review_months": said.review_months}


def _touched(session: Session, viewer: Viewer, row: Module, now: datetime) -> None:
    row.course.updated_at = now
    reviewing.edited(session, row, viewer, now)


def _drop(session: Session, viewer: Viewer, row: Module, now: datetime) -> None:
    _touched(session, viewer, row, now)
    _note(session, Deed.MODULE_DELETED, viewer, f"module:{row.id}", now)
    forget(session, ReviewSubject.MODULE, [row.id])
    session.delete(row)
    session.flush()


def _lessons(viewer: Viewer, rows: Sequence[Lesson]) -> tuple[ModuleLesson, ...]:
    return tuple(
        ModuleLesson(
            row.id,
            row.code,
            row.title,
            row.is_published,
            can(viewer, Action.EDIT, Facts(facts(row).audience, row.is_published, row.owner_id)),
            Place(number, len(rows)),
        )
        for number, row in enumerate(rows, 1)
    )


def _require_unchanged(form: ModuleForm, present: ModuleForm) -> None:
    if form.guard != present.guard:
        raise Conflict(
            "Somebody else saved this module while you wrote. Your words are below, unsaved: compare them "
            "with the module as it is now, then save again to replace it.",
            code="module_changed",
        )


def _require_empty(session: Session, row: Module) -> None:
    if session.scalar(select(func.count()).where(Lesson.module_id == row.id)):
        raise Conflict("There are lessons in this module: delete or move them first.", code="not_empty")


def _free_code(session: Session, course: Course) -> str:
    taken = {module.code for module in course_editing.modules_of(session, course)}
    taken |= {planned.code for planned in course_editing.planned_of(course)}
    number = 1
    while f"M{number}" in taken:
        number += 1
    return f"M{number}"


def _entry(course: Course, code: str) -> dict[str, Any]:
    for entry in course.notices.get("planned", []):
        if entry["code"] == code:
            found: dict[str, Any] = entry
            return found
    raise NotFound("there is no such module")


def _planned(code: str, said: Said, *, quiz: str) -> dict[str, Any]:
    """The announcement as the course file has it."""
    return {
        "code": code, "title": said.title, "minutes": said.minutes, "audience": said.audience.value,
        "quiz": quiz,
    }  # fmt: skip


def _announce(course: Course, entry: dict[str, Any], now: datetime) -> None:
    """Let this be announced, in the place of what was announced by its code, else as the last."""
    listed = list(course.notices.get("planned", []))
    if any(each["code"] == entry["code"] for each in listed):
        listed = [entry if each["code"] == entry["code"] else each for each in listed]
    else:
        listed.append(entry)
    course.notices, course.updated_at = {**course.notices, "planned": listed}, now


def _silence(course: Course, code: str, now: datetime) -> None:
    listed = [each for each in course.notices.get("planned", []) if each["code"] != code]
    course.notices, course.updated_at = {**course.notices, "planned": listed}, now


def _lead_past(course: Course, code: str, now: datetime) -> None:
    """Take the code out of every path of the course."""
    ways = course.notices.get("paths", [])
    if any(code in way["modules"] for way in ways):
        ways = [{**way, "modules": [each for each in way["modules"] if each != code]} for way in ways]
        course.notices, course.updated_at = {**course.notices, "paths": ways}, now


def _note(session: Session, deed: Deed, viewer: Viewer, subject: str, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=subject)
