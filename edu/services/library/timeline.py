"""The library by year: its works as a picture and as a table, and the names of the nodule."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.library.timeline import Picture, Work, lane_of, picture
from edu.models import Reference
from edu.policy import Viewer
from edu.services.library.readable import readable


@dataclass(frozen=True, slots=True)
class DatedWork:
    """A work with its year, as the table has it."""

    key: str
    year: int
    authors: str
    title: str
    language: str
    lane: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name of the nodule with the work that brought it."""

    words: str
    work: DatedWork


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The picture, and the same in words; `undated` is how many works have no year."""

    picture: Picture
    works: dict[str, DatedWork]
    names: tuple[DatedName, ...]
    undated: int


def page(session: Session, viewer: Viewer, until: int) -> TimelinePage:
    """All works that have a year, the oldest first, up to the year `until`; one statement."""
    columns = (Reference.key, Reference.year, Reference.authors, Reference.title, Reference.is_verified)
    asked = select(*columns, Reference.fields, Reference.details).where(readable(viewer))
    works: dict[str, DatedWork] = {}
    marks: list[Work] = []
    rows = session.execute(asked.order_by(Reference.year, Reference.key)).all()
    for key, year, authors, title, is_verified, fields, details in rows:
        if not year:
            continue
        collections, names = tuple(fields["collections"]), tuple(details.get("names", ()))
        marks.append(Work(key, int(year), collections, names))
        lane = lane_of(collections)
        works[key] = DatedWork(key, int(year), authors, title, fields["language"], lane, is_verified)
    drawn = picture(marks, until)
    named = tuple(DatedName(name.words, works[name.key]) for name in drawn.names)
    return TimelinePage(drawn, works, named, len(rows) - len(works))
