"""Mails about the professional gate: the link to an institution, the notice of a request, the decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from edu.jobs.gate import WORDS
from edu.jobs.handlers import HANDLERS
from edu.jobs.worker import Worker
from edu.models import GateMode, Role
from edu.queue import EmbeddedEngine
from edu.runtime import Runtime
from edu.services import gate, mail
from edu.services.gating import institution, requests
from edu.services.gating.asking import Asker
from edu.services.gating.trail import Reason
from tests.mailbox import Mailbox
from tests.people import add_user


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def house(with_settings: Callable[..., Runtime], mailbox: Mailbox) -> Runtime:
    """A site that sends mail; its first account runs it, the second asks."""
    house = with_settings(smtp_url=mailbox.url)
    with house.db.writing() as session:
        add_user(session, now=house.clock.now(), role=Role.ADMINISTRATOR, email="eve@example.org")
        add_user(session, now=house.clock.now(), email="ada@example.org")
    return house


ADA = Asker(2, None, "nurse", "1")


def work(house: Runtime) -> None:
    worker = Worker(house, EmbeddedEngine(house.db, house.clock, lease_seconds=30), HANDLERS, name="w")
    while worker.run_one():
        pass
    worker.close()


def ask_institution(house: Runtime, asker: Asker = ADA) -> None:
    with house.db.writing() as session:
        institution.ask(
            session, asker, "ada@clinic.example.org", domains=("clinic.example.org",), can_mail=True,
            modes=frozenset({GateMode.INSTITUTION}), now=house.clock.now(),
        )  # fmt: skip


def ask_administrators(house: Runtime) -> int:
    with house.db.writing() as session:
        modes = frozenset({GateMode.MANUAL})
        requests.ask(session, ADA, "Chamber of Lyon", can_mail=True, modes=modes, now=house.clock.now())
        return requests.listing(session)[0].id


def test_the_link_speaks_the_language_of_the_confirmed_text(house: Runtime, mailbox: Mailbox) -> None:
    ask_institution(house, replace(ADA, language="es"))

    work(house)

    english = mail.message(house.settings, "gate_link", to="a@example.org", url="u")["Subject"]
    spanish = mail.message(house.settings, "gate_link", to="a@example.org", language="es", url="u")["Subject"]
    assert mailbox.messages[0]["Subject"] == spanish != english


def test_the_link_comes_to_the_address_at_the_institution_and_opens_the_gate(
    house: Runtime, mailbox: Mailbox
) -> None:
    ask_institution(house)

    work(house)

    (letter,) = mailbox.messages
    found = re.search(r"http://localhost/professionals/link/(\S+)", letter.get_content())
    assert letter["To"] == "ada@clinic.example.org"
    assert found
    with house.db.writing() as session:
        modes = frozenset({GateMode.INSTITUTION})
        institution.confirm(session, found[1], user_id=2, modes=modes, now=house.clock.now())
        assert gate.has_declared(session, user_id=2, visitor_hash=None, modes=modes)


def test_a_request_that_was_taken_back_sends_nothing(house: Runtime, mailbox: Mailbox) -> None:
    ask_institution(house)
    ask_administrators(house)
    with house.db.writing() as session:
        gate.withdraw(session, user_id=2, visitor_hash=None, now=house.clock.now())

    work(house)

    assert mailbox.messages == []


@pytest.mark.parametrize("is_admitted", [True, False])
def test_administrators_are_told_that_somebody_waits_and_the_account_what_was_decided(
    house: Runtime, mailbox: Mailbox, is_admitted: bool
) -> None:
    request, now = ask_administrators(house), house.clock.now()
    work(house)
    with house.db.writing() as session:
        if is_admitted:
            requests.admit(session, request, actor_id=1, can_mail=True, now=now)
        else:
            requests.refuse(session, request, "unclear", actor_id=1, can_mail=True, now=now)

    work(house)

    notice, decision = mailbox.messages
    assert (notice["To"], decision["To"]) == ("eve@example.org", "ada@example.org")
    assert "http://localhost/studio/gate" in notice.get_content()
    assert "Lyon" not in notice.get_content()
    assert ("is open to your account now" in decision.get_content()) is is_admitted
    assert (WORDS[Reason.UNCLEAR] in " ".join(decision.get_content().split())) is not is_admitted


def test_there_are_words_for_every_reason() -> None:
    assert set(WORDS) == set(Reason)
