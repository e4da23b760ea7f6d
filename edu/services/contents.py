"""What stands in a course, in teaching order, as far as a viewer may know.

Of lessons for professionals nobody else is told a title: they are shown as their module, which says what it
is and how many of them it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Audience, Lesson, Module
from edu.policy import Action, Facts, Viewer, can
from edu.services import reviews


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson in a list. A locked one stands for all `count` lessons of its module that are closed to the
    viewer: code, title and address are those of the module.
    """

    code: str
    title: str
    url: str
    minutes: int
    state: str
    has_video: bool
    is_gated: bool
    is_locked: bool
    grades: tuple[str, ...] = ()
    count: int = 1
    language: str = "en"  # of its title


def contents(session: Session, course_id: int, viewer: Viewer, *, only_ways: bool = False) -> list[Lesson]:
    """The lessons a viewer can find, in teaching order, without their text.

    `only_ways`: without all that a link does not show. Raises where more is asked of such a row.
    """
    rows = session.scalars(_ways_asked() if only_ways else _asked(), {"course": course_id})
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


@cache
def _ways_asked() -> Select[Lesson]:
    """To read the lists and tables in the rows of a whole course takes longer than to fetch them."""
    lists = (Lesson.summary, Lesson.objectives, Lesson.details)
    of_module = contains_eager(Lesson.module)
    return _asked().options(
        *(defer(column, raiseload=True) for column in lists),
        *(of_module.defer(column, raiseload=True) for column in (Module.summary, Module.details)),
    )


def links(
    course_slug: str, rows: Iterable[Lesson], viewer: Viewer, today: date | None = None
) -> tuple[LessonLink, ...]:
    """The lessons as this viewer's lists show them; what is locked of a module is one link that counts it."""
    found: dict[str, LessonLink] = {}
    for row in rows:
        link = lesson_link(course_slug, row, viewer, today)
        known = found.get(link.url)
        found[link.url] = replace(known, count=known.count + 1) if known and known.is_locked else link
    return tuple(found.values())


def lesson_link(course_slug: str, row: Lesson, viewer: Viewer, today: date | None = None) -> LessonLink:
    """A lesson as a list shows it to this viewer; the row's module must be loaded.

    With `today` its state is told as it is called on that day, else as it is recorded.
    """
    seen = facts(row)
    if not can(viewer, Action.READ, seen):
        return _locked(course_slug, row.module)
    return LessonLink(
        code=row.code,
        title=row.title,
        url=f"/courses/{course_slug}/{row.slug}",
        minutes=row.minutes,
        state=(reviews.of_lesson(row, today).state if today else row.state).value,
        has_video=row.video_id is not None,
        is_gated=seen.audience is Audience.PRO,
        is_locked=False,
        grades=tuple(row.evidence),
        language=row.language,
    )


def _locked(course_slug: str, module: Module) -> LessonLink:
    """The module in the place of its lessons; of none of them anything is told."""
    return LessonLink(
        code=module.code,
        title=module.title,
        url=f"/courses/{course_slug}#{module.code}",
        minutes=0,
        state="",
        has_video=False,
        is_gated=True,
        is_locked=True,
    )


def facts(row: Lesson) -> Facts:
    """What the policy looks at: a lesson in a module for professionals is for professionals."""
    gated = Audience.PRO in (row.audience, row.module.audience)
    return Facts(Audience.PRO if gated else Audience.OPEN, row.is_published, row.owner_id)
