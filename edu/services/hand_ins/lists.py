"""Lists of recordings: one's own, and those that were handed in to one, by pages with the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from edu.models import HandIn, HandInRemark, HandInState, Step, User, Video
from edu.policy import Viewer
from edu.services.hand_ins import access
from edu.services.hand_ins.standing import Standing, standing

PER_PAGE = 20
Asked = Select[HandIn, str, str, str | None, int]


@dataclass(frozen=True, slots=True)
class HandInRow:
    """A recording in a list; `learner` is empty in one's own."""

    id: str
    title: str
    step: str
    learner: str
    created_at: datetime
    standing: Standing
    duration_ms: int
    remark_count: int


@dataclass(frozen=True, slots=True)
class HandInList:
    """A page of a list; pages count from 1. `waiting`: how many on all pages nobody has answered yet."""

    rows: tuple[HandInRow, ...]
    page: int
    pages: int
    total: int
    waiting: int


def mine(session: Session, viewer: Viewer, page: int = 1) -> HandInList:
    """What the viewer has handed in."""
    return _page(session, HandIn.user_id == viewer.user_id, page, is_named=False)


def handed_in(session: Session, viewer: Viewer, page: int = 1, *, only_waiting: bool = False) -> HandInList:
    """What was handed in beside films that the viewer may change; or of that what nobody has answered yet."""
    return _page(session, access.handed_to(viewer), page, is_named=True, only_waiting=only_waiting)


def row(session: Session, hand_in: HandIn, *, is_named: bool) -> HandInRow:
    """One recording as it stands in a list."""
    (found,) = _rows(session, _asked().where(HandIn.id == hand_in.id), is_named=is_named)
    return found


def _page(
    session: Session,
    whose: ColumnElement[bool],
    page: int,
    *,
    is_named: bool,
    only_waiting: bool = False,
) -> HandInList:
    counted = select(func.count()).select_from(HandIn).join(Video, Video.id == HandIn.video_id).where(whose)
    total = session.scalar(counted) or 0
    waiting = session.scalar(counted.where(_waits())) or 0
    asked = _asked().where(whose)
    if only_waiting:
        asked = asked.where(_waits())
    pages = max(1, -(-(waiting if only_waiting else total) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return HandInList(_rows(session, shown, is_named=is_named), page, pages, total, waiting)


def _waits() -> ColumnElement[bool]:
    """Whether nothing is said to a recording yet, and something can be: one that failed shows nothing."""
    said = exists().where(HandInRemark.hand_in_id == HandIn.id)
    return ~said & (HandIn.state != HandInState.FAILED)


def _asked() -> Asked:
    count = (
        select(func.count()).where(HandInRemark.hand_in_id == HandIn.id).correlate(HandIn).scalar_subquery()
    )
    return (
        select(HandIn, Video.title, User.name, Step.title, count)
        .join(Video, Video.id == HandIn.video_id)
        .join(User, User.id == HandIn.user_id)
        .outerjoin(Step, Step.identifier == HandIn.step)
        .order_by(HandIn.created_at.desc(), HandIn.id)
    )


def _rows(session: Session, asked: Asked, *, is_named: bool) -> tuple[HandInRow, ...]:
    return tuple(
        HandInRow(
            id=row.id,
            title=title,
            step=step or "",
            learner=name if is_named else "",
            created_at=row.created_at,
            standing=standing(session, row),
            duration_ms=row.duration_ms,
            remark_count=count,
        )
        for row, title, name, step, count in session.execute(asked)
    )
