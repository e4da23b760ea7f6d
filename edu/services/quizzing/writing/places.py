"""Places: which field of the form a place of the item's document stands in, for errors and for advice."""

from __future__ import annotations

import re
from collections.abc import Callable

from edu.services.quizzing.writing.layout import SCALE
from edu.services.quizzing.writing.sheet import Sheet
from quizzes import Kind

_PART = re.compile(r"([A-Za-z_]+)(?:\[([0-9]+)\])?(?:\.(.+))?", re.ASCII)
_OPTIONS = ("options", "right", "labels", "weights", "harmful", "last")
_PROMPTS = ("prompts", "left", "cases", "places")
_ROWS = {Kind.HOTSPOT: ("zones", "shape"), Kind.SHORT: ("answers", "text"), Kind.CLOZE: ("gaps", "answers")}
_LISTED = {"hints": "text", "landmarks": "text", "gaps": "answers", "also": "value"}
_NAMED = {"tolerance_ms": "tolerance", "picture.alt": "picture_alt"}


def field_of(sheet: Sheet, place: str) -> str:
    """The field, or the list of rows, at a place such as `options.B`, `key[0]` or `picture.alt`."""
    match = _PART.fullmatch(place)
    if match is None:
        return ""
    name, index, rest = match[1], match[2], match[3] or ""
    if name in _OPTIONS:
        return _row(sheet, "options", rest, "text")
    if name in _PROMPTS:
        return f"prompts-{index}-text" if index else _row(sheet, "prompts", rest, "text")
    if name == "feedback":
        return _feedback(sheet, rest)
    if name == "key":
        return _key(sheet, index, rest)
    if name in _LISTED and index:
        return f"{name}-{index}-{_LISTED[name]}"
    return _NAMED.get(place, _NAMED.get(name, name))


def _row(sheet: Sheet, group: str, identifier: str, field: str) -> str:
    """The field of the row with that id; the whole list when no row has it."""
    for index, row in enumerate(sheet.group(group)):
        if identifier and row.get("id") == identifier:
            return f"{group}-{index}-{field}"
    return group


def _feedback(sheet: Sheet, identifier: str) -> str:
    if sheet.kind is Kind.TRUEFALSE:
        return f"feedback_{identifier}"
    if sheet.kind is Kind.CONCORDANCE and identifier in SCALE:
        return f"feedback_{SCALE.index(identifier)}"
    if sheet.kind is Kind.SHORT and identifier.isdecimal():
        return f"answers-{int(identifier) - 1}-feedback"
    for group in ("options", "prompts", "gaps"):
        found = _row(sheet, group, identifier, "feedback")
        if found != group:
            return found
    return "options"


def _key(sheet: Sheet, index: str | None, rest: str) -> str:
    kind = sheet.kind
    if kind in _ROWS:
        group, field = _ROWS[kind]
        return f"{group}-{index}-{field}" if index else group
    found: dict[Kind, Callable[[], str]] = {
        Kind.NUMERIC: lambda: "key",
        Kind.TRUEFALSE: lambda: "key",
        Kind.MOMENT: lambda: "start",
        Kind.INTERVAL: lambda: "start",
        Kind.CONCORDANCE: lambda: "votes_0",
        Kind.MATCHING: lambda: _row(sheet, "prompts", rest, "key"),
        Kind.EMQ: lambda: _row(sheet, "prompts", rest, "key"),
        Kind.DRAGLABELS: lambda: _row(sheet, "prompts", rest, "key"),
    }
    return found[kind]() if kind in found else "options"
