"""Invitations to a performance: to rate it, or to take it as one's own. A used or invented one is Gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.errors import Gone, Invalid, NotFound, SignInNeeded
from edu.models import (
    Checklist,
    ChecklistInvite,
    ChecklistPerformance,
    ChecklistRun,
    InvitePurpose,
    RaterRole,
    RunState,
    User,
)
from edu.policy import Viewer
from edu.services.stations import lists, performances
from edu.services.viewers import hashed

LIFETIME = timedelta(days=7)
MOST_OPEN = 20  # links of one performance that wait at the same time


@dataclass(frozen=True, slots=True)
class Offer:
    """What a good link is for; `from_name` is who performed, or who rated, empty for somebody unknown."""

    purpose: InvitePurpose
    performance_id: str
    title: str
    code: str
    from_name: str


def issue(
    session: Session, viewer: Viewer, performance_id: str, purpose: InvitePurpose, *, now: datetime
) -> str:
    """Make a link and give its token, which is kept nowhere.

    The performer and those who have rated may invite to rate; a rater may offer it to an unknown performer.
    """
    performance = session.get(ChecklistPerformance, performance_id)
    mine = performances.run_of(session, viewer, performance_id) if performance else None
    if performance is None or not (performances.performs(viewer, performance) or mine):
        raise NotFound("there is no such rating")
    if purpose is InvitePurpose.CLAIM and (performance.subject_id or performance.subject_hash):
        raise Invalid("the one who performed is known already", code="claimed")
    waiting = select(ChecklistInvite.id).where(
        ChecklistInvite.performance_id == performance_id,
        ChecklistInvite.used_at.is_(None),
        ChecklistInvite.expires_at > now,
    )
    if len(session.scalars(waiting).all()) >= MOST_OPEN:
        raise Invalid("so many links wait already; use one of them", code="too_many_links")
    token = secrets.token_urlsafe(32)
    session.add(
        ChecklistInvite(
            token_hash=hashed(token),
            performance_id=performance_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    session.flush()
    return token


def look(session: Session, token: str, now: datetime) -> Offer:
    """What the link offers, without using it up; Gone for a bad one, or a purpose that has passed."""
    found = session.execute(
        select(ChecklistInvite, ChecklistPerformance, Checklist)
        .join(ChecklistPerformance, ChecklistPerformance.id == ChecklistInvite.performance_id)
        .join(Checklist, Checklist.id == ChecklistPerformance.checklist_id)
        .where(
            ChecklistInvite.token_hash == hashed(token),
            ChecklistInvite.used_at.is_(None),
            ChecklistInvite.expires_at > now,
        )
    ).first()
    if found is None:
        raise _gone()
    invite, performance, row = found
    known = performance.subject_id or performance.subject_hash
    if invite.purpose is InvitePurpose.CLAIM and known:
        raise _gone()
    code = lists.checklist_of(row).id if lists.is_station(row) else ""
    name = _name(session, performance, invite.purpose)
    return Offer(invite.purpose, performance.id, row.title, code, name)


def accept(session: Session, viewer: Viewer, token: str, run_id: str, *, now: datetime) -> str:
    """Use the link up and give the id of the run to go to: the new one to rate, or the finished one to read.

    SignInNeeded for a rater without an account, Invalid for one who performed; who has rated already is led
    to the own run, and the link stays good. GateClosed for professionals' lists.
    """
    offer = look(session, token, now)
    performance = session.scalars(
        select(ChecklistPerformance).where(ChecklistPerformance.id == offer.performance_id).with_for_update()
    ).one()
    row = session.get_one(Checklist, performance.checklist_id)
    lists.require_inside(session, viewer, row)
    if offer.purpose is InvitePurpose.CLAIM:
        _use(session, token, now)
        performances.give(session, performance, viewer, now=now)
        return _newest_finished(session, performance.id)
    if viewer.user_id is None:
        raise SignInNeeded("who rates somebody else needs an account; sign in and open the link again")
    if performances.performs(viewer, performance):
        raise Invalid("this link is for somebody else: you are the one who performed", code="own_link")
    if known := performances.run_of(session, viewer, performance.id):
        return known.id
    _use(session, token, now)
    role = RaterRole.TEACHER if viewer.is_instructor else RaterRole.PEER
    return performances.add_run(session, viewer, performance, run_id, role, now=now).id


def _use(session: Session, token: str, now: datetime) -> None:
    """Of two that try at once, one gets Gone."""
    won = session.execute(
        update(ChecklistInvite)
        .where(ChecklistInvite.token_hash == hashed(token), ChecklistInvite.used_at.is_(None))
        .values(used_at=now)
        .returning(ChecklistInvite.id)
    ).first()
    if won is None:
        raise _gone()


def _newest_finished(session: Session, performance_id: str) -> str:
    finished = [
        run for run in performances.runs_of(session, performance_id) if run.state is RunState.FINISHED
    ]
    if not finished:
        raise Invalid("the rating is not finished yet; open the link again afterwards", code="not_finished")
    return finished[-1].id


def _name(session: Session, performance: ChecklistPerformance, purpose: InvitePurpose) -> str:
    if purpose is InvitePurpose.RATE:
        user_id = performance.subject_id
    else:
        asked = select(ChecklistRun.rater_id).where(ChecklistRun.performance_id == performance.id)
        user_id = session.scalar(asked.order_by(ChecklistRun.started_at).limit(1))
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user else ""


def _gone() -> Gone:
    return Gone("this link was used already, or it has expired; ask for a new one")
