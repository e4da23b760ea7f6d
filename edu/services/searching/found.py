"""What search shows: a thing or a video that meets the question, with the places that are meant."""

from __future__ import annotations

from dataclasses import dataclass

from edu.models import Shelf
from edu.services.searching.marking import Piece

VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in it: what stands there, in pieces of which some are marked, and the address that leads there.

    `start_ms` is none for what has no time. `is_step` says that it is the title of a step; `heading` is that
    of the part of a text, empty above the first.
    """

    pieces: tuple[Piece, ...]
    language: str
    url: str
    start_ms: int | None = None
    is_step: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that meets the question, with its best places; `count` is how many a video has in all.

    `kind` is VIDEO, a ThingKind or, for a page, its PageKind. `more_url` leads to the other places.
    """

    shelf: Shelf
    kind: str
    title: str
    url: str
    note: str
    language: str
    hits: tuple[Hit, ...]
    picture_url: str | None = None
    count: int = 0
    more_url: str | None = None
    is_gated: bool = False
    is_published: bool = True
