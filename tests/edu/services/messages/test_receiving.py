"""Messages are kept once, with their number; spam is set aside without a word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from edu.db import Database
from edu.errors import Invalid, InvalidFields, TooMany
from edu.models import AuditEntry, Job, Message, MessageKind, MessageState, Role
from edu.services.messages import consents, letters, own, receiving
from edu.services.messages.stamps import LEAST, MOST
from tests.messaging import READ, STAMPER, draft, receive
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINKED = "See https://a.example/1 and http://b.example/2 and www.c.example for the best offers of all."


def rows(database: Database) -> list[Message]:
    with database.reading() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def test_a_message_gets_a_number_and_a_secret_of_which_only_the_hash_is_kept(database: Database) -> None:
    made = draft(MessageKind.CONTACT, NOW, title=" A  question ", name=" Ada ", email="Ada@Example.org")

    with database.writing() as session:
        kept = receive(session, made, NOW)

    (row,) = rows(database)
    assert (row.id, row.state, row.title, row.name, row.email) == (
        kept.number, MessageState.NEW, "A question", "Ada", "ada@example.org",
    )  # fmt: skip
    assert kept.token not in row.token_hash
    with database.reading() as session:
        assert own.by_token(session, kept.token).line.number == kept.number


def test_the_same_form_sent_twice_is_one_message_and_with_other_words_another(database: Database) -> None:
    made = draft(MessageKind.CONTACT, NOW)
    other = draft(MessageKind.CONTACT, NOW, stamp=made.stamp, text="Something else.")

    with database.writing() as session:
        kept = [receive(session, each, NOW) for each in (made, made, other)]

    assert kept[0] == kept[1]
    assert len({each.token for each in kept}) == 2
    assert len(rows(database)) == 2


@pytest.mark.parametrize(
    ("kind", "values", "fields"),
    [
        (MessageKind.CONTACT, {"title": "", "text": " \n "}, {"topic", "text"}),
        (MessageKind.CORRECTION, {"text": "x" * 5_001, "source": "y" * 1_001}, {"text", "source"}),
        (MessageKind.CORRECTION, {"email": "ada@example.org\r\nBcc: all@example.org"}, {"email"}),
        (MessageKind.CORRECTION, {"name": "n" * 121}, {"name"}),
        (MessageKind.PROPOSAL, {"ticked": {}}, {consents.PUBLISH}),
        (MessageKind.STORY, {"ticked": {consents.PUBLISH: True}}, {consents.OWN}),
    ],
)
def test_what_is_missing_or_too_long_is_told_field_by_field(
    database: Database, kind: MessageKind, values: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(InvalidFields) as refused, database.writing() as session:
        receive(session, draft(kind, NOW, **values), NOW)

    assert {fault.parameters["field"] for fault in refused.value.faults} == fields


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        (STAMPER.make(MessageKind.CONTACT, NOW - LEAST + timedelta(seconds=1)), "too_quick"),
        (STAMPER.make(MessageKind.CONTACT, NOW - MOST - timedelta(seconds=1)), "form_old"),
        (STAMPER.make(MessageKind.STORY, NOW - READ), "form_unknown"),
        ("", "form_unknown"),
        ("bm9uZQ.c2lnbmF0dXJl", "form_unknown"),
    ],
    ids=["too quickly", "too late", "from another form", "without a stamp", "with a made-up stamp"],
)
def test_a_form_sent_too_quickly_too_late_or_from_elsewhere_asks_to_be_sent_again(
    database: Database, stamp: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused, database.writing() as session:
        receive(session, draft(MessageKind.CONTACT, NOW, stamp=stamp), NOW)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"trap": "http://x"}, "trap"),
        ({"text": LINKED}, "links"),
        ({"text": 'Look <a href="//x">here</a>, friends.'}, "markup"),
        ({"text": "Look [url=//x]here[/url], friends."}, "markup"),
        ({"name": "www.offers.example"}, "name"),
    ],
)
def test_spam_is_answered_like_the_rest_and_lies_aside_with_its_reason(
    database: Database, values: dict[str, object], reason: str
) -> None:
    with database.writing() as session:
        add_user(session, now=NOW, role=Role.ADMINISTRATOR)
        kept = receive(session, draft(MessageKind.CONTACT, NOW, **values), NOW, can_mail=True)

    (row,) = rows(database)
    assert row.state is MessageState.SPAM
    with database.reading() as session:
        assert own.by_token(session, kept.token).line.state is MessageState.NEW  # as its sender sees it
        assert session.scalars(select(AuditEntry.detail)).one() == {"reason": reason}
        assert session.scalar(select(func.count()).where(Job.kind == letters.NOTICE)) == 0


def test_a_report_may_name_its_sources(database: Database) -> None:
    with database.writing() as session:
        receive(session, draft(MessageKind.CORRECTION, NOW, text=LINKED, source=f"{LINKED} {LINKED}"), NOW)

    assert rows(database)[0].state is MessageState.NEW


def test_the_same_words_from_another_form_are_set_aside_unless_they_are_few(database: Database) -> None:
    with database.writing() as session:
        for text in ("Thank you!", "Thank you!", "x" * 40, "x" * 40):
            receive(session, draft(MessageKind.CONTACT, NOW, text=text), NOW)

    assert [row.state.value for row in rows(database)] == ["new", "new", "new", "spam"]


def test_one_address_sends_so_many_and_then_waits_while_others_send(database: Database) -> None:
    with database.writing() as session:
        for number in range(receiving.SENDS.tries):
            receive(session, draft(MessageKind.CONTACT, NOW, text=f"Question {number}"), NOW)

        with pytest.raises(TooMany):
            receive(session, draft(MessageKind.CONTACT, NOW, text="One more"), NOW)
        receive(session, draft(MessageKind.CONTACT, NOW, text="And me"), NOW, party="192.0.2.2")

    assert len(rows(database)) == receiving.SENDS.tries + 1


def test_each_administrator_is_promised_one_notice_and_nobody_where_no_mail_is_sent(
    database: Database,
) -> None:
    with database.writing() as session:
        for role in (Role.ADMINISTRATOR, Role.ADMINISTRATOR, Role.INSTRUCTOR):
            add_user(session, now=NOW, role=role)
        receive(session, draft(MessageKind.STORY, NOW), NOW, can_mail=True)
        receive(session, draft(MessageKind.STORY, NOW, text="Quiet"), NOW)

    with database.reading() as session:
        promised = session.scalars(select(Job.payload).where(Job.kind == letters.NOTICE)).all()
    assert [set(payload) for payload in promised] == [{"message_id", "user_id"}] * 2
    assert {payload["message_id"] for payload in promised} == {rows(database)[0].id}


def test_hostile_signs_leave_nothing_but_words(database: Database) -> None:
    made = draft(MessageKind.CONTACT, NOW, title="A\r\nBcc: x", name="Ada\r\nTo: y", text="a\0b\x1b[31m\r\nc")

    with database.writing() as session:
        receive(session, made, NOW)

    (row,) = rows(database)
    assert (row.title, row.name, row.text) == ("A Bcc: x", "Ada To: y", "ab[31m\nc")
