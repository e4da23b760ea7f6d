"""Addresses, names and messages go when their time has come, and with the account that sent them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.models import ApiToken, Job, Message, MessageKind, MessageState, Role
from edu.services import erasure, export_account
from edu.services.messages import consents, forgetting
from tests.messaging import add_message, draft, receive
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YEAR = NOW + forgetting.KEPT
SENDER = {"name": "Ada", "email": "ada@example.org", "text": "Words"}
AGREED = {consents.PUBLISH: True, consents.NAME: True}


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, ("", "", "Words")),  # nobody answered: its words wait on
        ({"state": MessageState.ANSWERED, "answered_at": NOW}, ("", "", "")),
        ({"state": MessageState.ACCEPTED, "answered_at": NOW, "is_public": True}, ("", "", "Words")),
        (
            {"state": MessageState.ACCEPTED, "answered_at": NOW, "is_public": True, "consent": AGREED},
            ("Ada", "", "Words"),
        ),
        (
            {"state": MessageState.ANSWERED, "answered_at": NOW + timedelta(1)},
            ("Ada", "ada@example.org", "Words"),
        ),
    ],
)
def test_twelve_months_after_the_answer_names_go_and_what_is_not_public_goes_whole(
    database: Database, values: dict[str, object], left: tuple[str, str, str]
) -> None:
    with database.writing() as session:
        number = add_message(session, NOW, **{**SENDER, **values}).id
        forgetting.forget(session, YEAR - timedelta(seconds=1))
        assert session.get_one(Message, number).email == "ada@example.org"
        due = forgetting.count(session, YEAR)

        touched = forgetting.forget(session, YEAR)

        row = session.get_one(Message, number)
        assert (row.name, row.email, row.text) == left
        assert touched == due == int(left[1] == "")
        assert forgetting.count(session, YEAR) == 0


def test_spam_goes_after_ninety_days_and_the_last_number_stays_taken(database: Database) -> None:
    with database.writing() as session:
        for _ in range(3):
            add_message(session, NOW, **SENDER, state=MessageState.SPAM)

        assert forgetting.forget(session, NOW + forgetting.KEPT_SPAM) == 3

        (last,) = session.scalars(select(Message)).all()
        assert (last.id, last.text) == (3, "")


def test_the_day_to_forget_is_promised_with_the_message(database: Database) -> None:
    with database.writing() as session:
        receive(session, draft(MessageKind.CONTACT, NOW), NOW)
        receive(session, draft(MessageKind.CONTACT, NOW, text="Another"), NOW)
        receive(session, draft(MessageKind.CONTACT, NOW, trap="x", text="Spam"), NOW)

    with database.reading() as session:
        due = session.scalars(select(Job.run_at).order_by(Job.run_at)).all()
    assert len(due) == 2
    assert due[0] >= NOW + forgetting.KEPT_SPAM
    assert due[1] >= NOW + forgetting.KEPT


def test_an_account_takes_its_messages_and_tokens_along_and_the_log_stays_without_its_words(
    database: Database,
) -> None:
    with database.writing() as session:
        ada = add_user(session, now=NOW).id
        editor = add_user(session, now=NOW, role=Role.INSTRUCTOR).id
        session.add(ApiToken(user_id=ada, token_hash="a" * 64, name="Laptop", created_at=NOW))
        common = {**SENDER, "user_id": ada, "answered_by": editor, "answered_at": NOW, "consent": AGREED}
        log = add_message(
            session, NOW, **common, state=MessageState.ACCEPTED, is_public=True, changed="Now 30."
        ).id
        story = add_message(
            session, NOW, **common, kind=MessageKind.STORY, state=MessageState.ACCEPTED, is_public=True
        ).id

    with database.writing() as session:
        mine, theirs = (export_account.export(session, user_id, NOW) for user_id in (ada, editor))
        erasure.erase(session, ada, NOW)
        erasure.erase(session, editor, NOW)

    assert [token["name"] for token in mine["tokens"]] == ["Laptop"]
    assert [sent["number"] for sent in mine["messages"]["sent"]] == [log, story]
    assert [one["number"] for one in theirs["messages"]["answered"]] == [log, story]
    assert "a" * 64 not in json.dumps(mine)
    assert "ada@example.org" not in json.dumps(theirs["messages"])
    with database.reading() as session:
        kept, gone = session.get_one(Message, log), session.get_one(Message, story)
        assert (kept.is_public, kept.changed, kept.text, kept.name, kept.email) == (
            True, "Now 30.", "", "", "",
        )  # fmt: skip
        assert (kept.answered_by, kept.user_id, gone.is_public, gone.text) == (None, None, False, "")
        assert session.scalars(select(ApiToken)).all() == []
