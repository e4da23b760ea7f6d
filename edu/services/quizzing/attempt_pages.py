"""An attempt as a page: questions without a word of the key, and results as far as they are released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

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
from edu.services.delivery import Addresses
from edu.services.players import PlayerView
from edu.services.quizzing import allowances, helping, pictures, time_left
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.attempt_feedback import (
    FeedbackView,
    Secrets,
    feedback,
    mark_alone,
    secrets_of,
    withheld,
)
from edu.services.quizzing.results import Mark, score_of
from edu.services.quizzing.views import films, question
from edu.services.quizzing.views.fields import Fields
from edu.services.quizzing.views.question import Asked, OptionView, QuestionView, slot_id
from quizzes import Mode, Review, Settings

__all__ = ["AttemptPage", "OptionView", "QuestionView", "Result", "page", "slot_id"]

POINTED_AT = ("hotspot", "draglabels")  # kinds whose picture is part of the answer
GUESSING = 1  # the certainty at which a right answer is looked at again as well


@dataclass(frozen=True, slots=True)
class Result:
    """What the whole attempt came to; `certainty` is counted apart from the marks, where it was given.

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
    """An attempt, open or closed; `minutes_left` and `seconds_left` are by the server's clock.

    `unanswered` are the questions that still have no answer. `review` is what may be read of it when it is
    closed. `kinds` tells which scripts the page needs. `faulty` are the questions with an error.
    `waits_for_last`: explanations come when no further attempt is left, and there is one. `has_run_out`: its
    time was over when it was handed in.
    """

    id: str
    title: str
    quiz_url: str
    state: str
    mode: str
    number: int
    minutes_left: int | None
    seconds_left: int | None
    is_open: bool
    can_check: bool
    is_claimable: bool
    questions: tuple[QuestionView, ...]
    unanswered: tuple[QuestionView, ...]
    answered_count: int
    is_all_checked: bool
    review: str
    kinds: frozenset[str]
    result: Result | None
    save_url: str
    action: str
    siblings_url: str
    clips_url: str
    lesson_title: str | None
    lesson_url: str | None
    is_under_construction: bool
    faulty: tuple[QuestionView, ...] = ()
    waits_for_last: bool = False
    has_run_out: bool = False


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
class _Slot:
    """One slot with all that is kept about it."""

    slot: AttemptSlot
    body: dict[str, Any]
    response: Any
    certainty: int | None
    rev: int
    grading: Grading | None


@dataclass(frozen=True, slots=True)
class _Showing:
    """What all questions of a page share. `secrets` are those of the questions that are explained.

    `hidden` are the layers of the board that would give away any question which is still open.
    """

    settings: Settings
    is_open: bool
    review: Review
    secrets: Secrets
    hints: Mapping[int, tuple[str, ...]]
    films: Mapping[str, PlayerView]
    hidden: frozenset[str]
    errors: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[int, Fields] = field(default_factory=dict)


