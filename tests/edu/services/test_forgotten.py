"""A forgotten password: what is promised, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Gone
from edu.models import Job, Purpose
from edu.services import forgotten, links
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def ask(db: Database, email: str, now: datetime = NOW, *, language: str = "") -> None:
    with db.writing() as session:
        forgotten.ask(session, email, now, language=language)


def jobs(db: Database) -> list[dict[str, object]]:
    with db.reading() as session:
        return list(session.scalars(select(Job.payload).where(Job.kind == forgotten.JOB)))


def add(db: Database) -> int:
    with db.writing() as session:
        return add_user(session, now=NOW, email="ada@example.org").id


def test_a_mail_is_promised_and_the_promise_holds_no_token_and_no_address(database: Database) -> None:
    ada = add(database)

    ask(database, "Ada@example.org ", language="es")

    assert jobs(database) == [{"user_id": ada, "language": "es"}]


def test_asking_twice_within_minutes_promises_one_mail(database: Database) -> None:
    add(database)

    ask(database, "ada@example.org")
    ask(database, "ada@example.org", NOW + timedelta(minutes=1))
    assert len(jobs(database)) == 1

    ask(database, "ada@example.org", NOW + timedelta(minutes=6))
    assert len(jobs(database)) == 2


def test_nothing_is_promised_to_nobody_or_to_a_closed_account(database: Database) -> None:
    with database.writing() as session:
        add_user(session, now=NOW, email="closed@example.org").disabled_at = NOW

    for email in ("nobody@example.org", "closed@example.org", ""):
        ask(database, email)

    assert jobs(database) == []


def test_the_link_of_the_mail_works_for_an_hour(database: Database) -> None:
    ada = add(database)
    with database.writing() as session:
        user, token = forgotten.link(session, ada, NOW)
        assert user.email == "ada@example.org"

    with database.reading() as session:
        offer = links.look(session, token, NOW + timedelta(minutes=59))
        assert (offer.purpose, offer.user_id) == (Purpose.RESET, ada)
        with pytest.raises(Gone):
            links.look(session, token, NOW + timedelta(hours=1))


def test_there_is_no_link_for_an_account_closed_meanwhile(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, now=NOW)
        user.disabled_at = NOW
        session.flush()
        with pytest.raises(Gone):
            forgotten.link(session, user.id, NOW)
