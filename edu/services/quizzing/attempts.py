"""Attempts: begun once, saved by revision, handed in by exactly one of many tries and marked at once."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import quizzes
from edu import queue
from edu.errors import Conflict, Invalid, NotFound
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Audience,
    Question,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
    ResponseEvent,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services import reviews
from edu.services.quizzing import allowances, drawing, marking, reach
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.reviewing import cards
from quizzes import Mode

GRACE = timedelta(seconds=30)  # for answers on their way when the time ends
CLAIMABLE = timedelta(days=30)
DISPUTABLE = timedelta(days=90)  # so long it can be seen which answers came, and when
EXPIRE = "expire_attempt"  # the job that closes an attempt whose time is over
_AFTER = timedelta(seconds=5)  # the job looks so long after the grace: clocks of machines differ
_TRIES = 5
_ID = re.compile(r"[0-9a-f]{32}")
_BATCH = 500


def start(session: Session, viewer: Viewer, quiz: Quiz, *, now: datetime) -> Attempt:
    """A new attempt, or the one this person has open at any version of the quiz.

    Questions and their order are frozen here. Conflict when all attempts are used or nothing can be asked;
    Forbidden where the module is closed to new learners. What was begun before goes on.
    """
    if viewer.user_id is None and viewer.visitor_hash is None:
        raise ValueError("an attempt needs an owner")
    version = quiz_service.current_version(session, quiz)
    for _ in range(_TRIES):
        if (begun := _open(session, viewer, quiz.id, now)) is not None:
            return begun
        reviews.require_quiz_open(session, viewer, quiz.slug, now.date())
        try:
            with session.begin_nested():
                return _begin(session, viewer, version, now)
        except IntegrityError:
            # another tab of the same person was a moment earlier: theirs is the attempt
            continue
    raise Conflict("this quiz is being begun elsewhere; please try again", code="busy")


def mine(session: Session, viewer: Viewer, attempt_id: str, *, is_held: bool = False) -> Attempt:
    """The attempt, if it is this person's; NotFound for a foreign one and for none alike.

    GateClosed when it is for professionals, were it only since, and the viewer does not, or no longer, pass.
    """
    if not _ID.fullmatch(attempt_id):
        raise NotFound("there is no such attempt")
    found = session.execute(_with_audience(is_held), {"attempt": attempt_id}).first()
    if found is None or not _owns(viewer, found[0]):
        raise NotFound("there is no such attempt")
    attempt, gated, owner_id = found
    # a quiz that was taken back since stays open for those inside
    require(viewer, Action.READ, Facts(Audience.PRO if gated else Audience.OPEN, True, owner_id))
    return attempt


@cache
def _with_audience(is_held: bool) -> Select[Attempt, bool, int | None]:
    """An attempt, whether it is for professionals, and the quiz's owner; put together once, see viewers."""
    asked = (
        select(Attempt, or_(reach.is_gated(), _holds_gated()), Quiz.owner_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.id == bindparam("attempt"))
    )
    if not is_held:
        return asked
    # not FOR UPDATE: marks that another transaction adds look whether the attempt is there, and may
    return asked.with_for_update(of=Attempt, key_share=True).execution_options(populate_existing=True)


def held(session: Session, viewer: Viewer, attempt_id: str) -> Attempt:
    """The attempt as `mine` gives it, nobody else's to change until this transaction ends.

    Whatever changes an attempt holds it, so that no answer slips in behind a submit that has read them.
    """
    return mine(session, viewer, attempt_id, is_held=True)


def check(session: Session, attempt: Attempt, position: int, *, now: datetime) -> None:
    """Mark one question of a held attempt at once and close it: what practice is about.

    Conflict in a test; Invalid for a foreign slot and, with `field` its position, for one without an answer.
    """
    require_open(attempt, now)
    if settings_of(session, attempt).mode is not Mode.PRACTICE:
        raise Conflict("this is a test: explanations come when it is handed in", code="no_checks_in_tests")
    slot = marking.slots_of(session, attempt.id, {position}).get(position)
    if slot is None:
        raise Invalid("there is no such question in this attempt", code="foreign_slot")
    if slot.checked_at is not None:
        return
    kept = session.get(Response, (attempt.id, position))
    if kept is None or kept.body in (None, []):
        raise Invalid("choose an answer first", code="nothing_to_check", field=str(position))
    slot.checked_at = now
    marking.mark(session, [slot], now)
    _remember(session, attempt, now)


