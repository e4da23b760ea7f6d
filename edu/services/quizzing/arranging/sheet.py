"""Sheet: what stands in the form of a quiz, complete or not; and what the buttons of its places do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

from edu.errors import Invalid
from edu.services.quizzing.views import clock
from edu.services.typed import row_id
from quizzes.kinds.table import KEYS

MOST_PLACES = 300
MOST_TEXT = 10_000
NAMES = (
    "title", "intro", "lesson", "audience", "open_to_all", "language", "video", "mode", "pass_mark",
    "attempts", "minutes", "shuffle", "certainty", "hints", "review",
)  # fmt: skip
_FIELD = re.compile(r"places-([0-9]{1,4})-([a-z]+)", re.ASCII)
_ACT = re.compile(r"(up|down|remove):([0-9]{1,4})", re.ASCII)


class Posted(Protocol):
    """A form as it was sent: a name may have several values."""

    def __iter__(self) -> Any:
        """Its names."""

    def getlist(self, key: str) -> list[str]:
        """The values of a name, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the form: a question by the number of its row, or a pool where that is 0.

    `step` is a step of the video after which it is to be asked: it becomes the time as soon as it is chosen.
    """

    question: int = 0
    mark: str = "1"
    at: str = ""
    step: str = ""
    count: str = "1"
    tags: str = ""
    kinds: tuple[str, ...] = ()
    lesson: str = ""
    film: str = ""
    critical: str = ""

    @property
    def is_pool(self) -> bool:
        """Whether questions are drawn here."""
        return self.question == 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of the form by name, and its places; a tick that is set is "1"."""

    values: Mapping[str, str]
    places: tuple[Row, ...] = ()

    def said(self, name: str) -> str:
        """What stands in a field, without blanks around it."""
        return self.values.get(name, "").strip()

    @property
    def questions(self) -> tuple[int, ...]:
        """The fixed questions, in their order."""
        return tuple(row.question for row in self.places if row.question)

    def having(self, **values: str) -> Sheet:
        """The same with other words in some fields."""
        return replace(self, values={**self.values, **values})

    def plain(self) -> dict[str, Any]:
        """The sheet as a JSON value."""
        rows = [{field.name: getattr(row, field.name) for field in fields(Row)} for row in self.places]
        return {
            "values": {name: text for name, text in self.values.items() if text},
            "places": [{**row, "kinds": list(row["kinds"])} for row in rows],
        }


def read(document: Mapping[str, Any]) -> Sheet:
    """A sheet that `plain` made."""
    rows = tuple(Row(**{**row, "kinds": tuple(row["kinds"])}) for row in document["places"])
    return Sheet(dict(document["values"]), rows)


def typed(posted: Posted) -> Sheet:
    """The sheet of a posted form: `title`, or `places-2-mark` for a field of the third place, from 0.

    What the form has no field for is passed over.
    """
    known = {field.name for field in fields(Row)}
    found: dict[int, dict[str, list[str]]] = {}
    values = {}
    for name in posted:
        if name in NAMES:
            values[name] = posted.getlist(name)[0].replace("\r\n", "\n")[: 2 * MOST_TEXT]
        elif (match := _FIELD.fullmatch(name)) and match[2] in known:
            found.setdefault(int(match[1]), {})[match[2]] = posted.getlist(name)
    rows = [_row(found[index]) for index in sorted(found)]
    return Sheet(values, tuple(rows[:MOST_PLACES]))


def _row(said: Mapping[str, list[str]]) -> Row:
    words = {
        name: texts[0].strip()[:1000] for name, texts in said.items() if name not in ("kinds", "question")
    }
    kinds = tuple(dict.fromkeys(kind for kind in said.get("kinds", ()) if kind in KEYS))
    return Row(question=row_id(said.get("question", [""])[0]) or 0, kinds=kinds, **words)


def timed(sheet: Sheet, ends: Mapping[str, int]) -> Sheet:
    """The same with the end of each chosen step as the time of its place; `ends` are in milliseconds."""
    rows = tuple(
        replace(row, at=clock.written(ends[row.step]), step="") if row.step in ends else replace(row, step="")
        for row in sheet.places
    )
    return replace(sheet, places=rows)


def acted(sheet: Sheet, act: str, picked: Iterable[int] = ()) -> tuple[Sheet, str]:
    """What a button does, and where the eye and the keyboard should be then: `place-2`.

    Acts are `up:2`, `down:2`, `remove:2`, `pool` and, with the picked questions, `add`; `preview` and `find`
    change nothing. Invalid for another one.
    """
    if act in ("preview", "find"):
        return sheet, "found" if act == "find" else "advice"
    if act == "pool":
        return _added(sheet, [Row()])
    if act == "add":
        there = set(sheet.questions)
        return _added(sheet, [Row(question) for question in picked if question not in there])
    match = _ACT.fullmatch(act)
    if match is None:
        raise Invalid("This form has no such button. Reload the page.", code="no_such_act")
    return _moved(sheet, match[1], int(match[2]))


def _added(sheet: Sheet, rows: list[Row]) -> tuple[Sheet, str]:
    if len(sheet.places) + len(rows) > MOST_PLACES:
        raise Invalid("There may be at most %(most)s.", code="too_many", field="places", most=MOST_PLACES)
    places = (*sheet.places, *rows)
    return replace(sheet, places=places), f"place-{len(sheet.places)}" if rows else "found"


def _moved(sheet: Sheet, deed: str, at: int) -> tuple[Sheet, str]:
    rows = list(sheet.places)
    if at >= len(rows):
        return sheet, "places"  # the row is gone already: a button pressed twice
    row = rows.pop(at)
    if deed == "remove":
        left = replace(sheet, places=tuple(rows))
        return left, f"place-{min(at, len(rows) - 1)}" if rows else "places"
    to = max(0, at - 1) if deed == "up" else min(len(rows), at + 1)
    rows.insert(to, row)
    return replace(sheet, places=tuple(rows)), f"place-{to}"
