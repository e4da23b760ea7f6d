"""A course of two modules, the second for professionals, written as rows: no film, no installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

from edu.db import Database
from edu.models import Audience, Course, Lesson, Module, Page, PageKind, PageState, Role
from edu.policy import Viewer
from tests.people import add_user

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PROFESSIONAL = Viewer(is_professional=True)
PATHS = [
    {
        "slug": "student", "title": "Student", "audience": "open", "modules": ["M1", "M5", "M9"],
        "certificate": "Theory", "certificate_note": "not proof of competence", "pass_mark": 70,
        "door": "I am learning", "door_text": "Step by step.",
    }
]  # fmt: skip


@dataclass
class Ground:
    """The rows by their codes, and an account."""

    database: Database
    me: Viewer
    course_id: int
    ids: dict[str, int]

    def change(self, model: type[Any], name: str, **facts: object) -> None:
        """Change columns of the course, a module or a lesson, as a later installation does."""
        with self.database.writing() as session:
            row = session.get_one(model, self.ids[name])
            for column, value in facts.items():
                setattr(row, column, value)

    def ask(self, question: Callable[..., T], *arguments: Any, **more: Any) -> T:
        """What a service answers to a reader."""
        with self.database.reading() as session:
            return question(session, *arguments, **more)

    def add_page(self, slug: str, kind: PageKind = PageKind.NEWS, **facts: Any) -> None:
        """A page of the course that readers find since yesterday."""
        with self.database.writing() as session:
            page = Page(kind=kind, slug=slug, title=slug, course_id=self.course_id, published_at=NOW)
            page.state, page.created_at, page.updated_at = PageState.UNDER_CONSTRUCTION, NOW, NOW
            page.details = {}
            for column, value in facts.items():
                setattr(page, column, value)
            session.add(page)


@pytest.fixture
def ground(database: Database) -> Ground:
    """The course with an account that was never in it."""
    with database.writing() as session:
        me = add_user(session, now=NOW)
        course = Course(slug="mice", title="Mice", state=PageState.UNDER_CONSTRUCTION)
        course.created_at = course.updated_at = NOW
        course.notices = {"paths": PATHS, "gate": {"version": "1", "patient_lesson": "L1.2"}}
        session.add(course)
        session.flush()
        ids = {"course": course.id}
        _module(session, ids, "M1", Audience.OPEN, {"L1.1": ["B", "?"], "L1.2": ["C"]})
        _module(session, ids, "M5", Audience.PRO, {"L5.1": ["B"], "L5.2": []})
        return Ground(database, Viewer(user_id=me.id, role=Role.LEARNER), course.id, ids)


def _module(
    session: Session, ids: dict[str, int], code: str, audience: Audience, lessons: dict[str, list[str]]
) -> None:
    row = Module(course_id=ids["course"], code=code, title=f"Module {code}", audience=audience, minutes=5)
    row.position, row.details = int(code[1:]), {}
    session.add(row)
    session.flush()
    ids[code] = row.id
    for position, (name, grades) in enumerate(lessons.items()):
        lesson = Lesson(course_id=ids["course"], module_id=row.id, code=name, slug=f"l{name[1]}-{name[3]}")
        lesson.title, lesson.position, lesson.evidence = f"Secret {name}", position, grades
        lesson.state, lesson.created_at, lesson.updated_at = PageState.UNDER_CONSTRUCTION, NOW, NOW
        session.add(lesson)
        session.flush()
        ids[name] = lesson.id
