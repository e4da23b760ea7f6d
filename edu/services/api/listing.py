"""A part of a list: so many rows after a mark that stays where it is when rows come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Generic, TypeVar

from edu.errors import Invalid
from edu.policy import Viewer

USUAL, MOST = 50, 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who reads, when, and which part of a list; `after` is the mark of the last row that was given."""

    viewer: Viewer
    now: datetime
    limit: int = USUAL
    after: str = ""


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A part of a list; `mark` leads to the next one and is empty at the end."""

    items: tuple[T, ...]
    mark: str


def named(rows: Iterable[T], name: Callable[[T], str], asked: Asked) -> Listed[T]:
    """The part of a short list, ordered by the name that each row has alone."""
    following = sorted((row for row in rows if name(row) > asked.after), key=name)
    return cut(list(islice(following, asked.limit + 1)), name, asked)


def cut(rows: Sequence[T], mark: Callable[[T], str], asked: Asked) -> Listed[T]:
    """The first of the rows, of which one more was asked for than are shown, to know whether there is one."""
    shown = tuple(rows[: asked.limit])
    return Listed(shown, mark(shown[-1]) if len(rows) > len(shown) else "")


def number(asked: Asked) -> int:
    """The mark as the number of a row, 0 for the beginning. Raises Invalid."""
    if not asked.after:
        return 0
    if asked.after.isascii() and asked.after.isdecimal() and len(asked.after) <= 9:
        return int(asked.after)
    raise bad_cursor()


def bad_cursor() -> Invalid:
    """What is said of a cursor that was not given out by this list."""
    return Invalid("this cursor is not of this list; begin without one", code="bad_cursor", field="cursor")
