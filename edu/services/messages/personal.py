"""What messages say about a person: for the export of an account, and for its erasure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.models import Message
from edu.services.messages import removing


def export(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """What the account sent, with what became of it, and the numbers of the messages that it answered.

    Who answered, and who sent what was answered, is not told: that is their data.
    """
    sent = session.scalars(
        select(Message).where(Message.user_id == user_id, removing.is_there()).order_by(Message.id)
    )
    answered = session.scalars(
        select(Message).where(Message.answered_by == user_id, removing.is_there()).order_by(Message.id)
    )
    return {
        "sent": [_sent(row) for row in sent],
        "answered": [
            {
                "number": row.id,
                "kind": row.kind.value,
                "state": row.state.value,
                "answer": row.answer,
                "changed": row.changed,
                "answered_at": row.answered_at.isoformat() if row.answered_at else None,
            }
            for row in answered
        ],
    }


def let_go(session: Session, user_id: int) -> None:
    """Forget what the account sent, as when it is taken back; what it answered stays without its name."""
    rows = session.scalars(
        select(Message).where(Message.user_id == user_id, removing.is_there()).with_for_update()
    )
    for row in rows.all():
        removing.take_back(row)
    session.flush()
    session.execute(update(Message).where(Message.answered_by == user_id).values(answered_by=None))


def _sent(row: Message) -> dict[str, Any]:
    return {
        "number": row.id,
        "kind": row.kind.value,
        "path": row.path,
        "title": row.title,
        "name": row.name,
        "email": row.email,
        "text": row.text,
        "source": row.source,
        "language": row.language,
        "consent": dict(row.consent),
        "state": "new" if row.state.value == "spam" else row.state.value,
        "is_public": row.is_public,
        "answer": row.answer,
        "changed": row.changed,
        "sent_at": row.created_at.isoformat(),
    }
