"""Plans: how a person wants to review, and the secret address of their calendar feed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from edu.errors import Invalid, InvalidFields
from edu.models import ReviewPlan
from edu.services.quizzing.reviewing.missing import add_unless_there
from edu.services.viewers import hashed
from quizzes.review.queue import PER_DAY

FEWEST, MOST = 1, 100  # questions a day
FURTHEST = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan as its owner sees it; with `feed_made_at` there is a feed, whose address is kept nowhere."""

    exam_on: date | None = None
    per_day: int = PER_DAY
    asks_certainty: bool = False
    feed_made_at: datetime | None = None


def held(session: Session, user_id: int, *, now: datetime) -> ReviewPlan:
    """The account's plan, made if there is none; nobody else's to change until the transaction ends."""
    add_unless_there(
        session, ReviewPlan, user_id=user_id, per_day=PER_DAY, asks_certainty=False, changed_at=now
    )
    return session.get_one(ReviewPlan, user_id, with_for_update=True, populate_existing=True)


def view(session: Session, user_id: int) -> PlanView:
    """The account's plan, or the usual one."""
    plan = session.get(ReviewPlan, user_id)
    if plan is None:
        return PlanView()
    return PlanView(plan.exam_on, plan.per_day, plan.asks_certainty, plan.feed_made_at)


def change(
    session: Session, user_id: int, *, exam_on: str, per_day: str, asks_certainty: bool, now: datetime
) -> None:
    """Keep what a form says. InvalidFields as from `checked`."""
    day, number = checked(exam_on, per_day, now)
    plan = held(session, user_id, now=now)
    plan.exam_on, plan.per_day, plan.asks_certainty, plan.changed_at = day, number, asks_certainty, now


def checked(exam_on: str, per_day: str, now: datetime) -> tuple[date | None, int]:
    """A date as 2026-12-31 (or nothing) and a number, as values. InvalidFields for all that is wrong."""
    day, number, faults = None, PER_DAY, []
    try:
        day = _day(exam_on, now)
    except Invalid as fault:
        faults.append(fault)
    try:
        number = _number(per_day)
    except Invalid as fault:
        faults.append(fault)
    if faults:
        raise InvalidFields(faults)
    return day, number


def make_feed(session: Session, user_id: int, *, now: datetime) -> str:
    """A new secret for the feed, which is kept nowhere; the address before stops working."""
    token = secrets.token_urlsafe(32)
    plan = held(session, user_id, now=now)
    plan.feed_hash, plan.feed_made_at = hashed(token), now
    return token


def stop_feed(session: Session, user_id: int, *, now: datetime) -> None:
    """Let the feed's address stop working."""
    plan = held(session, user_id, now=now)
    plan.feed_hash = plan.feed_made_at = None


def _day(words: str, now: datetime) -> date | None:
    if not words.strip():
        return None
    today = now.astimezone(UTC).date()
    try:
        day = date.fromisoformat(words.strip())
    except ValueError as error:
        raise Invalid("write the date as 2026-12-31", code="bad_date", field="exam_on") from error
    if not today < day <= today + FURTHEST:
        raise Invalid(
            "choose a day after today, within the next three years", code="bad_date", field="exam_on"
        )
    return day


def _number(words: str) -> int:
    plain = words.strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 5 and FEWEST <= int(plain) <= MOST):
        raise Invalid(
            "write a number from %(fewest)s to %(most)s",
            code="bad_number",
            field="per_day",
            fewest=FEWEST,
            most=MOST,
        )
    return int(plain)
