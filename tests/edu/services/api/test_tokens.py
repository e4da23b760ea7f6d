"""Tokens of an account: told once, kept as a hash, ten at most, ended by their owner alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Invalid, NotFound, SignInNeeded
from edu.models import ApiToken, AuditEntry, GateMode, Role, User
from edu.services.api import tokens
from edu.services.viewers import hashed
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MODES = frozenset({GateMode.DECLARATION})


@pytest.fixture
def ada(database: Database) -> int:
    with database.writing() as session:
        return add_user(session, now=NOW, name="Ada").id


def make(database: Database, user_id: int, name: str = "a program") -> str:
    with database.writing() as session:
        return tokens.make(session, user_id, name, NOW)


def test_a_token_is_kept_as_its_hash_and_written_into_the_audit_trail(database: Database, ada: int) -> None:
    made = make(database, ada, "  my \n laptop ")

    with database.reading() as session:
        row = session.scalars(select(ApiToken)).one()
        deed = session.scalars(select(AuditEntry)).one()
        known = tokens.reader(session, made, MODES)
    assert made.startswith(tokens.BEGINNING)
    assert (row.token_hash, row.name, row.used_at) == (hashed(made), "my laptop", None)
    assert (deed.action, deed.actor_id, deed.detail) == ("token.made", ada, {"token": row.id})
    assert (known.viewer.user_id, known.viewer.role, known.viewer.passes_gate) == (ada, Role.LEARNER, False)


@pytest.mark.parametrize("name", ["", " \0 ", "x" * (tokens.MOST_LETTERS + 1)])
def test_a_token_has_a_name_that_tells_it_from_others(name: str, database: Database, ada: int) -> None:
    with pytest.raises(Invalid):
        make(database, ada, name)


def test_there_are_ten_at_most_and_an_ended_one_makes_room(database: Database, ada: int) -> None:
    first = make(database, ada)
    for _ in range(tokens.MOST - 1):
        make(database, ada)

    with pytest.raises(Conflict):
        make(database, ada)
    with database.writing() as session:
        oldest = tokens.listed(session, ada)[-1].id
        tokens.end(session, ada, oldest, NOW)
    assert make(database, ada)
    with database.reading() as session, pytest.raises(SignInNeeded):
        tokens.reader(session, first, MODES)


def test_nobody_ends_the_token_of_another_or_an_ended_one(database: Database, ada: int) -> None:
    make(database, ada)
    with database.writing() as session:
        bob = add_user(session, now=NOW).id
        (listed,) = tokens.listed(session, ada)

    with database.writing() as session, pytest.raises(NotFound):
        tokens.end(session, bob, listed.id, NOW)
    with database.writing() as session:
        tokens.end(session, ada, listed.id, NOW)
    with database.writing() as session, pytest.raises(NotFound):
        tokens.end(session, ada, listed.id, NOW)


def test_an_instructor_reads_as_a_learner_who_passes_the_gate(database: Database) -> None:
    with database.writing() as session:
        made = tokens.make(session, add_user(session, now=NOW, role=Role.INSTRUCTOR).id, "a program", NOW)

    with database.reading() as session:
        viewer = tokens.reader(session, made, MODES).viewer
    assert (viewer.is_instructor, viewer.passes_gate) == (False, True)


def test_a_disabled_account_has_no_token_that_is_good(database: Database, ada: int) -> None:
    made = make(database, ada)
    with database.writing() as session:
        session.get_one(User, ada).disabled_at = NOW

    with database.reading() as session, pytest.raises(SignInNeeded):
        tokens.reader(session, made, MODES)
