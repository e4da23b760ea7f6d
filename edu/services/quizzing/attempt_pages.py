"""An attempt as a page: questions without a word of the key, and results where they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

import quizzes
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Course,
    Grading,
    Lesson,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
)
from edu.policy import Viewer
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.attempt_feedback import FeedbackView, Secrets, feedback, secrets_of
from edu.services.quizzing.results import Mark, score_of
from quizzes import Kind, Mode, Settings


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option under an id that says nothing about the document."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of the attempt; `feedback` only when it is closed, `error` when its answer was refused."""

    id: str
    position: int
    number: int
    kind: str
    stem: str
    options: tuple[OptionView, ...]
    chosen: tuple[str, ...]
    certainty: int | None
    asks_certainty: bool
    is_critical: bool
    rev: int
    error: str
    feedback: FeedbackView | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the whole attempt came to; `certainty` is counted apart from the marks.

    `missed` are the critical questions that were not wholly right: without them there is no pass.
    """

    earned: float
    possible: float
    percent: int
    pass_mark: int
    is_passed: bool
    missed: tuple[QuestionView, ...]
    certainty: int | None
    certainty_possible: int | None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt, open or closed; `minutes_left` until its deadline are by the server's clock.

    `unanswered` are the questions that still have no answer.
    """

    id: str
    title: str
    quiz_url: str
    state: str
    mode: str
    number: int
    minutes_left: int | None
    is_open: bool
    can_check: bool
    is_claimable: bool
    questions: tuple[QuestionView, ...]
    unanswered: tuple[QuestionView, ...]
    answered_count: int
    is_all_checked: bool
    result: Result | None
    save_url: str
    action: str
    lesson_title: str | None
    lesson_url: str | None
    is_under_construction: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What an attempt belongs to."""

    quiz: Quiz
    settings: Settings
    lesson_title: str | None
    lesson_url: str | None
    course_id: int | None
    is_under_construction: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """One slot with all that is kept about it."""

    slot: AttemptSlot
    body: dict[str, Any]
    response: Any
    rev: int
    grading: Grading | None


def page(
    session: Session,
    viewer: Viewer,
    attempt: Attempt,
    *,
    now: datetime,
    errors: Mapping[int, str] | None = None,
) -> AttemptPage:
    """The attempt as its owner sees it; five statements at most, however many questions there are.

    Keys are read for closed questions only. `errors` are sentences by position, shown at their questions.
    """
    around = _around(session, attempt)
    is_open = attempt.state is AttemptState.OPEN
    asked = _asked(session, attempt.id)
    closed = {entry.slot.question_version_id for entry in asked if entry.slot.checked_at or not is_open}
    known = secrets_of(session, viewer, closed, around.course_id)
    views = tuple(
        _question(
            number,
            entry,
            known if entry.slot.checked_at or not is_open else None,
            around.settings.certainty,
            (errors or {}).get(entry.slot.position, ""),
        )
        for number, entry in enumerate(asked, start=1)
    )
    return AttemptPage(
        id=attempt.id,
        title=around.quiz.title,
        quiz_url=f"/quizzes/{around.quiz.slug}",
        state=attempt.state.value,
        mode=around.settings.mode.value,
        number=attempt.number,
        minutes_left=_minutes_left(attempt, now),
        is_open=is_open,
        can_check=is_open and around.settings.mode is Mode.PRACTICE,
        is_claimable=attempt.user_id is None,
        questions=views,
        unanswered=tuple(view for view in views if not view.chosen),
        answered_count=sum(bool(view.chosen) for view in views),
        is_all_checked=all(view.feedback is not None for view in views),
        result=None if is_open else _result(views, around.settings.pass_mark),
        save_url=f"/attempts/{attempt.id}/answers",
        action=f"/attempts/{attempt.id}",
        lesson_title=around.lesson_title,
        lesson_url=around.lesson_url,
        is_under_construction=around.is_under_construction,
    )


def slot_id(position: int) -> str:
    """The name of a slot in a page's form."""
    return f"s{position}"