def page(
    session: Session,
    viewer: Viewer,
    attempt: Attempt,
    *,
    now: datetime,
    errors: Mapping[int, str] | None = None,
    typed: Mapping[int, Fields] | None = None,
    addresses: Addresses | None = None,
) -> AttemptPage:
    """The attempt as its owner sees it; a few statements, however many questions there are.

    Keys are read for the questions alone that may be explained. `errors` are sentences by position, shown at
    their questions, and `typed` what stood in the fields of those. Without `addresses` no film is shown.
    """
    around, slots = _around(session, attempt), _slots(session, attempt.id)
    is_open = attempt.state is AttemptState.OPEN
    showing = _showing(session, viewer, around, slots, is_open=is_open, addresses=addresses)
    showing = replace(showing, errors=errors or {}, typed=typed or {})
    views = _views(slots, showing)
    return AttemptPage(
        id=attempt.id,
        title=around.quiz.title,
        quiz_url=f"/quizzes/{around.quiz.slug}",
        state=attempt.state.value,
        mode=around.settings.mode.value,
        number=attempt.number,
        minutes_left=time_left.seconds_left(attempt, now, 60),
        seconds_left=time_left.seconds_left(attempt, now),
        is_open=is_open,
        can_check=is_open and around.settings.mode is Mode.PRACTICE,
        is_claimable=attempt.user_id is None,
        questions=views,
        unanswered=tuple(view for view in views if not view.is_answered),
        answered_count=sum(view.is_answered for view in views),
        is_all_checked=all(view.feedback is not None for view in views),
        review=showing.review.value,
        kinds=_kinds(views),
        result=None if is_open else _result(slots, views, around.settings, showing.review),
        save_url=f"/attempts/{attempt.id}/answers",
        action=f"/attempts/{attempt.id}",
        siblings_url=f"/attempts/{attempt.id}/siblings",
        clips_url=f"/attempts/{attempt.id}/clips",
        lesson_title=around.lesson_title,
        lesson_url=around.lesson_url,
        is_under_construction=around.is_under_construction,
        faulty=tuple(one for view in views for one in (view, *view.siblings) if one.error),
        has_run_out=not is_open and time_left.ran_out(attempt),
        waits_for_last=around.settings.review is Review.LAST and showing.review is Review.SCORE,
    )


def _kinds(views: Iterable[QuestionView]) -> frozenset[str]:
    """The kinds of the open questions, and `picture` where a picture is only looked at."""
    everything = [one for view in views for one in (view, *view.siblings)]
    seen = {"picture" for one in everything if one.picture and (one.feedback or one.kind not in POINTED_AT)}
    return frozenset({one.kind for one in everything if one.feedback is None} | seen)


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


def _slots(session: Session, attempt_id: str) -> list[_Slot]:
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
    return [_kept(*row) for row in session.execute(asked)]


def _kept(slot: AttemptSlot, body: dict[str, Any], given: Response | None, grading: Grading | None) -> _Slot:
    if given is None:
        return _Slot(slot, body, None, None, 0, grading)
    return _Slot(slot, body, given.body, given.certainty, given.rev, grading)


def _review(session: Session, viewer: Viewer, around: _Around) -> Review:
    """What may be read of a closed attempt now: `last` becomes everything, or the score alone.

    Without an account nobody's attempts can be counted: who signs out would read the key before the last one.
    """
    review = around.settings.review
    if review is not Review.LAST:
        return review
    if viewer.user_id is None:
        return Review.SCORE
    own = allowances.of(session, viewer, around.quiz.id, around.settings)
    allowed = allowances.attempts_allowed(around.settings, own)
    mine = quiz_service.attempts_of(session, viewer, around.quiz.id)
    is_used_up = 0 < allowed <= len(mine) and all(a.state is not AttemptState.OPEN for a in mine)
    return Review.EXPLANATIONS if is_used_up else Review.SCORE


def _showing(
    session: Session,
    viewer: Viewer,
    around: _Around,
    slots: list[_Slot],
    *,
    is_open: bool,
    addresses: Addresses | None,
) -> _Showing:
    """What all questions share; the secrets of those alone that may be explained."""
    review = Review.EXPLANATIONS if is_open else _review(session, viewer, around)
    explained = {entry.slot.question_version_id for entry in slots if _is_explained(entry, is_open, review)}
    codes = {entry.body["video"] for entry in slots if entry.body["video"]}
    return _Showing(
        settings=around.settings,
        is_open=is_open,
        review=review,
        secrets=secrets_of(session, viewer, explained, around.course_id),
        hints=helping.hints_of(session, [entry.slot for entry in slots]),
        films=films.of(session, viewer, codes, addresses) if addresses else {},
        hidden=pictures.hidden_in(e.body for e in slots if is_open and e.slot.checked_at is None),
    )


def _is_explained(entry: _Slot, is_open: bool, review: Review) -> bool:
    """A question that was checked was explained there and then; the others wait for the release."""
    return entry.slot.checked_at is not None or (not is_open and review is Review.EXPLANATIONS)


