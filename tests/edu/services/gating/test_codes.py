"""Invitation codes: how they are made, used up and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Admission, AuditEntry, GateMode, InvitationCode
from edu.services import gate
from edu.services.gating import codes
from edu.services.gating.asking import Asker
from tests.edu.services.gating.conftest import NOW, asker

CODE = frozenset({GateMode.CODE})
ADA, BOB = asker(visitor="a" * 64), asker(visitor="b" * 64)
Opened = Callable[..., bool]


def make(db: Database, maker: int, *, uses: str = "2", days: str = "30") -> str:
    with db.writing() as session:
        return codes.make(session, name="A clinic", uses=uses, days=days, actor_id=maker, now=NOW)


def enter(db: Database, who: Asker, code: str, now: datetime = NOW) -> None:
    with db.writing() as session:
        codes.admit(session, who, code, modes=CODE, now=now)


def test_a_code_lets_a_visitor_in_however_it_is_typed(
    database: Database, account: Callable[..., int], opened: Opened
) -> None:
    code = make(database, account())

    enter(database, ADA, f" {code.lower().replace('-', ' ')} ")

    assert opened(ADA, GateMode.CODE)
    assert not opened(BOB, GateMode.CODE)
    with database.reading() as session:
        row = session.scalars(select(InvitationCode)).one()
        assert (row.uses_left, session.scalars(select(Admission)).one().code_id) == (1, row.id)
        assert code.replace("-", "") not in str(row.code_hash)
        deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert deeds == ["gate.code_made", "gate.declared", "gate.admitted"]


@pytest.mark.parametrize("fault", ["wrong", "expired", "used up", "ended"])
def test_a_code_that_is_no_good_is_refused_in_one_and_the_same_sentence(
    database: Database, account: Callable[..., int], opened: Opened, fault: str
) -> None:
    maker = account()
    code, now = make(database, maker, uses="1", days="1"), NOW
    if fault == "wrong":
        code = "AAAA-BBBB-CCCC-DDDD"
    elif fault == "expired":
        now += timedelta(days=1)
    elif fault == "used up":
        enter(database, BOB, code)
    else:
        with database.writing() as session:
            codes.end(session, session.scalars(select(InvitationCode.id)).one(), actor_id=maker, now=NOW)

    with pytest.raises(Invalid) as caught:
        enter(database, ADA, code, now)

    assert caught.value.parameters["field"] == "code"
    assert caught.value.sentence.startswith("This code does not open the gate.")
    assert not opened(ADA, GateMode.CODE)


def test_a_text_that_changed_meanwhile_costs_no_use(database: Database, account: Callable[..., int]) -> None:
    code = make(database, account(), uses="1")

    with pytest.raises(Conflict, match="read it again"):
        enter(database, asker(visitor="a" * 64, version="0"), code)

    with database.reading() as session:
        assert session.scalars(select(InvitationCode.uses_left)).one() == 1


def test_whoever_came_in_stays_in_when_the_code_is_ended_and_the_list_says_how_many(
    database: Database, account: Callable[..., int], opened: Opened
) -> None:
    maker = account()
    enter(database, ADA, make(database, maker, days=""))

    with database.writing() as session:
        codes.end(session, 1, actor_id=maker, now=NOW)
        (one,) = codes.listing(session, NOW)

    assert (one.used, one.uses_left, one.expires_at, one.ended_at, one.is_open) == (1, 1, None, NOW, False)
    assert opened(ADA, GateMode.CODE)
    with pytest.raises(NotFound), database.writing() as session:
        codes.end(session, 99, actor_id=maker, now=NOW)


def test_a_code_opens_nothing_while_codes_are_not_in_force(
    database: Database, account: Callable[..., int]
) -> None:
    code = make(database, account())

    with pytest.raises(Conflict, match="not in use"), database.writing() as session:
        codes.admit(session, ADA, code, modes=frozenset({GateMode.MANUAL}), now=NOW)


@pytest.mark.parametrize(
    ("uses", "days", "field"), [("0", "1", "uses"), ("x", "1", "uses"), ("1", "0", "days")]
)
def test_a_number_that_makes_no_sense_is_refused_by_its_field(
    database: Database, account: Callable[..., int], uses: str, days: str, field: str
) -> None:
    maker = account()

    with pytest.raises(Invalid) as caught:
        make(database, maker, uses=uses, days=days)

    assert caught.value.parameters["field"] == field


@pytest.mark.parametrize(
    ("switched_to", "is_open"),
    [
        ((GateMode.DECLARATION,), True),
        ((GateMode.CODE,), True),
        ((GateMode.MANUAL, GateMode.CODE), True),
        ((GateMode.MANUAL,), False),
        ((GateMode.MANUAL, GateMode.INSTITUTION), False),
    ],
)
def test_an_admission_counts_while_its_way_is_in_force(
    database: Database,
    account: Callable[..., int],
    opened: Opened,
    switched_to: tuple[GateMode, ...],
    is_open: bool,
) -> None:
    enter(database, ADA, make(database, account()))

    assert opened(ADA, *switched_to) is is_open


def test_a_mere_declaration_counts_no_longer_after_the_operator_asked_for_more(
    database: Database, opened: Opened
) -> None:
    with database.writing() as session:
        gate.declare(session, user_id=None, visitor_hash="a" * 64, profession="nurse", version="1", now=NOW)

    assert opened(ADA, GateMode.DECLARATION)
    for mode in set(GateMode) - {GateMode.DECLARATION}:
        assert not opened(ADA, mode)
    assert not opened(ADA)
