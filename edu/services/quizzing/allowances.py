"""Allowances: more time or more attempts for one learner, at one quiz."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Attempt, AttemptState, Quiz, QuizAllowance, QuizVersion, User
from edu.policy import Viewer
from edu.services import audit
from edu.services.audit import Deed
from quizzes import Settings

MOST_PERCENT = 400
MOST_ATTEMPTS = 100
NONE = (0, 0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a learner has beyond the settings; `name` is the learner's."""

    user_id: int
    name: str
    extra_percent: int
    extra_attempts: int


def of(session: Session, viewer: Viewer, quiz_id: int, settings: Settings) -> QuizAllowance | None:
    """What this person has beyond the settings of a quiz; no statement where nothing is limited."""
    if viewer.user_id is None or not (settings.attempts or settings.time_limit_ms):
        return None
    return session.get(QuizAllowance, (quiz_id, viewer.user_id))


def attempts_allowed(settings: Settings, own: QuizAllowance | None) -> int:
    """How many attempts a person has in all; 0 means any number."""
    return settings.attempts + (own.extra_attempts if own else 0) if settings.attempts else 0


def time_allowed(settings: Settings, own: QuizAllowance | None) -> timedelta:
    """How long a person's attempt may take; nothing means without limit."""
    percent = 100 + (own.extra_percent if own else 0)
    return timedelta(milliseconds=settings.time_limit_ms * percent // 100)


def listed(session: Session, quiz: Quiz) -> tuple[Allowance, ...]:
    """Everybody who has more, by name."""
    asked = (
        select(QuizAllowance, User.name)
        .join(User, User.id == QuizAllowance.user_id)
        .where(QuizAllowance.quiz_id == quiz.id)
        .order_by(User.name, User.id)
    )
    return tuple(
        Allowance(row.user_id, name, row.extra_percent, row.extra_attempts)
        for row, name in session.execute(asked)
    )


def give(
    session: Session,
    viewer: Viewer,
    quiz: Quiz,
    email: str,
    *,
    extra_percent: int,
    extra_attempts: int,
    now: datetime,
) -> None:
    """Give somebody more time (per cent of the limit) and more attempts; nothing of both takes it away.

    An attempt that is open gets the time as well. NotFound for an unknown address, Invalid out of bounds.
    """
    if not 0 <= extra_percent <= MOST_PERCENT:
        raise Invalid(
            "between 0 and %(most)s per cent", code="out_of_range", field="extra_percent", most=MOST_PERCENT
        )
    if not 0 <= extra_attempts <= MOST_ATTEMPTS:
        raise Invalid(
            "between 0 and %(most)s", code="out_of_range", field="extra_attempts", most=MOST_ATTEMPTS
        )
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise NotFound("nobody has an account under this address", code="no_such_account")
    row = session.get(QuizAllowance, (quiz.id, user.id))
    if (extra_percent, extra_attempts) == NONE:
        if row is not None:
            session.delete(row)
    elif row is None:
        row = QuizAllowance(quiz_id=quiz.id, user_id=user.id)
        session.add(row)
    if row is not None:
        row.extra_percent, row.extra_attempts = extra_percent, extra_attempts
        row.given_by, row.given_at = viewer.user_id, now
    session.flush()
    _lengthen(session, quiz, user.id, extra_percent)
    audit.record(
        session, Deed.ALLOWANCE_GIVEN, now=now, actor_id=viewer.user_id, subject=f"quiz:{quiz.id}:{user.id}"
    )


def _lengthen(session: Session, quiz: Quiz, user_id: int, percent: int) -> None:
    """Move the deadlines of attempts that are open; the job that closes them looks again by itself."""
    asked = (
        select(Attempt, QuizVersion)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(
            QuizVersion.quiz_id == quiz.id,
            Attempt.user_id == user_id,
            Attempt.state == AttemptState.OPEN,
            Attempt.deadline_at.is_not(None),
        )
    )
    for attempt, version in session.execute(asked.with_for_update(of=Attempt, key_share=True)):
        limit = int(version.settings.get("time_limit_ms", 0)) * (100 + percent) // 100
        attempt.deadline_at = attempt.started_at + timedelta(milliseconds=limit)
