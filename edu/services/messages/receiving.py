"""Receiving: a message gets its number and a secret address; spam is set aside without a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Message, MessageState
from edu.services import throttle
from edu.services.messages import forgetting, letters, spam, trail
from edu.services.messages.drafts import Draft, Tidied, tidy
from edu.services.messages.spam import Reason
from edu.services.messages.stamps import Stamper
from edu.services.throttle import Limit
from edu.services.viewers import hashed

# One person writes a few; a class that reports errors from behind one address writes many.
SENDS = Limit("message", 12, timedelta(minutes=10), timedelta(minutes=5), timedelta(hours=1))
REPEATED_WITHIN = timedelta(days=7)
LEAST_REPEATED = 40  # characters: two people may both write "Thank you!"


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a message comes from: the party behind the network address, and the account, if there is one."""

    party: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A message that was kept: its number, and the secret that opens it for its sender."""

    number: int
    token: str


def receive(
    session: Session, draft: Draft, sender: Sender, stamper: Stamper, *, can_mail: bool, now: datetime
) -> Received:
    """Keep a message. The same form with the same words, sent twice, is one message.

    InvalidFields for what is missing, Invalid for a form that was sent too quickly or was open too long,
    TooMany for too many from one address. What looks like spam is kept as such and answered like the rest.
    """
    words = tidy(draft, now)
    stamp = stamper.read(draft.kind, draft.stamp, now)
    content = (draft.path, words.title, words.text, words.source, words.name, words.email)
    token = stamper.token(stamp, draft.kind.value, *content)
    throttle.take(session, SENDS, sender.party, now)  # its lock lets two of one address come one by one
    before = session.scalar(select(Message.id).where(Message.token_hash == hashed(token)))
    if before is not None:
        throttle.give_back(session, SENDS, sender.party)
        return Received(before, token)
    reason = _judged(session, draft, words, now)
    row = Message(
        kind=draft.kind,
        state=MessageState.SPAM if reason else MessageState.NEW,
        path=draft.path,
        title=words.title,
        user_id=sender.user_id,
        name=words.name,
        email=words.email,
        text=words.text,
        source=words.source,
        language=draft.language,
        consent=words.consent,
        token_hash=hashed(token),
        created_at=now,
    )
    session.add(row)
    session.flush()
    if reason:
        trail.note(session, trail.Deed.SET_ASIDE, row.id, now=now, reason=reason.value)
    elif can_mail:
        letters.promise_notices(session, row, now)
    forgetting.promise(session, row, now)
    return Received(row.id, token)


def _judged(session: Session, draft: Draft, words: Tidied, now: datetime) -> Reason | None:
    by_itself = spam.judged(
        draft.kind, text=words.text, source=words.source, name=words.name, trap=draft.trap
    )
    if by_itself or len(words.text) < LEAST_REPEATED:
        return by_itself
    same = select(Message.id).where(
        Message.kind == draft.kind,
        Message.text == words.text,
        Message.created_at > now - REPEATED_WITHIN,
    )
    return Reason.REPEATED if session.scalar(same.limit(1)) is not None else None
