"""A course with two lessons, a page and a word, and two instructors who write in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from edu.db import Database
from edu.models import Course, Lesson, Module, Page, PageKind, PageState, Role, Term
from edu.policy import Viewer
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands there, by its number, and who works on it; Ada made it all."""

    course_id: int
    module_id: int
    lesson_id: int
    page_id: int
    term_id: int
    ada: Viewer
    bea: Viewer


@pytest.fixture
def desk(database: Database) -> Desk:
    with database.writing() as session:
        ada, bea = (_instructor(session, name) for name in ("Ada", "Bea"))
        made = {"created_at": NOW, "updated_at": NOW}
        course = Course(slug="mice", title="Mice", owner_id=ada.user_id, **made)
        module = Module(course=course, code="M1", title="Finding")
        session.add_all([course, module])
        session.flush()
        stands = {
            "course_id": course.id,
            "owner_id": ada.user_id,
            "state": PageState.UNDER_CONSTRUCTION,
            **made,
        }
        lesson = Lesson(
            module=module,
            slug="feel",
            code="L1.1",
            title="Feel",
            body="Feel for it [C].\n\nThen roll it.",
            **stands,
        )
        page = Page(
            kind=PageKind.NEWS, slug="news", title="News", body="It is there.", published_at=NOW, **stands
        )
        term = Term(
            course_id=course.id, text="nodule", meaning="A lump.", slug="nodule", details={"body": "Long."}
        )
        session.add_all([lesson, page, term])
        session.flush()
        return Desk(course.id, module.id, lesson.id, page.id, term.id, ada, bea)


def _instructor(session: Session, name: str) -> Viewer:
    user = add_user(session, now=NOW, role=Role.INSTRUCTOR, name=name)
    return Viewer(user_id=user.id, role=Role.INSTRUCTOR, name=name)