def _minutes_left(attempt: Attempt, now: datetime) -> int | None:
    if attempt.deadline_at is None or attempt.state is not AttemptState.OPEN:
        return None
    return max(0, int((attempt.deadline_at - now).total_seconds() // 60))


def _around(session: Session, attempt: Attempt) -> _Around:
    asked = (
        select(
            Quiz,
            QuizVersion,
            Lesson.title,
            Lesson.slug,
            Course.slug,
            Course.id,
            quiz_service.is_under_construction(),
        )
        .join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
        .outerjoin(Lesson, Lesson.id == Quiz.lesson_id)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .where(QuizVersion.id == attempt.quiz_version_id)
    )
    quiz, version, title, lesson, course, course_id, unfinished = session.execute(asked).one()
    url = f"/courses/{course}/{lesson}" if course_id else None
    return _Around(quiz, quiz_service.settings_of(version), title, url, course_id, unfinished)


def _asked(session: Session, attempt_id: str) -> list[_Asked]:
    """The slots in order, each with its wording, its answer and its newest mark; one statement."""
    newest = (
        select(func.max(Grading.key_number))
        .where(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
        .correlate(AttemptSlot)
        .scalar_subquery()
    )
    at_slot = and_(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
    answer = and_(Response.attempt_id == AttemptSlot.attempt_id, Response.position == AttemptSlot.position)
    asked = (
        select(AttemptSlot, QuestionVersion.body, Response, Grading)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .outerjoin(Response, answer)
        .outerjoin(Grading, and_(at_slot, Grading.key_number == newest))
        .where(AttemptSlot.attempt_id == attempt_id)
        .order_by(AttemptSlot.position)
    )
    return [
        _Asked(slot, body, given.body if given else None, given.rev if given else 0, grading)
        for slot, body, given, grading in session.execute(asked)
    ]


def _question(
    number: int, entry: _Asked, known: Secrets | None, asks_certainty: bool, error: str
) -> QuestionView:
    slot, body = entry.slot, entry.body
    shown = quizzes.disguise(body, slot.option_order)
    response = entry.response
    return QuestionView(
        id=slot_id(slot.position),
        position=slot.position,
        number=number,
        kind=body["kind"],
        stem=body["stem"],
        options=tuple(OptionView(option["id"], option["text"]) for option in shown["options"]),
        chosen=_chosen(response),
        certainty=response.get("certainty") if isinstance(response, dict) else None,
        asks_certainty=asks_certainty and body["kind"] == Kind.TRUEFALSE,
        is_critical=body["critical"],
        rev=entry.rev,
        error=error,
        feedback=feedback(slot, response, entry.grading, known) if known else None,
    )


def _chosen(response: Any) -> tuple[str, ...]:
    if isinstance(response, str):
        return (response,)
    if isinstance(response, list):
        return tuple(str(entry) for entry in response)
    if isinstance(response, dict) and isinstance(response.get("answer"), bool):
        return ("true" if response["answer"] else "false",)
    return ()


def _result(views: tuple[QuestionView, ...], pass_mark: int) -> Result:
    marked = [(view, view.feedback) for view in views if view.feedback]
    marks = [Mark(said.fraction, said.possible, said.is_critical) for _, said in marked]
    score = score_of(marks, pass_mark)
    sure = [said.certainty_mark for view, said in marked if view.asks_certainty]
    return Result(
        earned=score.earned,
        possible=score.possible,
        percent=score.percent,
        pass_mark=pass_mark,
        is_passed=score.is_passed,
        missed=tuple(view for (view, _), mark in zip(marked, marks, strict=True) if mark.is_missed),
        certainty=sum(mark or 0 for mark in sure) if sure else None,
        certainty_possible=3 * len(sure) if sure else None,
    )
