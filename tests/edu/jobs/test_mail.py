"""The promised mails are sent, and tried again when the server does not take them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.jobs.mail import send_reset
from edu.jobs.worker import Worker
from edu.models import Job, JobState, Purpose
from edu.queue import EmbeddedEngine
from edu.runtime import Runtime
from edu.services import accounts, forgotten, links
from tests.mailbox import Mailbox
from tests.people import add_user


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def house(with_settings: Callable[..., Runtime], mailbox: Mailbox) -> Runtime:
    """A site that sends mail, where Ada has asked for a new password."""
    house = with_settings(smtp_url=mailbox.url)
    with house.db.writing() as session:
        add_user(session, now=house.clock.now(), email="ada@example.org", name="Ada")
        forgotten.ask(session, "ada@example.org", house.clock.now())
    return house


def work(house: Runtime) -> JobState:
    """Run what is due, and tell how the job stands."""
    worker = Worker(
        house, EmbeddedEngine(house.db, house.clock, lease_seconds=30), {forgotten.JOB: send_reset}, name="w"
    )
    worker.run_one()
    worker.close()
    with house.db.reading() as session:
        return session.scalars(select(Job.state)).one()


def test_the_mail_brings_a_link_that_works_and_whose_token_is_nowhere_else(
    house: Runtime, mailbox: Mailbox
) -> None:
    assert work(house) is JobState.DONE

    text = mailbox.messages[0].get_content()
    address = next(line for line in text.splitlines() if "/account/link/" in line)
    token = address.rpartition("/")[2]
    with house.db.reading() as session:
        assert links.look(session, token, house.clock.now()).purpose is Purpose.RESET
        job = session.scalars(select(Job)).one()
        assert token not in f"{job.payload} {job.key} {job.message} {job.error}"


@pytest.mark.parametrize(
    ("own", "asked", "greeting"),
    [("", "es", "Hola, Ada:"), ("fr", "es", "Bonjour Ada,"), ("", None, "Hello Ada,")],
)
def test_the_mail_speaks_as_the_account_says_or_else_as_the_page_on_which_it_was_asked_for(
    house: Runtime, mailbox: Mailbox, own: str, asked: str | None, greeting: str
) -> None:
    with house.db.writing() as session:
        accounts.find(session, "ada@example.org").language = own
        job = session.scalars(select(Job)).one()
        told = {} if asked is None else {"language": asked}  # without: promised before it was noted
        job.payload = {"user_id": job.payload["user_id"], **told}

    assert work(house) is JobState.DONE

    assert greeting in mailbox.messages[0].get_content()


def test_a_server_that_is_down_is_tried_again_and_only_the_last_link_works(
    house: Runtime, mailbox: Mailbox, clock: FixedClock
) -> None:
    mailbox.refuses = True
    assert work(house) is JobState.READY

    mailbox.refuses = False
    clock.advance(timedelta(minutes=1))
    assert work(house) is JobState.DONE

    assert mailbox.recipients == ["ada@example.org"]


def test_an_account_that_was_closed_meanwhile_gets_no_mail(house: Runtime, mailbox: Mailbox) -> None:
    with house.db.writing() as session:
        accounts.find(session, "ada@example.org").disabled_at = house.clock.now()

    assert work(house) is JobState.FAILED
    assert mailbox.messages == []
