"""Review cards: what an account answered, taken in once it is marked; every later page reads the cards alone.

Cards follow from marks. `reviewed` looks for marked answers that no card knows yet, so it may be called after
marking, after attempts were claimed, and when the page of reviews is opened: whoever comes first takes them
in, and nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from edu.models import (
    REVIEW_QUIZ,
    Attempt,
    AttemptSlot,
    AttemptState,
    Grading,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
    ReviewCard,
    ReviewLog,
)
from edu.services.quizzing import questions
from edu.services.quizzing.reviewing import plans
from quizzes import Item, Kind
from quizzes import Review as Explained
from quizzes.review import Card, Fsrs, Graded, Scheduler, rating_of

SCHEDULER: Scheduler = Fsrs()
# There is no right answer to remember about these: they are weighed against a panel.
NOT_REMEMBERED = frozenset({Kind.CONCORDANCE.value})
_CLOSED = (AttemptState.SUBMITTED, AttemptState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Answered:
    """One marked answer: the question, where and when it was given, and the facts that a rating needs."""

    question_id: int
    version_id: int
    attempt_id: str
    position: int
    at: datetime
    is_review: bool
    graded: Graded


def reviewed(session: Session, user_id: int, *, now: datetime, attempt_id: str | None = None) -> int:
    """Take in what this account answered and no card knows yet; gives how many answers that were.

    To be called after marking, in its transaction, with the attempt; without one it looks through all of the
    account's attempts. Left out are questions that were not answered, and those that have no right answer.
    Another call for the same account waits until this transaction ends. A key that is corrected later moves
    no card.
    """
    plans.held(session, user_id, now=now)  # one call at a time
    waiting = _waiting(session, user_id, attempt_id)
    if not waiting:
        return 0
    items = questions.keyed(session, {answer.version_id for answer in waiting})
    known = _cards(session, user_id, {answer.question_id for answer in waiting})
    for answer in waiting:
        row = known.get(answer.question_id)
        if row is None:
            row = known[answer.question_id] = ReviewCard(
                user_id=user_id, question_id=answer.question_id, asked=0
            )
        _take_in(session, row, answer, items[answer.version_id].item)
    session.flush()
    return len(waiting)


def is_behind(session: Session, user_id: int) -> bool:
    """Whether there are answers that no card knows yet; one statement."""
    return bool(_rows(session, user_id, None))


def memory_of(row: ReviewCard) -> Card:
    """A card's row as the library knows it."""
    return Card(row.stability, row.difficulty, due=row.due_at, reviewed=row.reviewed_at)


def _take_in(session: Session, row: ReviewCard, answer: Answered, item: Item) -> None:
    rating = rating_of(answer.graded)
    before = memory_of(row) if row.stability is not None else None
    if before is None or answer.at >= before.reviewed:
        # the same answer at the same moment gives the same card, whoever takes it in
        rng = Random(f"{answer.attempt_id}:{answer.position}")  # noqa: S311 (a day of a range, not a secret)
        after = SCHEDULER.review(before, rating, now=answer.at, rng=rng)
        row.stability, row.difficulty = after.stability, after.difficulty
        row.due_at, row.reviewed_at = after.due, after.reviewed
        row.step, row.lesson, row.is_critical = item.evidence or "", item.lesson, item.critical
        row.is_misled = answer.graded.is_misled
    row.asked += answer.is_review
    session.add(row)
    session.add(
        ReviewLog(
            user_id=row.user_id,
            question_id=row.question_id,
            attempt_id=answer.attempt_id,
            position=answer.position,
            rating=rating,
            fraction=answer.graded.fraction,
            certainty=answer.graded.certainty,
            used_hint=answer.graded.used_hint,
            took_ms=answer.graded.took_ms,
            round=row.asked if answer.is_review else 0,
            answered_at=answer.at,
        )
    )


def _cards(session: Session, user_id: int, question_ids: Collection[int]) -> dict[int, ReviewCard]:
    asked = select(ReviewCard).where(ReviewCard.user_id == user_id, ReviewCard.question_id.in_(question_ids))
    return {row.question_id: row for row in session.scalars(asked)}


