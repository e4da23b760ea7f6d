"""Which question of an attempt stands at which place of a quiz in a film; a quiz may have moved on since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from edu.models import Attempt, AttemptSlot, QuestionVersion, Quiz, QuizSlot, QuizVersion, Response, Video
from edu.services.quizzing import drawing


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an attempt; `is_answered` when it has an answer or was checked."""

    position: int
    question_id: int
    is_answered: bool


def address(film: str, at_ms: int) -> str:
    """An address in the film; works without script as well."""
    return f"/videos/{film}?t={at_ms / 1000:g}"


def asked_in(session: Session, attempt_ids: Collection[str]) -> dict[str, list[Asked]]:
    """The questions of each attempt in order, without those that were asked after another; one statement."""
    if not attempt_ids:
        return {}
    answer = and_(Response.attempt_id == AttemptSlot.attempt_id, Response.position == AttemptSlot.position)
    asked = (
        select(AttemptSlot, QuestionVersion.question_id, Response.body)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .outerjoin(Response, answer)
        .where(AttemptSlot.attempt_id.in_(attempt_ids), AttemptSlot.sibling_of.is_(None))
        .order_by(AttemptSlot.position)
    )
    found: dict[str, list[Asked]] = {}
    for slot, question_id, body in session.execute(asked):
        is_answered = slot.checked_at is not None or body not in (None, [])
        found.setdefault(slot.attempt_id, []).append(Asked(slot.position, question_id, is_answered))
    return found


def placed(slots: Sequence[QuizSlot], asked: Iterable[Asked]) -> list[tuple[QuizSlot, Asked]]:
    """The questions of an attempt with the places they have in the quiz as it is now.

    A question is known again by itself; what was drawn from pools fills the pools in their order. One that
    the quiz has no place for any more is left out.
    """
    fixed = {slot.question_id: slot for slot in slots if slot.question_id is not None}
    drawn = [slot for slot in slots if slot.pool is not None for _ in range(drawing.pool_of(slot.pool).count)]
    found = []
    for each in asked:
        slot = fixed.get(each.question_id) or (drawn.pop(0) if drawn else None)
        if slot is not None:
            found.append((slot, each))
    return found


def moment_of(session: Session, attempt: Attempt, position: int) -> str:
    """Where in its film the question at a position of an attempt stands: an address; empty for nowhere."""
    asked = (
        select(Quiz, Video.slug)
        .join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
        .join(Video, Video.id == Quiz.video_id)
        .where(QuizVersion.id == attempt.quiz_version_id)
    )
    found = session.execute(asked).first()
    if found is None:
        return ""
    quiz, film = found
    now = select(QuizSlot).join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
    now = now.where(QuizVersion.quiz_id == quiz.id, QuizVersion.number == quiz.current)
    slots = session.scalars(now.order_by(QuizSlot.position)).all()
    for slot, each in placed(slots, asked_in(session, [attempt.id]).get(attempt.id, ())):
        if each.position == position and slot.at_ms is not None:
            return address(film, slot.at_ms)
    return ""
