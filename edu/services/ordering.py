"""Ordering: rows that stand one after another, moved a place up or down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Way(StrEnum):
    """Towards the head of the list, or towards its end."""

    UP = "up"
    DOWN = "down"


class Placed(Protocol):
    """A row that knows its place."""

    id: int
    position: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the first is 1."""

    number: int
    count: int


def move(rows: Sequence[Placed], row_id: int, way: Way) -> Place:
    """Let the row of that id and its neighbour change places; at the end of the list it stays.

    The rows come in the order in which they are shown, and are numbered anew from 0: what a course file
    or an earlier edit left with one number for two is apart afterwards. LookupError for an id that is not
    among them.
    """
    order = list(rows)
    at = next((place for place, row in enumerate(order) if row.id == row_id), None)
    if at is None:
        raise LookupError(f"no row of the id {row_id}")
    to = at - 1 if way is Way.UP else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        at = to
    for place, row in enumerate(order):
        if row.position != place:
            row.position = place
    return Place(at + 1, len(order))
