"""Works of the library as programs read them: the fields, how far they were seen, BibTeX and CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.library.bib import write_bibtex
from edu.courseware.library.csl_json import item as csl_item
from edu.courseware.reference import Reference as Record
from edu.models import Reference
from edu.services.api.listing import Asked, Listed, cut, number
from edu.services.library import entry, records
from edu.services.library.readable import readable


@dataclass(frozen=True, slots=True)
class AuthorBody:
    """A person, or a body such as a foundation whose name is `family`."""

    family: str
    given: str
    is_body: bool


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A work in the list; `verification` is full, partial or none: how far its fields were seen."""

    key: str
    kind: str
    authors: tuple[AuthorBody, ...]
    has_more_authors: bool
    title: str
    year: int | None
    language: str
    verification: str
    design: str
    direction: str
    collections: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class WorkBody:
    """A work whole. `container` was seen in print only where `is_place_confirmed`; unknown fields are empty.

    `note` says what was seen where. `summary` is the library's own line of Markdown, with its grade.
    """

    key: str
    kind: str
    authors: tuple[AuthorBody, ...]
    has_more_authors: bool
    title: str
    original_title: str
    year: int | None
    container: str
    is_place_confirmed: bool
    volume: str
    number: str
    pages: str
    address: str
    doi: str
    pmid: str
    pmcid: str
    link: str
    language: str
    collections: tuple[str, ...]
    verification: str
    note: str
    design: str
    direction: str
    summary: str
    summary_by: str
    bibtex: str
    csl: dict[str, Any]
    url: str


def everything(session: Session, asked: Asked) -> Listed[WorkItem]:
    """The works of published courses, in the order in which they came."""
    rows = session.scalars(
        select(Reference)
        .where(readable(asked.viewer), Reference.id > number(asked))
        .order_by(Reference.id)
        .limit(asked.limit + 1)
    )
    part = cut(rows.all(), lambda row: str(row.id), asked)
    return Listed(tuple(map(_item, part.items)), part.mark)


def work(session: Session, asked: Asked, key: str) -> WorkBody:
    """A work; NotFound when the reader can find none of that key."""
    page = entry.page(session, asked.viewer, key, asked.now)
    found, judged = page.entry, page.judged
    return WorkBody(
        key=found.key,
        kind=found.kind,
        authors=_authors(found),
        has_more_authors=found.more_authors,
        title=found.title,
        original_title=found.original_title,
        year=found.year or None,
        container=found.container,
        is_place_confirmed=found.is_place_confirmed,
        volume=found.volume,
        number=found.number,
        pages=found.pages,
        address=found.address,
        doi=found.doi,
        pmid=found.pmid,
        pmcid=found.pmcid,
        link=found.url,
        language=found.language,
        collections=found.collections,
        verification=found.verification.value,
        note=found.note,
        design=judged.design.value,
        direction=judged.direction.value,
        summary=judged.summary,
        summary_by=judged.summary_by,
        bibtex=write_bibtex((found,)),
        csl=csl_item(found),
        url=f"/library/{found.key}",
    )


def _item(row: Reference) -> WorkItem:
    found, judged = records.record(row), records.judgement(row)
    return WorkItem(
        key=found.key,
        kind=found.kind,
        authors=_authors(found),
        has_more_authors=found.more_authors,
        title=found.title,
        year=found.year or None,
        language=found.language,
        verification=found.verification.value,
        design=judged.design.value,
        direction=judged.direction.value,
        collections=found.collections,
        url=f"/library/{found.key}",
    )


def _authors(found: Record) -> tuple[AuthorBody, ...]:
    return tuple(AuthorBody(each.family, each.given, each.is_body) for each in found.authors)
