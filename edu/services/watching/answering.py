"""Answering: how an account stands in the quizzes that count for a course."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from edu.models import Attempt, AttemptState, Quiz, QuizVersion
from edu.policy import Viewer
from edu.services.quizzing import drawing, reach, results
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.results import Score


class Standing(StrEnum):
    """How far somebody has come with a quiz."""

    NOT_BEGUN = "not_begun"
    OPEN = "open"
    NOT_PASSED = "not_passed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """A quiz that counts; `done_at` is when it was first handed in and passed."""

    title: str
    url: str
    standing: Standing
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing here."""
        return self.standing is Standing.DONE


@dataclass(frozen=True, slots=True)
class Counted:
    """The quizzes that count, by the lesson they stand under, and by their address names."""

    by_lesson: dict[int, tuple[QuizProgress, ...]]
    by_slug: dict[str, QuizProgress]


def counted(session: Session, viewer: Viewer, lesson_ids: Collection[int], slugs: Collection[str]) -> Counted:
    """Published quizzes of these lessons and of these names that the viewer may take; four statements."""
    quizzes = _quizzes(session, viewer, lesson_ids, slugs)
    tries = _tries(session, viewer, [quiz.id for quiz in quizzes])
    scores = results.scores(session, [t.id for its in tries.values() for t, _ in its if _is_closed(t)])
    by_lesson: dict[int, tuple[QuizProgress, ...]] = {}
    by_slug = {}
    for quiz in quizzes:
        found = _progress(quiz, tries.get(quiz.id, ()), scores)
        by_slug[quiz.slug] = found
        if quiz.lesson_id is not None:
            by_lesson[quiz.lesson_id] = (*by_lesson.get(quiz.lesson_id, ()), found)
    return Counted(by_lesson, by_slug)


def _quizzes(
    session: Session, viewer: Viewer, lesson_ids: Collection[int], slugs: Collection[str]
) -> list[Quiz]:
    is_current = and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current)
    asked = (
        select(Quiz, drawing.asked_in(Quiz), reach.is_gated())
        .join(QuizVersion, is_current)
        .where(or_(Quiz.lesson_id.in_(lesson_ids), Quiz.slug.in_(slugs)))
        .order_by(Quiz.id)
    )
    return [
        quiz
        for quiz, count, is_gated in session.execute(asked)
        if count and (viewer.passes_gate or not is_gated)
    ]


def _tries(
    session: Session, viewer: Viewer, quiz_ids: Sequence[int]
) -> dict[int, tuple[tuple[Attempt, QuizVersion], ...]]:
    """The viewer's attempts at each quiz, the first first."""
    asked = (
        select(Attempt, QuizVersion)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(Attempt.user_id == viewer.user_id, QuizVersion.quiz_id.in_(quiz_ids))
        .order_by(Attempt.started_at, Attempt.id)
    )
    found: dict[int, tuple[tuple[Attempt, QuizVersion], ...]] = {}
    for attempt, version in session.execute(asked):
        found[version.quiz_id] = (*found.get(version.quiz_id, ()), (attempt, version))
    return found


def _is_closed(attempt: Attempt) -> bool:
    return attempt.state in (AttemptState.SUBMITTED, AttemptState.EXPIRED)


def _counts(attempt: Attempt, version: QuizVersion) -> bool:
    """What was left lying until its time was over counts where marks are asked, not handing it in."""
    return attempt.state is AttemptState.SUBMITTED or quiz_service.settings_of(version).pass_mark > 0


def _progress(
    quiz: Quiz, tries: Sequence[tuple[Attempt, QuizVersion]], scores: dict[str, Score]
) -> QuizProgress:
    """A quiz without a pass mark is done when it was handed in with its critical questions right."""
    closed = [attempt for attempt, _ in tries if _is_closed(attempt)]
    passed = [
        attempt
        for attempt, version in tries
        if attempt.id in scores and scores[attempt.id].is_passed and _counts(attempt, version)
    ]
    standing = Standing.NOT_PASSED if closed else Standing.NOT_BEGUN
    if any(attempt.state is AttemptState.OPEN for attempt, _ in tries):
        standing = Standing.OPEN
    if passed:
        standing = Standing.DONE
    at = passed[0].submitted_at or passed[0].started_at if passed else None
    return QuizProgress(quiz.title, f"/quizzes/{quiz.slug}", standing, at)
