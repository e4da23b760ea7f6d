"""Attempts: begun once, saved by revision, handed in by exactly one of many tries and marked at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Conflict, Invalid, NotFound
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
)
from edu.policy import Viewer
from edu.services import marking, questions
from edu.services import quizzes as quiz_service
from quizzes import Mode

GRACE = timedelta(seconds=30)  # for answers on their way when the time ends
CLAIMABLE = timedelta(days=30)
MOST_ANSWERS = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the slot at `position`, as the page gave it; the higher `rev` is the later one."""

    position: int
    rev: int
    response: Any


def start(session: Session, viewer: Viewer, quiz: Quiz, *, now: datetime) -> Attempt:
    """A new attempt, or the one this person has open. Questions and their order are frozen here."""
    version = quiz_service.current_version(session, quiz)
    if (begun := _open(session, viewer, version.id, now)) is not None:
        return begun
    settings = quiz_service.settings_of(version)
    number = _highest(session, viewer, version.id) + 1
    if settings.attempts and number > settings.attempts:
        raise Conflict("all attempts at this quiz are used", code="no_attempts_left")
    seed = secrets.randbits(31)
    limit = timedelta(milliseconds=settings.time_limit_ms)
    attempt = Attempt(
        id=secrets.token_hex(16),
        user_id=viewer.user_id,
        owner_hash=None if viewer.user_id is not None else viewer.visitor_hash,
        quiz_version_id=version.id,
        number=number,
        seed=seed,
        started_at=now,
        deadline_at=now + limit if limit else None,
        claimable_until=None if viewer.user_id is not None else now + CLAIMABLE,
    )
    try:
        with session.begin_nested():
            session.add(attempt)
            session.flush()
            session.add_all(_slots(session, attempt, version, Random(seed), settings.shuffle))  # noqa: S311
    except IntegrityError:
        # another tab of the same person was a moment earlier: theirs is the attempt
        begun = _open(session, viewer, version.id, now)
        if begun is None:
            raise
        return begun
    return attempt


def mine(session: Session, viewer: Viewer, attempt_id: str) -> Attempt:
    """The attempt, if it is this person's; NotFound for a foreign one and for none alike."""
    attempt = session.get(Attempt, attempt_id)
    if attempt is None or not _owns(viewer, attempt):
        raise NotFound("there is no such attempt")
    return attempt


def save(session: Session, attempt: Attempt, answers: list[Answer], *, now: datetime) -> dict[int, int]:
    """Keep answers; gives the revision that is now kept for each position.

    An older revision than the one kept changes nothing. Conflict when the attempt takes no more answers;
    Invalid for a foreign slot or an answer of the wrong form, and then nothing is kept.
    """
    _require_open(session, attempt, now)
    if len(answers) > MOST_ANSWERS:
        raise Invalid("too many answers at once", code="too_many_answers")
    slots = marking.slots_of(session, attempt.id)
    items = questions.keyed(session, {slot.question_version_id for slot in slots.values()})
    for answer in answers:
        slot = slots.get(answer.position)
        if slot is None:
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        if slot.checked_at is not None:
            raise Conflict("this question was already checked", code="slot_closed")
        marking.try_out(items[slot.question_version_id], slot, answer.response)
    return {answer.position: _put(session, attempt.id, answer, now) for answer in answers}


def check(session: Session, attempt: Attempt, position: int, *, now: datetime) -> None:
    """Mark one question at once and close it: what practice is about. Conflict in a test."""
    _require_open(session, attempt, now)
    version = session.get_one(QuizVersion, attempt.quiz_version_id)
    if quiz_service.settings_of(version).mode is not Mode.PRACTICE:
        raise Conflict("this is a test: explanations come when it is handed in", code="no_checks_in_tests")
    slot = marking.slots_of(session, attempt.id).get(position)
    if slot is None:
        raise Invalid("there is no such question in this attempt", code="foreign_slot")
    if slot.checked_at is None:
        slot.checked_at = now
        marking.mark(session, attempt, {position: slot}, now)


