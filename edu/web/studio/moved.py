"""What was moved on the page before: which row, which way, where it stands now; its button gets the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from edu.services import typed
from edu.services.ordering import Place, Way


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that was moved; `kind` tells lists of one page apart."""

    kind: str
    id: int
    way: str


def way() -> Way:
    """The way that the pressed button says; Invalid for none."""
    return typed.word(request.form.get("way", ""), Way, "way")


def back(endpoint: str, kind: str, row_id: int, **values: int) -> str:
    """The address of the page with what was moved, so that it can say so and give the focus back."""
    known: dict[str, Any] = {**values, "moved": f"{kind}-{row_id}-{way().value}"}
    return url_for(endpoint, **known)


def said() -> Moved | None:
    """What the address says was moved; None for nothing, or nonsense."""
    kind, _, rest = request.args.get("moved", "").partition("-")
    number, _, towards = rest.partition("-")
    row_id = typed.row_id(number)
    if row_id is None or towards not in set(Way):
        return None
    return Moved(kind, row_id, towards)


def goes_on(moved: Moved | None, kind: str, row_id: int, place: Place) -> str:
    """Which button of the row gets the focus: the one that was pressed, at the end of the list the other."""
    if moved is None or (moved.kind, moved.id) != (kind, row_id) or place.count < 2:
        return ""
    if moved.way == Way.UP:
        return Way.UP if place.number > 1 else Way.DOWN
    return Way.DOWN if place.number < place.count else Way.UP
