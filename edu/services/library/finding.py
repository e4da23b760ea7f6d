"""The library's list: what is asked, what is found, and how many entries there are of each kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from edu.courseware.library.cite import cite
from edu.courseware.reference import Design, Direction, Verification
from edu.courseware.reference import Reference as Record
from edu.models import Reference
from edu.policy import Viewer
from edu.services.library import records
from edu.services.library.readable import readable
from edu.services.searching.words import words

ON_A_PAGE: Final = 50
MOST_WORDS, MOST_LETTERS = 8, 200
UNDATED: Final = "undated"


class Order(StrEnum):
    """In which order entries are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    AUTHOR = "author"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks the library for; an empty field asks for nothing.

    `period` is a decade such as 1940 or UNDATED, `verified` yes or no.
    """

    words: str = ""
    collection: str = ""
    period: str = ""
    language: str = ""
    design: str = ""
    direction: str = ""
    verified: str = ""
    order: Order = Order.NEWEST

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return self != Asked(order=self.order)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: its key, its line of citation, and how far it was verified."""

    key: str
    cite: str
    language: str
    verification: Verification
    design: Design
    direction: Direction
    collections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader can choose from, each with the number of entries in the whole library."""

    total: int = 0
    collections: tuple[tuple[str, int], ...] = ()
    periods: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    designs: tuple[tuple[str, int], ...] = ()
    directions: tuple[tuple[str, int], ...] = ()
    verified: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the list."""

    asked: Asked
    lines: tuple[Line, ...]
    found: int
    number: int
    last: int
    choices: Choices = field(default_factory=Choices)


def page(
    session: Session, viewer: Viewer, asked: Asked, *, number: int = 1, unconfirmed: str = ""
) -> LibraryPage:
    """The page of that number; three statements. `unconfirmed` marks a place that nobody saw."""
    choices = _choices(session, viewer)
    found = session.scalar(_narrowed(select(func.count()).select_from(Reference), viewer, asked)) or 0
    last = max(1, -(-found // ON_A_PAGE))
    number = min(max(number, 1), last)
    rows = select(Reference).order_by(*_order(asked.order)).offset((number - 1) * ON_A_PAGE).limit(ON_A_PAGE)
    shown = session.scalars(_narrowed(rows, viewer, asked)) if found else ()
    lines = tuple(line(row, unconfirmed) for row in shown)
    return LibraryPage(asked, lines, found, number, last, choices)


def everything(session: Session, viewer: Viewer, asked: Asked) -> tuple[Record, ...]:
    """All that is found, as records to be written into a file."""
    rows = session.scalars(_narrowed(select(Reference).order_by(*_order(asked.order)), viewer, asked))
    return tuple(records.record(row) for row in rows)


def line(row: Reference, unconfirmed: str = "") -> Line:
    """A row as a list shows it."""
    entry, judged = records.record(row), records.judgement(row)
    return Line(
        key=row.key,
        cite=cite(entry, unconfirmed=unconfirmed),
        language=entry.language,
        verification=entry.verification,
        design=judged.design,
        direction=judged.direction,
        collections=entry.collections,
    )


def collections() -> ColumnElement[str]:
    """The collections of an entry as JSON text, such as ["backmice","fat"]."""
    return _text(Reference.fields, "collections")


def _text(column: InstrumentedAttribute[dict[str, Any]], name: str) -> ColumnElement[str]:
    found: ColumnElement[str] = column[name].as_string()
    return found


def _language() -> ColumnElement[str]:
    return _text(Reference.fields, "language")


def _design() -> ColumnElement[str]:
    return func.coalesce(_text(Reference.details, "design"), Design.UNKNOWN.value)


def _direction() -> ColumnElement[str]:
    return func.coalesce(_text(Reference.details, "direction"), Direction.NOT_JUDGED.value)


def _decade() -> ColumnElement[str]:
    return case((Reference.year == "", UNDATED), else_=func.substr(Reference.year, 1, 3) + "0")


_NARROWING: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "collection": lambda value: collections().contains(f'"{value}"', autoescape=True),
    "period": lambda value: _decade() == value,
    "language": lambda value: _language() == value,
    "design": lambda value: _design() == value,
    "direction": lambda value: _direction() == value,
    "verified": lambda value: Reference.is_verified.is_(value == "yes"),
}


def _narrowed(statement: Select[Any], viewer: Viewer, asked: Asked) -> Select[Any]:
    statement = statement.where(readable(viewer))
    for name, narrow in _NARROWING.items():
        if value := getattr(asked, name):
            statement = statement.where(narrow(value))
    for word in words(asked.words[:MOST_LETTERS])[:MOST_WORDS]:
        statement = statement.where(_text(Reference.details, "words").contains(f" {word}"))
    return statement


def _order(order: Order) -> tuple[Any, ...]:
    author, title = (_text(Reference.details, name) for name in ("by_author", "by_title"))
    undated_last = case((Reference.year == "", 1), else_=0)
    by = {
        Order.NEWEST: (undated_last, Reference.year.desc(), author),
        Order.OLDEST: (undated_last, Reference.year, author),
        Order.AUTHOR: (author, Reference.year),
        Order.TITLE: (title,),
    }
    return (*by[order], Reference.id)


def _choices(session: Session, viewer: Viewer) -> Choices:
    """Counted over groups of entries that are alike, which are fewer than entries."""
    each = select(
        collections().label("collections"),
        _decade().label("decade"),
        _language().label("language"),
        _design().label("design"),
        _direction().label("direction"),
        case((Reference.is_verified, "yes"), else_="no").label("verified"),
    ).where(readable(viewer))
    groups = each.subquery().c
    counted: tuple[Counter[str], ...] = tuple(Counter() for _ in groups)
    total = 0
    for named, *single, count in session.execute(select(*groups, func.count()).group_by(*groups)):
        total += count
        values = [json.loads(named), *([value] for value in single)]
        for counter, several in zip(counted, values, strict=True):
            counter.update(dict.fromkeys(several, count))
    return Choices(total, *(tuple(sorted(counter.items())) for counter in counted))
