"""Forgetting: names, addresses and messages go when their time has come.

What is not public is removed whole 12 months after its answer. Of what is public the e-mail address goes
then, and the name unless its sender let it be shown. Of a message that nobody answered, name and address go
12 months after it came; its words wait on for an answer. Spam is removed 90 days after it came.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from edu import queue
from edu.models import Message, MessageState
from edu.services.messages import consents, removing

JOB = "forget_messages"
KEPT = timedelta(days=365)
KEPT_SPAM = timedelta(days=90)


def promise(session: Session, row: Message, now: datetime) -> None:
    """Promise to look for what is to be forgotten on the day after this message's time has come."""
    kept = KEPT_SPAM if row.state is MessageState.SPAM else KEPT
    due = (now + kept + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    queue.promise(session, JOB, key=f"{JOB}:{due:%Y-%m-%d}", payload={}, now=now, run_at=due)


def count(session: Session, now: datetime) -> int:
    """How many messages `forget` would touch."""
    return session.scalar(select(func.count()).select_from(Message).where(_is_due(now))) or 0


def forget(session: Session, now: datetime) -> int:
    """Forget what is due, and tell of how many messages."""
    rows = session.scalars(select(Message).where(_is_due(now)).with_for_update()).all()
    for row in rows:
        if row.state is MessageState.SPAM or (row.answered_at is not None and not row.is_public):
            removing.empty(row)
            continue
        row.email = ""
        if not (row.is_public and row.consent.get(consents.NAME)):
            row.name = ""
    session.flush()
    removing.sweep(session)
    return len(rows)


def _is_due(now: datetime) -> ColumnElement[bool]:
    before = now - KEPT
    names_somebody = or_(Message.email != "", and_(Message.name != "", _hides_name()))
    answered = and_(Message.answered_at.is_not(None), Message.answered_at <= before)
    is_spam = Message.state == MessageState.SPAM
    return and_(
        removing.is_there(),
        or_(
            and_(is_spam, Message.created_at <= now - KEPT_SPAM),
            and_(~is_spam, answered, or_(~Message.is_public, names_somebody)),
            and_(~is_spam, Message.answered_at.is_(None), Message.created_at <= before, names_somebody),
        ),
    )


def _hides_name() -> ColumnElement[bool]:
    """Whether the sender did not let the name be shown, or the message is not shown."""
    shown = Message.consent[consents.NAME].as_boolean()
    return or_(~Message.is_public, shown.is_(None), ~shown)
