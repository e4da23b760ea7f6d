"""Institutions: an e-mail address at one that the site knows, proved by a link that is sent there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Conflict, Forbidden, Gone, Invalid
from edu.models import Admission, Declaration, GateMode, Purpose
from edu.services import accounts, gate, links
from edu.services.gating import asking, trail
from edu.services.gating.asking import Asker
from edu.services.gating.trail import Deed

LINK = "mail_gate_link"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the mail to the institution holds."""

    to: str
    token: str
    language: str = ""  # of the account


def ask(
    session: Session,
    asker: Asker,
    email: str,
    *,
    domains: tuple[str, ...],
    can_mail: bool,
    modes: frozenset[GateMode],
    now: datetime,
) -> None:
    """Log the declaration of an account and promise the link to its address at the institution.

    Invalid with the field `email` for an address of no known institution; Conflict where no mail is sent.
    """
    gate.require(GateMode.INSTITUTION, modes)
    if not can_mail:
        raise Conflict("this site sends no mail, so that no link can come to you", code="no_mail")
    address = accounts.email_of(email)
    if address.rpartition("@")[2] not in domains:
        raise Invalid(
            "This address is of no institution that this site knows.", code="gate_domain", field="email"
        )
    made = asking.log(session, asker, GateMode.INSTITUTION, stated=address, now=now)
    payload = {"declaration_id": made.id, "language": asker.language}
    queue.promise(session, LINK, key=f"{LINK}:{made.id}", payload=payload, now=now, max_attempts=3)


def proof(session: Session, declaration_id: int, now: datetime) -> Proof:
    """A fresh link to the address; an older one of the account ends. Gone when nobody waits for it now."""
    try:
        admission, declaration = asking.waiting(session, declaration_id, GateMode.INSTITUTION)
    except Conflict as error:
        raise Gone("the request was taken back before its link was sent") from error
    user = accounts.get(session, declaration.user_id) if declaration.user_id else None
    token = links.issue(session, Purpose.GATE, now=now, user_id=declaration.user_id)
    return Proof(admission.stated, token, user.language if user else "")


def look(session: Session, token: str, *, user_id: int, now: datetime) -> str:
    """The address that the link proves, without using it up.

    Gone for a bad link, Forbidden in an account other than the one that asked for it.
    """
    _own(session, token, user_id, now)
    return _latest(session, user_id, locks=False)[0].stated


def confirm(session: Session, token: str, *, user_id: int, modes: frozenset[GateMode], now: datetime) -> None:
    """Let the account in by its link; errors as of `look`, and Conflict when the way is in use no more."""
    gate.require(GateMode.INSTITUTION, modes)
    _own(session, token, user_id, now)
    links.use(session, token, now, for_gate=True)
    admission, declaration = _latest(session, user_id, locks=True)
    admission.admitted_at = now
    subject = trail.of_declaration(declaration.id)
    trail.note(session, Deed.ADMITTED, subject, now=now, actor_id=user_id, mode=admission.mode.value)


def _own(session: Session, token: str, user_id: int, now: datetime) -> None:
    if links.look(session, token, now, for_gate=True).user_id != user_id:
        raise Forbidden("sign in with the account that asked for this link, and open it again")


def _latest(session: Session, user_id: int, *, locks: bool) -> tuple[Admission, Declaration]:
    """The request that waits for the link; a newer request ends both the older one and its link."""
    newest = select(Declaration.id).where(
        Declaration.user_id == user_id,
        Declaration.withdrawn_at.is_(None),
        Declaration.id.in_(select(Admission.declaration_id).where(Admission.admitted_at.is_(None))),
    )
    found = session.scalar(newest.order_by(Declaration.id.desc()).limit(1))
    try:
        return asking.waiting(session, found or 0, GateMode.INSTITUTION, locks=locks)
    except Conflict as error:
        raise Gone("what this link was for was taken back; ask for a new one") from error
