"""Marking: what was answered, against the key as it is now; a mark once given is never changed, only joined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import quizzes
from edu.models import Attempt, AttemptSlot, Grading, Response
from edu.services import questions
from quizzes import Kind, Outcome, QuizError


def slots_of(session: Session, attempt_id: str) -> Mapping[int, AttemptSlot]:
    """The frozen slots of an attempt by position."""
    asked = select(AttemptSlot).where(AttemptSlot.attempt_id == attempt_id).order_by(AttemptSlot.position)
    return {slot.position: slot for slot in session.scalars(asked)}


def responses_of(session: Session, attempt_id: str) -> Mapping[int, Response]:
    """The answers kept, by position."""
    asked = select(Response).where(Response.attempt_id == attempt_id)
    return {response.position: response for response in session.scalars(asked)}


def try_out(keyed: questions.Keyed, slot: AttemptSlot, response: Any) -> None:
    """Refuse an answer that could not be marked; QuizError says why."""
    quizzes.grade(keyed.item, quizzes.undisguise(keyed.item.kind, response, slot.option_order))


def mark(session: Session, attempt: Attempt, slots: Mapping[int, AttemptSlot], now: datetime) -> int:
    """Mark these slots by the newest keys; gives how many marks were added, none for a key already used."""
    items = questions.keyed(session, {slot.question_version_id for slot in slots.values()})
    responses = responses_of(session, attempt.id)
    done = set(
        session.execute(
            select(Grading.position, Grading.key_number).where(Grading.attempt_id == attempt.id)
        ).tuples()
    )
    added = 0
    for position, slot in slots.items():
        keyed = items[slot.question_version_id]
        if (position, keyed.key_number) in done:
            continue
        response = responses.get(position)
        outcome = outcome_of(keyed, slot, response.body if response else None)
        session.add(
            Grading(
                attempt_id=attempt.id,
                position=position,
                key_number=keyed.key_number,
                fraction=outcome.fraction,
                certainty_mark=outcome.certainty_mark,
                detail={"moments": list(outcome.moments), "harmful": outcome.harmful},
                graded_at=now,
            )
        )
        added += 1
    session.flush()
    return added


def outcome_of(keyed: questions.Keyed, slot: AttemptSlot, body: Any) -> Outcome:
    """What an answer as kept earns."""
    try:
        response = quizzes.undisguise(Kind(keyed.item.kind), body, slot.option_order)
        return quizzes.grade(keyed.item, response)
    except QuizError:
        # a corrected key may no longer know an option: such an answer earns nothing, and is not lost
        return quizzes.grade(keyed.item, None)
