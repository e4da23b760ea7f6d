"""The calendar feed: how many questions are due on each day, for whoever knows its secret address.

No name, no account and no word of a question is in it, for calendars are synchronised to many places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Gone
from edu.models import GateMode, ReviewLog, ReviewPlan, User
from edu.policy import Viewer
from edu.services import gate
from edu.services.quizzing.reviewing.queue import standing
from edu.services.viewers import hashed

DAYS = 60


@dataclass(frozen=True, slots=True)
class Feed:
    """The days on which something is due, with how much; `stem` tells this feed's events from all others.

    `changed_at` is when the numbers last changed: it moves when a question is answered, and at midnight.
    """

    days: tuple[tuple[date, int], ...]
    stem: str
    changed_at: datetime


def read(session: Session, token: str, *, modes: frozenset[GateMode], now: datetime) -> Feed:
    """The feed behind a secret. Gone for one that was replaced, switched off or never was, or whose account
    was closed.

    What is for professionals is counted while its owner passes the gate in one of the `modes` in force.
    """
    found = session.execute(
        select(ReviewPlan, User)
        .join(User, User.id == ReviewPlan.user_id)
        .where(ReviewPlan.feed_hash == hashed(token), User.disabled_at.is_(None))
    ).first()
    if found is None:
        raise Gone("this calendar was switched off; make a new address on the page of your reviews")
    plan, user = found
    declared = gate.has_declared(session, user_id=user.id, visitor_hash=None, modes=modes)
    owner = Viewer(user_id=user.id, role=user.role, is_professional=declared)
    where = standing(session, user.id, passes_gate=owner.passes_gate, now=now)
    last = session.scalar(select(func.max(ReviewLog.answered_at)).where(ReviewLog.user_id == user.id))
    midnight = datetime.combine(where.today, time(), UTC)
    return Feed(
        days=tuple((day, count) for day, count in where.coming(DAYS) if count),
        stem=str(plan.feed_hash)[:16],
        changed_at=max(filter(None, (midnight, plan.changed_at, plan.feed_made_at, last))),
    )
