"""Erasing an account."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from edu.db import Database
from edu.errors import Conflict
from edu.models import (
    Attempt,
    AttemptState,
    AuditEntry,
    Declaration,
    GateMode,
    Grading,
    LoginSession,
    OneTimeLink,
    Purpose,
    Role,
    User,
    Video,
)
from edu.services import audit, erasure, gate, links, sessions
from tests.answers import add_attempt
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_person_goes_and_the_counted_answers_stay_without_a_name(database: Database) -> None:
    with database.writing() as session:
        ada = add_user(session, now=NOW, email="ada@example.org").id
        sessions.begin(session, ada, now=NOW, device="")
        links.issue(session, Purpose.RESET, now=NOW, user_id=ada)
        audit.record(session, audit.Deed.SIGNED_IN, now=NOW, actor_id=ada, subject=audit.of_user(ada))
        gate.declare(session, user_id=ada, visitor_hash=None, profession="nurse", version="1", now=NOW)
        done = add_attempt(session, ada, NOW).id
        begun = add_attempt(session, ada, NOW, state=AttemptState.OPEN).id
        session.add(
            Video(slug="film", title="Film", original_key="k", owner_id=ada, state_at=NOW, created_at=NOW)
        )

    with database.writing() as session:
        erasure.erase(session, ada, NOW)

    with database.reading() as session:
        for gone in (User, LoginSession, OneTimeLink):
            assert session.scalar(select(func.count()).select_from(gone)) == 0
        states = {
            row.id: (row.state, row.user_id, bool(row.owner_hash)) for row in session.scalars(select(Attempt))
        }
        assert states == {
            done: (AttemptState.SUBMITTED, None, True),
            begun: (AttemptState.ABANDONED, None, True),
        }
        assert session.scalar(select(func.count()).select_from(Grading)) == 2
        declared = session.scalars(select(Declaration)).one()
        assert (declared.user_id, declared.profession, declared.withdrawn_at) == (None, "nurse", NOW)
        assert session.scalars(select(Video.owner_id)).one() is None
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(entry.action, entry.actor_id) for entry in entries] == [
            ("account.signed_in", None),
            ("gate.declared", None),
            ("account.erased", None),
        ]


def test_the_gate_is_closed_for_whom_the_erased_declaration_belonged_to(database: Database) -> None:
    with database.writing() as session:
        ada = add_user(session, now=NOW).id
        gate.declare(session, user_id=ada, visitor_hash=None, profession="nurse", version="1", now=NOW)
        erasure.erase(session, ada, NOW)

    with database.reading() as session:
        modes = frozenset({GateMode.DECLARATION})
        assert not gate.has_declared(session, user_id=ada, visitor_hash=None, modes=modes)


def test_others_keep_what_is_theirs(database: Database) -> None:
    with database.writing() as session:
        ada, bob = add_user(session, now=NOW).id, add_user(session, now=NOW).id
        add_attempt(session, bob, NOW)
        erasure.erase(session, ada, NOW)

    with database.reading() as session:
        assert session.scalars(select(Attempt.user_id)).one() == bob


def test_the_last_administrator_cannot_be_erased(database: Database) -> None:
    with database.writing() as session:
        boss = add_user(session, now=NOW, role=Role.ADMINISTRATOR).id

    with pytest.raises(Conflict, match="last administrator"), database.writing() as session:
        erasure.erase(session, boss, NOW)

    with database.reading() as session:
        assert session.get(User, boss) is not None
