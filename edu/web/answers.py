"""Answers as they come from a browser: as JSON while they are given, or as the fields of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from edu.errors import Invalid
from edu.models import Response
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.attempt_pages import slot_id

HIGHEST_REV = 1_000_000
_SLOT = re.compile(r"s([1-9]\d{0,3})", re.ASCII)
_REV = re.compile(r"\d{1,6}", re.ASCII)
_WORDS = {"true": True, "false": False}
_FIELDS = {"item", "rev", "response"}


def position_of(name: object) -> int | None:
    """The position that a slot's name stands for; None for what is no such name."""
    slot = _SLOT.fullmatch(name) if isinstance(name, str) else None
    return int(slot[1]) if slot else None


def from_json(body: Mapping[str, Any]) -> list[Answer]:
    """The answers in {"answers": [{"item", "rev", "response"}]}; Invalid where there is any other field."""
    entries = body.get("answers")
    if not isinstance(entries, list) or not set(body) <= {"answers"}:
        raise Invalid("answers are sent as a list under the name answers", code="bad_answers")
    return [_one(entry) for entry in entries]


def from_form(
    form: MultiDict[str, str], kinds: Mapping[int, str], kept: Mapping[int, Response]
) -> tuple[list[Answer], set[int]]:
    """The answers of a posted form that differ from what is kept, as next revisions; and the stale ones.

    `kinds` are the open questions by position. Each carries, as `q.<slot>.rev`, the revision that the page
    knew. Where a later one is kept by now, the answer was given in another window: the form's is stale.
    """
    given, stale = [], set()
    for position, kind in kinds.items():
        name = f"q.{slot_id(position)}"
        known = _rev(form.get(f"{name}.rev", "0"))
        response = _response(form, kind, name)
        before = kept.get(position)
        rev = before.rev if before else 0
        if response is None or (before.body if before else _nothing(kind)) == response:
            continue
        if known < rev:
            stale.add(position)
        else:
            given.append(Answer(position, max(rev + 1, known), response))
    return given, stale


def _one(entry: Any) -> Answer:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise Invalid("an answer has the fields item, rev and response, and no others", code="bad_answer")
    position, rev = position_of(entry["item"]), entry["rev"]
    if position is None or type(rev) is not int or not 0 < rev <= HIGHEST_REV:
        raise Invalid("an answer names a question of this attempt and a revision", code="bad_answer")
    return Answer(position, rev, entry["response"])


def _rev(value: str) -> int:
    if not _REV.fullmatch(value):
        raise Invalid("this form is not as it was sent to you; reload the page", code="bad_answer")
    return int(value)


def _response(form: MultiDict[str, str], kind: str, name: str) -> Any:
    """What the fields of one question say; None when they say nothing."""
    if kind == "multiple":
        # no tick at all is an answer taken back, where the question was in the form
        return form.getlist(name) if name in form or f"{name}.rev" in form else None
    if name not in form:
        return None
    if kind != "truefalse":
        return form[name]
    if form[name] not in _WORDS:
        raise Invalid("the answer is true or false", code="bad_answer")
    value: dict[str, Any] = {"answer": _WORDS[form[name]]}
    certainty = form.get(f"{name}.certainty", "")
    return {**value, "certainty": int(certainty)} if certainty in {"1", "2", "3"} else value


def _nothing(kind: str) -> Any:
    return [] if kind == "multiple" else None
