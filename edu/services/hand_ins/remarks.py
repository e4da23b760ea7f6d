"""Remarks: what instructors say to moments of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models import HandInRemark, HandInState, User
from edu.policy import Viewer
from edu.services import typed
from edu.services.hand_ins import access

MOST_TEXT = 2000
MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark at a moment of the recording; `author` is empty where the account is gone."""

    id: int
    at_ms: int
    text: str
    author: str
    is_mine: bool
    created_at: datetime


def of(session: Session, viewer: Viewer, hand_in_id: str) -> tuple[Remark, ...]:
    """The remarks to a recording in the order of its moments."""
    asked = (
        select(HandInRemark, User.name)
        .outerjoin(User, User.id == HandInRemark.author_id)
        .where(HandInRemark.hand_in_id == hand_in_id)
        .order_by(HandInRemark.at_ms, HandInRemark.id)
    )
    return tuple(
        Remark(row.id, row.at_ms, row.text, name or "", row.author_id == viewer.user_id, row.created_at)
        for row, name in session.execute(asked)
    )


def add(
    session: Session, viewer: Viewer, hand_in_id: str, *, at_ms: int, text: str, now: datetime
) -> HandInRemark:
    """Say something to a moment. Invalid without words; Conflict before the recording can be watched."""
    row, _ = access.judged(session, viewer, hand_in_id)
    if row.state is not HandInState.READY:
        raise Conflict("This recording cannot be watched yet.", code="hand_in_not_ready")
    words = typed.text(text, "text", most=MOST_TEXT)
    count = session.scalar(select(func.count()).where(HandInRemark.hand_in_id == row.id)) or 0
    if count >= MOST_REMARKS:
        raise Conflict("There are as many remarks to this recording as can be kept.", code="remarks_full")
    remark = HandInRemark(
        hand_in_id=row.id,
        author_id=viewer.user_id,
        at_ms=min(max(0, at_ms), row.duration_ms),
        text=words,
        created_at=now,
    )
    session.add(remark)
    session.flush()
    return remark


def remove(session: Session, viewer: Viewer, hand_in_id: str, remark_id: int) -> None:
    """Take back a remark of one's own; NotFound for any other."""
    row, _ = access.judged(session, viewer, hand_in_id)
    gone = session.execute(
        delete(HandInRemark)
        .where(
            HandInRemark.id == remark_id,
            HandInRemark.hand_in_id == row.id,
            HandInRemark.author_id == viewer.user_id,
        )
        .returning(HandInRemark.id)
    ).first()
    if gone is None:
        raise NotFound("there is no such remark of yours")
