"""Asking to be let in: who asks, what they confirm, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.errors import Conflict
from edu.models import Admission, Declaration, GateMode
from edu.services import gate
from edu.services.gating import trail
from edu.services.gating.trail import Deed, Reason


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody before the gate, with what the form says: `profession` and the `version` that was read."""

    user_id: int | None
    visitor_hash: str | None
    profession: str
    version: str
    language: str = ""  # of the reader to whom it was shown


class Outcome(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """The last request of an account that opened nothing so far."""

    mode: GateMode
    outcome: Outcome
    stated: str
    asked_at: datetime
    reason: Reason | None


def log(
    session: Session,
    asker: Asker,
    mode: GateMode,
    *,
    now: datetime,
    stated: str = "",
    code_id: int | None = None,
) -> Declaration:
    """Log the declaration with what the way asks besides; an earlier request that waits is taken back.

    It is admitted at once when a code let it in. Invalid and Conflict as `gate.declare` has them.
    """
    let_go(session, asker.user_id, now)
    made = gate.declare(
        session,
        user_id=asker.user_id,
        visitor_hash=asker.visitor_hash,
        profession=asker.profession,
        version=asker.version,
        now=now,
        language=asker.language,
    )
    admitted_at = now if code_id is not None else None
    session.add(
        Admission(declaration_id=made.id, mode=mode, stated=stated, code_id=code_id, admitted_at=admitted_at)
    )
    session.flush()
    subject = trail.of_declaration(made.id)
    if code_id is None:
        trail.note(session, Deed.REQUESTED, subject, now=now, actor_id=asker.user_id, mode=mode.value)
    else:
        trail.note(
            session, Deed.ADMITTED, subject, now=now, actor_id=asker.user_id, mode=mode.value, code=code_id
        )
    return made


def last(session: Session, user_id: int, *, modes: Iterable[GateMode]) -> Asked | None:
    """The account's last request under the text in force, while it waits or was refused; else None."""
    row = session.execute(
        select(Admission, Declaration)
        .join(Declaration, Declaration.id == Admission.declaration_id)
        .where(Declaration.user_id == user_id, Declaration.text_version == gate.version_in_force())
        .order_by(Declaration.id.desc())
        .limit(1)
    ).first()
    if row is None or row[0].admitted_at is not None or row[0].mode not in set(modes):
        return None
    admission, declaration = row
    reason = trail.reason_of(session, declaration.id) if declaration.withdrawn_at else None
    if declaration.withdrawn_at is not None and reason is None:
        return None  # it was taken back
    outcome = Outcome.REFUSED if reason else Outcome.WAITING
    return Asked(admission.mode, outcome, admission.stated, declaration.declared_at, reason)


def waiting(
    session: Session, declaration_id: int, mode: GateMode, *, locks: bool = True
) -> tuple[Admission, Declaration]:
    """A request that still waits; Conflict when it was decided or taken back.

    It is locked until it is decided, unless somebody only looks.
    """
    asked = (
        select(Admission, Declaration)
        .join(Declaration, Declaration.id == Admission.declaration_id)
        .where(
            Admission.declaration_id == declaration_id,
            Admission.mode == mode,
            Admission.admitted_at.is_(None),
            Declaration.withdrawn_at.is_(None),
        )
    )
    row = session.execute(asked.with_for_update() if locks else asked).first()
    if row is None:
        raise Conflict("this request waits no longer: it was decided, or taken back", code="gate_decided")
    return row[0], row[1]


def let_go(session: Session, user_id: int | None, now: datetime) -> None:
    """End the requests of an account that wait, and forget what was stated in them."""
    if user_id is None:
        return
    open_ones = (
        select(Admission.declaration_id)
        .join(Declaration, Declaration.id == Admission.declaration_id)
        .where(
            Declaration.user_id == user_id,
            Declaration.withdrawn_at.is_(None),
            Admission.admitted_at.is_(None),
        )
    )
    ids = list(session.scalars(open_ones))
    session.execute(update(Admission).where(Admission.declaration_id.in_(ids)).values(stated=""))
    session.execute(update(Declaration).where(Declaration.id.in_(ids)).values(withdrawn_at=now))
