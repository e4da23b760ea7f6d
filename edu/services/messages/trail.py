"""Trail: what is noted in the audit trail about messages, by their numbers only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.services import audit
from edu.services.messages.spam import Reason


class Deed(StrEnum):
    """What is done to messages."""

    SET_ASIDE = "message.set_aside"
    BROUGHT_BACK = "message.brought_back"  # it was no spam
    ANSWERED = "message.answered"
    ACCEPTED = "message.accepted"
    DECLINED = "message.declined"
    DELETED = "message.deleted"
    TAKEN_BACK = "message.taken_back"  # by its sender


def note(
    session: Session, deed: Deed, number: int, *, now: datetime, actor_id: int | None = None, reason: str = ""
) -> None:
    """Note a deed; `reason` is a code."""
    detail = {"reason": reason} if reason else {}
    audit.record(session, deed, now=now, actor_id=actor_id, subject=_subject(number), **detail)


def reason_of(session: Session, number: int) -> Reason | None:
    """Why the message was set aside the last time; None when it never was."""
    code = audit.reason(session, Deed.SET_ASIDE, _subject(number))
    return Reason(code) if code else None


def _subject(number: int) -> str:
    return f"message:{number}"
