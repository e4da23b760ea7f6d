"""Recordings handed in, for tests: rows as they are, without the work that made them so."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from edu.models import HandIn, HandInState
from edu.services.hand_ins import consent, files


def add_hand_in(session: Session, user_id: int, video_id: int, now: datetime, **values: Any) -> HandIn:
    """A recording of 20 seconds, ready to be watched unless the values say otherwise."""
    hand_in_id = secrets.token_hex(16)
    told: dict[str, Any] = {
        "film": 0,
        "state": HandInState.READY,
        "file_key": files.key(hand_in_id, "made.mp4"),
        "bytes": 5,
        "duration_ms": 20_000,
        "consent": consent.confirmed("self", no_patient=True, now=now),
        **values,
    }
    row = HandIn(id=hand_in_id, user_id=user_id, video_id=video_id, created_at=now, **told)
    session.add(row)
    session.flush()
    return row
