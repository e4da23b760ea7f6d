"""The professional gate: who stands by which text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Invalid
from edu.models import Audience, AuditEntry, Course, Declaration, GateMode, Lesson, Module, PageState
from edu.services import gate
from edu.services.gate import OWN_TEXT
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADA = "a" * 64


def install(db: Database, version: str, *, slug: str = "course", position: int = 0, **more: Any) -> int:
    """A course with a gate text of its own."""
    with db.writing() as session:
        course = session.scalar(select(Course).where(Course.slug == slug))
        if course is None:
            course = Course(slug=slug, title="A course", position=position, created_at=NOW, updated_at=NOW)
            session.add(course)
        course.notices = {"gate": {"text": f"text {version}", "version": version, **more}}
        session.flush()
        return course.id


def declare(
    db: Database, *, user_id: int | None = None, visitor: str | None = None, version: str = "1"
) -> None:
    with db.writing() as session:
        gate.declare(
            session,
            user_id=user_id,
            visitor_hash=visitor,
            profession="physician",
            version=version,
            now=NOW,
        )


def stands(
    db: Database,
    *,
    user_id: int | None = None,
    visitor: str | None = None,
    modes: frozenset[GateMode] = frozenset({GateMode.DECLARATION}),
) -> bool:
    with db.reading() as session:
        return gate.has_declared(session, user_id=user_id, visitor_hash=visitor, modes=modes)


def user(db: Database) -> int:
    with db.writing() as session:
        return add_user(session, now=NOW).id


def test_without_a_course_the_sites_own_text_is_in_force(database: Database) -> None:
    with database.reading() as session:
        page = gate.page(session, user_id=None, visitor_hash=None)

    assert page.text == OWN_TEXT
    assert (page.patient_path, page.declared) == ("/", None)


def test_the_text_of_the_first_course_that_has_one_is_in_force(database: Database) -> None:
    install(database, "9", slug="second", position=2)
    install(database, "7", slug="first", position=1)
    with database.writing() as session:
        session.add(Course(slug="bare", title="No gate", position=0, created_at=NOW, updated_at=NOW))

    with database.reading() as session:
        page = gate.page(session, user_id=None, visitor_hash=None)

    assert (page.text.text, page.text.version, page.text.confirm) == ("text 7", "7", OWN_TEXT.confirm)


def test_a_declaration_of_an_account_is_logged_with_version_and_profession(database: Database) -> None:
    install(database, "3")
    ada = user(database)

    declare(database, user_id=ada, visitor=ADA, version="3")

    assert stands(database, user_id=ada)
    assert not stands(database, visitor=ADA), "the account declared, not the browser"
    with database.reading() as session:
        row = session.scalars(select(Declaration)).one()
        entry = session.scalars(select(AuditEntry)).one()
        assert (row.user_id, row.profession, row.text_version, row.declared_at) == (
            ada,
            "physician",
            "3",
            NOW,
        )
        detail = {"version": "3", "profession": "physician", "language": "en", "text": "text 3"}
        assert (entry.action, entry.detail) == ("gate.declared", detail), (
            "what was read is kept as it was shown"
        )


def test_a_visitor_without_an_account_declares_for_one_browser(database: Database) -> None:
    declare(database, visitor=ADA)

    assert stands(database, visitor=ADA)
    assert not stands(database, visitor="b" * 64)
    assert not stands(database)


def test_a_new_version_of_the_text_asks_again(database: Database) -> None:
    install(database, "1")
    declare(database, visitor=ADA)

    install(database, "2")

    assert not stands(database, visitor=ADA)
    declare(database, visitor=ADA, version="2")
    assert stands(database, visitor=ADA)


def test_a_text_that_changed_while_it_was_read_is_not_confirmed(database: Database) -> None:
    install(database, "2")

    with pytest.raises(Conflict, match="read it again"):
        declare(database, visitor=ADA, version="1")

    assert not stands(database, visitor=ADA)


def test_a_profession_that_is_not_offered_is_refused(database: Database) -> None:
    with pytest.raises(Invalid) as caught, database.writing() as session:
        gate.declare(
            session, user_id=None, visitor_hash=ADA, profession="patient", version=OWN_TEXT.version, now=NOW
        )

    assert caught.value.parameters["field"] == "profession"


def test_a_withdrawn_declaration_closes_the_gate_and_stays_in_the_log(database: Database) -> None:
    declare(database, visitor=ADA)

    with database.writing() as session:
        gate.withdraw(session, user_id=None, visitor_hash=ADA, now=NOW)

    assert not stands(database, visitor=ADA)
    with database.reading() as session:
        assert session.scalars(select(Declaration)).one().withdrawn_at == NOW


def test_nobody_withdraws_what_others_declared(database: Database) -> None:
    declare(database, visitor=ADA)

    with database.writing() as session:
        gate.withdraw(session, user_id=None, visitor_hash=None, now=NOW)
        gate.withdraw(session, user_id=None, visitor_hash="b" * 64, now=NOW)

    assert stands(database, visitor=ADA)


@pytest.mark.parametrize(
    ("audience", "state", "path"),
    [
        (Audience.OPEN, PageState.UNDER_CONSTRUCTION, "/courses/course/for-patients"),
        (Audience.PRO, PageState.UNDER_CONSTRUCTION, "/courses/course"),
        (Audience.OPEN, PageState.DRAFT, "/courses/course"),
    ],
)
def test_patients_are_sent_to_a_page_that_they_can_read(
    database: Database, audience: Audience, state: PageState, path: str
) -> None:
    course_id = install(database, "1", patient_lesson="L0.2")
    with database.writing() as session:
        module = Module(course_id=course_id, code="M0", title="M0")
        session.add(module)
        session.flush()
        session.add(
            Lesson(
                course_id=course_id,
                module_id=module.id,
                slug="for-patients",
                code="L0.2",
                title="For patients",
                audience=audience,
                state=state,
                created_at=NOW,
                updated_at=NOW,
            )
        )

    with database.reading() as session:
        assert gate.page(session, user_id=None, visitor_hash=None).patient_path == path
