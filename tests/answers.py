"""An attempt with an answer and a mark, written as rows: for tests of what becomes of them."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Grading,
    Question,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
)


def add_attempt(
    session: Session, user_id: int, now: datetime, *, state: AttemptState = AttemptState.SUBMITTED
) -> Attempt:
    """One question in one quiz, answered with A and marked with 1."""
    mark = secrets.token_hex(4)
    quiz = Quiz(slug=f"quiz-{mark}", title="A quiz", created_at=now, current=1)
    question = Question(uid=f"q-{mark}", kind="single", created_at=now)
    session.add_all([quiz, question])
    session.flush()
    quiz_version = QuizVersion(quiz_id=quiz.id, number=1, published_at=now)
    version = QuestionVersion(
        question_id=question.id,
        number=1,
        kind="single",
        body={"stem": "?"},
        secret={"key": "A"},
        content_hash=mark,
        created_at=now,
    )
    session.add_all([quiz_version, version])
    session.flush()
    attempt = Attempt(
        id=secrets.token_hex(16),
        user_id=user_id,
        quiz_version_id=quiz_version.id,
        number=1,
        seed=1,
        state=state,
        started_at=now,
    )
    session.add(attempt)
    session.flush()
    session.add(
        AttemptSlot(
            attempt_id=attempt.id, position=1, question_version_id=version.id, option_order=["A", "B"]
        )
    )
    session.add(Response(attempt_id=attempt.id, position=1, rev=1, body="A", saved_at=now))
    session.add(Grading(attempt_id=attempt.id, position=1, fraction=1.0, graded_at=now))
    session.flush()
    return attempt
