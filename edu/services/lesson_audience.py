"""For whom a lesson is: what hangs on it follows when it, or its module, goes behind the gate or out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Audience, Lesson, Question, Quiz, QuizSlot
from edu.services.contents import facts
from edu.services.quizzing import quizzes


def follow(session: Session, row: Lesson, field: str) -> None:
    """The self-assessments under a lesson are for those the lesson is for.

    Invalid, beside the field, when that would open questions for professionals to all.
    """
    audience = facts(row).audience
    for quiz in session.scalars(select(Quiz).where(Quiz.lesson_id == row.id)):
        is_opened = audience is Audience.OPEN and quiz.audience is Audience.PRO
        if is_opened and holds_gated(session, quiz):
            raise Invalid(
                "The self-assessment of “%(title)s” holds questions for professionals: remove them first.",
                code="gated_questions", field=field, title=row.title,
            )  # fmt: skip
        quiz.audience = audience


def holds_gated(session: Session, quiz: Quiz) -> bool:
    """Whether a question for professionals stands in the version that is given now."""
    if not quiz.current:
        return False
    version = quizzes.current_version(session, quiz)
    asked = (
        select(Question.id)
        .join(QuizSlot, QuizSlot.question_id == Question.id)
        .where(QuizSlot.quiz_version_id == version.id, Question.audience == Audience.PRO)
    )
    return session.scalar(asked.limit(1)) is not None
