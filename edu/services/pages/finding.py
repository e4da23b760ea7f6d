"""What readers find of the pages: lists and single pages, in their language or visibly in another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import Select, String, bindparam, select
from sqlalchemy.orm import Session, defer

from edu.courseware.page_details import PageDetails
from edu.errors import NotFound
from edu.models import Page, PageKind, PageState, PageVersion
from edu.services import reviews
from edu.services.messages import corrected
from edu.services.reviews import Review

ADDRESSES = {
    PageKind.NEWS: "/news/",
    PageKind.STORY: "/stories/",
    PageKind.QUESTION: "/questions/",
    PageKind.CONTRIBUTOR: "/contributors/",
    PageKind.SITE: "/",
}


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in a list: its title and summary are in `language`, which may not be the one asked for.

    `state` is what it is called today: a reviewed page needs review once the day of its review is past.
    """

    id: int
    kind: PageKind
    slug: str
    title: str
    summary: str
    url: str
    language: str
    state: PageState
    position: int
    evidence: tuple[str, ...]
    details: PageDetails
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with its Markdown text. `languages` are those it can be read in, its original's first.

    `is_missing_translation` says that it was asked for in another language and is not there;
    `is_stale` that the original has changed since this translation was made.
    """

    link: PageLink
    body: str
    course_id: int | None
    revision: int
    languages: tuple[str, ...]
    is_missing_translation: bool
    is_stale: bool
    review: Review | None
    corrections: tuple[int, ...]  # by their numbers in the public log


def listed(session: Session, kind: PageKind, language: str, now: datetime) -> tuple[PageLink, ...]:
    """The pages of a kind that readers find at `now`, each in `language` or else as its original has it.

    News come newest first, those of one moment by position; the rest by position and title. A translation
    is there while its original is.
    """
    rows = session.scalars(_asked(), {"kind": kind, "now": now}).all()
    by_slug: dict[str, list[Page]] = {}
    for row in rows:
        by_slug.setdefault(row.slug, []).append(row)
    chosen = [
        _link(in_language(found, language), now, original)
        for found in by_slug.values()
        if (original := original_of(found))
    ]
    if kind is PageKind.NEWS:
        by_day = sorted(chosen, key=lambda link: (link.published_at, link.position, link.id), reverse=True)
        return tuple(by_day)
    return tuple(sorted(chosen, key=lambda link: (link.position, link.title.casefold(), link.id)))


def found(session: Session, kind: PageKind, slug: str, language: str, now: datetime) -> PageView:
    """One page; NotFound for what is not there, is a draft or comes later: in the same words."""
    path = f"{ADDRESSES[kind]}{slug}"
    found_rows = session.execute(_one(), {"kind": kind, "now": now, "slug": slug, "path": path}).all()
    rows = [row for row, _ in found_rows]
    original = original_of(rows)
    if original is None:
        raise NotFound("there is no such page")
    rows = in_force(rows, original)
    row = in_language(rows, language)
    others = sorted(other.language for other in rows if other is not original)
    return PageView(
        link=_link(row, now, original),
        body=row.body,
        course_id=row.course_id,
        revision=row.revision,
        languages=(original.language, *others),
        is_missing_translation=not _speaks(row, language),
        is_stale=row.source_revision is not None and row.source_revision < original.revision,
        review=reviews.standing(row.state, row.details, now.date()).review,
        corrections=corrected.numbers(found_rows[0][1]),
    )


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A page as it stood in one of its versions, from `since` on; `body` is Markdown."""

    title: str
    body: str
    version: str
    since: datetime
    language: str


def versions(session: Session, kind: PageKind, slug: str, language: str) -> tuple[EarlierText, ...]:
    """Each version that a text such as the terms had, newest first, as it last stood under that number.

    Where a version was never translated, it is there as the original has it; `since` is the original's day.
    """
    asked = (
        select(PageVersion, Page.language, Page.source_revision)
        .join(Page, Page.id == PageVersion.page_id)
        .where(Page.kind == kind, Page.slug == slug, Page.state != PageState.DRAFT)
        .order_by(PageVersion.made_at.desc(), PageVersion.revision.desc())
    )
    kept: dict[str, EarlierText] = {}
    days: dict[str, datetime] = {}  # newest first: what a translation calls new may be long past
    for row, spoken, source in session.execute(asked):
        name = str(row.details.get("version", ""))
        since = row.details.get("published")
        on = datetime.fromisoformat(since) if since else row.made_at
        text = EarlierText(row.title, row.body, name, on, spoken)
        if name and source is None:
            days.setdefault(name, on)
        is_wanted = spoken == language and (name not in kept or kept[name].language != language)
        if name and (is_wanted or (source is None and name not in kept)):
            kept[name] = text
    return tuple(replace(kept[name], since=day) for name, day in days.items())


def texts(session: Session, ids: Collection[int]) -> dict[int, tuple[int | None, str]]:
    """The Markdown of listed pages, each with its course, by the ids of the pages."""
    asked = select(Page.id, Page.course_id, Page.body).where(Page.id.in_(ids))
    return {page: (course, body) for page, course, body in session.execute(asked)}


def details_of(row: Page) -> PageDetails:
    """What a row says besides its text."""
    return PageDetails.of(row.details)


def original_of(rows: Iterable[Page]) -> Page | None:
    """Of a page in its languages the one that it was written in; None where that is not among them."""
    return next((row for row in rows if row.source_revision is None), None)


def in_force(rows: Iterable[Page], original: Page) -> list[Page]:
    """The languages of a page without those that are of an earlier version than the original is.

    Only a text that readers agree to has versions; any other page may be behind its original.
    """
    version = original.details.get("version")
    return [
        row
        for row in rows
        if not version
        or row.details.get("version") == version
        or row.source_revision in (None, original.revision)
    ]


def in_language(rows: Iterable[Page], language: str) -> Page:
    """The row in exactly the language, in one of its kin, or the original; there is an original."""
    rows = list(rows)
    exact = [row for row in rows if row.language == language]
    kin = [row for row in rows if _speaks(row, language)]
    originals = [row for row in rows if row.source_revision is None]
    return (exact or kin or originals)[0]


@cache
def _readable() -> Select[Page]:
    return (
        select(Page)
        .where(
            Page.kind == bindparam("kind"),
            Page.state != PageState.DRAFT,
            Page.published_at <= bindparam("now"),
        )
        .order_by(Page.id)
    )


@cache
def _asked() -> Select[Page]:
    return _readable().options(defer(Page.body, raiseload=True))


@cache
def _one() -> Select[Page, str | None]:
    numbers = corrected.written(bindparam("path", type_=String))
    return _readable().where(Page.slug == bindparam("slug")).add_columns(numbers)


def _speaks(row: Page, language: str) -> bool:
    return row.language.split("-")[0] == language.split("-")[0]


def _link(row: Page, now: datetime, original: Page) -> PageLink:
    return PageLink(
        id=row.id,
        kind=row.kind,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        url=f"{ADDRESSES[row.kind]}{row.slug}",
        language=row.language,
        state=reviews.standing(row.state, row.details, now.date()).state,
        position=row.position,
        evidence=tuple(row.details.get("evidence", ())),
        details=details_of(row),
        published_at=original.published_at or row.created_at,  # a translation is no later piece of news
        updated_at=row.updated_at,
    )
