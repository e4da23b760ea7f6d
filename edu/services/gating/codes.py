"""Invitation codes: made by administrators, shown once, used up one by one."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Admission, Declaration, GateMode, InvitationCode
from edu.services import gate, typed
from edu.services.gating import asking, trail
from edu.services.gating.asking import Asker
from edu.services.gating.trail import Deed
from edu.services.viewers import hashed

# Without signs that are taken for one another: 16 of 31 are 79 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, IN_GROUP = 4, 4
MOST_NAME, MOST_USES, MOST_DAYS = 120, 10_000, 3650


@dataclass(frozen=True, slots=True)
class Code:
    """A code as the list of them shows it; what it reads is kept nowhere."""

    id: int
    name: str
    uses_left: int
    used: int
    created_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    is_open: bool


def make(session: Session, *, name: str, uses: str, days: str, actor_id: int, now: datetime) -> str:
    """A new code for whoever `name` says, good for so many `uses` and `days` (empty: without end).

    What it reads is given here and never again. Invalid names the field that is wrong.
    """
    for_whom = typed.line(name, "name", most=MOST_NAME)
    count = _number(uses, "uses", MOST_USES)
    expires_at = now + timedelta(days=_number(days, "days", MOST_DAYS)) if days.strip() else None
    parts = ["".join(secrets.choice(ALPHABET) for _ in range(IN_GROUP)) for _ in range(GROUPS)]
    row = InvitationCode(
        code_hash=_hash("".join(parts)),
        name=for_whom,
        uses_left=count,
        expires_at=expires_at,
        maker_id=actor_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    trail.note(session, Deed.CODE_MADE, trail.of_code(row.id), now=now, actor_id=actor_id, uses=count)
    return "-".join(parts)


def end(session: Session, code_id: int, *, actor_id: int, now: datetime) -> None:
    """Let nobody in by the code any more; who came in by it stays. NotFound for no code."""
    row = session.get(InvitationCode, code_id)
    if row is None:
        raise NotFound("there is no such code")
    if row.ended_at is None:
        row.ended_at = now
        trail.note(session, Deed.CODE_ENDED, trail.of_code(code_id), now=now, actor_id=actor_id)


def admit(session: Session, asker: Asker, code: str, *, modes: frozenset[GateMode], now: datetime) -> None:
    """Let the account or the visitor in by a code, one use of which is gone then.

    Invalid with the field `code`, in one sentence for a code that is wrong, used up, expired or ended; of two
    who try the last use at once, one is refused.
    """
    gate.require(GateMode.CODE, modes)
    code_id = session.scalar(
        update(InvitationCode)
        .where(
            InvitationCode.code_hash == _hash(code),
            InvitationCode.uses_left > 0,
            InvitationCode.ended_at.is_(None),
            or_(InvitationCode.expires_at.is_(None), InvitationCode.expires_at > now),
        )
        .values(uses_left=InvitationCode.uses_left - 1)
        .returning(InvitationCode.id)
    )
    if code_id is None:
        raise Invalid(
            "This code does not open the gate. Look at it once more, or ask whoever gave it to you.",
            code="gate_code",
            field="code",
        )
    asking.log(session, asker, GateMode.CODE, code_id=code_id, now=now)


def listing(session: Session, now: datetime) -> tuple[Code, ...]:
    """Every code, newest first."""
    used = (
        select(func.count(Admission.declaration_id))
        .join(Declaration, Declaration.id == Admission.declaration_id)
        .where(Admission.code_id == InvitationCode.id)
        .scalar_subquery()
    )
    rows = session.execute(select(InvitationCode, used).order_by(InvitationCode.id.desc()))
    return tuple(
        Code(
            row.id, row.name, row.uses_left, count, row.created_at, row.expires_at, row.ended_at,
            is_open=row.ended_at is None
            and row.uses_left > 0
            and (row.expires_at is None or row.expires_at > now),
        )
        for row, count in rows
    )  # fmt: skip


def _hash(code: str) -> str:
    """However somebody types it: small letters, blanks and dashes are as good."""
    return hashed(re.sub(r"[\s\-\u2010-\u2015]", "", code[:100]).upper())


def _number(text: str, field: str, most: int) -> int:
    value = text.strip()
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= most:
        raise Invalid("Write a whole number from 1 to %(most)s.", code="number", field=field, most=most)
    return int(value)
