"""Parts: the steps of a film, or all of it where it has none, and how much of each was watched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from edu.models import Step, Video
from media.spans import Spans, share

ENOUGH: Final = 0.95
"""The share from which on a part counts as watched; what is lost at its edges must not cost all of it."""
A_LITTLE: Final = 0.05


class Seen(StrEnum):
    """How much of a part was watched, in words."""

    WHOLE = "whole"
    HALF = "half"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Part:
    """A step under its lasting id, from `start` to `end` in milliseconds; without an id all of the film."""

    id: str
    title: str
    start: int
    end: int


Row = tuple[str, str, int | None, int | None]
"""Id, title, beginning and end of a step; none where its chapter is gone."""


def steps(session: Session, video_ids: Iterable[int]) -> dict[int, list[Row]]:
    """The steps that stand in these videos, by time; one statement."""
    found: dict[int, list[Row]] = {}
    for video_id, name, title, start, end in session.execute(_STEPS, {"videos": list(video_ids)}):
        found.setdefault(video_id, []).append((name, title, start, end))
    return found


_STEPS = (
    select(Step.video_id, Step.identifier, Step.title, Step.start_ms, Step.end_ms)
    .where(Step.video_id.in_(bindparam("videos", expanding=True)), Step.start_ms.is_not(None))
    .order_by(Step.start_ms)
)


def of(video: Video, rows: Iterable[Row]) -> tuple[Part, ...]:
    """The steps that stand in the film, in order; without any, what of the film teaches."""
    length = video.duration_ms
    found = tuple(
        Part(name, title, start, min(end or start, length))
        for name, title, start, end in rows
        if start is not None and start < length
    )
    return found or (Part("", "", 0, min(video.teaching_ms or length, length)),)


def shares(spans: Spans, parts: Iterable[Part]) -> dict[str, float]:
    """How much of each part was watched, 0 to 1."""
    return {part.id: share(spans, part.start, part.end) for part in parts}


def missing(shares_of: Mapping[str, float], parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of which not enough was watched."""
    return tuple(part for part in parts if shares_of.get(part.id, 0.0) < ENOUGH)


def seen(of_it: float) -> Seen:
    """The word for a share."""
    return Seen.WHOLE if of_it >= ENOUGH else Seen.HALF if of_it >= A_LITTLE else Seen.NOT
