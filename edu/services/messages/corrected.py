"""Corrected: by which public corrections a page was changed, as far as it may be told to all who read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from edu.models import Message, MessageKind, MessageState
from edu.services.messages import removing


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made: its number in the log, the page, and when an editor said so."""

    number: int
    path: str
    decided_at: datetime


def written(path: ColumnElement[str]) -> ScalarSelect[str | None]:
    """Part of a statement about a page: the numbers of its corrections, as `numbers` reads them.

    What was said of it in another language, at an address below its own, is said of it.
    """
    listed = func.aggregate_strings(cast(Message.id, String), ",")
    is_of_it = or_(Message.path == path, Message.path.like(path + "/%"))
    return select(listed).select_from(Message).where(is_of_it, _is_made()).scalar_subquery()


def numbers(found: str | None) -> tuple[int, ...]:
    """What `written` found, in order."""
    return tuple(sorted(int(number) for number in found.split(","))) if found else ()


def of(session: Session, paths: Collection[str]) -> tuple[Corrected, ...]:
    """The corrections of these pages, all of which the asker may read."""
    asked = select(Message.id, Message.path, Message.answered_at, Message.created_at)
    rows = session.execute(asked.where(Message.path.in_(paths), _is_made()).order_by(Message.id))
    return tuple(Corrected(number, path, at or sent_at) for number, path, at, sent_at in rows)


def _is_made() -> ColumnElement[bool]:
    return and_(
        Message.kind == MessageKind.CORRECTION,
        Message.state == MessageState.ACCEPTED,
        Message.is_public,
        removing.is_there(),
    )
