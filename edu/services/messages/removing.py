"""Removing: a message loses all that somebody wrote; its number is never given again."""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, object_session

from edu.models import Message, MessageKind, MessageState, Page, PageKind, PageVersion, ReviewSubject
from edu.services.authoring.forgetting import forget
from edu.services.viewers import hashed

REMOVED = "removed:"


def is_there() -> ColumnElement[bool]:
    """Whether a message was not removed: part of every statement that looks for messages."""
    return Message.token_hash.not_like(f"{REMOVED}%")


def empty(row: Message) -> None:
    """Remove the message."""
    row.state, row.is_public = MessageState.DECLINED, False
    row.path = row.title = row.name = row.email = row.text = row.source = row.answer = row.changed = ""
    row.consent = {}
    row.user_id = row.answered_by = row.answered_at = None
    row.token_hash = f"{REMOVED}{row.id}"


def take_back(row: Message) -> None:
    """What happens when its sender takes a message back, or is erased.

    An entry of the public log of corrections stays, as the editor tells it, without the sender's words and
    name; everything else is removed, and the pages that tell a story are with it.
    """
    session = object_session(row)
    if session is not None and row.kind is MessageKind.STORY:
        take_down(session, row.id)
    if row.kind is not MessageKind.CORRECTION or not row.is_public:
        empty(row)
        return
    row.name = row.email = row.text = row.source = ""
    row.consent = {}
    row.user_id = None
    row.token_hash = hashed(secrets.token_hex(32))  # whose secret nobody has


def take_down(session: Session, number: int) -> int:
    """Delete the pages that tell the story of this message, with every version; gives how many.

    Its sender was told that it is deleted when they take it back. No edit may outlive that promise, so each
    page that ever bore the number tells it, whatever it bears now, and so do all its translations.
    """
    bore = select(PageVersion.page_id).where(PageVersion.details["message"].as_integer() == number)
    bears = Page.details["message"].as_integer() == number
    slugs = select(Page.slug).where(Page.kind == PageKind.STORY, or_(bears, Page.id.in_(bore)))
    told = session.scalars(select(Page).where(Page.kind == PageKind.STORY, Page.slug.in_(slugs))).all()
    forget(session, ReviewSubject.PAGE, [row.id for row in told])
    for row in told:
        session.delete(row)
    session.flush()
    return len(told)


def sweep(session: Session) -> int:
    """Delete the rows of removed messages but the last one, which keeps its number; gives how many."""
    last = select(func.max(Message.id)).scalar_subquery()
    gone = session.scalars(select(Message.id).where(~is_there(), Message.id < last)).all()
    session.execute(delete(Message).where(Message.id.in_(gone)))
    return len(gone)
