"""An address at an institution: what is asked, what the link proves, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Forbidden, Gone, Invalid
from edu.models import Admission, GateMode, Job
from edu.services import gate, links
from edu.services.gating import asking, institution
from tests.edu.services.gating.conftest import NOW, asker

WAY = frozenset({GateMode.INSTITUTION})


def ask(db: Database, user_id: int, email: str = "Ada@Clinic.example.org", **changes: Any) -> int:
    """Ask, and give the number of the declaration in the promised job."""
    asked = {"domains": ("clinic.example.org",), "can_mail": True, "modes": WAY, "now": NOW, **changes}
    with db.writing() as session:
        institution.ask(session, asker(user_id), email, **asked)
    with db.reading() as session:
        asked = select(Job).where(Job.kind == institution.LINK).order_by(Job.id.desc()).limit(1)
        return int(session.scalars(asked).one().payload["declaration_id"])


def token(db: Database, declaration_id: int) -> str:
    with db.writing() as session:
        return institution.proof(session, declaration_id, NOW).token


def confirm(db: Database, secret: str, user_id: int, **changes: Any) -> None:
    with db.writing() as session:
        institution.confirm(session, secret, user_id=user_id, **{"modes": WAY, "now": NOW, **changes})


def test_the_link_lets_the_account_in_once(
    database: Database, account: Callable[..., int], opened: Callable[..., bool]
) -> None:
    ada = account()
    secret = token(database, ask(database, ada))
    assert not opened(asker(ada), *WAY)

    with database.reading() as session:
        assert institution.look(session, secret, user_id=ada, now=NOW) == "ada@clinic.example.org"
    confirm(database, secret, ada)

    assert opened(asker(ada), *WAY)
    with pytest.raises(Gone):
        confirm(database, secret, ada)


@pytest.mark.parametrize(
    "email", ["ada@example.org", "ada@clinic.example.org.evil.example", "ada@notclinic.example.org", "ada"]
)
def test_an_address_elsewhere_is_refused(database: Database, account: Callable[..., int], email: str) -> None:
    ada = account()

    with pytest.raises(Invalid) as caught:
        ask(database, ada, email)

    assert caught.value.parameters["field"] == "email"


def test_without_mail_and_where_it_is_not_in_force_nothing_is_asked(
    database: Database, account: Callable[..., int]
) -> None:
    ada = account()

    with pytest.raises(Conflict, match="no mail"):
        ask(database, ada, can_mail=False)
    with pytest.raises(Conflict, match="not in use"):
        ask(database, ada, modes=frozenset({GateMode.CODE}))


def test_a_link_is_good_in_the_account_that_asked_only_and_not_for_long(
    database: Database, account: Callable[..., int]
) -> None:
    ada, bob = account(), account()
    secret = token(database, ask(database, ada))

    with pytest.raises(Forbidden):
        confirm(database, secret, bob)
    with pytest.raises(Gone):
        confirm(database, secret, ada, now=NOW + timedelta(hours=25))


def test_a_link_of_the_gate_chooses_no_password(database: Database, account: Callable[..., int]) -> None:
    secret = token(database, ask(database, account()))

    with database.writing() as session:
        for way in (links.look, links.use):
            with pytest.raises(Gone):
                way(session, secret, NOW)


def test_asking_again_ends_the_older_request_its_link_and_what_it_stated(
    database: Database, account: Callable[..., int]
) -> None:
    ada = account()
    first = ask(database, ada)
    old = token(database, first)

    second = ask(database, ada, "other@clinic.example.org")

    with pytest.raises(Gone):
        token(database, first)
    new = token(database, second)
    with pytest.raises(Gone):
        confirm(database, old, ada)
    with database.reading() as session:
        assert institution.look(session, new, user_id=ada, now=NOW) == "other@clinic.example.org"
        assert session.get_one(Admission, first).stated == ""


def test_a_request_that_was_taken_back_cannot_be_proved(
    database: Database, account: Callable[..., int]
) -> None:
    ada = account()
    secret = token(database, ask(database, ada))

    with database.writing() as session:
        gate.withdraw(session, user_id=ada, visitor_hash=None, now=NOW)

    with pytest.raises(Gone):
        confirm(database, secret, ada)
    with database.reading() as session:
        assert session.scalars(select(Admission)).one().stated == ""
        assert asking.last(session, ada, modes=WAY) is None
