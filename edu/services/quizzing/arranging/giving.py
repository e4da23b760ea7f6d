"""Giving one learner more than the settings of a quiz, by e-mail address; the form's words are read here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Quiz, QuizAllowance, User
from edu.policy import Viewer
from edu.services.quizzing import allowances
from edu.services.quizzing.writing.reading import Faults


def give(
    session: Session,
    viewer: Viewer,
    quiz: Quiz,
    now: datetime,
    *,
    email: str,
    extra_percent: str,
    extra_attempts: str,
) -> None:
    """Give somebody more time (per cent of the limit) and more attempts; an empty text leaves what stands.

    Raises InvalidFields, or Invalid with the field, for an unknown address too, or when nothing is given.
    """
    faults = Faults()
    before = _standing(session, quiz, email)
    percent = faults.whole(extra_percent.removesuffix("%"), "extra_percent", default=before[0])
    attempts = faults.whole(extra_attempts, "extra_attempts", default=before[1])
    if not email:
        faults.add("Please fill this in.", "email", "blank")
    elif not faults.found and (percent, attempts) == allowances.NONE:
        faults.add("Give more time, more attempts, or both.", "extra_percent", "nothing")
    faults.require_none()
    try:
        allowances.give(session, viewer, quiz, email, extra_percent=percent, extra_attempts=attempts, now=now)
    except NotFound as error:
        raise Invalid("Nobody has an account under this address.", code=error.code, field="email") from error


def _standing(session: Session, quiz: Quiz, email: str) -> tuple[int, int]:
    """What somebody has already beyond the settings: per cent and attempts."""
    asked = (
        select(QuizAllowance)
        .join(User, User.id == QuizAllowance.user_id)
        .where(QuizAllowance.quiz_id == quiz.id, User.email == email.strip().lower())
    )
    row = session.scalar(asked)
    return (row.extra_percent, row.extra_attempts) if row else allowances.NONE


def take_away(session: Session, viewer: Viewer, quiz: Quiz, user_id: int, now: datetime) -> None:
    """Let the settings hold for somebody again. NotFound for somebody who is not there."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("there is no such account")
    allowances.give(session, viewer, quiz, user.email, extra_percent=0, extra_attempts=0, now=now)
