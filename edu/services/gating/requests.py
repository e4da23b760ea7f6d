"""Requests: what an administrator looks at before somebody is let in, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Gone, Invalid
from edu.models import Admission, Declaration, GateMode, User
from edu.services import administrators, gate, typed
from edu.services.gating import asking, trail
from edu.services.gating.asking import Asker
from edu.services.gating.trail import Deed, Reason

MOST_WORDS = 1000
DECISION, NOTICE = "mail_gate_decision", "mail_gate_notice"


@dataclass(frozen=True, slots=True)
class Request:
    """One that waits, as administrators see it."""

    id: int
    name: str
    email: str
    profession: str
    stated: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What an account is told of the decision."""

    to: str
    is_admitted: bool
    reason: Reason | None
    language: str = ""


def ask(
    session: Session,
    asker: Asker,
    words: str,
    *,
    can_mail: bool,
    modes: frozenset[GateMode],
    now: datetime,
) -> None:
    """Log the declaration of an account with what it states, for an administrator to look at.

    Where mail is sent, each administrator is told that somebody waits. Invalid names the field.
    """
    gate.require(GateMode.MANUAL, modes)
    stated = typed.text(words, "stated", most=MOST_WORDS)
    made = asking.log(session, asker, GateMode.MANUAL, stated=stated, now=now)
    if not can_mail:
        return
    for user_id in administrators.ids(session):
        payload = {"declaration_id": made.id, "user_id": user_id}
        queue.promise(session, NOTICE, key=f"{NOTICE}:{made.id}:{user_id}", payload=payload, now=now)


def listing(session: Session) -> tuple[Request, ...]:
    """The requests under the text in force that wait, the oldest first."""
    rows = session.execute(
        select(Declaration, Admission.stated, User.name, User.email)
        .join(Admission, Admission.declaration_id == Declaration.id)
        .join(User, User.id == Declaration.user_id)
        .where(
            Admission.mode == GateMode.MANUAL,
            Admission.admitted_at.is_(None),
            Declaration.withdrawn_at.is_(None),
            Declaration.text_version == gate.version_in_force(),
        )
        .order_by(Declaration.id)
    )
    return tuple(
        Request(row.id, name, email, row.profession, stated, row.declared_at)
        for row, stated, name, email in rows
    )


def admit(session: Session, request_id: int, *, actor_id: int, can_mail: bool, now: datetime) -> None:
    """Let in who asked; Conflict when it was decided or taken back."""
    admission, declaration = asking.waiting(session, request_id, GateMode.MANUAL)
    admission.admitted_at, admission.admitted_by = now, actor_id
    subject = trail.of_declaration(declaration.id)
    trail.note(session, Deed.ADMITTED, subject, now=now, actor_id=actor_id, mode=admission.mode.value)
    _promise(session, declaration.id, can_mail, now)


def refuse(
    session: Session, request_id: int, reason: str, *, actor_id: int, can_mail: bool, now: datetime
) -> None:
    """Refuse for one of the known reasons; the declaration ends, and what was stated is forgotten.

    Invalid for no reason; Conflict when it was decided or taken back.
    """
    if reason not in set(Reason):
        raise Invalid("Choose a reason.", code="gate_reason", field="reason")
    admission, declaration = asking.waiting(session, request_id, GateMode.MANUAL)
    admission.stated, declaration.withdrawn_at = "", now
    trail.note(
        session, Deed.REFUSED, trail.of_declaration(declaration.id), now=now, actor_id=actor_id, reason=reason
    )
    _promise(session, declaration.id, can_mail, now)


def told(session: Session, declaration_id: int) -> Told:
    """What the mail about a decision says; Gone when the account is no more or the request was taken back."""
    row = session.execute(
        select(Declaration, Admission.admitted_at, User.email, User.language)
        .join(Admission, Admission.declaration_id == Declaration.id)
        .join(User, User.id == Declaration.user_id)
        .where(Declaration.id == declaration_id, User.disabled_at.is_(None))
    ).first()
    if row is None:
        raise Gone("the account is no more")
    declaration, admitted_at, email, language = row
    reason = trail.reason_of(session, declaration_id)
    if reason is None and (admitted_at is None or declaration.withdrawn_at is not None):
        raise Gone("the request was taken back")
    return Told(email, reason is None, reason, language)


def notice(session: Session, declaration_id: int, user_id: int) -> tuple[str, str]:
    """Address and language of an administrator who is to look; Gone when nobody waits or the office ended."""
    row = session.get(Admission, declaration_id)
    declaration = session.get(Declaration, declaration_id)
    user = session.get(User, user_id)
    if row is None or declaration is None or row.admitted_at is not None or declaration.withdrawn_at:
        raise Gone("the request waits no more")
    if user is None or not administrators.is_one(user):
        raise Gone("the account does not run the site any more")
    return user.email, user.language


def _promise(session: Session, declaration_id: int, can_mail: bool, now: datetime) -> None:
    if can_mail:
        payload = {"declaration_id": declaration_id}
        queue.promise(session, DECISION, key=f"{DECISION}:{declaration_id}", payload=payload, now=now)
