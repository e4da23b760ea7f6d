"""First tries: what learners gave and got when they met a quiz for the first time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from edu.models import Attempt, AttemptSlot, AttemptState, Grading, QuizVersion, Response, Role, User

MOST_LEARNERS = 2_000  # the newest: figures of more hardly differ, and each answer takes some 40 µs
CLOSED = (AttemptState.SUBMITTED, AttemptState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Given:
    """One question in a first try: what was asked, what was answered and what that earned, from 0 to 1.

    `fraction` is the mark that the learner has, `by_key` what the newest key alone gives: they differ where a
    key was corrected and nobody was to lose by it.
    """

    position: int
    version_id: int
    order: Sequence[str]
    maximum: float
    body: Any
    fraction: float
    by_key: float


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version of the quiz and how many handed in their first try at it."""

    number: int
    learners: int
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FirstTries:
    """The closed first tries, oldest first, each with its questions in order; `is_capped`: there are more."""

    editions: tuple[Edition, ...]
    tries: tuple[tuple[Given, ...], ...]
    is_capped: bool


def gather(
    session: Session, quiz_id: int, edition: int | None = None, *, most: int = MOST_LEARNERS
) -> FirstTries:
    """The closed first tries at a quiz, or at one edition of it; five statements, however many there are.

    A person's tries are numbered from 1 over all editions of a quiz, so a first try is number 1. Questions
    that were tried after another one, to do it better, count for nothing here either, nor does what makers
    of quizzes try themselves.
    """
    versions = {
        version.id: version
        for version in session.scalars(select(QuizVersion).where(QuizVersion.quiz_id == quiz_id))
    }
    wanted = [key for key, version in versions.items() if edition in (None, version.number)]
    found = session.execute(
        select(Attempt.id, Attempt.quiz_version_id)
        .outerjoin(User, User.id == Attempt.user_id)
        .where(Attempt.quiz_version_id.in_(versions), Attempt.number == 1, Attempt.state.in_(CLOSED))
        .where(or_(Attempt.user_id.is_(None), User.role == Role.LEARNER))
        .order_by(Attempt.submitted_at.desc(), Attempt.id)
    ).all()
    of_edition = Counter(version_id for _, version_id in found)
    ids = [attempt_id for attempt_id, version_id in found if version_id in wanted]
    tries = _read(session, wanted, list(reversed(ids[:most])))
    editions = (
        Edition(version.number, of_edition[key], version.settings)
        for key, version in sorted(versions.items(), key=lambda pair: pair[1].number)
    )
    return FirstTries(tuple(editions), tries, len(ids) > most)


def _read(session: Session, version_ids: Sequence[int], ids: Sequence[str]) -> tuple[tuple[Given, ...], ...]:
    if not ids:
        return ()
    newest = _newest(version_ids, len(ids))
    slots = session.execute(
        select(
            AttemptSlot.attempt_id,
            AttemptSlot.position,
            AttemptSlot.question_version_id,
            AttemptSlot.option_order,
            AttemptSlot.max_mark,
        )
        .where(AttemptSlot.attempt_id.in_(newest), AttemptSlot.sibling_of.is_(None))
        .order_by(AttemptSlot.position)
    )
    asked = select(Response.attempt_id, Response.position, Response.body)
    bodies = {
        (attempt_id, position): body
        for attempt_id, position, body in session.execute(asked.where(Response.attempt_id.in_(newest)))
    }
    marks = _marks(session, newest)
    found: dict[str, list[Given]] = {attempt_id: [] for attempt_id in ids}
    for attempt_id, position, version_id, order, maximum in slots:
        place = (attempt_id, position)
        if attempt_id in found:  # not one that was handed in since
            fraction, by_key = marks.get(place, (0.0, 0.0))
            body = bodies.get(place)
            found[attempt_id].append(Given(position, version_id, order, maximum, body, fraction, by_key))
    return tuple(tuple(given) for given in found.values())


def _newest(version_ids: Sequence[int], number: int) -> Select[str]:
    return (
        select(Attempt.id)
        .where(Attempt.quiz_version_id.in_(version_ids), Attempt.number == 1, Attempt.state.in_(CLOSED))
        .order_by(Attempt.submitted_at.desc(), Attempt.id)
        .limit(number)
    )


def _marks(session: Session, newest: Select[str]) -> dict[tuple[str, int], tuple[float, float]]:
    """The marks by the newest key of each: what the learner has, and what the key alone gives."""
    asked = (
        select(Grading.attempt_id, Grading.position, Grading.fraction, Grading.detail["by_key"].as_float())
        .where(Grading.attempt_id.in_(newest))
        .order_by(Grading.key_number)
    )
    found = session.execute(asked)
    return {
        (attempt_id, position): (fraction, fraction if by_key is None else by_key)
        for attempt_id, position, fraction, by_key in found
    }
