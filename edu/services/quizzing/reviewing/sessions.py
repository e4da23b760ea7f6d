"""Review sessions: an ordinary practice attempt over the questions that are due, one after another.

The attempt is begun at a quiz that is never published and has no places of its own (`REVIEW_QUIZ`, one for
the site, with a version that asks for certainty and one that does not): what is asked is frozen in the places
of the attempt, as everywhere. So answers are kept by revision, checked, marked once and by corrected keys,
and closed by the code of `attempts`, `answers` and `marking`; nothing of their rules is written twice. The
gate holds in the same way: an attempt with a question for professionals is open only to those who pass, and
what was not answered in it stays due. A quiz for each person, or a version for each day, would have cost
rows and a second way to hide them; an attempt without a quiz, a column that all else would have to mind.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Conflict, GateClosed, NotFound
from edu.models import (
    REVIEW_QUIZ,
    Attempt,
    AttemptSlot,
    AttemptState,
    QuestionVersion,
    Quiz,
    QuizVersion,
)
from edu.policy import Viewer
from edu.services.delivery import Addresses
from edu.services.quizzing import attempt_pages, attempts, drawing
from edu.services.quizzing.attempt_pages import QuestionView
from edu.services.quizzing.reviewing import cards, plans
from edu.services.quizzing.reviewing.missing import add_unless_there
from edu.services.quizzing.reviewing.names import is_under_construction
from edu.services.quizzing.reviewing.queue import standing
from edu.services.quizzing.views.fields import Fields
from quizzes import Mode, Settings
from quizzes.document import plain_settings

TITLE = "Review"
# a similar question that was asked for on the page of the attempt counts for nothing here either
_IS_LEFT = AttemptSlot.checked_at.is_(None) & AttemptSlot.sibling_of.is_(None)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One question of a session, or (no `question`) what the session came to.

    `number` of `count` is the question's place, `checked` how many are done. With `is_result` the question is
    shown with its explanation, `is_last` tells that none follows, `next_on` when it comes again. `right` and
    `missed` are of what was answered; `kinds` says which scripts the page needs.
    """

    id: str
    url: str
    count: int
    checked: int
    number: int
    question: QuestionView | None
    kinds: frozenset[str]
    is_result: bool
    is_last: bool
    next_on: date | None
    is_under_construction: bool
    right: int
    answered: int
    missed: tuple[QuestionView, ...]


def begin(session: Session, viewer: Viewer, *, now: datetime) -> Attempt:
    """Today's session: the one that is open, or a new one over what is due. Conflict when nothing is due.

    What is left of an earlier day's session is closed: what was not answered in it is due again.
    """
    user_id = _account(viewer)
    if (begun := _going_on(session, viewer, user_id, now)) is not None:
        return begun
    cards.reviewed(session, user_id, now=now)
    # the plan is held from here on: what another tab began meanwhile can be seen now
    if (begun := _going_on(session, viewer, user_id, now)) is not None:
        return begun
    due = standing(session, user_id, passes_gate=viewer.passes_gate, now=now).due()
    wordings = drawing.latest_of(session, [entry.key for entry in due])
    asked = [wordings[entry.key] for entry in due if entry.key in wordings]
    if not asked:
        raise Conflict("nothing is due for review now", code="nothing_due")
    certainty = plans.view(session, user_id).asks_certainty
    return _make(session, user_id, _version(session, certainty, now), asked, now)


def open_session(session: Session, user_id: int, *, since: date | None = None) -> tuple[str, int] | None:
    """The open session's id and how many questions are left in it; with `since`, of that day or later."""
    asked = (
        select(Attempt.id, func.count(AttemptSlot.position))
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(Quiz.slug == REVIEW_QUIZ, Attempt.user_id == user_id, Attempt.state == AttemptState.OPEN)
        .where(_IS_LEFT)
        .group_by(Attempt.id)
        .order_by(Attempt.id)
    )
    if since is not None:
        asked = asked.where(Attempt.started_at >= datetime.combine(since, time(), UTC))
    found = session.execute(asked).first()
    return (found[0], found[1]) if found else None


def is_of_today(attempt: Attempt, now: datetime) -> bool:
    """Whether the session was begun today (UTC)."""
    return attempt.started_at.astimezone(UTC).date() == now.astimezone(UTC).date()


def check(session: Session, attempt: Attempt, position: int, *, now: datetime) -> None:
    """Check the answer at this place of a held session; the last closes it. Raises as `attempts.check`."""
    attempts.check(session, attempt, position, now=now)
    if not session.scalar(select(func.count()).where(AttemptSlot.attempt_id == attempt.id, _IS_LEFT)):
        attempts.submit(session, attempt, now=now)