def _waiting(session: Session, user_id: int, attempt_id: str | None) -> list[Answered]:
    """Marked answers that are not taken in, in the order in which they were given."""
    rows = _rows(session, user_id, attempt_id)
    took = _times(session, {row.attempt_id for row in rows if row.slug == REVIEW_QUIZ})
    found = [_answered(row, took.get((row.attempt_id, row.position))) for row in rows]
    return sorted(found, key=lambda answer: (answer.at, answer.attempt_id, answer.position))


def _rows(session: Session, user_id: int, attempt_id: str | None) -> list[Row[Any]]:
    # what was left open, or taken back, was not answered
    return [row for row in session.execute(_asked(user_id, attempt_id)) if row.given not in (None, [], {})]


def _answered(row: Row[Any], took_ms: int | None) -> Answered:
    own = row.given.get("certainty") if isinstance(row.given, dict) else None
    return Answered(
        question_id=row.question_id,
        version_id=row.version_id,
        attempt_id=row.attempt_id,
        position=row.position,
        at=row.checked_at or row.submitted_at,
        is_review=row.slug == REVIEW_QUIZ,
        graded=Graded(
            fraction=row.fraction,
            certainty=own if row.certainty is None else row.certainty,
            # a similar question right after the step was shown again is answered with its help
            used_hint=row.hints > 0 or row.sibling_of is not None,
            took_ms=took_ms,
        ),
    )


def _times(session: Session, attempt_ids: Collection[str]) -> dict[tuple[str, int], int]:
    """How many ms each answer of these review sessions took at most.

    One question follows another there, so an answer took no longer than since the one before was checked, or
    since the session began. Reading what was said about that one is in it: nobody is called fast who is not.
    """
    if not attempt_ids:
        return {}
    asked = (
        select(AttemptSlot.attempt_id, AttemptSlot.position, AttemptSlot.checked_at, Attempt.started_at)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(AttemptSlot.attempt_id.in_(attempt_ids), AttemptSlot.checked_at.is_not(None))
        .order_by(AttemptSlot.attempt_id, AttemptSlot.checked_at, AttemptSlot.position)
    )
    took: dict[tuple[str, int], int] = {}
    before: dict[str, datetime] = {}
    for row in session.execute(asked):
        at: datetime = row.checked_at
        spent = at - before.get(row.attempt_id, row.started_at)
        took[row.attempt_id, row.position] = max(0, spent // timedelta(milliseconds=1))
        before[row.attempt_id] = at
    return took


def _is_explained() -> ColumnElement[bool]:
    """Whether the learner may read the explanation of this answer: a review would show it at once.

    What a quiz explains only later, or never, comes up in no review.
    """
    policy = func.coalesce(QuizVersion.settings["review"].as_string(), Explained.EXPLANATIONS.value)
    return or_(AttemptSlot.checked_at.is_not(None), policy == Explained.EXPLANATIONS.value)


def _asked(user_id: int, attempt_id: str | None) -> Select[*tuple[Any, ...]]:
    """Every marked answer without a line in the log, by the mark that counts now."""
    newest = (
        select(func.max(Grading.key_number))
        .where(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
        .correlate(AttemptSlot)
        .scalar_subquery()
    )
    at_slot = [
        and_(table.attempt_id == AttemptSlot.attempt_id, table.position == AttemptSlot.position)
        for table in (Grading, Response, ReviewLog)
    ]
    asked = (
        select(
            AttemptSlot.attempt_id,
            AttemptSlot.position,
            AttemptSlot.checked_at,
            Attempt.submitted_at,
            QuestionVersion.id.label("version_id"),
            QuestionVersion.question_id,
            AttemptSlot.hints,
            AttemptSlot.sibling_of,
            Grading.fraction,
            Response.body.label("given"),
            Response.certainty,
            Quiz.slug,
        )
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Grading, and_(at_slot[0], Grading.key_number == newest))
        .join(Response, at_slot[1])
        .outerjoin(ReviewLog, at_slot[2])
        .where(Attempt.user_id == user_id, ReviewLog.id.is_(None))
        .where(AttemptSlot.checked_at.is_not(None) | Attempt.state.in_(_CLOSED))
        .where(QuestionVersion.kind.not_in(NOT_REMEMBERED))
        .where(_is_explained())
    )
    return asked if attempt_id is None else asked.where(Attempt.id == attempt_id)
