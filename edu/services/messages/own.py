"""Own: a message as its sender sees it, by the secret address or signed in; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Message, MessageKind, MessageState
from edu.services.messages import removing, trail
from edu.services.messages.shown import paragraphs
from edu.services.viewers import hashed

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A message in the sender's list."""

    number: int
    kind: MessageKind
    state: MessageState
    title: str
    path: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message with how it stands. What was set aside as spam looks as if it waited."""

    line: OwnLine
    paragraphs: tuple[str, ...]
    source: str
    name: str
    email: str
    consent: tuple[str, ...]
    answer: tuple[str, ...]
    changed: tuple[str, ...]
    answered_at: datetime | None
    is_public: bool
    language: str


def by_token(session: Session, token: str) -> OwnMessage:
    """The message that the secret opens; NotFound for an invented one."""
    return _seen(_row(session, Message.token_hash == hashed(token)))


def by_number(session: Session, user_id: int, number: int) -> OwnMessage:
    """A message that this account sent; NotFound for another's."""
    return _seen(_row(session, Message.id == number, Message.user_id == user_id))


def listed(session: Session, user_id: int) -> tuple[OwnLine, ...]:
    """The last messages that the account sent, newest first."""
    asked = select(Message).where(Message.user_id == user_id, removing.is_there())
    return tuple(_line(row) for row in session.scalars(asked.order_by(Message.id.desc()).limit(MOST_LISTED)))


def take_back(session: Session, now: datetime, *, token: str = "", user_id: int = 0, number: int = 0) -> None:
    """Take a message back, found by its secret or by its sender's account; NotFound when there is none."""
    mine = (
        (Message.token_hash == hashed(token),)
        if token
        else (Message.id == number, Message.user_id == user_id)
    )
    row = _row(session, *mine, is_locked=True)
    taken = row.id
    removing.take_back(row)
    trail.note(session, trail.Deed.TAKEN_BACK, taken, now=now, actor_id=user_id or None)


def _row(session: Session, *conditions: ColumnElement[bool], is_locked: bool = False) -> Message:
    asked = select(Message).where(*conditions, removing.is_there())
    row = session.scalar(asked.with_for_update() if is_locked else asked)
    if row is None:
        raise NotFound("there is no such message")
    return row


def _line(row: Message) -> OwnLine:
    state = MessageState.NEW if row.state is MessageState.SPAM else row.state
    return OwnLine(row.id, row.kind, state, row.title, row.path, row.created_at)


def _seen(row: Message) -> OwnMessage:
    is_spam = row.state is MessageState.SPAM
    return OwnMessage(
        line=_line(row),
        paragraphs=paragraphs(row.text),
        source=row.source,
        name=row.name,
        email=row.email,
        consent=tuple(str(words) for words in row.consent.get("text", ())),
        answer=() if is_spam else paragraphs(row.answer),
        changed=() if is_spam else paragraphs(row.changed),
        answered_at=None if is_spam else row.answered_at,
        is_public=row.is_public,
        language=row.language,
    )
