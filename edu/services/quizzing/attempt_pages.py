"""An attempt as a page: questions without a word of the key, and results as far as they are released."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Course,
    Lesson,
    Quiz,
    QuizVersion,
)
from edu.policy import Viewer
from edu.services.course_words import Worded
from edu.services.delivery import Addresses
from edu.services.players import PlayerView
from edu.services.quizzing import allowances, helping, pictures, similar, time_left
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.attempt_feedback import (
    FeedbackView,
    Secrets,
    feedback,
    mark_alone,
    secrets_of,
    withheld,
)
from edu.services.quizzing.attempt_slots import Entry, entries
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
    title: Worded
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
    lesson_title: Worded | None
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
    lesson_title: Worded | None
    lesson_url: str | None
    course_id: int | None
    is_under_construction: bool


@dataclass(frozen=True, slots=True)
class _Showing:
    """What all questions of a page share. `secrets` are those of the questions that are explained.

    `hidden` are the layers of the board that would give away any question which is still open. `alike` are
    the positions after which a similar question can be tried.
    """

    settings: Settings
    is_open: bool
    review: Review
    secrets: Secrets
    hints: Mapping[int, tuple[str, ...]]
    films: Mapping[str, PlayerView]
    hidden: frozenset[str]
    alike: frozenset[int] = frozenset()
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
    around, slots = _around(session, attempt), entries(session, attempt.id)
    is_open = attempt.state is AttemptState.OPEN
    shown = _showing(session, viewer, around, slots, is_open=is_open, addresses=addresses)
    views = _views(slots, replace(shown, errors=errors or {}, typed=typed or {}))
    return AttemptPage(
        id=attempt.id,
        title=quiz_service.title_of(around.quiz),
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
        review=shown.review.value,
        kinds=_kinds(views),
        result=None if is_open else _result(slots, views, around.settings, shown.review),
        save_url=f"/attempts/{attempt.id}/answers",
        action=f"/attempts/{attempt.id}",
        siblings_url=f"/attempts/{attempt.id}/siblings",
        clips_url=f"/attempts/{attempt.id}/clips",
        lesson_title=around.lesson_title,
        lesson_url=around.lesson_url,
        is_under_construction=around.is_under_construction,
        faulty=tuple(one for view in views for one in (view, *view.siblings) if one.error),
        has_run_out=not is_open and time_left.ran_out(attempt),
        waits_for_last=around.settings.review is Review.LAST and shown.review is Review.SCORE,
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
            Lesson.language,
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
    quiz, version, title, spoken, lesson, course, course_id, unfinished = session.execute(asked).one()
    url = f"/courses/{course}/{lesson}" if course_id else None
    named = Worded(title, spoken) if title else None
    return _Around(quiz, quiz_service.settings_of(version), named, url, course_id, unfinished)


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
    slots: list[Entry],
    *,
    is_open: bool,
    addresses: Addresses | None,
) -> _Showing:
    """What all questions share; the secrets of those alone that may be explained."""
    review = Review.EXPLANATIONS if is_open else _review(session, viewer, around)
    explained = {entry.slot.question_version_id for entry in slots if _is_explained(entry, is_open, review)}
    codes = {entry.body["video"] for entry in slots if entry.body["video"]}
    secrets = secrets_of(session, viewer, explained, around.course_id)
    practises = is_open and around.settings.mode is Mode.PRACTICE
    return _Showing(
        settings=around.settings,
        is_open=is_open,
        review=review,
        secrets=secrets,
        hints=helping.hints_of(session, [entry.slot for entry in slots]),
        films=films.of(session, viewer, codes, addresses) if addresses else {},
        hidden=pictures.hidden_in(e.body for e in slots if is_open and e.slot.checked_at is None),
        alike=_alike(session, slots, secrets) if practises else frozenset(),
    )


def _is_explained(entry: Entry, is_open: bool, review: Review) -> bool:
    """A question that was checked was explained there and then; the others wait for the release."""
    return entry.slot.checked_at is not None or (not is_open and review is Review.EXPLANATIONS)


def _views(slots: list[Entry], showing: _Showing) -> tuple[QuestionView, ...]:
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


def _question(number: int, entry: Entry, showing: _Showing) -> QuestionView:
    slot, body = entry.slot, entry.body
    certainty = _certainty(entry)
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
    return replace(
        view,
        is_critical=view.is_critical and showing.settings.pass_mark > 0,
        sibling_of=slot.sibling_of,
        can_try_another=_tried_at(slot) in showing.alike and _goes_on(entry) and not view.error,
    )


def _goes_on(entry: Entry) -> bool:
    """Whether a question was checked and not wholly known: not right, or guessed."""
    if entry.slot.checked_at is None:
        return False
    is_right = entry.grading is not None and math.isclose(entry.grading.fraction, 1)
    return not is_right or _certainty(entry) == GUESSING


def _alike(session: Session, slots: list[Entry], known: Secrets) -> frozenset[int]:
    """The positions after which a similar question can be tried; no statement where nobody would try one."""
    wanted = {_tried_at(entry.slot) for entry in slots if _goes_on(entry)}
    if helping.is_full([entry.slot for entry in slots]):
        return frozenset()
    after = {
        entry.slot.position: similar.Known(
            entry.question.ident,
            entry.question.is_gated,
            similar.likeness_of(known.items[entry.slot.question_version_id].item),
        )
        for entry in slots
        if entry.slot.position in wanted
    }
    return frozenset(similar.to_try(session, after, taken={entry.question.ident for entry in slots}))


def _tried_at(slot: AttemptSlot) -> int:
    """Where a similar question is asked for: at the question itself, or at the one that it was similar to."""
    return slot.sibling_of if slot.sibling_of is not None else slot.position


def _certainty(entry: Entry) -> int | None:
    return entry.certainty or question.certainty_in(entry.response)


def _feedback(
    entry: Entry, certainty: int | None, film: PlayerView | None, showing: _Showing
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
            is_corrected=entry.is_corrected,
            duration_ms=film.duration_ms if film else 0,
        )
    if showing.is_open:
        return None
    if showing.review is Review.MARKS:
        alone = mark_alone(slot, entry.response, entry.grading, critical=critical)
        return replace(alone, is_corrected=entry.is_corrected)
    return withheld(slot, entry.grading, critical=critical)


def _result(
    slots: list[Entry], views: tuple[QuestionView, ...], settings: Settings, review: Review
) -> Result:
    """What it came to; which of the critical questions were missed is told only where marks are."""
    counted = [entry for entry in slots if entry.slot.sibling_of is None]
    marks = [
        Mark(e.grading.fraction if e.grading else 0.0, e.slot.max_mark, bool(e.body["critical"]))
        for e in counted
    ]
    score = score_of(marks, settings.pass_mark)
    sure = [entry.certainty_mark for entry in counted if entry.certainty_mark is not None]
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
