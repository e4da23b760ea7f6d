"""Which things meet a question, how many on each shelf, and the best of them.

The order is simple: first the term whose name was asked for, then what has all that was asked for in its
title, then in its summary, objectives, headings or authors, then in its text; among equals the order in
which its own list shows it. Nothing is weighed by how often a word stands in it, which would cost by the
hit. At most MOST_THINGS are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session, aliased

from edu.models import SearchText, Shelf, ThingKind
from edu.models import SearchThing as Thing
from edu.policy import Viewer
from edu.services.searching import counting
from edu.services.searching.asking import Question
from edu.services.searching.counting import BY_INDEX
from edu.services.searching.readable import Sight, readable

MOST_THINGS: Final = 3_000
NO_TERM: Final = 0
_FTS = table("search_index_things", column("rowid", Integer))
_TITLE, _HEAD = "titled", "headed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of what meets: of one shelf, or of all, the places from `first` to `last`, from 1.

    `term_id` is the term whose name was asked for; `language` that of the reader.
    """

    now: datetime
    language: str
    shelf: Shelf | None = None
    first: int = 1
    last: int = 3
    term_id: int = NO_TERM


@dataclass(frozen=True, slots=True)
class Met:
    """How many things meet the question on each shelf, and those that were wanted, the best first."""

    counts: dict[Shelf, int] = field(default_factory=dict)
    things: tuple[int, ...] = ()


def met(session: Session, viewer: Viewer, question: Question, wanted: Wanted) -> Met:
    """What meets the question of what the viewer may find; one statement, two where there is PostgreSQL."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    sight = (viewer.is_instructor, viewer.passes_gate)
    ordered = () if is_sqlite else counting.phrases(question)
    asked = _asked(is_sqlite, sight, tuple(map(len, ordered)), wanted.shelf)
    values = {
        **counting.needles(ordered),
        **(_matching(question) if is_sqlite else {"asked": counting.tsquery(question)}),
        "now": wanted.now,
        "today": wanted.now.date().isoformat(),
        "language": wanted.language,
        "before": wanted.first - 1,
        "most": wanted.last - wanted.first + 1,
        "term": wanted.term_id,
    }
    connection = session.connection()
    if not is_sqlite:
        connection.execute(BY_INDEX)
    counts, shown = dict[Shelf, int](), list[int]()
    for shelf, count, thing in connection.execute(asked, values):
        if thing is None:
            counts[Shelf(shelf)] = count
        else:
            shown.append(thing)
    return Met(counts, tuple(shown))


def _matching(question: Question) -> dict[str, str]:
    asked = counting.fts(question)
    return {"asked": f"words : ({asked})", _TITLE: f"title : ({asked})", _HEAD: f"head : ({asked})"}


def known(session: Session, viewer: Viewer, now: datetime, language: str) -> tuple[str, ...]:
    """The words of the titles of what the viewer may find, each once."""
    sight = (viewer.is_instructor, viewer.passes_gate)
    values = {"now": now, "today": now.date().isoformat(), "language": language.split("-")[0]}
    titles = session.scalars(_titles(sight), values)
    return tuple(dict.fromkeys(word for title in titles for word in title.split() if len(word) > 2))


@cache
def _titles(sight: Sight) -> Select[str]:
    titles = select(SearchText.title).join(Thing, Thing.id == SearchText.thing_id)
    return titles.where(readable(sight)).order_by(Thing.id).limit(MOST_THINGS)


@cache
def _asked(is_sqlite: bool, sight: Sight, shape: tuple[int, ...], shelf: Shelf | None) -> CompoundSelect[Any]:
    """For each shelf a row with its number of things, then the best of the wanted ones, each a row.

    A count and a short list of the best, several times over: windows over all rows cost twice as much.
    """
    bounded = select(_thing_id(is_sqlite).label("id")).where(_meets(is_sqlite, "words", "asked"))
    bounded = bounded.where(*counting.holding(SearchText.words, shape)).limit(MOST_THINGS)
    found = bounded.cte("bounded")
    rank = case(
        ((Thing.kind == ThingKind.TERM) & (Thing.term_id == bindparam("term")), 3),
        (Thing.id.in_(_within(is_sqlite, "title", _TITLE)), 2),
        (Thing.id.in_(_within(is_sqlite, "head", _HEAD)), 1),
        else_=0,
    )
    seen = (
        select(Thing.id, Thing.shelf, Thing.position, rank.label("rank"))
        .join(found, found.c.id == Thing.id)
        .where(readable(sight))
        .cte("seen")
    )
    counts = select(type_coerce(seen.c.shelf, String), func.count(), null()).group_by(seen.c.shelf)
    best = [_best(seen, each) for each in ([shelf] if shelf else Shelf)]
    return union_all(counts, *best)


def _best(seen: CTE, shelf: Shelf) -> Select[Any]:
    order = (seen.c.rank.desc(), seen.c.position, seen.c.id)
    first = select(seen.c.id).where(seen.c.shelf == shelf).order_by(*order)
    few = first.offset(bindparam("before")).limit(bindparam("most")).subquery()
    return select(literal(shelf.value), literal(0), few.c.id)


def _thing_id(is_sqlite: bool) -> ColumnElement[int]:
    return _FTS.c.rowid if is_sqlite else SearchText.thing_id.expression


def _within(is_sqlite: bool, words: str, parameter: str) -> Select[Any]:
    if is_sqlite:
        return select(_FTS.c.rowid).where(_meets(is_sqlite, words, parameter))
    other = aliased(SearchText)
    return select(other.thing_id).where(_vector(getattr(other, words)).op("@@")(_query()))


def _meets(is_sqlite: bool, words: str, parameter: str) -> ColumnElement[bool]:
    if is_sqlite:
        found: ColumnElement[bool] = literal_column("search_index_things").op("MATCH")(bindparam(parameter))
        return found
    return _vector(getattr(SearchText, words)).op("@@")(_query())


def _vector(words: Any) -> ColumnElement[Any]:
    return func.to_tsvector(literal_column("'simple'"), words)


def _query() -> ColumnElement[Any]:
    return cast(bindparam("asked"), TSQUERY)
