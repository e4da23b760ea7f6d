"""Erasing an account: the person goes, the counted answers stay without a name (GDPR article 17)."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from edu.models import Admission, Attempt, AttemptState, Declaration, User
from edu.services import accounts, audit, people
from edu.services.audit import Deed
from edu.services.authoring import reviewing
from edu.services.hand_ins import files as hand_ins
from edu.services.messages import personal as messages
from edu.services.stations import personal as ratings
from edu.services.viewers import hashed


def erase(session: Session, user_id: int, now: datetime) -> None:
    """Delete the account with its sessions, links and open uploads; Conflict for the last administrator.

    Attempts are kept for the statistics of questions: their owner becomes the hash of a random value that is
    thrown away at once. Declarations are kept in the same way, withdrawn, so that the log still counts how
    often a text was confirmed; what was stated to be let in is forgotten. Published lessons, videos and
    questions stay and lose their owner. Review cards, their history, the plan and its calendar feed go with
    the account, and so do recordings handed in, tokens for programs, messages, certificates with their
    addresses, and the log of the terms agreed to; the public log of corrections keeps what the editor told,
    and a reviewed page the name that its reviewer signed with.
    """
    people.keep_an_administrator_besides(session, accounts.get(session, user_id))
    nobody = hashed(secrets.token_hex(32))
    session.execute(
        update(Attempt)
        .where(Attempt.user_id == user_id, Attempt.state == AttemptState.OPEN)
        .values(state=AttemptState.ABANDONED)
    )
    session.execute(
        update(Attempt)
        .where(Attempt.user_id == user_id)
        .values(user_id=None, owner_hash=nobody, claimable_until=None)
    )
    declared = select(Declaration.id).where(Declaration.user_id == user_id)
    session.execute(update(Admission).where(Admission.declaration_id.in_(declared)).values(stated=""))
    session.execute(
        update(Declaration)
        .where(Declaration.user_id == user_id, Declaration.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    session.execute(
        update(Declaration).where(Declaration.user_id == user_id).values(user_id=None, visitor_hash=nobody)
    )
    ratings.let_go(session, user_id, nobody)
    hand_ins.let_go_of_person(session, user_id, now)
    messages.let_go(session, user_id)
    reviewing.let_go(session, user_id)
    audit.record(session, Deed.ERASED, now=now, subject=audit.of_user(user_id))
    session.flush()
    session.execute(delete(User).where(User.id == user_id))
    session.expire_all()
