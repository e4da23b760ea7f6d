"""Results: what attempts came to, by one rule for the page of a result and for every list of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
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
)
from quizzes import Settings

NEARLY = 1e-9  # so that three thirds of a mark are a whole one
PER_PAGE = 20
LAST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """What one question earned: a share of 0 to 1 of the marks that it can give."""

    fraction: float
    possible: float
    is_critical: bool

    @property
    def is_missed(self) -> bool:
        """Whether the question had to be wholly right to pass, and was not."""
        return self.is_critical and self.fraction < 1 - NEARLY


@dataclass(frozen=True, slots=True)
class Score:
    """What an attempt came to; `percent` is rounded down."""

    earned: float
    possible: float
    percent: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """An attempt in a person's list; no `score` while it is open. `at` is when it was begun or closed."""

    title: str
    url: str
    number: int
    at: datetime
    is_open: bool
    score: Score | None


@dataclass(frozen=True, slots=True)
class ResultList:
    """A page of a person's attempts, the newest first; `newer` and `older` are the pages beside it."""

    rows: tuple[ResultRow, ...]
    newer: int | None
    older: int | None


def score_of(marks: Iterable[Mark], pass_mark: int) -> Score:
    """The score: passed with `pass_mark` per cent and every critical question wholly right."""
    given = tuple(marks)
    earned = math.fsum(mark.fraction * mark.possible for mark in given)
    possible = math.fsum(mark.possible for mark in given)
    # the share is compared before it is rounded, so that 59.6 % does not pass a mark of 60
    share = 100 * earned / possible + NEARLY if possible else 0.0
    is_passed = share >= pass_mark and not any(mark.is_missed for mark in given)
    return Score(round(earned, 2), possible, int(share), is_passed)


def scores(session: Session, attempt_ids: Collection[str]) -> dict[str, Score]:
    """The scores of closed attempts by their newest marks; one statement, none without attempts."""
    if not attempt_ids:
        return {}
    newest = (
        select(func.max(Grading.key_number))
        .where(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
        .correlate(AttemptSlot)
        .scalar_subquery()
    )
    at_slot = and_(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
    asked = (
        select(
            AttemptSlot.attempt_id,
            AttemptSlot.max_mark,
            Grading.fraction,
            QuestionVersion.body["critical"].as_boolean(),
            QuizVersion.settings["pass_mark"].as_integer(),
        )
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .outerjoin(Grading, and_(at_slot, Grading.key_number == newest))
        .where(AttemptSlot.attempt_id.in_(attempt_ids), AttemptSlot.sibling_of.is_(None))
    )
    marks: dict[str, list[Mark]] = {}
    needed: dict[str, int] = {}
    for attempt_id, possible, fraction, critical, pass_mark in session.execute(asked):
        marks.setdefault(attempt_id, []).append(Mark(fraction or 0.0, possible, bool(critical)))
        needed[attempt_id] = Settings().pass_mark if pass_mark is None else pass_mark
    return {attempt_id: score_of(given, needed[attempt_id]) for attempt_id, given in marks.items()}


def listing(session: Session, user_id: int, *, page: int = 1) -> ResultList:
    """A page, from 1, of what this account began or closed; two statements, however many attempts there are.

    Reviews are not among them: nobody passes one. Titles of quizzes behind the professional gate are listed
    as they are in a course: opening one asks again.
    """
    page = min(max(1, page), LAST_PAGE)
    at = func.coalesce(Attempt.submitted_at, Attempt.started_at)
    asked = (
        select(Attempt, Quiz.title)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.user_id == user_id, Quiz.slug != REVIEW_QUIZ)
        .order_by(at.desc(), Attempt.number.desc(), Attempt.id)
        .limit(PER_PAGE + 1)
        .offset((page - 1) * PER_PAGE)
    )
    found = session.execute(asked).all()
    shown = found[:PER_PAGE]
    closed = [attempt.id for attempt, _ in shown if attempt.state is not AttemptState.OPEN]
    known = scores(session, closed)
    return ResultList(
        rows=tuple(_row(attempt, title, known.get(attempt.id)) for attempt, title in shown),
        newer=page - 1 if page > 1 else None,
        older=page + 1 if len(found) > PER_PAGE and page < LAST_PAGE else None,
    )


def _row(attempt: Attempt, title: str, score: Score | None) -> ResultRow:
    return ResultRow(
        title=title,
        url=f"/attempts/{attempt.id}",
        number=attempt.number,
        at=attempt.submitted_at or attempt.started_at,
        is_open=attempt.state is AttemptState.OPEN,
        score=score,
    )