def submit(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Hand in and mark everything; True for the one call that did it, False when it was done before.

    When the time ended before, what was saved in time is marked instead, and the answer is False as well.
    """
    return not expire(session, attempt, now=now) and _close(
        session, attempt, AttemptState.SUBMITTED, now, now
    )


def is_unfinished(session: Session, attempt: Attempt) -> bool:
    """Whether the attempt is open and some question of it has no answer yet."""
    if attempt.state is not AttemptState.OPEN:
        return False
    # columns, not rows: what was saved in this very transaction may be known to the session as it was before
    kept = select(Response.position, Response.body).where(Response.attempt_id == attempt.id)
    given = {position for position, body in session.execute(kept) if body not in (None, [])}
    asked = select(AttemptSlot.position).where(
        AttemptSlot.attempt_id == attempt.id,
        AttemptSlot.checked_at.is_(None),
        AttemptSlot.sibling_of.is_(None),
    )
    return not given.issuperset(session.scalars(asked))


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether an open attempt's time has passed, with the grace for answers on their way."""
    if attempt.state is not AttemptState.OPEN or attempt.deadline_at is None:
        return False
    return now > attempt.deadline_at + GRACE


def expire(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Close an attempt whose time is over, marking what was saved; True when it was closed by this call."""
    if not is_over(attempt, now):
        return False
    # somebody may be giving more time at this moment
    session.refresh(attempt, with_for_update={"key_share": True})
    if attempt.deadline_at is None or not is_over(attempt, now):
        return False
    return _close(session, attempt, AttemptState.EXPIRED, attempt.deadline_at, now)


def promise_expiry(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """Promise the job that closes the attempt when its time is over; nothing for one without a limit."""
    if attempt.deadline_at is None:
        return
    queue.promise(
        session,
        EXPIRE,
        key=f"{EXPIRE}:{attempt.id}:{int(attempt.deadline_at.timestamp())}",
        payload={"attempt_id": attempt.id},
        now=now,
        run_at=attempt.deadline_at + GRACE + _AFTER,
    )


def claim(session: Session, visitor_hash: str | None, user_id: int, *, now: datetime) -> int:
    """Give a person the attempts made in this browser before they had an account; gives how many.

    An open attempt stays behind, and stays the visitor's, when the account has one open at the same quiz.
    """
    if visitor_hash is None:
        return 0
    asked = (
        select(Attempt, QuizVersion.quiz_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(Attempt.owner_hash == visitor_hash, Attempt.user_id.is_(None), Attempt.claimable_until > now)
        .order_by(Attempt.started_at, Attempt.number)
        .with_for_update(of=Attempt, key_share=True)
    )
    viewer, claimed = Viewer(user_id=user_id), 0
    for attempt, quiz_id in session.execute(asked).all():
        if attempt.state is AttemptState.OPEN and _open(session, viewer, quiz_id, now) is not None:
            continue
        attempt.number = _highest(session, viewer, quiz_id) + 1
        attempt.user_id, attempt.owner_hash, attempt.claimable_until = user_id, None, None
        session.flush()
        claimed += 1
        _remember(session, attempt, now)
    return claimed


def regrade(session: Session, version_id: int, *, now: datetime, may_lower: bool = False) -> int:
    """Mark closed answers to a question version by its newest key; gives how many marks were added.

    The old marks stay; the highest key number is the one that counts. Nobody loses a mark unless `may_lower`.
    """
    asked = (
        select(AttemptSlot)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(AttemptSlot.question_version_id == version_id)
        .where((Attempt.state != AttemptState.OPEN) | AttemptSlot.checked_at.is_not(None))
        .order_by(AttemptSlot.attempt_id, AttemptSlot.position)
    )
    slots = session.scalars(asked).all()
    return sum(
        marking.mark(session, slots[first : first + _BATCH], now, may_lower=may_lower)
        for first in range(0, len(slots), _BATCH)
    )


def require_open(attempt: Attempt, now: datetime) -> None:
    """Raise Conflict unless the attempt, which is held, takes answers."""
    if attempt.state is not AttemptState.OPEN:
        raise Conflict("this attempt was handed in and takes no more answers", code="attempt_closed")
    if is_over(attempt, now):
        raise Conflict("the time for this attempt is over; what was saved in time counts", code="too_late")


def settings_of(session: Session, attempt: Attempt) -> quizzes.Settings:
    """The settings of the version that the attempt was begun on."""
    return quiz_service.settings_of(session.get_one(QuizVersion, attempt.quiz_version_id))


def _begin(session: Session, viewer: Viewer, version: QuizVersion, now: datetime) -> Attempt:
    settings = quiz_service.settings_of(version)
    own = allowances.of(session, viewer, version.quiz_id, settings)
    number = _highest(session, viewer, version.quiz_id) + 1
    if 0 < allowances.attempts_allowed(settings, own) < number:
        raise Conflict("all attempts at this quiz are used", code="no_attempts_left")
    is_visitor = viewer.user_id is None
    limit = allowances.time_allowed(settings, own)
    attempt = Attempt(
        id=secrets.token_hex(16),
        user_id=viewer.user_id,
        owner_hash=viewer.visitor_hash if is_visitor else None,
        quiz_version_id=version.id,
        number=number,
        seed=secrets.randbits(31),
        started_at=now,
        deadline_at=now + limit if limit else None,
        claimable_until=now + CLAIMABLE if is_visitor else None,
    )
    session.add(attempt)
    session.execute(delete(ResponseEvent).where(ResponseEvent.saved_at < now - DISPUTABLE))
    session.flush()
    slots = _slots(session, attempt, version, settings.shuffle)
    if not slots:
        raise Conflict("this quiz has no question yet that can be asked", code="nothing_to_ask")
    session.add_all(slots)
    session.flush()
    promise_expiry(session, attempt, now=now)
    return attempt


def _slots(session: Session, attempt: Attempt, version: QuizVersion, shuffle: bool) -> list[AttemptSlot]:
    rng = Random(attempt.seed)  # noqa: S311 (an order of options, not a secret)
    gated = select(reach.is_gated()).join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
    is_gated = bool(session.scalar(gated.where(QuizVersion.id == version.id)))
    return [
        AttemptSlot(
            attempt_id=attempt.id,
            position=position,
            question_version_id=wording.id,
            option_order=list(quizzes.option_order(wording.body, rng, shuffle=shuffle)),
            max_mark=slot.max_mark,
        )
        for position, (slot, wording) in enumerate(
            drawing.drawn(session, version, rng, is_gated=is_gated), start=1
        )
    ]


def _close(
    session: Session, attempt: Attempt, state: AttemptState, submitted_at: datetime, now: datetime
) -> bool:
    """One caller of many wins, and its transaction writes the marks; whoever comes later sees both."""
    won: Any = session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == AttemptState.OPEN)
        .values(state=state, submitted_at=submitted_at)
    )
    session.refresh(attempt)
    if won.rowcount == 0:
        return False
    marking.mark(session, list(marking.slots_of(session, attempt.id).values()), now)
    _remember(session, attempt, now)
    return True


def _remember(session: Session, attempt: Attempt, now: datetime) -> None:
    """Let what was marked come up again in the reviews of whoever has an account."""
    if attempt.user_id is not None:
        cards.reviewed(session, attempt.user_id, now=now, attempt_id=attempt.id)


def _owns(viewer: Viewer, attempt: Attempt) -> bool:
    if attempt.user_id is not None:
        return viewer.user_id == attempt.user_id
    return viewer.visitor_hash is not None and viewer.visitor_hash == attempt.owner_hash


def _holds_gated() -> ColumnElement[bool]:
    return exists().where(
        AttemptSlot.attempt_id == Attempt.id,
        QuestionVersion.id == AttemptSlot.question_version_id,
        Question.id == QuestionVersion.question_id,
        Question.audience == Audience.PRO,
    )


def _open(session: Session, viewer: Viewer, quiz_id: int, now: datetime) -> Attempt | None:
    for attempt in quiz_service.attempts_of(session, viewer, quiz_id):
        if attempt.state is AttemptState.OPEN and not expire(session, attempt, now=now):
            return attempt if attempt.state is AttemptState.OPEN else None
    return None


def _highest(session: Session, viewer: Viewer, quiz_id: int) -> int:
    numbers = (attempt.number for attempt in quiz_service.attempts_of(session, viewer, quiz_id))
    return max(numbers, default=0)
