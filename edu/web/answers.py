"""Answers as they come from a browser: as JSON while they are given, or as the fields of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from edu.errors import Invalid
from edu.models import Response
from edu.services.quizzing.answers import Answer, Kept
from edu.services.quizzing.views import fields
from edu.services.quizzing.views.fields import Fields
from edu.services.quizzing.views.question import slot_id
from edu.web.wording import sentence_for
from edu.web.words import gettext
from quizzes import Kind, QuizError
from quizzes.errors import Reason

HIGHEST_REV = 1_000_000
MOST_PARTS = 200  # fields of one question
_SLOT = re.compile(r"s([1-9]\d{0,3})", re.ASCII)
_REV = re.compile(r"\d{1,6}", re.ASCII)
_NEEDED, _ALLOWED = {"item", "rev", "response"}, {"item", "rev", "response", "certainty"}
_LEVELS = {"1": 1, "2": 2, "3": 3}


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posted form says: `given` are the answers that differ from what is kept, as next revisions.

    `stale` are the positions of those that were answered later in another window. `faults` are what could not
    be read, by position, and `typed` the fields of every question, to be shown again beside a fault.
    """

    given: list[Answer] = field(default_factory=list)
    stale: set[int] = field(default_factory=set)
    faults: dict[int, Invalid] = field(default_factory=dict)
    typed: dict[int, Fields] = field(default_factory=dict)


def sentence_at(error: Exception) -> str:
    """What a learner reads at the question."""
    if isinstance(error, QuizError) and error.code == Reason.NOT_A_NUMBER:
        if "unit" in error.parameters:  # there was a number, with a unit that nobody asked for
            return gettext("Write only the number, without a unit, such as 12 or 1.5")
        return gettext("Write a number, such as 12 or 1.5")
    return sentence_for(error)


def position_of(name: object) -> int | None:
    """The position that a slot's name stands for; None for what is no such name."""
    slot = _SLOT.fullmatch(name) if isinstance(name, str) else None
    return int(slot[1]) if slot else None


def from_json(body: Mapping[str, Any]) -> list[Answer]:
    """The answers in {"answers": [{"item", "rev", "response"}]}, each with "certainty" where it is asked.

    Invalid where there is any other field.
    """
    entries = body.get("answers")
    if not isinstance(entries, list) or not set(body) <= {"answers"}:
        raise Invalid("answers are sent as a list under the name answers", code="bad_answers")
    return [_one(entry) for entry in entries]


def answer_of(kept: Kept) -> dict[str, Any]:
    """An answer that was given elsewhere, as the page takes it over."""
    said = {"item": slot_id(kept.position), "rev": kept.rev, "response": kept.response}
    return said if kept.certainty is None else {**said, "certainty": kept.certainty}


def posted(form: MultiDict[str, str], kinds: Mapping[int, str], kept: Mapping[int, Response]) -> Posted:
    """The answers of a posted form.

    `kinds` are the open questions by position. Each carries, as `q.<slot>.rev`, the revision that the page
    knew; where a later one is kept by now, the form's is stale. The answer, or some of a list, stands under
    `q.<slot>`, its parts under `q.<slot>.a.<name>`, and how sure one is under `q.<slot>.certainty`.
    """
    found = Posted()
    for position, kind in kinds.items():
        name = f"q.{slot_id(position)}"
        said = found.typed[position] = _fields(form, name)
        # no tick at all is an answer taken back, where the question was in the form
        if fields.is_blank(Kind(kind), said) or (not said and f"{name}.rev" not in form):
            continue
        try:
            given = _given(Kind(kind), said, _certainty(form, name))
        except Invalid as error:
            found.faults[position] = error
            continue
        _compare(found, position, given, kept.get(position), _rev(form.get(f"{name}.rev", "0")))
    return found


def _compare(
    found: Posted, position: int, given: tuple[Any, int | None], before: Response | None, known: int
) -> None:
    """Note the answer when it is another one than what is kept."""
    response, certainty = given
    kept = (before.body, before.certainty) if before else (None, None)
    if given == kept or (before is None and response in (None, [])):
        return
    rev = before.rev if before else 0
    if known < rev:
        found.stale.add(position)
    else:
        found.given.append(Answer(position, max(rev + 1, known), response, certainty))


def _fields(form: MultiDict[str, str], name: str) -> Fields:
    """What the form says about one question: its own field under the empty name, parts under theirs."""
    part = f"{name}.a."
    names: Iterable[str] = [other for other in form if other.startswith(part)][:MOST_PARTS]
    said = {other.removeprefix(part): form.getlist(other) for other in names}
    return said | ({"": form.getlist(name)} if name in form else {})


def _given(kind: Kind, said: Fields, certainty: int | None) -> tuple[Any, int | None]:
    """The answer and how sure the learner is, which for true or false is a part of the answer."""
    response = fields.read(kind, said)
    if kind is not Kind.TRUEFALSE or response is None or certainty is None:
        return response, None if kind is Kind.TRUEFALSE else certainty
    return {**response, "certainty": certainty}, None


def _certainty(form: MultiDict[str, str], name: str) -> int | None:
    return _LEVELS.get(form.get(f"{name}.certainty", ""))


def _one(entry: Any) -> Answer:
    if not isinstance(entry, dict) or not _NEEDED <= set(entry) <= _ALLOWED:
        raise Invalid(
            "an answer has the fields item, rev and response, perhaps certainty, and no others",
            code="bad_answer",
        )
    position, rev = position_of(entry["item"]), entry["rev"]
    if position is None or type(rev) is not int or not 0 < rev <= HIGHEST_REV:
        raise Invalid("an answer names a question of this attempt and a revision", code="bad_answer")
    certainty = entry.get("certainty")
    if certainty is not None and (type(certainty) is not int or certainty not in _LEVELS.values()):
        raise Invalid("how sure you are is 1, 2 or 3", code="bad_certainty")
    return Answer(position, rev, entry["response"], certainty)


def _rev(value: str) -> int:
    if not _REV.fullmatch(value):
        raise Invalid("this form is not as it was sent to you; reload the page", code="bad_answer")
    return int(value)
