"""The list of quizzes in the studio: what each asks, how often it was taken, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from edu.models import REVIEW_QUIZ, Attempt, Lesson, Quiz, QuizDraft, QuizSlot, QuizVersion
from edu.policy import Action, Facts, Viewer, can
from edu.services.quizzing.arranging import sheet
from edu.services.quizzing.arranging.sheet import Row


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz in the list. `questions` is how many an attempt asks; `version` 0: only a draft so far,
    whose questions are counted then.
    """

    slug: str
    title: str
    lesson: str
    lesson_id: int | None
    questions: int
    attempts: int
    version: int
    is_published: bool
    is_draft: bool
    is_pro: bool
    in_video: bool


def listed(session: Session, viewer: Viewer) -> tuple[QuizLine, ...]:
    """The quizzes that the viewer may edit, by title; four statements, however many there are."""
    rows = session.execute(
        select(Quiz, Lesson.title, _newest()).outerjoin(Lesson, Lesson.id == Quiz.lesson_id)
        .where(Quiz.slug != REVIEW_QUIZ).order_by(func.lower(Quiz.title), Quiz.id)
    ).all()  # fmt: skip
    counts, attempts = _questions(session), _attempts(session)
    drafts = _drafts(session)
    return tuple(
        QuizLine(
            slug=quiz.slug,
            title=quiz.title,
            lesson=lesson or "",
            lesson_id=quiz.lesson_id,
            questions=counts.get((quiz.id, newest), 0) if newest else drafts.get(quiz.id, 0),
            attempts=attempts.get(quiz.id, 0),
            version=newest or 0,
            is_published=quiz.current > 0,
            is_draft=quiz.id in drafts,
            is_pro=quiz.audience.value == "pro",
            in_video=quiz.video_id is not None,
        )
        for quiz, lesson, newest in rows
        if can(viewer, Action.EDIT, Facts(quiz.audience, quiz.current > 0, quiz.owner_id))
    )


def _newest() -> ScalarSelect[int | None]:
    asked = select(func.max(QuizVersion.number)).where(QuizVersion.quiz_id == Quiz.id)
    return asked.correlate(Quiz).scalar_subquery()


def _questions(session: Session) -> dict[tuple[int, int], int]:
    asked = select(QuizVersion.quiz_id, QuizVersion.number, QuizSlot.pool).join(
        QuizSlot, QuizSlot.quiz_version_id == QuizVersion.id
    )
    counts: dict[tuple[int, int], int] = {}
    for quiz_id, number, pool in session.execute(asked):
        counts[quiz_id, number] = counts.get((quiz_id, number), 0) + (pool.get("count", 1) if pool else 1)
    return counts


def _drafts(session: Session) -> dict[int, int]:
    """How many questions each draft would ask; a pool whose number cannot be read is not counted."""
    counts = {}
    for quiz_id, kept in session.execute(select(QuizDraft.quiz_id, QuizDraft.sheet)):
        rows = sheet.read(kept).places
        counts[quiz_id] = sum(int(row.count) if row.is_pool else 1 for row in rows if _is_counted(row))
    return counts


def _is_counted(row: Row) -> bool:
    return not row.is_pool or (row.count.isascii() and row.count.isdecimal() and len(row.count) < 4)


def _attempts(session: Session) -> dict[int, int]:
    asked = (
        select(QuizVersion.quiz_id, func.count())
        .join(Attempt, Attempt.quiz_version_id == QuizVersion.id)
        .group_by(QuizVersion.quiz_id)
    )
    return {row[0]: row[1] for row in session.execute(asked)}
