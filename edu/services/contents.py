"""What stands in a course, in teaching order, as far as a viewer may know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Audience, Lesson, Module
from edu.policy import Action, Facts, Viewer, can


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson in a list; a locked one is for professionals and its content is not shown."""

    code: str
    title: str
    url: str
    minutes: int
    state: str
    has_video: bool
    is_gated: bool
    is_locked: bool


def contents(session: Session, course_id: int, viewer: Viewer) -> list[Lesson]:
    """The lessons a viewer can find, in teaching order, without their text."""
    rows = session.scalars(_asked(), {"course": course_id})
    return [row for row in rows if can(viewer, Action.FIND, facts(row))]


@cache
def _asked() -> Select[Lesson]:
    return (
        select(Lesson)
        .join(Lesson.module)
        .where(Lesson.course_id == bindparam("course"))
        .order_by(Module.position, Lesson.position)
        .options(contains_eager(Lesson.module), defer(Lesson.body, raiseload=True))
    )


def lesson_link(course_slug: str, row: Lesson, viewer: Viewer) -> LessonLink:
    """A lesson as a list shows it to this viewer; the row's module must be loaded."""
    seen = facts(row)
    return LessonLink(
        code=row.code,
        title=row.title,
        url=f"/courses/{course_slug}/{row.slug}",
        minutes=row.minutes,
        state=row.state.value,
        has_video=row.video_id is not None,
        is_gated=seen.audience is Audience.PRO,
        is_locked=not can(viewer, Action.READ, seen),
    )


def facts(row: Lesson) -> Facts:
    """What the policy looks at: a lesson in a module for professionals is for professionals."""
    gated = Audience.PRO in (row.audience, row.module.audience)
    return Facts(Audience.PRO if gated else Audience.OPEN, row.is_published, row.owner_id)
