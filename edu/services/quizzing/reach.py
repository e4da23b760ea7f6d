"""Reach: by which quizzes a question comes to whom; behind the gate, in practice, or in tests alone."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from edu.models import Audience, Lesson, Module, Question, Quiz, QuizSlot, QuizVersion
from quizzes import Mode


def is_gated() -> ColumnElement[bool]:
    """Part of a statement about Quiz and QuizVersion: whether this version is for professionals only.

    It is when the quiz, its lesson, the lesson's module or any of its questions is: a question may have been
    put behind the gate after the quiz was published.
    """
    lesson = exists().where(
        Lesson.id == Quiz.lesson_id,
        Module.id == Lesson.module_id,
        or_(Lesson.audience == Audience.PRO, Module.audience == Audience.PRO),
    )
    question = exists().where(
        QuizSlot.quiz_version_id == QuizVersion.id,
        Question.id == QuizSlot.question_id,
        Question.audience == Audience.PRO,
    )
    return or_(Quiz.audience == Audience.PRO, lesson, question)


def behind_the_gate(session: Session, question_ids: Collection[int]) -> set[int]:
    """Those of the questions that published quizzes ask behind the gate only; one statement.

    A question that is itself open may be asked in a quiz, lesson or module for professionals alone.
    """
    if not question_ids:
        return set()
    slot = aliased(QuizSlot)  # the statement about the gate speaks of slots too
    asked = (
        select(slot.question_id, is_gated())
        .select_from(slot)
        .join(QuizVersion, QuizVersion.id == slot.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(QuizVersion.number == Quiz.current, slot.question_id.in_(question_ids))
    )
    gated: set[int] = set()
    free: set[int] = set()
    for question_id, hidden in session.execute(asked):
        if question_id is not None:
            (gated if hidden else free).add(question_id)
    return gated - free


def practised(session: Session, question_ids: Collection[int], *, is_gated_too: bool) -> set[int]:
    """Those of the questions that a published quiz gives to practise, and no test asks; one statement.

    Without `is_gated_too` a quiz behind the gate does not count.
    """
    if not question_ids:
        return set()
    slot = aliased(QuizSlot)
    asked = (
        select(slot.question_id, QuizVersion.settings["mode"].as_string(), is_gated())
        .select_from(slot)
        .join(QuizVersion, QuizVersion.id == slot.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(QuizVersion.number == Quiz.current, slot.question_id.in_(question_ids))
    )
    free: set[int] = set()
    tested: set[int] = set()
    for question_id, mode, gated in session.execute(asked):
        if mode == Mode.TEST:
            tested.add(question_id)
        elif is_gated_too or not gated:
            free.add(question_id)
    return free - tested


def tested(session: Session, question_ids: Collection[int]) -> set[int]:
    """Those of the questions that a published test asks at a place of its own; one statement."""
    asked = (
        select(QuizSlot.question_id)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(
            QuizVersion.number == Quiz.current, QuizVersion.settings["mode"].as_string() == Mode.TEST.value
        )
        .where(QuizSlot.question_id.in_(question_ids))
    )
    return {ident for ident in session.scalars(asked) if ident is not None}
