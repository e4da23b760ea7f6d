"""Visits: when an account was in a course, where it stopped, and since when things are new to it.

Nothing is noted of people without an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from edu.models import CourseVisit, Lesson, LessonVisit
from edu.policy import Viewer

GAP: Final = timedelta(hours=6)
"""Who comes back after so long begins a new visit."""
NOTED_EVERY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit under way: what changed after `since` is new to the account, None at its first visit.

    `seen_at` is when it was last noted as here; `lesson_ids` are the lessons it opened, the latest first.
    """

    since: datetime | None = None
    seen_at: datetime | None = None
    lesson_ids: tuple[int, ...] = ()


def of(session: Session, viewer: Viewer, course_id: int, now: datetime) -> Visit:
    """How this account was here before; nothing for a visitor. One statement."""
    if viewer.user_id is None:
        return Visit()
    rows = session.execute(_SEEN, {"user": viewer.user_id, "course": course_id}).all()
    if not rows:
        return Visit()
    since, seen_at, _ = rows[0]
    is_back = now - seen_at > GAP
    opened = tuple(lesson_id for _, _, lesson_id in rows if lesson_id is not None)
    return Visit(seen_at if is_back else since, seen_at, opened)


_OPENED = (
    select(LessonVisit.user_id, LessonVisit.lesson_id, LessonVisit.seen_at, Lesson.course_id)
    .join(Lesson, Lesson.id == LessonVisit.lesson_id)
    .subquery()
)
# The account's row of the course, once for each lesson of it that was opened.
_SEEN = (
    select(CourseVisit.since_at, CourseVisit.seen_at, _OPENED.c.lesson_id)
    .outerjoin(
        _OPENED,
        and_(_OPENED.c.user_id == CourseVisit.user_id, _OPENED.c.course_id == CourseVisit.course_id),
    )
    .where(CourseVisit.user_id == bindparam("user"), CourseVisit.course_id == bindparam("course"))
    .order_by(_OPENED.c.seen_at.desc())
)


def is_stale(seen_at: datetime | None, now: datetime) -> bool:
    """Whether it should be noted again that the account is here."""
    return seen_at is None or now - seen_at >= NOTED_EVERY


def note(
    session: Session, user_id: int, course_id: int, now: datetime, *, lesson_id: int | None = None
) -> None:
    """Note that the account is in the course, and perhaps at a lesson of it."""
    visit = session.get(CourseVisit, (user_id, course_id))
    if visit is None:
        session.add(CourseVisit(user_id=user_id, course_id=course_id, seen_at=now))
    else:
        if now - visit.seen_at > GAP:
            visit.since_at = visit.seen_at
        visit.seen_at = now
    if lesson_id is None:
        return
    opened = session.get(LessonVisit, (user_id, lesson_id))
    if opened is None:
        session.add(LessonVisit(user_id=user_id, lesson_id=lesson_id, begun_at=now, seen_at=now))
    else:
        opened.seen_at = now
