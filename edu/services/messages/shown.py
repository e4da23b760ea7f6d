"""Shown: what may be read of messages, as far as their senders agreed and the viewer passes the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Message, MessageKind, MessageState, User
from edu.policy import Viewer
from edu.services.messages import consents, removing, subjects

PER_PAGE = 50
_DECIDED = (MessageState.ACCEPTED, MessageState.DECLINED)


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message in public; the sender's `paragraphs`, `source` and `name` are empty if not agreed.

    `answer` and `changed` are the editor's words; `approved_by` is empty when that account is no more.
    """

    number: int
    kind: MessageKind
    state: MessageState
    path: str
    title: str
    name: str
    paragraphs: tuple[str, ...]
    source: str
    answer: tuple[str, ...]
    changed: tuple[str, ...]
    approved_by: str
    language: str
    sent_at: datetime
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log; `entry` is None where its page is not for this viewer, or is no longer there."""

    number: int
    decided_at: datetime
    entry: ShownMessage | None


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the public log, newest first; pages count from 1. `waiting` reports have no answer yet."""

    lines: tuple[LogLine, ...]
    page: int
    pages: int
    total: int
    waiting: int


def of_page(session: Session, path: str) -> tuple[ShownMessage, ...]:
    """What readers sent to one page and an editor published there, the oldest first: proposals and stories.

    Whoever asks has made sure that the viewer may read the page.
    """
    asked = (
        select(Message, User.name)
        .outerjoin(User, User.id == Message.answered_by)
        .where(
            Message.path == path,
            Message.kind.in_((MessageKind.PROPOSAL, MessageKind.STORY)),
            Message.state == MessageState.ACCEPTED,
            _is_shown(),
        )
        .order_by(Message.id)
    )
    return tuple(as_shown(row, name or "") for row, name in session.execute(asked))


def log(session: Session, viewer: Viewer, page: int, now: datetime) -> Log:
    """The public log of corrections."""
    is_listed = and_(Message.kind == MessageKind.CORRECTION, Message.state.in_(_DECIDED), _is_shown())
    total = _count(session, is_listed)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    asked = (
        select(Message, User.name)
        .outerjoin(User, User.id == Message.answered_by)
        .where(is_listed)
        .order_by(Message.answered_at.desc(), Message.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    entries = [as_shown(row, name or "") for row, name in session.execute(asked)]
    readable = subjects.found(session, viewer, {entry.path for entry in entries}, now)
    lines = tuple(
        LogLine(entry.number, entry.decided_at, entry if entry.path in readable else None)
        for entry in entries
    )
    new = and_(Message.kind == MessageKind.CORRECTION, Message.state == MessageState.NEW, removing.is_there())
    return Log(lines, page, pages, total, _count(session, new))


def correction(session: Session, viewer: Viewer, number: int, now: datetime) -> ShownMessage:
    """One entry of the log; NotFound for what is not public or whose page is not for this viewer."""
    asked = (
        select(Message, User.name)
        .outerjoin(User, User.id == Message.answered_by)
        .where(Message.id == number, Message.kind == MessageKind.CORRECTION)
        .where(Message.state.in_(_DECIDED), _is_shown())
    )
    found = session.execute(asked).first()
    if found is None or not subjects.found(session, viewer, [found[0].path], now):
        raise NotFound("there is no such entry")
    return as_shown(found[0], found[1] or "")


def as_shown(row: Message, approved_by: str) -> ShownMessage:
    """The public side of a message, whether or not it is public yet."""
    may_show = bool(row.consent.get(consents.PUBLISH))
    return ShownMessage(
        number=row.id,
        kind=row.kind,
        state=row.state,
        path=row.path,
        title=row.title,
        name=row.name if row.consent.get(consents.NAME) else "",
        paragraphs=paragraphs(row.text) if may_show else (),
        source=row.source if may_show else "",
        answer=paragraphs(row.answer),
        changed=paragraphs(row.changed),
        approved_by=approved_by,
        language=row.language,
        sent_at=row.created_at,
        decided_at=row.answered_at or row.created_at,
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A text by its lines, without the empty ones."""
    return tuple(line for line in (part.strip() for part in text.split("\n")) if line)


def _is_shown() -> ColumnElement[bool]:
    """Whether a message is public. Proposals and stories are their words, so they ask for consent besides."""
    agreed = Message.consent[consents.PUBLISH].as_boolean()
    return and_(
        Message.is_public, removing.is_there(), or_(Message.kind == MessageKind.CORRECTION, agreed.is_(True))
    )


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Message).where(condition)) or 0
