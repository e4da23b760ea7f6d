"""Times of the questions that stand in a film, moved when the film changes: as a next version of their quiz.

A time that the new film leaves out is taken off its question, which stays in the quiz. Beside the quiz is
kept where in each recording its questions stood; so a time comes back with the next film that shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Quiz, Video
from edu.services.quizzing import publishing, quizzes
from edu.services.quizzing.publishing import Place
from media import Edit, TimeMap
from quizzes.document import plain_pool

KNOWN, LEFT_OUT = "film_moments", "film_left_out"  # in the details of a quiz, see Kept
ENDLESS = 24 * 3600 * 1000
"""Milliseconds; stands for the length of a recording where only its order matters."""


@dataclass(frozen=True, slots=True)
class Way:
    """From the film before to the film after; `film_ms` is the length of the latter.

    `between` leads from the original before to that after, both by their SHA-256; None: nothing is known.
    """

    before: Edit
    after: Edit
    original_before: str
    original_after: str
    between: TimeMap | None
    film_ms: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a recording, in its milliseconds.

    What is asked at a moment belongs to what was shown just before it, not to what follows: where that is
    cut off, the question is still asked at the joint.
    """

    recording: str
    ms: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside a quiz, by the names of its places.

    `known` is the last moment of each recording; `left_out` are the places that the present film leaves out.
    """

    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    @classmethod
    def read(cls, details: Mapping[str, Any]) -> Kept:
        """From the details of a quiz."""
        known = {(name, recording): ms for name, recording, ms in details.get(KNOWN, ())}
        return cls(known, frozenset(details.get(LEFT_OUT, ())))

    def plain(self) -> dict[str, Any]:
        """As the details of a quiz hold it."""
        known = [[name, recording, ms] for (name, recording), ms in sorted(self.known.items())]
        return {KNOWN: known, LEFT_OUT: sorted(self.left_out)}


def move(session: Session, video: Video, way: Way, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Move the times of all quizzes in a film: the slugs of those that moved, and of those that lost one."""
    went, gone = [], []
    for quiz in session.scalars(select(Quiz).where(Quiz.video_id == video.id).order_by(Quiz.id)).all():
        version = quizzes.newest(session, quiz)
        if version is None:
            continue
        before = publishing.places_of(session, version)
        after, kept = moved(before, Kept.read(quiz.details), way)
        quiz.details = {**quiz.details, **kept.plain()}
        if after != before:
            publishing.revise(session, quiz, after, now)
            went.append(quiz.slug)
        if any(old.at_ms is not None and new.at_ms is None for old, new in zip(before, after, strict=True)):
            gone.append(quiz.slug)
    return tuple(went), tuple(gone)


def moved(places: list[Place], kept: Kept, way: Way) -> tuple[list[Place], Kept]:
    """The places with their times in the film after, and what is kept beside them then; pure."""
    found, known, left_out = [], dict(kept.known), set()
    for name, place in zip(_names(places), places, strict=True):
        time = None
        if place.at_ms is not None or name in kept.left_out:
            now = None if place.at_ms is None else _recorded(place.at_ms, way)
            if now:
                known[name, now.recording] = now.ms
            earlier = [Moment(recording, ms) for (which, recording), ms in known.items() if which == name]
            ways = (_shown(_in_new_original(at, way), way) for at in ([now] if now else []) + earlier)
            time = next((at for at in ways if at is not None), None)
            if time is None:
                left_out.add(name)
        found.append(replace(place, at_ms=time))
    return found, Kept(known, frozenset(left_out))


def _names(places: Iterable[Place]) -> list[str]:
    """What each place is known by in the next version: its question; a pool by all that it says."""
    return [
        place.question.uid if place.question else json.dumps(plain_pool(place.pool)) if place.pool else ""
        for place in places
    ]


def _recorded(at_ms: int, way: Way) -> Moment | None:
    """The moment of a recording that the film before shows until then."""
    last = max(0, at_ms - 1)
    source = way.before.source_at(last, ENDLESS)
    there = way.before.time_map(ENDLESS, source).inverse().forward(last)
    return None if there is None else Moment(source or way.original_before, there + at_ms - last)


def _in_new_original(at: Moment, way: Way) -> Moment:
    """The same in the new original, where that shows it and it is known where."""
    if way.between is None or at.recording != way.original_before:
        return at
    there = way.between.forward(max(0, at.ms - 1))
    return at if there is None else Moment(way.original_after, there + min(at.ms, 1))


def _shown(at: Moment, way: Way) -> int | None:
    """Where the film after shows the moment; None: nowhere."""
    for source in ("", *way.after.sources):
        if (source or way.original_after) != at.recording:
            continue
        there = way.after.time_map(ENDLESS, source).forward(max(0, at.ms - 1))
        if there is not None and there + min(at.ms, 1) <= (way.film_ms or ENDLESS):
            return there + min(at.ms, 1)
    return None