def submit(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Hand in and mark everything; True for the one call that did it, False when it was done before.

    Conflict when the time ended before: then what was saved in time has been marked.
    """
    if expire(session, attempt, now=now):
        return False
    won = session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == AttemptState.OPEN)
        .values(state=AttemptState.SUBMITTED, submitted_at=now)
    )
    session.refresh(attempt)
    if not _changed(won):
        return False
    marking.mark(session, attempt, marking.slots_of(session, attempt.id), now)
    return True


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether an open attempt's time has passed, with the grace for answers on their way."""
    if attempt.state is not AttemptState.OPEN or attempt.deadline_at is None:
        return False
    return now > attempt.deadline_at + GRACE


def expire(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Close an attempt whose time is over, marking what was saved; True when it was closed by this call."""
    if not is_over(attempt, now):
        return False
    won = session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == AttemptState.OPEN)
        .values(state=AttemptState.EXPIRED, submitted_at=attempt.deadline_at)
    )
    session.refresh(attempt)
    if _changed(won):
        marking.mark(session, attempt, marking.slots_of(session, attempt.id), now)
    return bool(_changed(won))


def claim(session: Session, visitor_hash: str | None, user_id: int, *, now: datetime) -> int:
    """Give a person the attempts made before they had an account; gives how many.

    An open attempt stays behind when the account has one open at the same quiz.
    """
    if visitor_hash is None:
        return 0
    asked = select(Attempt).where(
        Attempt.owner_hash == visitor_hash, Attempt.user_id.is_(None), Attempt.claimable_until > now
    )
    claimed = 0
    for attempt in session.scalars(asked.order_by(Attempt.started_at)).all():
        viewer = Viewer(user_id=user_id)
        if attempt.state is AttemptState.OPEN and _open(session, viewer, attempt.quiz_version_id, now):
            continue
        attempt.number = _highest(session, viewer, attempt.quiz_version_id) + 1
        attempt.user_id, attempt.owner_hash, attempt.claimable_until = user_id, None, None
        session.flush()
        claimed += 1
    return claimed


def regrade(session: Session, version_id: int, *, now: datetime) -> int:
    """Mark closed answers to a question version by its newest key; gives how many marks were added.

    The old marks stay; the highest key number is the one that counts.
    """
    asked = (
        select(Attempt, AttemptSlot)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(AttemptSlot.question_version_id == version_id)
        .where((Attempt.state != AttemptState.OPEN) | AttemptSlot.checked_at.is_not(None))
    )
    return sum(
        marking.mark(session, attempt, {slot.position: slot}, now) for attempt, slot in session.execute(asked)
    )


def _slots(
    session: Session, attempt: Attempt, version: QuizVersion, rng: Random, shuffle: bool
) -> list[AttemptSlot]:
    drawn = quiz_service.ask(session, list(version.slots))
    bodies = {
        row.id: row.body
        for row in session.scalars(
            select(QuestionVersion).where(QuestionVersion.id.in_({version_id for _, version_id in drawn}))
        )
    }
    return [
        AttemptSlot(
            attempt_id=attempt.id,
            position=slot.position,
            question_version_id=version_id,
            option_order=list(quizzes.option_order(bodies[version_id], rng, shuffle=shuffle)),
            max_mark=slot.max_mark,
        )
        for slot, version_id in drawn
    ]


def _owns(viewer: Viewer, attempt: Attempt) -> bool:
    if attempt.user_id is not None:
        return viewer.user_id == attempt.user_id
    return viewer.visitor_hash is not None and viewer.visitor_hash == attempt.owner_hash


def _owner(viewer: Viewer) -> Any:
    if viewer.user_id is not None:
        return Attempt.user_id == viewer.user_id
    return Attempt.owner_hash == viewer.visitor_hash


def _open(session: Session, viewer: Viewer, version_id: int, now: datetime) -> Attempt | None:
    attempt = session.scalar(
        select(Attempt).where(
            _owner(viewer), Attempt.quiz_version_id == version_id, Attempt.state == AttemptState.OPEN
        )
    )
    return None if attempt is None or expire(session, attempt, now=now) else attempt


def _highest(session: Session, viewer: Viewer, version_id: int) -> int:
    asked = select(func.max(Attempt.number)).where(_owner(viewer), Attempt.quiz_version_id == version_id)
    return session.scalar(asked) or 0


def _require_open(session: Session, attempt: Attempt, now: datetime) -> None:
    # the row is locked, so that no answer slips in behind a submit that has read the answers
    session.refresh(attempt, with_for_update=True)
    if attempt.state is not AttemptState.OPEN:
        raise Conflict("this attempt was handed in and takes no more answers", code="attempt_closed")
    if is_over(attempt, now):
        raise Conflict("the time for this attempt is over; what was saved in time counts", code="too_late")


def _put(session: Session, attempt_id: str, answer: Answer, now: datetime) -> int:
    changed = session.execute(
        update(Response)
        .where(
            Response.attempt_id == attempt_id,
            Response.position == answer.position,
            Response.rev < answer.rev,
        )
        .values(rev=answer.rev, body=answer.response, saved_at=now)
    )
    if _changed(changed):
        return answer.rev
    kept = session.scalar(
        select(Response.rev).where(Response.attempt_id == attempt_id, Response.position == answer.position)
    )
    if kept is not None:
        return kept
    session.add(
        Response(
            attempt_id=attempt_id,
            position=answer.position,
            rev=answer.rev,
            body=answer.response,
            saved_at=now,
        )
    )
    session.flush()
    return answer.rev


def _changed(result: Any) -> int:
    return int(result.rowcount)
