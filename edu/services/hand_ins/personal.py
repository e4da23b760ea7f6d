"""What recordings say about a person: for the export of an account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import HandIn, HandInRemark, Video


def export(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """What the account handed in, with what was said to it, and what it said to the recordings of others.

    The files themselves are downloaded from their pages; who said something is not told: that is their data.
    """
    handed_in = session.execute(
        select(HandIn, Video.title)
        .join(Video, Video.id == HandIn.video_id)
        .where(HandIn.user_id == user_id)
        .order_by(HandIn.created_at, HandIn.id)
    ).all()
    said = session.scalars(
        select(HandInRemark).where(HandInRemark.author_id == user_id).order_by(HandInRemark.id)
    )
    return {
        "recordings": [
            {
                "video": title,
                "step": row.step,
                "state": row.state.value,
                "bytes": row.bytes,
                "duration_ms": row.duration_ms,
                "consent": dict(row.consent),
                "created_at": row.created_at.isoformat(),
                "remarks": _remarks(session, row.id),
            }
            for row, title in handed_in
        ],
        "remarks": [
            {"at_ms": row.at_ms, "text": row.text, "created_at": row.created_at.isoformat()} for row in said
        ],
    }


def _remarks(session: Session, hand_in_id: str) -> list[dict[str, Any]]:
    asked = select(HandInRemark).where(HandInRemark.hand_in_id == hand_in_id).order_by(HandInRemark.at_ms)
    return [{"at_ms": row.at_ms, "text": row.text} for row in session.scalars(asked)]
