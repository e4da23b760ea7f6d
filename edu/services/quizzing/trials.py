"""Trials: which answers of a form could not be marked, before any is kept: the others are not lost."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from edu.models import Attempt
from edu.services.quizzing import marking, questions
from edu.services.quizzing.answers import Answer
from quizzes import QuizError


def refusals(session: Session, attempt: Attempt, given: Collection[Answer]) -> dict[int, QuizError]:
    """What is wrong with those of the answers that could not be marked, by position."""
    slots = marking.slots_of(session, attempt.id, {answer.position for answer in given})
    items = questions.keyed(session, {slot.question_version_id for slot in slots.values()})
    found = {}
    for answer in given:
        if (slot := slots.get(answer.position)) is not None:
            try:
                marking.try_out(items[slot.question_version_id], slot, answer.response)
            except QuizError as error:
                found[answer.position] = error
    return found
