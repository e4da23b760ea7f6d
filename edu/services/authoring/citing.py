"""What a text can name: works of the library by who, when and what; steps of films by their title."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from edu.models import Reference, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.library.finding import MOST_LETTERS, MOST_WORDS
from edu.services.library.readable import readable
from edu.services.searching.words import words as words_of

MOST = 12


@dataclass(frozen=True, slots=True)
class Cited:
    """A work as it can be cited: `[@key]`."""

    key: str
    authors: str
    year: str
    title: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as it can be shown: `[[id]]`; its start in milliseconds."""

    id: str
    title: str
    film: str
    start: int
    is_gated: bool


def search(session: Session, viewer: Viewer, words: str, course_id: int | None = None) -> tuple[Cited, ...]:
    """The works of a course's library, or of all, in which every word begins one; by author, at most MOST.

    A course cites its own works alone: it is one folder of files, and whole.
    """
    asked = select(Reference).where(*_sought(viewer, words, course_id))
    found = session.scalars(asked.order_by(Reference.authors, Reference.year, Reference.id).limit(MOST))
    return tuple(Cited(row.key, row.authors, row.year, row.title, row.is_verified) for row in found)


def count(session: Session, viewer: Viewer, words: str, course_id: int | None = None) -> int:
    """How many works there are of which `search` gives the first."""
    asked = select(func.count()).select_from(Reference).where(*_sought(viewer, words, course_id))
    return session.scalar(asked) or 0


def _sought(viewer: Viewer, words: str, course_id: int | None) -> list[ColumnElement[bool]]:
    said = Reference.details["words"].as_string()
    begun = [said.contains(f" {word}") for word in words_of(words[:MOST_LETTERS])[:MOST_WORDS]]
    return [readable(viewer) if course_id is None else Reference.course_id == course_id, *begun]


def steps(session: Session, viewer: Viewer, words: str) -> tuple[Shown, ...]:
    """The steps that a viewer may play, of which the id or the title holds every word; at most MOST."""
    asked = select(Step, Video).join(Video, Video.id == Step.video_id).where(Step.start_ms.is_not(None))
    for word in words_of(words[:MOST_LETTERS])[:MOST_WORDS]:
        held = (
            func.lower(column).contains(word, autoescape=True) for column in (Step.title, Step.identifier)
        )
        asked = asked.where(or_(*held))
    found = session.execute(asked.order_by(Video.code, Step.start_ms, Step.identifier).limit(MOST * 5))
    readable = [(step, film) for step, film in found if can(viewer, Action.READ, film)]
    return tuple(
        Shown(step.identifier, step.title, film.title, step.start_ms or 0, film.audience.value == "pro")
        for step, film in readable[:MOST]
    )
