"""Everything the site keeps about an account, as a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from edu.db import Database
from edu.errors import NotFound
from edu.models import AttemptState
from edu.services import export_account, gate, passwords, sessions
from tests.answers import add_attempt
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_export_holds_what_the_account_did_and_no_secret(database: Database) -> None:
    kept = passwords.hashed("a quiet harbour")
    with database.writing() as session:
        ada = add_user(session, now=NOW, email="ada@example.org", name="Ada", password_hash=kept)
        other = add_user(session, now=NOW, email="bob@example.org")
        token = sessions.begin(session, ada.id, now=NOW, device="Firefox (Linux)")
        gate.declare(session, user_id=ada.id, visitor_hash=None, profession="nurse", version="1", now=NOW)
        add_attempt(session, ada.id, NOW)
        add_attempt(session, other.id, NOW)

    with database.writing() as session:
        content = export_account.export(session, ada.id, NOW)

    text = json.dumps(content)
    assert content["account"]["email"] == "ada@example.org"
    assert content["sessions"][0]["device"] == "Firefox, Linux"
    assert content["declarations"][0]["profession"] == "nurse"
    assert len(content["attempts"]) == 1
    assert content["attempts"][0]["answers"][0]["answer"] == "A"
    assert content["attempts"][0]["answers"][0]["fractions"] == [1.0]
    assert [deed["deed"] for deed in content["deeds"]] == ["gate.declared"]
    for secret in (kept, token, "bob@example.org", "argon2", '"key"'):
        assert secret not in text


def test_an_open_attempt_tells_its_answers_and_no_marks(database: Database) -> None:
    with database.writing() as session:
        ada = add_user(session, now=NOW)
        add_attempt(session, ada.id, NOW, state=AttemptState.OPEN)

    with database.writing() as session:
        answer = export_account.export(session, ada.id, NOW)["attempts"][0]["answers"][0]

    assert (answer["answer"], answer["fractions"]) == ("A", [])


def test_there_is_no_export_of_nobody(database: Database) -> None:
    with pytest.raises(NotFound), database.writing() as session:
        export_account.export(session, 999, NOW)
