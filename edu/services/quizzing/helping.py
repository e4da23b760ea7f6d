"""Help in practice: hints one by one, and a similar question after one that went wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Conflict, Invalid
from edu.models import Attempt, AttemptSlot
from edu.services.quizzing import attempts, drawing, marking, questions, similar
from quizzes import Mode

MOST_SIBLINGS = 20  # in one attempt


def take_hint(session: Session, attempt: Attempt, position: int, *, now: datetime) -> None:
    """Give the next hint of a question of a held attempt; from the last on it changes nothing.

    Conflict in a test, where the quiz gives no hints, and for a question that was checked; Invalid for a
    foreign slot.
    """
    attempts.require_open(attempt, now)
    settings = attempts.settings_of(session, attempt)
    if settings.mode is not Mode.PRACTICE or not settings.hints:
        raise Conflict("this quiz gives no hints", code="no_hints")
    slot = _slot(session, attempt, position)
    if slot.checked_at is not None:
        raise Conflict("this question was already checked", code="slot_closed")
    there = len(questions.keyed(session, {slot.question_version_id})[slot.question_version_id].item.hints)
    slot.hints = min(slot.hints + 1, there)


def hints_of(session: Session, slots: Collection[AttemptSlot]) -> Mapping[int, tuple[str, ...]]:
    """The hints that were taken, by position; no statement where none was."""
    taken = [slot for slot in slots if slot.hints]
    if not taken:
        return {}
    items = questions.keyed(session, {slot.question_version_id for slot in taken})
    return {slot.position: items[slot.question_version_id].item.hints[: slot.hints] for slot in taken}


def add_sibling(session: Session, attempt: Attempt, position: int, *, now: datetime) -> int:
    """Ask a similar question as well, in a held attempt; gives the position that it got.

    What is similar is said in `similar`. It counts for nothing.
    Conflict in a test, before the question was checked, and when there is no similar question; Invalid for a
    foreign slot.
    """
    attempts.require_open(attempt, now)
    if attempts.settings_of(session, attempt).mode is not Mode.PRACTICE:
        raise Conflict("this is a test: explanations come when it is handed in", code="no_checks_in_tests")
    slot = _slot(session, attempt, position)
    if slot.checked_at is None:
        raise Conflict("check this question first", code="slot_open")
    slots = marking.slots_of(session, attempt.id).values()
    for there in slots:
        if there.sibling_of == position and there.checked_at is None:
            return there.position
    if is_full(slots):
        raise Conflict("there are enough extra questions in this attempt", code="no_sibling")
    asked = similar.asked_in(session, slots)
    taken = {known.ident for known in asked.values()}
    alike = similar.to_try(session, {position: asked[position]}, taken=taken).get(position)
    if alike is None:
        raise Conflict("there is no similar question yet", code="no_sibling")
    rng = _rng(attempt, position)
    chosen = rng.choice(alike)
    wording = drawing.latest_of(session, [chosen])[chosen]
    highest = session.scalar(
        select(func.max(AttemptSlot.position)).where(AttemptSlot.attempt_id == attempt.id)
    )
    added = AttemptSlot(
        attempt_id=attempt.id,
        position=(highest or 0) + 1,
        question_version_id=wording.id,
        option_order=list(quizzes.option_order(wording.body, rng)),
        max_mark=0.0,
        sibling_of=position,
    )
    session.add(added)
    session.flush()
    return added.position


def is_full(slots: Collection[AttemptSlot]) -> bool:
    """Whether an attempt asks as many similar questions as it may."""
    return sum(slot.sibling_of is not None for slot in slots) >= MOST_SIBLINGS


def _slot(session: Session, attempt: Attempt, position: int) -> AttemptSlot:
    slot = marking.slots_of(session, attempt.id, {position}).get(position)
    if slot is None:
        raise Invalid("there is no such question in this attempt", code="foreign_slot")
    return slot


def _rng(attempt: Attempt, position: int) -> Random:
    return Random(f"{attempt.seed}:{position}")  # noqa: S311 (an order of options, not a secret)
