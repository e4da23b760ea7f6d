"""Similar questions: which others a learner may try after one that went wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, or_, select
from sqlalchemy.orm import Session

from edu.models import AttemptSlot, Audience, Question, QuestionVersion
from edu.services.quizzing import drawing, questions, reach
from quizzes import Item


@dataclass(frozen=True, slots=True)
class Likeness:
    """By what a question is similar to another: its subject (tags, lesson), its step of a film, its kind."""

    kind: str
    tags: frozenset[str]
    evidence: str
    lesson: str

    def rank(self, other: Likeness) -> int | None:
        """How near the other is, 0 the nearest; None for one that is not similar.

        Two of three must be the same: the subject (a tag or the lesson), the step and the kind. A tag alone
        is enough: it was given to say so. A step alone is not, for different subjects are shown at one place,
        nor is a lesson alone.
        """
        tagged = not self.tags.isdisjoint(other.tags)
        subject = tagged or bool(self.lesson and self.lesson == other.lesson)
        step = bool(self.evidence and self.evidence == other.evidence)
        kind = self.kind == other.kind
        grades = (subject and step and kind, subject and kind, subject and step, step and kind, tagged)
        return next((rank for rank, fits in enumerate(grades) if fits), None)


def likeness_of(item: Item) -> Likeness:
    """The likeness of an item with its key."""
    return Likeness(item.kind.value, frozenset(item.tags), item.evidence or "", item.lesson or "")


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the bank, or of an attempt: `is_gated` is for professionals alone."""

    ident: int
    is_gated: bool
    likeness: Likeness


def asked_in(session: Session, slots: Collection[AttemptSlot]) -> dict[int, Known]:
    """What an attempt asks, by position; one statement."""
    asked = _facts().join(QuestionVersion, QuestionVersion.question_id == Question.id)
    rows = session.execute(asked.where(QuestionVersion.id.in_({slot.question_version_id for slot in slots})))
    known = {row.id: _known(row) for row in rows}
    return {slot.position: known[slot.question_version_id] for slot in slots}


def to_try(
    session: Session, after: Mapping[int, Known], *, taken: Collection[int]
) -> Mapping[int, tuple[int, ...]]:
    """The questions most similar to each of these, by its position, in order; none of those `taken`.

    Only such as a published quiz gives to practise, and no test asks; behind the gate only if itself is.
    Positions without any are left out. Two statements, three where the gate runs through them; none for none.
    """
    if not after:
        return {}
    near = [known for known in _near(session, after.values()) if known.ident not in taken]
    found = {}
    for is_gated in {mine.is_gated for mine in after.values()}:
        reached = [known for known in near if is_gated or not known.is_gated]
        allowed = reach.practised(session, [known.ident for known in reached], is_gated_too=is_gated)
        may_be = [known for known in reached if known.ident in allowed]
        for place, mine in after.items():
            if mine.is_gated == is_gated and (best := _best(mine.likeness, may_be)):
                found[place] = best
    return found


def _best(mine: Likeness, others: Iterable[Known]) -> tuple[int, ...]:
    """The nearest of the others, in order; all of one rank."""
    ranked: dict[int, list[int]] = {}
    for other in others:
        if (rank := mine.rank(other.likeness)) is not None:
            ranked.setdefault(rank, []).append(other.ident)
    return tuple(sorted(ranked[min(ranked)])) if ranked else ()


def _near(session: Session, own: Collection[Known]) -> list[Known]:
    """Every question that shares a tag, the step or the lesson with any of these."""
    version, mine = QuestionVersion, [known.likeness for known in own]
    shared: list[ColumnElement[bool]] = [
        version.body["lesson"].as_string().in_({like.lesson for like in mine if like.lesson}),
        version.secret["evidence"].as_string().in_({like.evidence for like in mine if like.evidence}),
        version.secret["tags"].as_string().is_not(None) if any(like.tags for like in mine) else false(),
    ]
    asked = (
        _facts()
        .join(version, drawing.is_newest())
        .where(Question.archived_at.is_(None), version.kind.in_(questions.ASKED), or_(*shared))
    )
    if not any(known.is_gated for known in own):
        asked = asked.where(Question.audience == Audience.OPEN)
    return [_known(row) for row in session.execute(asked)]


def _facts() -> Select[Any]:
    version = QuestionVersion
    return select(
        version.id,
        Question.id.label("question_id"),
        Question.audience,
        version.kind,
        version.body["lesson"].as_string().label("lesson"),
        version.secret["evidence"].as_string().label("step"),
        version.secret["tags"].label("tags"),
    ).select_from(Question)


def _known(row: Row[Any]) -> Known:
    likeness = Likeness(row.kind, frozenset(row.tags or ()), row.step or "", row.lesson or "")
    return Known(row.question_id, row.audience is Audience.PRO, likeness)
