"""Answers of an open attempt: kept by revision, so that a late or stale one never wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, and_, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from edu.db import Base
from edu.errors import Conflict, Invalid
from edu.models import Attempt, AttemptSlot, Response, ResponseEvent
from edu.services.quizzing import attempts, marking, questions
from quizzes.errors import within

MOST_ANSWERS = 200
MOST_EVENTS = 50  # of one slot; earlier ones are forgotten
CERTAINTIES = (None, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the slot at `position`, as the page gave it; the higher `rev` is the later one.

    `certainty` is 1, 2 or 3 where the learner said how sure they are, for kinds whose response holds no such
    word itself.
    """

    position: int
    rev: int
    response: Any
    certainty: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is now kept at a position. `is_stale`: a later answer than the one sent, from somewhere else."""

    position: int
    rev: int
    response: Any
    is_stale: bool
    certainty: int | None = None


def save(session: Session, attempt: Attempt, answers: list[Answer], *, now: datetime) -> tuple[Kept, ...]:
    """Keep answers of a held attempt; gives what is now kept at each position, in order.

    An older revision than the one kept changes nothing, nor does an equal one with another answer. Conflict
    when the attempt takes no more answers; Invalid or QuizError for a foreign slot or an answer of the wrong
    form (its place begins with the position); and then nothing is kept.
    """
    attempts.require_open(attempt, now)
    if len(answers) > MOST_ANSWERS:
        raise Invalid("too many answers at once", code="too_many_answers")
    places = _places(session, attempt.id, {answer.position for answer in answers})
    items = questions.keyed(session, {slot.question_version_id for slot, _ in places.values()})
    for answer in answers:
        slot = places[answer.position][0] if answer.position in places else None
        if slot is None:
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        if slot.checked_at is not None:
            raise Conflict("this question was already checked", code="slot_closed")
        with within(str(answer.position)):
            marking.try_out(items[slot.question_version_id], slot, answer.response)
    _require_certainty_asked(session, attempt, answers)
    return _put(session, attempt.id, answers, {at: kept for at, (_, kept) in places.items()}, now)


def _places(
    session: Session, attempt_id: str, positions: set[int]
) -> dict[int, tuple[AttemptSlot, Response | None]]:
    """The slots at these positions, each with the answer that is kept so far."""
    found = session.execute(_PLACES, {"attempt": attempt_id, "positions": list(positions)})
    return {slot.position: (slot, kept) for slot, kept in found}


def _require_certainty_asked(session: Session, attempt: Attempt, answers: Iterable[Answer]) -> None:
    given = any(
        answer.certainty is not None or (isinstance(answer.response, dict) and "certainty" in answer.response)
        for answer in answers
    )
    if any(answer.certainty not in CERTAINTIES for answer in answers):
        raise Invalid("how sure you are is 1, 2 or 3", code="bad_certainty")
    if given and not attempts.settings_of(session, attempt).certainty:
        raise Invalid("this quiz does not ask how sure you are", code="certainty_not_asked")


def _put(
    session: Session,
    attempt_id: str,
    answers: list[Answer],
    kept: Mapping[int, Response | None],
    now: datetime,
) -> tuple[Kept, ...]:
    """Write the answers that are later than those kept; nobody else writes while the attempt is held."""
    sent = {answer.position: answer for answer in sorted(answers, key=lambda answer: answer.rev)}
    later = [answer for answer in sent.values() if answer.rev > _rev(kept[answer.position])]
    if later:
        rows = [_row(attempt_id, answer, now) for answer in later]
        session.connection().execute(_upsert(session.get_bind().dialect.name), rows)
        session.connection().execute(_EVENT, rows)
        if many := [row for row in rows if row["rev"] > MOST_EVENTS]:
            session.connection().execute(_FORGET, [_old(row) for row in many])
    said = []
    for position, answer in sorted(sent.items()):
        before = kept[position]
        if before is None or answer.rev > before.rev:
            said.append(Kept(position, answer.rev, answer.response, False, answer.certainty))
        else:
            is_stale = (before.body, before.certainty) != (answer.response, answer.certainty)
            said.append(Kept(position, before.rev, before.body, is_stale, before.certainty))
    return tuple(said)


def _rev(kept: Response | None) -> int:
    return kept.rev if kept else 0


@cache
def _upsert(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Keep an answer unless the one that is there has a later revision; put together once, see viewers."""
    table = Base.metadata.tables[Response.__tablename__]
    rows = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    new = rows.excluded
    return rows.on_conflict_do_update(
        index_elements=[table.c.attempt_id, table.c.position],
        set_={"rev": new.rev, "body": new.body, "certainty": new.certainty, "saved_at": new.saved_at},
        where=table.c.rev < new.rev,
    )


def _row(attempt_id: str, answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "position": answer.position,
        "rev": answer.rev,
        # an answer that was taken back is a JSON null: the row and its revision stay
        "body": JSON.NULL if answer.response is None else answer.response,
        "certainty": answer.certainty,
        "saved_at": now,
    }


def _old(row: dict[str, Any]) -> dict[str, Any]:
    return {"attempt": row["attempt_id"], "at": row["position"], "first": row["rev"] - MOST_EVENTS}


# put together once, see viewers
_FORGET = delete(ResponseEvent).where(
    ResponseEvent.attempt_id == bindparam("attempt"),
    ResponseEvent.position == bindparam("at"),
    ResponseEvent.rev <= bindparam("first"),
)
_EVENT = insert(Base.metadata.tables[ResponseEvent.__tablename__])
_PLACES = (
    select(AttemptSlot, Response)
    .outerjoin(
        Response,
        and_(Response.attempt_id == AttemptSlot.attempt_id, Response.position == AttemptSlot.position),
    )
    .where(
        AttemptSlot.attempt_id == bindparam("attempt"),
        AttemptSlot.position.in_(bindparam("positions", expanding=True)),
    )
)
