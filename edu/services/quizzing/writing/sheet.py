"""Sheet: what stands in the form of a question, complete or not; and what the buttons of its rows do."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from edu.errors import Invalid
from edu.services.quizzing.writing.layout import LAYOUTS, MOST_ROWS, NUMBERED, Layout
from quizzes import Kind

MOST_TEXT = 10_000  # as much as the library takes
_ROW = re.compile(r"([a-z]+)-([0-9]{1,3})-([a-z]+)", re.ASCII)
_ACT = re.compile(r"(add|remove|up|down):([a-z]+)(?::([0-9]{1,3}))?", re.ASCII)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of a form by name, and its lists of rows; a tick that is set is "1"."""

    kind: Kind
    values: Mapping[str, str]
    rows: Mapping[str, tuple[Row, ...]]

    @property
    def layout(self) -> Layout:
        """The fields that this kind has."""
        return LAYOUTS[self.kind]

    def said(self, name: str) -> str:
        """What stands in a field, without blanks around it."""
        return self.values.get(name, "").strip()

    def group(self, name: str) -> tuple[Row, ...]:
        """The rows of a list."""
        return self.rows.get(name, ())

    def having(self, **values: str) -> Sheet:
        """The same with other words in some fields."""
        return replace(self, values={**self.values, **values})

    def with_rows(self, name: str, rows: tuple[Row, ...]) -> Sheet:
        """The same with other rows in a list."""
        return replace(self, rows={**self.rows, name: rows})

    def plain(self) -> dict[str, Any]:
        """The sheet as a JSON value; empty fields are left out."""
        kept = {name: text for name, text in self.values.items() if text}
        return {
            "kind": self.kind.value,
            "values": kept,
            "rows": {name: [dict(row) for row in rows] for name, rows in self.rows.items() if rows},
        }


def blank(kind: Kind) -> Sheet:
    """The form of a new question, with as many empty rows as most questions of its kind need."""
    layout = LAYOUTS[kind]
    rows = {
        name: tuple(dict.fromkeys(fields, "") for _ in range(layout.begins.get(name, 0)))
        for name, fields in layout.lists.items()
    }
    return identified(Sheet(kind, {}, rows))


def read(document: Mapping[str, Any]) -> Sheet:
    """A sheet that `plain` made."""
    rows = {name: tuple(dict(row) for row in rows) for name, rows in document["rows"].items()}
    return Sheet(Kind(document["kind"]), dict(document["values"]), rows)


def typed(kind: Kind, posted: Mapping[str, str]) -> Sheet:
    """The sheet of a posted form: `stem`, or `options-2-text` for a field of the third row, counted from 0.

    What the form of this kind has no field for is passed over.
    """
    layout = LAYOUTS[kind]
    values = {name: posted[name].replace("\r\n", "\n") for name in layout.names if name in posted}
    found: dict[str, dict[int, dict[str, str]]] = {name: {} for name in layout.lists}
    for name, text in posted.items():
        match = _ROW.fullmatch(name)
        if match and match[1] in found and match[3] in layout.lists[match[1]]:
            row = found[match[1]].setdefault(int(match[2]), dict.fromkeys(layout.lists[match[1]], ""))
            row[match[3]] = text.replace("\r\n", "\n")
    rows = {name: tuple(by[index] for index in sorted(by))[:MOST_ROWS] for name, by in found.items()}
    return identified(Sheet(kind, values, rows))


def acted(sheet: Sheet, act: str) -> tuple[Sheet, str]:
    """What a button of a row does, and the row where the eye and the keyboard should be then: `options-2`.

    Acts are `add:options`, `remove:options:2`, `up:options:2` and `down:options:2`. Invalid for another one.
    """
    match = _ACT.fullmatch(act)
    if match is None or match[2] not in sheet.layout.lists:
        raise Invalid("This form has no such button. Reload the page.", code="no_such_act")
    deed, name = match[1], match[2]
    rows = list(sheet.group(name))
    if deed == "add":
        if len(rows) >= MOST_ROWS:
            raise Invalid("There may be at most %(most)s.", code="too_many", field=name, most=MOST_ROWS)
        rows.append(dict.fromkeys(sheet.layout.lists[name], ""))
        return identified(sheet.with_rows(name, tuple(rows))), f"{name}-{len(rows) - 1}"
    at = int(match[3] or 0)
    if at >= len(rows):
        return sheet, name  # the row is gone already: a button pressed twice
    row = rows.pop(at)
    if deed == "remove":
        return sheet.with_rows(name, tuple(rows)), f"{name}-{min(at, len(rows) - 1)}" if rows else name
    to = max(0, at - 1) if deed == "up" else min(len(rows), at + 1)
    rows.insert(to, row)
    return sheet.with_rows(name, tuple(rows)), f"{name}-{to}"


def identified(sheet: Sheet) -> Sheet:
    """The same with an id in each row that needs one; an id that stands twice is given anew."""
    rows = dict(sheet.rows)
    for name, prefix in NUMBERED.items():
        if name not in rows or "id" not in sheet.layout.lists.get(name, ()):
            continue
        taken: set[str] = set()
        known = {row["id"] for row in rows[name] if row.get("id")}
        fresh = (identifier for identifier in _ids(prefix) if identifier not in known)
        made = []
        for row in rows[name]:
            identifier = row.get("id", "").strip()
            if not identifier or (identifier in taken and name != "gaps"):
                identifier = next(fresh)
            taken.add(identifier)
            made.append({**row, "id": identifier})
        rows[name] = tuple(made)
    return replace(sheet, rows=rows)


def _ids(prefix: str) -> Iterator[str]:
    if not prefix:
        yield from string.ascii_uppercase
        prefix = "X"
    yield from (f"{prefix}{number}" for number in range(1, 3 * MOST_ROWS))
