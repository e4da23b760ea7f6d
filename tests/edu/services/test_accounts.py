"""Accounts: made, found, and checked at sign-in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Forbidden, Invalid, NotFound
from edu.models import AuditEntry, Purpose, Role
from edu.services import accounts, links, passwords
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Lovelace+mice@Example.ORG ", "ada.lovelace+mice@example.org"),
        ("jose\u0301@example.es", "jos\u00e9@example.es"),
        ("o'neill@uni.example.co.uk", "o'neill@uni.example.co.uk"),
    ],
)
def test_an_address_is_kept_in_one_form(text: str, email: str) -> None:
    assert accounts.email_of(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@example.org",
        "ada@example",
        "ada@@example.org",
        "ada@example.org\nBcc: all@example.org",
        "ada lovelace@example.org",
        "a@b.c",
        "x" * 250 + "@example.org",
        "<ada@example.org>",
        "ada@example.org,bob@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.email_of(text)

    assert caught.value.parameters["field"] == "email"


@pytest.mark.parametrize(("text", "name"), [("  Ada \t Lovelace\n", "Ada Lovelace"), ("Zoë\u0000X", "Zoë X")])
def test_a_name_is_one_line(text: str, name: str) -> None:
    assert accounts.name_of(text) == name


@pytest.mark.parametrize("text", ["", "   ", "x" * 121, "\u202e\u0000"])
def test_a_name_needs_to_be_readable(text: str) -> None:
    with pytest.raises(Invalid):
        accounts.name_of(text)


def test_an_address_has_one_account_however_it_is_written(database: Database) -> None:
    with database.writing() as session:
        made = accounts.create(session, email="Ada@example.org", name="Ada", password_hash="!", now=NOW)
        assert made.role is Role.LEARNER

    with pytest.raises(Invalid) as caught, database.writing() as session:
        accounts.create(session, email="ada@EXAMPLE.org", name="Other", password_hash="!", now=NOW)

    assert caught.value.code == "email_taken"
    with database.reading() as session:
        assert accounts.find(session, " ADA@example.org").id == made.id
        assert [entry.action for entry in session.scalars(select(AuditEntry))] == ["account.created"]


def test_the_right_password_proves_the_account(database: Database) -> None:
    with database.writing() as session:
        user = add_user(
            session, now=NOW, email="ada@example.org", password_hash=passwords.hashed("a quiet harbour")
        )
    with database.reading() as session:
        found = accounts.credentials(session, "Ada@Example.org")

    assert accounts.proven(found, "a quiet harbour") == user.id


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "a loud harbour"),
        ("nobody@example.org", "a quiet harbour"),
        ("", ""),
        ("x" * 999, "x"),
    ],
)
def test_unknown_and_wrong_are_refused_in_the_same_words(
    database: Database, email: str, password: str
) -> None:
    with database.writing() as session:
        add_user(session, now=NOW, email="ada@example.org", password_hash=passwords.hashed("a quiet harbour"))
    with database.reading() as session:
        found = accounts.credentials(session, email)

    with pytest.raises(Invalid) as caught:
        accounts.proven(found, password)

    assert caught.value.sentence == "the e-mail address or the password is wrong"
    assert found.password_hash.startswith("$argon2id$"), "so that the comparison costs the same"


def test_an_account_without_a_password_cannot_be_proven(database: Database) -> None:
    with database.writing() as session:
        add_user(session, now=NOW, email="ada@example.org", password_hash="!")
    with database.reading() as session:
        found = accounts.credentials(session, "ada@example.org")

    assert found.password_hash == passwords.NOBODYS
    with pytest.raises(Invalid):
        accounts.proven(found, "!")


def test_a_closed_account_tells_so_only_to_who_knows_its_password(database: Database) -> None:
    with database.writing() as session:
        user = add_user(
            session, now=NOW, email="ada@example.org", password_hash=passwords.hashed("a quiet harbour")
        )
        user.disabled_at = NOW
    with database.reading() as session:
        found = accounts.credentials(session, "ada@example.org")

    with pytest.raises(Forbidden):
        accounts.proven(found, "a quiet harbour")
    with pytest.raises(Invalid):
        accounts.proven(found, "a loud harbour")


def test_a_new_address_or_password_ends_links_that_were_sent(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, now=NOW)
        first = links.issue(session, Purpose.RESET, now=NOW, user_id=user.id)
        accounts.change_email(session, user.id, "new@example.org", NOW)
        second = links.issue(session, Purpose.RESET, now=NOW, user_id=user.id)
        accounts.set_password(session, user.id, "hash", NOW)

    with database.reading() as session:
        for token in (first, second):
            with pytest.raises(Exception, match="used already"):
                links.look(session, token, NOW)


def test_a_rehash_is_nothing_that_a_person_did(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, now=NOW)
        token = links.issue(session, Purpose.RESET, now=NOW, user_id=user.id)
        accounts.set_password(session, user.id, "hash", NOW, is_rehash=True)

    with database.reading() as session:
        links.look(session, token, NOW)
        assert session.scalars(select(AuditEntry)).all() == []


def test_what_was_never_there_is_not_found(database: Database) -> None:
    with database.reading() as session:
        for look in (lambda: accounts.get(session, 999), lambda: accounts.find(session, "no@example.org")):
            with pytest.raises(NotFound):
                look()
