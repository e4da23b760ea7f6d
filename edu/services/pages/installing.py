"""Pages of a course: installed from its files, each revision kept, and read back as those files say them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware import course as files
from edu.courseware import page_details
from edu.courseware.pages import page_path, page_text
from edu.courseware.source import source_hash
from edu.models import Page, PageKind, PageState, PageVersion
from edu.services.ledger import Ledger

NOTE = "course file"
FOLLOWS = "follows"  # of a version of a translation: the revision of its original that it was made from


def take_all(
    session: Session, ledger: Ledger, entries: tuple[files.Page, ...], course_id: int, now: datetime
) -> None:
    """Install the pages of a course, originals before what translates them."""
    for entry in sorted(entries, key=lambda page: page.is_translation):
        take(session, ledger, entry, course_id, now)


def take(session: Session, ledger: Ledger, entry: files.Page, course_id: int, now: datetime) -> None:
    """Install a page unless it was changed here since. A translation is taken to be one of what is there."""

    def row_hash() -> str | None:
        row = _row(session, entry)
        # that its original went on is not a change of the translation
        return source_hash(page_text(replace(_record(row), is_stale=False))) if row else None

    def write() -> None:
        row = _row(session, entry)
        if row is None:
            row = Page(kind=PageKind(entry.kind.value), slug=entry.slug, language=entry.language)
            row.course_id, row.revision, row.created_at = course_id, 1, now
            session.add(row)
        else:
            row.revision += 1
        row.title, row.summary, row.body = entry.title, entry.summary, entry.body
        row.state, row.position = PageState[entry.state.name], entry.position
        row.published_at, row.updated_at = entry.published_at, now
        row.details = _details(entry)
        if entry.is_translation:
            original = _original(session, row)
            row.source_revision = (original.revision if original else 1) - entry.is_stale
        session.flush()
        keep(session, row, note=NOTE, now=now)

    ledger.take(entry.source.path, entry.source.hash, row_hash, write)


def keep(session: Session, row: Page, *, note: str, now: datetime, maker_id: int | None = None) -> None:
    """Keep the page as it stands now as the version of its revision; each edit raises the revision first.

    Its details say from when it was there to be read as well: by that a version of the terms is dated. And of
    a translation, which revision of its original it followed.
    """
    version = PageVersion(page_id=row.id, revision=row.revision, title=row.title, summary=row.summary)
    since = {"published": row.published_at.isoformat()} if row.published_at else {}
    follows = {FOLLOWS: row.source_revision} if row.source_revision is not None else {}
    version.body, version.details, version.note = row.body, {**row.details, **since, **follows}, note
    version.maker_id, version.made_at = maker_id, now
    session.add(version)


def of_course(session: Session, course_id: int) -> tuple[files.Page, ...]:
    """The pages of a course, as its files say them now."""
    rows = session.scalars(select(Page).where(Page.course_id == course_id)).all()
    revisions = {(row.kind, row.slug): row.revision for row in rows if row.source_revision is None}
    records = [_record(row, revisions.get((row.kind, row.slug))) for row in rows]
    kinds = list(page_details.PageKind)
    return tuple(sorted(records, key=lambda p: (kinds.index(p.kind), p.position, p.slug, p.is_translation)))


def _row(session: Session, entry: files.Page) -> Page | None:
    return session.scalar(
        select(Page).where(
            Page.kind == PageKind(entry.kind.value), Page.slug == entry.slug, Page.language == entry.language
        )
    )


def _original(session: Session, row: Page) -> Page | None:
    return session.scalar(
        select(Page).where(Page.kind == row.kind, Page.slug == row.slug, Page.source_revision.is_(None))
    )


def _details(entry: files.Page) -> dict[str, Any]:
    details = entry.details.plain()
    if entry.evidence:
        details["evidence"] = [grade.value for grade in entry.evidence]
    if entry.review is not None:
        details["review"] = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(entry.review).items()
        }
    return details


def _record(row: Page, original_revision: int | None = None) -> files.Page:
    """A row as its file says it; with the revision of its original, whether it is behind it."""
    source = row.source_revision
    page = files.Page(
        kind=page_details.PageKind(row.kind.value),
        slug=row.slug,
        title=row.title,
        language=row.language,
        summary=row.summary,
        body=row.body,
        source=files.Source("", ""),
        state=files.PageState[row.state.name],
        published_at=row.published_at,
        position=row.position,
        evidence=tuple(files.Grade(grade) for grade in row.details.get("evidence", ())),
        details=page_details.PageDetails.of(row.details),
        is_translation=source is not None,
        is_stale=source is not None and original_revision is not None and source < original_revision,
        review=_review(row.details.get("review")),
    )
    return replace(page, source=files.Source(page_path(page), ""))


def _review(entry: dict[str, Any] | None) -> files.Review | None:
    if entry is None:
        return None
    dates = {name: date.fromisoformat(entry[name]) for name in ("reviewed_on", "due_on")}
    return files.Review(**{**entry, **dates})
