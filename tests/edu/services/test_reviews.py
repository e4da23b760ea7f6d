"""Reviews: what a page is called once its day is past, and who may still read what is closed by that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from edu.db import Database
from edu.errors import Forbidden
from edu.models import Audience, Course, Lesson, Module, PageState, Role
from edu.policy import Viewer
from edu.services import reviews
from edu.services.coursing import visits
from tests.people import add_user

DUE = date(2026, 3, 1)
IN_TIME, LATE = DUE, DUE + timedelta(days=1)
NOON = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
SIGNED: dict[str, Any] = {
    "review": {
        "reviewer": "Dr Grey",
        "reviewed_on": "2025-09-01",
        "due_on": DUE.isoformat(),
        "conflicts": "none",
    }
}
REVIEWED, NEEDED, OPEN = PageState.REVIEWED, PageState.NEEDS_REVIEW, PageState.UNDER_CONSTRUCTION


@pytest.mark.parametrize(
    ("state", "details", "today", "called", "is_overdue"),
    [
        (REVIEWED, SIGNED, IN_TIME, REVIEWED, False),
        (REVIEWED, SIGNED, LATE, NEEDED, True),
        (NEEDED, SIGNED, LATE, NEEDED, True),
        (REVIEWED, {}, LATE, REVIEWED, False),
        (OPEN, {"review": None}, LATE, OPEN, False),
    ],
)
def test_a_page_needs_review_from_the_day_after_its_recorded_one(
    state: PageState, details: dict[str, Any], today: date, called: PageState, is_overdue: bool
) -> None:
    found = reviews.standing(state, details, today)

    assert (found.state, found.is_overdue) == (called, is_overdue)


@pytest.mark.parametrize("state", [NEEDED, OPEN, PageState.DRAFT])
def test_a_signature_under_words_that_were_changed_since_is_told_as_a_former_one(state: PageState) -> None:
    found = reviews.standing(state, SIGNED, IN_TIME)

    assert (found.state, found.review, found.former) == (state, None, reviews.recorded(SIGNED))
    assert reviews.standing(REVIEWED, SIGNED, IN_TIME).former is None


def test_a_module_without_a_recorded_review_is_never_closed() -> None:
    assert reviews.closing(Module(audience=Audience.PRO, details={}), LATE) is None
    assert reviews.closing(Module(audience=Audience.OPEN, details=SIGNED), LATE) is None
    assert reviews.closing(Module(audience=Audience.PRO, details=SIGNED), IN_TIME) is None
    assert reviews.closing(Module(audience=Audience.PRO, details=SIGNED), LATE) is not None


def test_who_began_in_time_goes_on_and_nobody_else_begins(database: Database) -> None:
    with database.writing() as session:
        early, late = (Viewer(user_id=add_user(session, now=NOON).id, role=Role.LEARNER) for _ in range(2))
        course = Course(slug="mice", title="Mice", created_at=NOON, updated_at=NOON)
        module = Module(course=course, code="M5", title="M5", audience=Audience.PRO, details=SIGNED)
        session.add(module)
        session.flush()
        lesson = Lesson(course_id=course.id, module_id=module.id, slug="l", title="L")
        lesson.created_at = lesson.updated_at = NOON
        session.add(lesson)
        session.flush()
        for viewer, at in ((early, NOON), (late, NOON + timedelta(minutes=1))):
            assert viewer.user_id is not None
            visits.note(session, viewer.user_id, course.id, at, lesson_id=lesson.id)

    with database.reading() as session:
        module = session.get_one(Module, module.id)
        maker = Viewer(user_id=9, role=Role.INSTRUCTOR)
        readers = (early, late, Viewer(is_professional=True), maker)
        assert [reviews.may_read(session, who, module, LATE) for who in readers] == [True, False, False, True]
        assert all(reviews.may_read(session, who, module, IN_TIME) for who in readers)
        with pytest.raises(Forbidden, match="2026-03-01"):
            reviews.require_open(session, late, module, LATE)
