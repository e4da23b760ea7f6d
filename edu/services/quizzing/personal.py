"""What a person has in quizzes beside the attempts themselves: for the export of an account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Attempt, ClipWatch, Quiz, QuizAllowance, QuizVersion


def clips(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The steps that were watched again after answers, and for how long at most."""
    asked = (
        select(ClipWatch, Quiz.slug, Attempt.number)
        .join(Attempt, Attempt.id == ClipWatch.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.user_id == user_id)
        .order_by(ClipWatch.first_at, ClipWatch.attempt_id, ClipWatch.position)
    )
    return [
        {
            "quiz": slug,
            "attempt": number,
            "step": row.step,
            "length_ms": row.length_ms,
            "watched_ms": row.watched_ms,
            "times": row.times,
            "first_at": row.first_at.isoformat(),
            "last_at": row.last_at.isoformat(),
        }
        for row, slug, number in session.execute(asked)
    ]


def allowances(session: Session, user_id: int) -> list[dict[str, Any]]:
    """More time and more attempts that the person was given; by whom is not said: that is their data."""
    asked = (
        select(QuizAllowance, Quiz.slug)
        .join(Quiz, Quiz.id == QuizAllowance.quiz_id)
        .where(QuizAllowance.user_id == user_id)
        .order_by(QuizAllowance.quiz_id)
    )
    return [
        {
            "quiz": slug,
            "extra_percent": row.extra_percent,
            "extra_attempts": row.extra_attempts,
            "given_at": row.given_at.isoformat(),
        }
        for row, slug in session.execute(asked)
    ]
