"""Clips: whether the step behind a question was played, and how much of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Attempt, AttemptState, ClipWatch, Step
from edu.services.quizzing import marking, questions

MOST_MS: Final = 6 * 3600 * 1000


def note(
    session: Session, attempt: Attempt, position: int, step: str, watched_ms: int, *, now: datetime
) -> ClipWatch:
    """Keep that the step of a closed question of a held attempt was played for so long; longest counts.

    Invalid for a foreign or an open slot, another step than the question's, and an impossible length.
    """
    slot = marking.slots_of(session, attempt.id, {position}).get(position)
    if slot is None or (attempt.state is AttemptState.OPEN and slot.checked_at is None):
        raise Invalid("there is no such question in this attempt", code="foreign_slot")
    keyed = questions.keyed(session, {slot.question_version_id})[slot.question_version_id]
    if keyed.item.evidence != step:
        raise Invalid("this question is not shown by that step", code="foreign_step")
    if not 0 <= watched_ms <= MOST_MS:
        raise Invalid("nobody can have watched for so long", code="bad_length")
    times = session.execute(
        select(Step.start_ms, Step.end_ms).where(Step.identifier == step, Step.start_ms.is_not(None))
    ).first()
    length = (times[1] or 0) - (times[0] or 0) if times else 0
    watched = min(watched_ms, length)
    row = session.get(ClipWatch, (attempt.id, position))
    if row is None:
        row = ClipWatch(
            attempt_id=attempt.id, position=position, step=step, length_ms=length, watched_ms=0, times=0,
            first_at=now, last_at=now,
        )  # fmt: skip
        session.add(row)
    row.watched_ms, row.times, row.last_at = max(row.watched_ms, watched), row.times + 1, now
    row.length_ms = length
    session.flush()
    return row
