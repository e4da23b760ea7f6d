"""That an account was here, noted behind the answer: no page may fail or wait because of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError, OperationalError

from edu.services.coursing import visits
from edu.web.context import runtime, viewer


def note(course_id: int, seen_at: datetime | None, *, lesson_id: int | None = None) -> None:
    """Note that the reader is in a course, perhaps at a lesson; nothing of a visitor, nor anew so soon."""
    reader, house = viewer(), runtime()
    now = house.clock.now()
    if reader.user_id is None or not visits.is_stale(seen_at, now):
        return
    # a busy database, or another page of the same reader that was a moment earlier: the next page tries again
    with suppress(OperationalError, IntegrityError), house.db.writing() as session:
        visits.note(session, reader.user_id, course_id, now, lesson_id=lesson_id)
