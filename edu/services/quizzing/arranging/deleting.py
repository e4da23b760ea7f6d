"""Deleting a quiz that was taken back and that nobody ever tried; what has results stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.errors import Conflict
from edu.models import Attempt, Quiz, QuizVersion
from edu.policy import Viewer
from edu.services import audit
from edu.services.audit import Deed
from edu.services.quizzing.arranging.saving import mine


def delete(session: Session, viewer: Viewer, slug: str, now: datetime) -> None:
    """Delete a quiz with its versions; its questions stay in the bank.

    Raises Conflict while it is given, and for one that somebody has tried: attempts point to its versions.
    """
    quiz = mine(session, viewer, slug, locked=True)
    if quiz.current:
        raise Conflict("Take the quiz back before you delete it.", code="given_now")
    if _was_tried(session, quiz):
        raise _tried()
    audit.record(
        session, Deed.QUIZ_CHANGED, now=now, actor_id=viewer.user_id, subject=f"quiz:{quiz.id}",
        what="deleted", slug=quiz.slug,
    )  # fmt: skip
    session.delete(quiz)
    try:
        session.flush()
    except IntegrityError as error:  # an attempt that began just before the quiz was taken back
        raise _tried() from error


def _was_tried(session: Session, quiz: Quiz) -> bool:
    tried = exists().where(Attempt.quiz_version_id == QuizVersion.id, QuizVersion.quiz_id == quiz.id)
    return bool(session.scalar(select(tried)))


def _tried() -> Conflict:
    return Conflict("Somebody has tried this quiz: it stays, with its results.", code="was_tried")
