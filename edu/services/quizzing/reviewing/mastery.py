"""Mastery by outcome: what an account's latest answers show, against the critical questions of the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from edu.models import Audience, Question, QuestionVersion, QuizSlot, ReviewCard, ReviewLog, VersionStatus
from edu.services.quizzing import questions
from edu.services.quizzing.reach import behind_the_gate
from quizzes.review import Answer, Mastery, is_right, mastery
from quizzes.review.mastery import LAST


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome with the cards about it and how it stands."""

    name: str
    cards: tuple[ReviewCard, ...]
    mastery: Mastery


def by_outcome(
    session: Session, user_id: int, cards: Iterable[ReviewCard], *, passes_gate: bool
) -> tuple[Outcome, ...]:
    """How each outcome of these cards stands: what needs most first, the mastered last; three statements."""
    grouped: dict[str, list[ReviewCard]] = {}
    for card in cards:
        grouped.setdefault(card.outcome, []).append(card)
    if not grouped:
        return ()
    answers = _answers(session, user_id)
    critical = _critical(session, grouped, passes_gate)
    found = []
    for name, own in grouped.items():
        ids = {card.question_id for card in own}
        given = [answer for key in ids for answer in answers.get(key, ())]
        weighed = mastery(given, critical.get(name, set()) | {c.question_id for c in own if c.is_critical})
        found.append(Outcome(name, tuple(own), weighed))
    return tuple(sorted(found, key=_need))


def _need(outcome: Outcome) -> tuple[bool, bool, float, str]:
    known = outcome.mastery
    share = known.right / known.counted if known.counted else 0.0
    return known.is_reached, not known.missed, share, outcome.name


def _answers(session: Session, user_id: int) -> dict[int, list[Answer]]:
    """The latest answers to each question, as many as the rule looks at."""
    place = func.row_number().over(
        partition_by=ReviewLog.question_id, order_by=(ReviewLog.answered_at.desc(), ReviewLog.id.desc())
    )
    numbered = (
        select(
            ReviewLog.id,
            ReviewLog.question_id,
            ReviewLog.answered_at,
            ReviewLog.fraction,
            place.label("place"),
        )
        .where(ReviewLog.user_id == user_id)
        .subquery()
    )
    found: dict[int, list[Answer]] = {}
    for row in session.execute(select(numbered).where(numbered.c.place <= LAST).order_by(numbered.c.id)):
        answer = Answer(row.question_id, row.answered_at, is_right(row.fraction))
        found.setdefault(row.question_id, []).append(answer)
    return found


def _critical(
    session: Session, grouped: Mapping[str, list[ReviewCard]], passes_gate: bool
) -> dict[str, set[int]]:
    """The critical questions about each outcome that quizzes ask, whether this account met them or not."""
    own = {card.question_id for cards in grouped.values() for card in cards}
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id, QuestionVersion.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    step = QuestionVersion.secret["evidence"].as_string()
    lesson = QuestionVersion.body["lesson"].as_string()
    asked = (
        select(Question.id, step, lesson)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(QuestionVersion.number == newest, QuestionVersion.body["critical"].as_boolean())
        .where(Question.archived_at.is_(None), Question.kind.in_(questions.ASKED))
        .where(Question.id.in_(select(QuizSlot.question_id)), or_(step.in_(grouped), lesson.in_(grouped)))
    )
    if not passes_gate:
        asked = asked.where(Question.audience == Audience.OPEN)
    found = {question_id: step or lesson for question_id, step, lesson in session.execute(asked)}
    unmet = found.keys() - own
    hidden = set() if passes_gate else behind_the_gate(session, unmet)
    critical: dict[str, set[int]] = {}
    for question_id in unmet - hidden:
        critical.setdefault(found[question_id], set()).add(question_id)
    return critical
