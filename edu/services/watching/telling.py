"""Telling: what a browser says was played, read from JSON that anybody may have written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.errors import Invalid
from edu.services.watching.ways import ENDLESS
from media.spans import Spans, union

MOST_SENT = 200
"""Stretches in one telling: ten seconds hold a few, an hour without a network perhaps a hundred."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was played of the film of that number, in milliseconds, since the last time.

    `known_ms` is the sum of playing that the browser had heard of before; by it a telling that comes twice is
    known again. The viewer stands at `place_ms`, and has for `age_ms`.
    """

    film: int
    spans: Spans
    played_ms: int
    place_ms: int
    known_ms: int | None = None
    age_ms: int = 0


def read(said: Mapping[str, Any]) -> Told:
    """The telling in a JSON object; Invalid names the field that cannot be."""
    return Told(
        film=_number(said, "film", 1_000_000),
        spans=_spans(said.get("spans")),
        played_ms=_number(said, "played_ms"),
        place_ms=_number(said, "place_ms"),
        known_ms=None if said.get("known_ms") is None else _number(said, "known_ms", 2**31 - 1),
        age_ms=_number(said, "age_ms", 365 * ENDLESS) if "age_ms" in said else 0,
    )


def _number(said: Mapping[str, Any], name: str, most: int = ENDLESS) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise Invalid(
            "“%(name)s” must be a whole number from 0 to %(most)s.",
            code="bad_watching", field=name, name=name, most=most,
        )  # fmt: skip
    return value


def _spans(value: object) -> Spans:
    if not isinstance(value, list) or len(value) > MOST_SENT:
        raise Invalid(
            "“spans” must be a list of at most %(most)s pairs of times.",
            code="bad_watching", field="spans", most=MOST_SENT,
        )  # fmt: skip
    found = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_time, pair)) or pair[0] > pair[1]:
            raise Invalid(
                "Each of “spans” must be two times of the film in milliseconds, the earlier first.",
                code="bad_watching", field="spans",
            )  # fmt: skip
        found.append((pair[0], pair[1]))
    return union(found)


def _is_time(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= ENDLESS
