"""Drawing: which questions an attempt that begins now is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session

from edu.models import Audience, Question, QuestionVersion, Quiz, QuizSlot, QuizVersion, VersionStatus
from edu.services.quizzing import questions, reach
from quizzes import Mode, Pool
from quizzes.document import read_pool
from quizzes.fields import Fields


def drawn(
    session: Session, version: QuizVersion, rng: Random, *, is_gated: bool
) -> list[tuple[QuizSlot, QuestionVersion]]:
    """What is asked in an attempt that begins now: the fixed questions and those drawn from pools.

    A question is asked once, however many pools it fits; one that stands at a place of its own is not drawn.
    The bank is read once, however many pools there are.
    """
    fixed = {slot.position: (slot, wording) for slot, wording in _fixed(session, version)}
    taken = {wording.question_id for _, wording in fixed.values()}
    has_pools = any(slot.pool is not None for slot in version.slots)
    bank = _bank(session, is_gated=is_gated) if has_pools else {}
    if bank and version.settings.get("mode") != Mode.TEST:  # practice would explain what a test asks
        for ident in reach.tested(session, bank):
            bank.pop(ident, None)
    chosen: dict[int, list[int]] = {}
    for slot in version.slots:
        if slot.pool is not None:
            pool = pool_of(slot.pool)
            fitting = [ident for ident, facts in bank.items() if ident not in taken and facts.fit(pool)]
            chosen[slot.position] = rng.sample(fitting, min(pool.count, len(fitting)))
            taken.update(chosen[slot.position])
    wanted = {ident for some in chosen.values() for ident in some}
    wordings = latest_of(session, wanted) if wanted else {}
    asked = []
    for slot in version.slots:
        if slot.pool is not None:
            asked += [(slot, wordings[ident]) for ident in chosen[slot.position]]
        elif slot.position in fixed:
            asked.append(fixed[slot.position])
    return asked


def pool_of(document: dict[str, Any]) -> Pool:
    """The pool that a slot's column describes."""
    return read_pool(Fields(document))


def candidates(session: Session, pool: Pool, *, is_gated: bool) -> list[int]:
    """The ids of the questions that fit every filter of a pool, in order; two statements.

    Those for professionals, and those that are asked behind the gate alone, fit only where the quiz is behind
    the gate itself.
    """
    return [ident for ident, facts in _bank(session, is_gated=is_gated).items() if facts.fit(pool)]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What pools ask of a question."""

    kind: str
    lesson: str | None
    is_critical: bool | None
    evidence: str | None
    tags: list[str] | None

    def fit(self, pool: Pool) -> bool:
        """Whether every filter of the pool fits."""
        return (
            (not pool.kinds or self.kind in pool.kinds)
            and (not pool.lesson or self.lesson == pool.lesson)
            and (not pool.video or (self.evidence or "").partition("-")[0] == pool.video)
            and (not pool.critical or bool(self.is_critical))
            and (not pool.tags or not set(pool.tags).isdisjoint(self.tags or ()))
        )


def _bank(session: Session, *, is_gated: bool) -> dict[int, _Facts]:
    """Every question that a pool may draw, by its id, in order."""
    version = QuestionVersion
    asked = (
        select(
            Question.id,
            version.kind,
            version.body["lesson"].as_string(),
            version.body["critical"].as_boolean(),
            version.secret["evidence"].as_string(),
            version.secret["tags"],
        )
        .join(version, is_newest())
        .where(Question.archived_at.is_(None), version.kind.in_(questions.ASKED))
        .order_by(Question.id)
    )
    if is_gated:
        return {ident: _Facts(*facts) for ident, *facts in session.execute(asked)}
    asked = asked.where(Question.audience == Audience.OPEN)
    found = {ident: _Facts(*facts) for ident, *facts in session.execute(asked)}
    hidden = reach.behind_the_gate(session, found)
    return {ident: facts for ident, facts in found.items() if ident not in hidden}


def latest_of(session: Session, question_ids: Collection[int]) -> dict[int, QuestionVersion]:
    """The wording that is asked now of each of these questions; one statement."""
    asked = select(Question.id, QuestionVersion).join(QuestionVersion, is_newest())
    found = session.execute(asked.where(Question.id.in_(question_ids)))
    return {wording.question_id: wording for _, wording in found}


def _fixed(session: Session, version: QuizVersion) -> list[tuple[QuizSlot, QuestionVersion]]:
    """Each place with a question of its own, with the wording that is asked there now; one statement.

    Questions of a kind that has no page yet stay in the quiz and join it when the kind is enabled; archived
    ones and those without a ready wording are left out.
    """
    asked = (
        select(QuizSlot, QuestionVersion)
        .join(Question, Question.id == QuizSlot.question_id)
        .join(QuestionVersion, _is_wording())
        .where(_is_asked(version.id))
        .order_by(QuizSlot.position)
    )
    return [(slot, wording) for slot, wording in session.execute(asked)]


def asked_in(quiz: type[Quiz]) -> ScalarSelect[int]:
    """How many places of a quiz's current version ask something, as part of a statement over quizzes."""
    return (
        select(func.count())
        .select_from(QuizSlot)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .outerjoin(Question, Question.id == QuizSlot.question_id)
        .where(
            QuizVersion.quiz_id == quiz.id,
            QuizVersion.number == quiz.current,
            or_(
                and_(Question.kind.in_(questions.ASKED), Question.archived_at.is_(None)),
                QuizSlot.question_id.is_(None),
            ),
        )
        .correlate(quiz)
        .scalar_subquery()
    )


def asked_count(session: Session, version: QuizVersion) -> int:
    """How many questions an attempt at this version holds, if its pools are full; one statement."""
    asked = (
        select(QuizSlot.pool, QuestionVersion.id)
        .outerjoin(Question, and_(Question.id == QuizSlot.question_id, Question.archived_at.is_(None)))
        .outerjoin(QuestionVersion, and_(_is_wording(), QuestionVersion.kind.in_(questions.ASKED)))
        .where(QuizSlot.quiz_version_id == version.id)
    )
    rows = session.execute(asked)
    return sum(pool_of(pool).count if pool is not None else wording is not None for pool, wording in rows)


def is_newest() -> ColumnElement[bool]:
    """The version of a question that is asked where none is pinned: the newest that is ready."""
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id, QuestionVersion.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    return and_(QuestionVersion.question_id == Question.id, QuestionVersion.number == newest)


def _is_wording() -> ColumnElement[bool]:
    """The version that a slot asks: the one it pins, else the newest that is ready."""
    is_latest = and_(QuizSlot.pinned_version_id.is_(None), is_newest())
    return or_(QuestionVersion.id == QuizSlot.pinned_version_id, is_latest)


def _is_asked(version_id: int) -> ColumnElement[bool]:
    return and_(
        QuizSlot.quiz_version_id == version_id,
        QuestionVersion.kind.in_(questions.ASKED),
        Question.archived_at.is_(None),
    )
