"""Requests that an administrator looks at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Gone, Invalid
from edu.models import Admission, AuditEntry, GateMode, Job, Role
from edu.services import gate
from edu.services.gating import asking, register, requests
from edu.services.gating.asking import Outcome
from edu.services.gating.trail import Reason
from tests.edu.services.gating.conftest import NOW, asker

WAY = frozenset({GateMode.MANUAL})
WORDS = "Anaesthetist, registered with the chamber of Lyon"


def ask(db: Database, user_id: int, words: str = WORDS) -> int:
    with db.writing() as session:
        requests.ask(session, asker(user_id), words, can_mail=True, modes=WAY, now=NOW)
        return requests.listing(session)[-1].id


def kinds(db: Database) -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(Job.kind).order_by(Job.id)))


def test_a_request_waits_visibly_until_an_administrator_lets_the_account_in(
    database: Database, account: Callable[..., int], opened: Callable[..., bool]
) -> None:
    boss, ada = account(Role.ADMINISTRATOR), account(email="ada@example.org")
    request = ask(database, ada)

    with database.reading() as session:
        (one,) = requests.listing(session)
        waits = asking.last(session, ada, modes=WAY)
    assert (one.email, one.profession, one.stated) == ("ada@example.org", "physician", WORDS)
    assert waits is not None
    assert (waits.outcome, waits.stated) == (Outcome.WAITING, WORDS)
    assert not opened(asker(ada), *WAY)

    with database.writing() as session:
        requests.admit(session, request, actor_id=boss, can_mail=True, now=NOW)

    assert opened(asker(ada), *WAY)
    assert kinds(database) == [requests.NOTICE, requests.DECISION]
    with database.reading() as session:
        assert requests.listing(session) == ()
        assert asking.last(session, ada, modes=WAY) is None
        assert session.scalars(select(Admission)).one().admitted_by == boss
        told = requests.told(session, request)
        assert (told.to, told.is_admitted, told.reason) == ("ada@example.org", True, None)
        with pytest.raises(Gone):
            requests.notice(session, request, boss)


def test_a_refusal_says_why_ends_the_declaration_and_forgets_what_was_stated(
    database: Database, account: Callable[..., int], opened: Callable[..., bool]
) -> None:
    boss, ada = account(Role.ADMINISTRATOR), account()
    request = ask(database, ada)

    with database.writing() as session:
        requests.refuse(session, request, "not_found", actor_id=boss, can_mail=False, now=NOW)

    assert not opened(asker(ada), *WAY)
    assert not opened(asker(ada), GateMode.DECLARATION)
    with database.reading() as session:
        asked = asking.last(session, ada, modes=WAY)
        assert asked is not None
        assert (asked.outcome, asked.reason, asked.stated) == (Outcome.REFUSED, Reason.NOT_FOUND, "")
        assert requests.told(session, request).reason is Reason.NOT_FOUND
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.action, entry.actor_id, entry.detail) == ("gate.refused", boss, {"reason": "not_found"})
    assert kinds(database) == [requests.NOTICE]

    ask(database, ada, "Registered in Paris, I had written the wrong place")
    with database.reading() as session:
        again = asking.last(session, ada, modes=WAY)
        assert again is not None
        assert again.outcome is Outcome.WAITING


def test_what_was_decided_or_taken_back_is_not_decided_again(
    database: Database, account: Callable[..., int]
) -> None:
    boss, ada, bob = account(Role.ADMINISTRATOR), account(), account()
    decided, withdrawn = ask(database, ada), ask(database, bob)
    with database.writing() as session:
        requests.admit(session, decided, actor_id=boss, can_mail=False, now=NOW)
        gate.withdraw(session, user_id=bob, visitor_hash=None, now=NOW)

    for request in (decided, withdrawn, 99):
        with pytest.raises(Conflict, match="waits no longer"), database.writing() as session:
            requests.refuse(session, request, "other", actor_id=boss, can_mail=False, now=NOW)
        with pytest.raises(Conflict, match="waits no longer"), database.writing() as session:
            requests.admit(session, request, actor_id=boss, can_mail=False, now=NOW)
    with pytest.raises(Gone), database.reading() as session:
        requests.told(session, withdrawn)


def test_a_refusal_without_a_known_reason_and_a_request_without_words_are_sent_back(
    database: Database, account: Callable[..., int]
) -> None:
    boss, ada = account(Role.ADMINISTRATOR), account()
    request = ask(database, ada)

    with pytest.raises(Invalid) as caught, database.writing() as session:
        requests.refuse(session, request, "because", actor_id=boss, can_mail=False, now=NOW)
    assert caught.value.parameters["field"] == "reason"
    with pytest.raises(Invalid) as caught:
        ask(database, ada, "  ")
    assert caught.value.parameters["field"] == "stated"


def test_the_register_counts_by_way_and_text_and_names_nobody(
    database: Database, account: Callable[..., int]
) -> None:
    boss, ada, bob = account(Role.ADMINISTRATOR), account(email="ada@example.org"), account()
    with database.writing() as session:
        gate.declare(session, user_id=None, visitor_hash="a" * 64, profession="nurse", version="1", now=NOW)
    ask(database, ada)
    request = ask(database, bob)
    with database.writing() as session:
        requests.refuse(session, request, "other", actor_id=boss, can_mail=False, now=NOW)

    with database.writing() as session:
        found = register.counts(session)
        text = register.export(session, actor_id=boss, now=NOW)

    assert [(one.mode, one.text_version, one.standing, one.waiting, one.ended) for one in found] == [
        (GateMode.DECLARATION, "1", 1, 0, 0),
        (GateMode.MANUAL, "1", 0, 1, 1),
    ]
    lines = text.splitlines()
    assert lines[0] == ",".join(register.COLUMNS)
    assert lines[1] == f"1,visitor,nurse,1,{NOW.isoformat()},declaration,,,,"
    assert lines[2] == f"2,account:{ada},physician,1,{NOW.isoformat()},manual,,,,"
    assert not {"ada@", "Lyon", "learner"} & set(text.split())
    assert "Lyon" not in text
    assert "@" not in text
