"""Mails about messages: a notice that tells nothing of them, and the answer to who left an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.jobs.handlers import HANDLERS
from edu.jobs.worker import Worker
from edu.models import Job, JobState, Message, MessageKind, MessageState, Role
from edu.policy import Viewer
from edu.queue import EmbeddedEngine
from edu.runtime import Runtime
from edu.services.messages import deciding, desk, forgetting
from edu.services.messages.deciding import Decision, Verdict
from tests.mailbox import Mailbox
from tests.messaging import add_message, draft, receive
from tests.people import add_user


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def house(with_settings: Callable[..., Runtime], mailbox: Mailbox) -> Runtime:
    """A site that sends mail and has an administrator."""
    house = with_settings(smtp_url=mailbox.url)
    with house.db.writing() as session:
        add_user(session, now=house.clock.now(), role=Role.ADMINISTRATOR, email="eve@example.org", name="Eve")
    return house


def work(house: Runtime) -> None:
    worker = Worker(house, EmbeddedEngine(house.db, house.clock, lease_seconds=30), HANDLERS, name="w")
    while worker.run_one():
        pass
    worker.close()


def send(house: Runtime, **values: object) -> int:
    with house.db.writing() as session:
        now = house.clock.now()
        return receive(session, draft(MessageKind.CONTACT, now, **values), now, can_mail=True).number


def decide(house: Runtime, number: int, decision: Decision, answer: str) -> None:
    viewer = Viewer(user_id=1, role=Role.ADMINISTRATOR)
    with house.db.writing() as session:
        verdict = Verdict(decision, answer, seen=desk.sheet(session, viewer, number).seen)
        deciding.decide(session, viewer, number, verdict, can_mail=True, now=house.clock.now())


def test_the_notice_holds_number_kind_and_address_and_nothing_that_was_written(
    house: Runtime, mailbox: Mailbox
) -> None:
    number = send(house, title="SECRET topic", text="SECRET words", name="SECRET", email="ada@example.org")

    work(house)

    (letter,) = mailbox.messages
    assert mailbox.recipients == ["eve@example.org"]
    assert f"Message {number} on" in letter["Subject"]
    assert f"http://localhost/studio/messages/{number}" in letter.get_content()
    assert "SECRET" not in letter.as_string()
    assert "ada@" not in letter.as_string()


@pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision.ANSWER, "This is the answer"), (Decision.DECLINE, "was read and not taken up")],
)
def test_the_answer_goes_to_the_address_and_repeats_nothing_that_was_sent(
    house: Runtime, mailbox: Mailbox, decision: Decision, words: str
) -> None:
    number = send(house, text="SECRET words", name="Ada", email="ada@example.org")
    decide(house, number, decision, "No, it is 30 degrees.\r\nBcc: all@example.org")

    work(house)

    assert mailbox.recipients == ["ada@example.org"]  # the notice was moot by then
    (letter,) = mailbox.messages
    text = letter.get_content()
    assert words in text
    assert "No, it is 30 degrees." in text
    assert "SECRET" not in text
    assert letter["Bcc"] is None
    assert "\n\n\n\n" not in text.replace("\r", "")


def test_an_answer_to_an_address_that_was_taken_back_is_not_sent(house: Runtime, mailbox: Mailbox) -> None:
    number = send(house, email="ada@example.org")
    decide(house, number, Decision.ANSWER, "Yes.")
    with house.db.writing() as session:
        session.get_one(Message, number).email = ""

    work(house)

    assert mailbox.messages == []
    with house.db.reading() as session:
        states = session.scalars(select(Job.state).where(Job.kind != forgetting.JOB)).all()
    assert set(states) == {JobState.DONE}


def test_what_is_due_is_forgotten_on_its_day(house: Runtime, clock: FixedClock) -> None:
    number = send(house, email="ada@example.org", trap="x")
    with house.db.writing() as session:
        kept = add_message(session, clock.now(), email="bob@example.org", state=MessageState.NEW).id
    clock.advance(forgetting.KEPT_SPAM + timedelta(days=2))

    work(house)

    with house.db.reading() as session:
        assert session.get(Message, number) is None
        assert session.get_one(Message, kept).email == "bob@example.org"