def page(
    session: Session,
    viewer: Viewer,
    attempt: Attempt,
    *,
    now: datetime,
    done: int | None = None,
    errors: Mapping[int, str] | None = None,
    typed: Mapping[int, Fields] | None = None,
    addresses: Addresses | None = None,
) -> SessionPage:
    """The explanation of the question at place `done`, else the next question, else what the session came to.

    NotFound for an attempt at another quiz. What else is given is as for the page of an attempt.
    """
    _require_review(session, attempt)
    whole = attempt_pages.page(
        session, viewer, attempt, now=now, errors=errors, typed=typed, addresses=addresses
    )
    closed = [view for view in whole.questions if view.feedback is not None]
    opened = [view for view in whole.questions if view.feedback is None]
    shown = next((view for view in closed if view.position == done), None)
    given = [view for view in closed if view.feedback and view.feedback.outcome != "unanswered"]
    right = sum(view.feedback is not None and view.feedback.outcome == "right" for view in given)
    refused = (view for view in opened if view.position in (errors or {}))
    question = shown or next(refused, next(iter(opened), None))
    asked = _wording(session, attempt.id, question.position) if question else None
    return SessionPage(
        id=attempt.id,
        url=f"/review/sessions/{attempt.id}",
        count=len(whole.questions),
        checked=len(given),
        number=question.number if question else 0,
        question=question,
        kinds=frozenset({question.kind}) if question else frozenset(),
        is_result=shown is not None,
        is_last=not opened,
        next_on=_next_day(session, viewer, asked, now) if asked and shown else None,
        is_under_construction=asked is not None and is_under_construction(session, asked.body["lesson"]),
        right=right,
        answered=len(given),
        missed=tuple(view for view in given if view.feedback and view.feedback.outcome != "right"),
    )


def _wording(session: Session, attempt_id: str, position: int) -> QuestionVersion | None:
    asked = select(QuestionVersion).join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
    return session.scalar(asked.where(AttemptSlot.attempt_id == attempt_id, AttemptSlot.position == position))


def _next_day(session: Session, viewer: Viewer, asked: QuestionVersion, now: datetime) -> date | None:
    """The day on which the question comes again, with an eye on an exam."""
    where = standing(session, _account(viewer), passes_gate=viewer.passes_gate, now=now)
    return next((where.day_of(entry) for entry in where.entries if entry.key == asked.question_id), None)


def _account(viewer: Viewer) -> int:
    if viewer.user_id is None:
        raise ValueError("a review needs an account")
    return viewer.user_id


def _require_review(session: Session, attempt: Attempt) -> None:
    asked = (
        select(Quiz.slug)
        .join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
        .where(QuizVersion.id == attempt.quiz_version_id)
    )
    if session.scalar(asked) != REVIEW_QUIZ:
        raise NotFound("there is no such review")


def _going_on(session: Session, viewer: Viewer, user_id: int, now: datetime) -> Attempt | None:
    """The open session if it is of today and the viewer may still see it; another one is closed."""
    found = open_session(session, user_id)
    if found is None:
        return None
    try:
        attempt = attempts.held(session, viewer, found[0])
        if is_of_today(attempt, now):
            return attempt
    except GateClosed:
        attempt = session.get_one(Attempt, found[0], with_for_update={"key_share": True})
    attempts.submit(session, attempt, now=now)
    return None


def _version(session: Session, certainty: bool, now: datetime) -> QuizVersion:
    """The settings of every session, with or without certainty; nothing passes or fails a review."""
    add_unless_there(
        session, Quiz, slug=REVIEW_QUIZ, title=TITLE, audience="open", current=0, details={}, created_at=now
    )
    quiz_id = session.scalars(select(Quiz.id).where(Quiz.slug == REVIEW_QUIZ)).one()
    number = 2 if certainty else 1
    settings = plain_settings(Settings(mode=Mode.PRACTICE, pass_mark=0, certainty=certainty))
    add_unless_there(
        session, QuizVersion, quiz_id=quiz_id, number=number, settings=settings, published_at=now
    )
    asked = select(QuizVersion).where(QuizVersion.quiz_id == quiz_id, QuizVersion.number == number)
    return session.scalars(asked).one()


def _make(
    session: Session,
    user_id: int,
    version: QuizVersion,
    asked: Sequence[QuestionVersion],
    now: datetime,
) -> Attempt:
    numbers = select(func.max(Attempt.number)).where(
        Attempt.user_id == user_id, Attempt.quiz_version_id == version.id
    )
    attempt = Attempt(
        id=secrets.token_hex(16),
        user_id=user_id,
        quiz_version_id=version.id,
        number=(session.scalar(numbers) or 0) + 1,
        seed=secrets.randbits(31),
        started_at=now,
    )
    session.add(attempt)
    session.flush()
    rng = Random(attempt.seed)  # noqa: S311 (an order of options, not a secret)
    session.add_all(
        AttemptSlot(
            attempt_id=attempt.id,
            position=position,
            question_version_id=wording.id,
            option_order=list(quizzes.option_order(wording.body, rng)),
        )
        for position, wording in enumerate(asked, start=1)
    )
    session.flush()
    return attempt
