"""Walking: the few lessons that a path names to begin with, one after the other, for who came from its page.

Nobody is followed for it: the address of such a lesson says by `?path=` from which path its reader came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from edu.models import Course, Lesson
from edu.policy import Action, Viewer, can
from edu.services.contents import LessonLink, facts, lesson_link
from edu.services.course_words import Worded, Wording


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a lesson stands among those that its path begins with; `asking` keeps the path in an address."""

    title: Worded
    url: str
    asking: str
    before: LessonLink | None
    after: LessonLink | None


def start(
    course: Course, entry: dict[str, Any], rows: Iterable[Lesson], viewer: Viewer
) -> tuple[LessonLink, ...]:
    """The lessons that a path names to begin with, in its order, of those that the viewer may read."""
    readable = {row.code: row for row in rows if row.is_published and can(viewer, Action.READ, facts(row))}
    codes: list[str] = entry.get("start", [])
    return tuple(lesson_link(course.slug, readable[code], viewer) for code in codes if code in readable)


def walk(
    course: Course, rows: Iterable[Lesson], viewer: Viewer, code: str, slug: str, said: Wording
) -> Walk | None:
    """The walk of the path `slug` at the lesson `code`; None where that is none of its first lessons."""
    entry = next((entry for entry in course.notices.get("paths", []) if entry["slug"] == slug), None)
    links = start(course, entry, rows, viewer) if entry else ()
    at = next((place for place, link in enumerate(links) if link.code == code), None)
    if entry is None or at is None:
        return None
    return Walk(
        title=said.say("paths", slug, "title", entry["title"]),
        url=f"/courses/{course.slug}/paths/{slug}",
        asking=f"?path={slug}",
        before=links[at - 1] if at else None,
        after=links[at + 1] if at + 1 < len(links) else None,
    )