def _views(slots: list[_Slot], showing: _Showing) -> tuple[QuestionView, ...]:
    """The questions in order, each with the similar ones that were asked after it."""
    numbered = [entry for entry in slots if entry.slot.sibling_of is None]
    extra: dict[int, list[QuestionView]] = {}
    numbers = {entry.slot.position: number for number, entry in enumerate(numbered, start=1)}
    for entry in slots:
        if (parent := entry.slot.sibling_of) is not None:
            extra.setdefault(parent, []).append(_question(numbers.get(parent, 0), entry, showing))
    return tuple(
        replace(
            _question(numbers[entry.slot.position], entry, showing),
            siblings=tuple(extra.get(entry.slot.position, ())),
        )
        for entry in numbered
    )


def _question(number: int, entry: _Slot, showing: _Showing) -> QuestionView:
    slot, body = entry.slot, entry.body
    certainty = entry.certainty or question.certainty_in(entry.response)
    film = showing.films.get(body["video"] or "")
    said = _feedback(entry, certainty, film, showing)
    asked = Asked(
        body,
        slot.option_order,
        position=slot.position,
        number=number,
        response=entry.response,
        certainty=certainty,
        rev=entry.rev,
        error=showing.errors.get(slot.position, ""),
        typed=showing.typed.get(slot.position),
    )
    is_explained = said is not None and said.solution is not None
    picture = pictures.view(body, slot.question_version_id, hidden=showing.hidden, is_explained=is_explained)
    practises = showing.is_open and showing.settings.mode is Mode.PRACTICE
    view = question.view(
        asked,
        asks_certainty=showing.settings.certainty,
        picture=picture,
        film=film,
        hints=showing.hints.get(slot.position, ()),
        can_hint=practises and showing.settings.hints and said is None,
        feedback=said,
    )
    again = said is not None and (said.outcome != "right" or said.is_unsure)
    return replace(
        view,
        is_critical=view.is_critical and showing.settings.pass_mark > 0,
        sibling_of=slot.sibling_of,
        can_try_another=practises and again and not view.error,
    )


def _feedback(
    entry: _Slot, certainty: int | None, film: PlayerView | None, showing: _Showing
) -> FeedbackView | None:
    slot, critical = entry.slot, bool(entry.body["critical"])
    if _is_explained(entry, showing.is_open, showing.review):
        return feedback(
            slot,
            entry.response,
            entry.grading,
            showing.secrets,
            certainty=entry.certainty,
            is_unsure=certainty == GUESSING,
            duration_ms=film.duration_ms if film else 0,
        )
    if showing.is_open:
        return None
    if showing.review is Review.MARKS:
        return mark_alone(slot, entry.response, entry.grading, critical=critical)
    return withheld(slot, entry.grading, critical=critical)


def _result(
    slots: list[_Slot], views: tuple[QuestionView, ...], settings: Settings, review: Review
) -> Result:
    """What it came to; which of the critical questions were missed is told only where marks are."""
    counted = [entry for entry in slots if entry.slot.sibling_of is None]
    marks = [
        Mark(e.grading.fraction if e.grading else 0.0, e.slot.max_mark, bool(e.body["critical"]))
        for e in counted
    ]
    score = score_of(marks, settings.pass_mark)
    sure = [e.grading.certainty_mark for e in counted if e.grading and e.grading.certainty_mark is not None]
    asks = settings.certainty and bool(sure)
    missed = tuple(view for view, mark in zip(views, marks, strict=True) if mark.is_missed)
    return Result(
        earned=score.earned,
        possible=score.possible,
        percent=score.percent,
        pass_mark=settings.pass_mark,
        is_passed=score.is_passed,
        missed=() if review is Review.SCORE else missed,
        certainty=sum(sure) if asks else None,
        certainty_possible=3 * len(sure) if asks else None,
    )
