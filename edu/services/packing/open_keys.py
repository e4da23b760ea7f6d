"""Open keys: what a pack may hold to mark and explain a practice question where there is no server.

Only where the author allowed it, and never of a question that must be right to pass, is for professionals, or
is asked in a test; nor in a quiz whose answers are not explained at once to everybody. No other key is
loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Audience, Question, QuestionVersion
from edu.services.packing.freezing import Frozen, FrozenQuiz
from edu.services.quizzing import questions, reach
from edu.services.quizzing.attempt_feedback import right_options
from edu.services.quizzing.views import solution
from quizzes import Item, Kind, Mode, Review
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.truth import Truth
from quizzes.kinds.units import UNITS

KINDS: Final = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.NUMERIC})
"""The kinds that are marked in a pack."""


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A key as the pack's script takes it, and the words of the explanation.

    `notes` are about single options, by the ids that the page has; `right` are the right answers in words;
    `step` is the chapter that shows it.
    """

    document: Mapping[str, Any]
    why: str
    said: Mapping[str, str]
    notes: tuple[tuple[str, str], ...]
    right: tuple[str, ...]
    step: str


def of_quiz(session: Session, quiz: FrozenQuiz) -> dict[int, OpenKey]:
    """The open keys of a quiz by the positions of its questions."""
    settings = quiz.settings
    explains = settings.review is Review.EXPLANATIONS and not settings.attempts
    if quiz.is_gated or settings.mode is not Mode.PRACTICE or not explains:
        return {}
    wanted = _allowed(session, quiz.asked)
    keyed = questions.keyed(session, [one.version_id for one in wanted])
    found = {}
    for one in wanted:
        item = keyed[one.version_id].item
        if item.open_key and not item.critical and item.kind in KINDS:  # a correction may have closed it
            found[one.position] = _opened(item, one.order)
    return found


def units() -> dict[str, list[str | float]]:
    """The units that numbers are read in: by name, the dimension and the size in that one's base unit."""
    return {name: [unit.dimension, unit.size] for name, unit in UNITS.items()}


def _allowed(session: Session, asked: Sequence[Frozen]) -> list[Frozen]:
    marked = [one for one in asked if Kind(one.body["kind"]) in KINDS and not one.body["critical"]]
    allowed = (
        select(QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(
            QuestionVersion.id.in_([one.version_id for one in marked]),
            QuestionVersion.secret["open_key"].as_boolean(),
            Question.audience == Audience.OPEN,
        )
    )
    ids = set(session.scalars(allowed))
    opened = [one for one in marked if one.version_id in ids]
    tested = reach.tested(session, {one.question_id for one in opened})
    return [one for one in opened if one.question_id not in tested]


def _opened(item: Item, order: Sequence[str]) -> OpenKey:
    places = {identifier: str(place) for place, identifier in enumerate(order, start=1)}
    said = {name: getattr(item.feedback, name) for name in ("right", "partly", "wrong")}
    notes = tuple((places.get(about, about), text) for about, text in item.feedback.options)
    return OpenKey(
        document=document(item, places),
        why=item.feedback.why,
        said={name: words for name, words in said.items() if words},
        notes=notes,
        right=_right(item),
        step=item.evidence or "",
    )


def document(item: Item, places: Mapping[str, str]) -> dict[str, Any]:
    """The key with the ids that the page gives to options; `js/pack/grade.js` marks by it."""
    form: dict[str, Any] = {"kind": item.kind.value}
    match item.key:
        case Choice(option=option, weights=weights):
            form |= {"right": places[option], "weights": {places[name]: worth for name, worth in weights}}
        case Choices(options=right, weights=weights):
            form |= {"right": [places[name] for name in right], "count": len(item.options)}
            form |= {"scoring": item.scoring.multiple.value}
            form |= {"weights": {places[name]: worth for name, worth in weights}}
        case Truth(value=value):
            form["right"] = value
        case Quantity(value=value, also=also):
            form |= {"right": value, "unit": item.unit, "also": [near.plain() for near in also]}
            form |= {"tolerance": item.scoring.tolerance, "around": item.scoring.tolerance_kind.value}
        case _:
            raise ValueError(f"keys of the kind {item.kind} are not opened")
    return form


def _right(item: Item) -> tuple[str, ...]:
    if item.kind is Kind.NUMERIC:
        found = solution.of(item, None)
        return (f"{found.accepted[0]} {f'({found.tolerance})' if found.tolerance else ''}".strip(),)
    right = right_options(item)
    return tuple(option.text for option in item.options if option.id in right)
