"""Simulated learners: closed attempts at a quiz written straight to the database, with answers and marks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Any

from sqlalchemy import JSON, insert, select
from sqlalchemy.orm import Session

from edu.models import Attempt, AttemptSlot, AttemptState, Grading, Quiz, QuizSlot, QuizVersion, Response
from edu.services.quizzing import marking, questions
from edu.services.quizzing.questions import Keyed
from quizzes import Kind
from tests.quizzing import publish

FOUR = "options = {A = 'At the neck', B = 'At the waist', C = 'At the knee', D = '=2+2'}"
# the key of the first is wrong: those who know say A
WRONG_KEY = f"""
[[questions]]
id = "S-wrong"
kind = "single"
stem = "Where is the crest?"
key = "B"
why = "There."
{FOUR}
"""
BANK = WRONG_KEY + "".join(
    f"""
[[questions]]
id = "S-{number}"
kind = "single"
stem = "+Question {number}, with a sign that spreadsheets run"
key = "A"
why = "So it is."
{FOUR}
"""
    for number in range(2, 7)
)
ORDER = """
[[questions]]
id = "S-order"
kind = "ordering"
stem = "Put the steps in their order."
key = ["C", "A", "B"]
why = "One looks first."
options = {A = "Feel", B = "Mark", C = "Look"}
"""
Answering = Callable[[Random, float, Keyed], Any]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Learners who took a version of a quiz: how many, from which seed, and how each answers."""

    number: int
    seed: int = 1
    try_number: int = 1
    state: AttemptState = AttemptState.SUBMITTED


def publish_bank(session: Session, now: datetime, document: str = BANK, **settings: Any) -> Quiz:
    """A quiz of six questions, the key of the first being wrong."""
    return publish(session, now, document=document, slug="bank", **settings)


def by_ability(rng: Random, ability: float, keyed: Keyed) -> Any:
    """The right answer more often the more able; the first question's key counts as a wrong one."""
    item = keyed.item
    knows = rng.random() < 1 / (1 + exp(-1.5 * ability))
    if item.kind is Kind.TRUEFALSE:
        return {"answer": knows is item.key.plain()["key"]}
    if item.kind is not Kind.SINGLE:
        return None
    right = "A"
    return right if knows else rng.choice([option for option in item.option_ids if option != right])


def add_learners(
    session: Session, quiz: Quiz, now: datetime, cohort: Cohort, answering: Answering = by_ability
) -> list[str]:
    """Closed attempts at the newest edition of the quiz; gives their ids. Options are shown in any order."""
    rng = Random(cohort.seed)
    asked = select(QuizVersion).where(QuizVersion.quiz_id == quiz.id).order_by(QuizVersion.number.desc())
    edition = session.scalars(asked).first()
    slots = session.scalars(select(QuizSlot).where(QuizSlot.quiz_version_id == edition.id)).all()
    newest = {slot.position: questions.latest(session, slot.question_id).id for slot in slots}
    keys = questions.keyed(session, newest.values())
    rows: dict[type, list[dict[str, Any]]] = {Attempt: [], AttemptSlot: [], Response: [], Grading: []}
    for place in range(cohort.number):
        owner = hashlib.sha256(f"{cohort.seed}-{place}".encode()).hexdigest()
        attempt_id = hashlib.sha256(f"{owner}{edition.id}{cohort.try_number}".encode()).hexdigest()[:32]
        at = now + timedelta(seconds=place)
        rows[Attempt].append(
            {"id": attempt_id, "owner_hash": owner, "quiz_version_id": edition.id, "seed": 1,
             "number": cohort.try_number, "state": cohort.state, "started_at": at, "submitted_at": at}
        )  # fmt: skip
        ability = rng.gauss(0, 1)
        for slot in slots:
            keyed = keys[newest[slot.position]]
            given = answering(rng, ability, keyed)
            made = _answer(rng, attempt_id, slot, newest[slot.position], keyed, given, at)
            for model, row in zip((AttemptSlot, Response, Grading), made, strict=True):
                rows[model].append(row)
    for model, found in rows.items():
        session.execute(insert(model), found)
    return [row["id"] for row in rows[Attempt]]


def _answer(
    rng: Random,
    attempt_id: str,
    slot: QuizSlot,
    version_id: int,
    keyed: Keyed,
    given: Any,
    at: datetime,
) -> Sequence[dict[str, Any]]:
    order = list(keyed.item.option_ids)
    rng.shuffle(order)
    body = _disguised(given, order)
    frozen = AttemptSlot(attempt_id=attempt_id, position=slot.position, option_order=order)
    fraction = marking.outcome_of(keyed, frozen, body).fraction
    place = {"attempt_id": attempt_id, "position": slot.position}
    return (
        {**place, "question_version_id": version_id, "option_order": order, "max_mark": slot.max_mark},
        {**place, "rev": 1, "body": JSON.NULL if body is None else body, "saved_at": at},
        {**place, "key_number": keyed.key_number, "fraction": fraction, "graded_at": at,
         "detail": {"by_key": fraction, "moments": [], "harmful": False}},
    )  # fmt: skip


def _disguised(given: Any, order: Sequence[str]) -> Any:
    if isinstance(given, str) and given in order:
        return str(order.index(given) + 1)
    if isinstance(given, list):
        return [str(order.index(each) + 1) for each in given]
    return given
