"""Help in practice: hints one by one, and a similar question after one that went wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Conflict, Invalid
from edu.models import Attempt, AttemptSlot, Audience, Question, QuestionVersion
from edu.services.quizzing import attempts, drawing, marking, questions, reach
from quizzes import Mode

MOST_SIBLINGS = 20  # in one attempt


@dataclass(frozen=True, slots=True)
class _Likeness:
    """By what a question is similar to another."""

    tags: frozenset[str]
    evidence: str
    lesson: str

    def rank(self, other: _Likeness) -> int | None:
        """0 for the same tag, 1 for the same step of a film, 2 for the same lesson, None for none of them."""
        if self.tags & other.tags:
            return 0
        if self.evidence and self.evidence == other.evidence:
            return 1
        return 2 if self.lesson and self.lesson == other.lesson else None


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

    Similar is what shares a tag, else the step that shows the answer, else the lesson. It counts for nothing.
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
    if sum(there.sibling_of is not None for there in slots) >= MOST_SIBLINGS:
        raise Conflict("there are enough extra questions in this attempt", code="no_sibling")
    alike = _similar(session, slot, slots)
    if not alike:
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


def _slot(session: Session, attempt: Attempt, position: int) -> AttemptSlot:
    slot = marking.slots_of(session, attempt.id, {position}).get(position)
    if slot is None:
        raise Invalid("there is no such question in this attempt", code="foreign_slot")
    return slot


def _similar(session: Session, slot: AttemptSlot, slots: Collection[AttemptSlot]) -> list[int]:
    """The questions most similar to a slot's that its attempt does not ask yet, in order.

    Only such as a published quiz gives to practise, and no test asks; behind the gate only if itself is.
    """
    own_version = session.get_one(QuestionVersion, slot.question_version_id)
    is_gated = session.get_one(Question, own_version.question_id).audience is Audience.PRO
    near = _near(session, own_version, is_gated=is_gated)
    asked = select(QuestionVersion.question_id).where(
        QuestionVersion.id.in_([there.question_version_id for there in slots])
    )
    for ident in session.scalars(asked):
        near.pop(ident, None)
    allowed = reach.practised(session, near, is_gated_too=is_gated)
    best = min((near[ident] for ident in allowed), default=0)
    return sorted(ident for ident in allowed if near[ident] == best)


def _near(session: Session, own: QuestionVersion, *, is_gated: bool) -> dict[int, int]:
    """Questions that share a tag, the step or the lesson with this wording, with their rank."""
    version = QuestionVersion
    tags, evidence = session.execute(
        select(version.secret["tags"], version.secret["evidence"].as_string()).where(version.id == own.id)
    ).one()
    mine = _Likeness(frozenset(tags or ()), evidence or "", str(own.body.get("lesson", "")))
    lesson, step = version.body["lesson"].as_string(), version.secret["evidence"].as_string()
    asked = (
        select(Question.id, version.secret["tags"], step, lesson)
        .join(version, drawing.is_newest())
        .where(Question.archived_at.is_(None), version.kind.in_(questions.ASKED))
        .where(
            or_(
                and_(lesson == mine.lesson, lesson != ""),
                step == mine.evidence,
                version.secret["tags"].as_string().is_not(None) if mine.tags else false(),
            )
        )
    )
    if not is_gated:
        asked = asked.where(Question.audience == Audience.OPEN)
    found = {}
    for ident, other_tags, other_step, other_lesson in session.execute(asked):
        rank = mine.rank(_Likeness(frozenset(other_tags or ()), other_step or "", other_lesson or ""))
        if rank is not None:
            found[ident] = rank
    return found


def _rng(attempt: Attempt, position: int) -> Random:
    return Random(f"{attempt.seed}:{position}")  # noqa: S311 (an order of options, not a secret)
