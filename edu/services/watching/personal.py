"""What was watched by a person: for the export of an account. With the account it goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Video, Watching


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """Each film that was begun, with what of it was watched, in milliseconds of the film of that number."""
    asked = (
        select(Watching, Video.title)
        .join(Video, Video.id == Watching.video_id)
        .where(Watching.user_id == user_id)
        .order_by(Watching.begun_at, Watching.video_id)
    )
    return [
        {
            "video": title,
            "film": row.film,
            "watched_ms": row.spans,
            "played_ms": row.played_ms,
            "place_ms": row.place_ms,
            "placed_at": row.placed_at.isoformat(),
            "begun_at": row.begun_at.isoformat(),
            "completed_at": row.completed_at.isoformat() if row.completed_at else None,
        }
        for row, title in session.execute(asked)
    ]
