"""Marking: answers against the key as it is now; a mark is never changed, only joined by another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import quizzes
from edu.models import AttemptSlot, Grading, QuestionVersion, Response
from edu.services.quizzing import questions
from quizzes import Kind, Outcome, QuizError
from quizzes.errors import Reason, refusal
from quizzes.kinds.quantity import read_number
from quizzes.vocabulary import GapKind

Place = tuple[str, int]  # an attempt's id and a position in it
UNSURE = 1


def slots_of(
    session: Session, attempt_id: str, positions: Collection[int] | None = None
) -> Mapping[int, AttemptSlot]:
    """The frozen slots of an attempt by position: all, or those that are asked for and exist."""
    if positions is None:
        found = session.scalars(_SLOTS, {"attempt": attempt_id})
    else:
        found = session.scalars(_SOME_SLOTS, {"attempt": attempt_id, "positions": list(positions)})
    return {slot.position: slot for slot in found}


_SLOTS = (
    select(AttemptSlot).where(AttemptSlot.attempt_id == bindparam("attempt")).order_by(AttemptSlot.position)
)
_SOME_SLOTS = _SLOTS.where(AttemptSlot.position.in_(bindparam("positions", expanding=True)))


def kinds_of(session: Session, attempt_id: str) -> Mapping[int, str]:
    """How the question at each position is answered, as far as it is still open."""
    asked = (
        select(AttemptSlot.position, QuestionVersion.kind)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .where(AttemptSlot.attempt_id == attempt_id, AttemptSlot.checked_at.is_(None))
        .order_by(AttemptSlot.position)
    )
    return {row.position: row.kind for row in session.execute(asked)}


def responses_of(session: Session, attempt_id: str) -> Mapping[int, Response]:
    """The answers kept, by position."""
    asked = select(Response).where(Response.attempt_id == attempt_id)
    return {response.position: response for response in session.scalars(asked)}


def try_out(keyed: questions.Keyed, slot: AttemptSlot, response: Any) -> None:
    """Refuse an answer that could not be marked; QuizError says why.

    A unit where none is asked for could be marked, as nothing right: it is refused, so that nobody loses the
    marks of a right number to it. It is NOT_A_NUMBER with the parameter `unit`, which is empty.
    """
    own = quizzes.undisguise(keyed.item.kind, response, slot.option_order)
    quizzes.grade(keyed.item, own)
    if own is None:
        return
    if keyed.item.kind is Kind.NUMERIC and not keyed.item.unit:
        _require_bare(own, "response")
    elif keyed.item.kind is Kind.CLOZE:
        for gap in keyed.item.gaps:
            if gap.kind is GapKind.NUMERIC and not gap.unit and own.get(gap.id):
                _require_bare(own[gap.id], f"response.{gap.id}")


def _require_bare(said: Any, place: str) -> None:
    """Refuse a number that comes with a unit, or is none that can be written down."""
    if read_number(said, "", place) is None:
        raise refusal(Reason.NOT_A_NUMBER, place, unit="")


def mark(session: Session, slots: Collection[AttemptSlot], now: datetime, *, may_lower: bool = True) -> int:
    """Mark these slots, of one attempt or of many, by the newest keys; gives how many marks were added.

    A slot that has its mark by that key gets no other. Without `may_lower` a corrected key takes nothing
    away: the higher mark of before is given again, and `detail` holds what the key alone would give.
    """
    version_ids = {slot.question_version_id for slot in slots}
    questions.hold_keys(session, version_ids)
    items = questions.keyed(session, version_ids)
    ids = {slot.attempt_id for slot in slots}
    responses = _responses(session, ids)
    before = _marks(session, ids)
    added = []
    for slot in slots:
        place, keyed = (slot.attempt_id, slot.position), items[slot.question_version_id]
        earlier = before.get(place, [])
        if any(grading.key_number == keyed.key_number for grading in earlier):
            continue
        outcome = outcome_of(keyed, slot, *responses.get(place, (None, None)))
        last = None if may_lower or not earlier else earlier[-1]
        added.append(_grading(slot, keyed.key_number, outcome, last, now))
    session.add_all(added)
    session.flush()
    return len(added)


def outcome_of(keyed: questions.Keyed, slot: AttemptSlot, body: Any, certainty: int | None = None) -> Outcome:
    """What an answer as kept earns; `certainty` is how sure the learner was, where it is kept beside it."""
    try:
        response = quizzes.undisguise(Kind(keyed.item.kind), body, slot.option_order)
        outcome = quizzes.grade(keyed.item, response)
    except QuizError:
        # a corrected key may no longer take such an answer: it earns nothing, and is not lost
        return quizzes.grade(keyed.item, None)
    if certainty is None or body in (None, [], {}, ""):
        return outcome
    again = (keyed.item.evidence,) if keyed.item.evidence and certainty == UNSURE else outcome.moments
    return replace(outcome, certainty_mark=quizzes.certainty_mark(outcome.fraction, certainty), moments=again)


def _grading(
    slot: AttemptSlot, key_number: int, outcome: Outcome, least: Grading | None, now: datetime
) -> Grading:
    """The mark, and that for certainty, that an outcome gives; neither is below those of `least`."""
    fraction, sure = outcome.fraction, outcome.certainty_mark
    if least is not None:
        fraction = max(fraction, least.fraction)
        sure = max((mark for mark in (sure, least.certainty_mark) if mark is not None), default=None)
    return Grading(
        attempt_id=slot.attempt_id,
        position=slot.position,
        key_number=key_number,
        fraction=fraction,
        certainty_mark=sure,
        detail={
            "moments": list(outcome.moments),
            "harmful": outcome.harmful,
            "by_key": outcome.fraction,
        },
        graded_at=now,
    )


def _responses(session: Session, attempt_ids: Iterable[str]) -> Mapping[Place, tuple[Any, int | None]]:
    asked = select(Response.attempt_id, Response.position, Response.body, Response.certainty)
    found = session.execute(asked.where(Response.attempt_id.in_(attempt_ids)))
    return {(attempt_id, position): (body, sure) for attempt_id, position, body, sure in found}


def _marks(session: Session, attempt_ids: Iterable[str]) -> Mapping[Place, list[Grading]]:
    """The marks given so far, those by the newest key last."""
    asked = select(Grading).where(Grading.attempt_id.in_(attempt_ids)).order_by(Grading.key_number)
    found: dict[Place, list[Grading]] = {}
    for grading in session.scalars(asked):
        found.setdefault((grading.attempt_id, grading.position), []).append(grading)
    return found
