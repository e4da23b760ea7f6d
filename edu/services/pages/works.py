"""Pages as the studio shows them: the list, and one with its form, its translations and its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from edu.courseware.page_details import PageDetails
from edu.models import Page, PageKind, User
from edu.policy import Viewer
from edu.services import reviews
from edu.services.authoring import reviewing
from edu.services.authoring.reviewing import Waiting
from edu.services.pages import editing, forms, related, stages, translating
from edu.services.pages.finding import ADDRESSES
from edu.services.pages.forms import PageForm
from edu.services.pages.stages import Stage
from edu.services.pages.translating import Original
from edu.services.reviews import Review


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation in a list."""

    id: int
    language: str
    stage: Stage
    is_stale: bool
    is_editable: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PageRow:
    """An original in the list with its translations. `owner` is empty for what came with a course."""

    id: int
    kind: PageKind
    title: str
    language: str
    stage: Stage
    url: str
    published_at: datetime | None
    updated_at: datetime
    is_editable: bool
    is_mine: bool
    owner: str
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page in the studio. `names` are the details of its form, `course_id` is where it looks up sources.

    `version` is that of the terms, and `next_version` the one that other words of them make; "" for others.
    """

    id: int
    kind: PageKind
    title: str
    language: str
    url: str
    stage: Stage
    published_at: datetime | None
    revision: int
    form: PageForm
    names: tuple[str, ...]
    course_id: int
    is_medical: bool
    is_dated: bool
    is_ordered: bool
    is_deletable: bool
    version: str
    next_version: str
    review: Review | None
    request: Waiting | None  # the last one for a review of it
    is_translation: bool
    original: Original | None
    translations: tuple[Translation, ...]


def listed(
    session: Session, viewer: Viewer, now: datetime, kind: PageKind | None = None
) -> tuple[PageRow, ...]:
    """All pages of a kind, or of all, drafts too: those that were changed last first."""
    asked = select(Page, User.name).outerjoin(User, User.id == Page.owner_id)
    if kind is not None:
        asked = asked.where(Page.kind == kind)
    rows = session.execute(asked.order_by(Page.updated_at.desc(), Page.id).options(defer(Page.body))).all()
    by_original: dict[tuple[PageKind, str], list[Page]] = {}
    for row, _ in rows:
        if row.source_revision is not None:
            by_original.setdefault((row.kind, row.slug), []).append(row)
    return tuple(
        _row(viewer, row, name or "", by_original.get((row.kind, row.slug), []), now)
        for row, name in rows
        if row.source_revision is None
    )


def mine(session: Session, viewer: Viewer, now: datetime) -> tuple[PageRow, ...]:
    """The originals of one's own, and those of which one wrote a translation."""
    return tuple(
        row
        for row in listed(session, viewer, now)
        if row.is_mine or any(translation.is_mine for translation in row.translations)
    )


def page(session: Session, viewer: Viewer, page_id: int, now: datetime) -> PageWork:
    """A page with its form as it stands; NotFound, or Forbidden for somebody else's."""
    row = stages.mine(session, viewer, page_id)
    is_translation = row.source_revision is not None
    is_terms = stages.is_terms(row) and not is_translation
    asked = reviewing.last_request(session, row)
    return PageWork(
        id=row.id,
        kind=row.kind,
        title=row.title,
        language=row.language,
        url=f"{ADDRESSES[row.kind]}{row.slug}",
        stage=stages.stage(row, now),
        published_at=row.published_at,
        revision=row.revision,
        form=forms.of_row(row),
        names=forms.names_of(row.kind, is_translation=is_translation),
        course_id=related.library_of(session, row.course_id),
        is_medical=PageDetails.of(row.details).is_medical,
        is_dated=row.kind is not PageKind.SITE,
        is_ordered=row.kind in forms.ORDERED and not is_translation,
        is_deletable=editing.is_deletable(row),
        version=PageDetails.of(row.details).version if is_terms else "",
        next_version=editing.next_version(row) if is_terms and stages.stage(row, now) != Stage.DRAFT else "",
        review=reviews.recorded(row.details),
        request=reviewing.page(session, viewer, asked.id) if asked else None,
        is_translation=is_translation,
        original=translating.original_view(session, row),
        translations=() if is_translation else _translations(session, viewer, row, now),
    )


def _translations(session: Session, viewer: Viewer, row: Page, now: datetime) -> tuple[Translation, ...]:
    return tuple(_translation(viewer, row, other, now) for other in stages.translations_of(session, row))


def _translation(viewer: Viewer, original: Page, row: Page, now: datetime) -> Translation:
    is_stale = (row.source_revision or 0) < original.revision
    is_mine = row.owner_id is not None and row.owner_id == viewer.user_id
    return Translation(
        row.id, row.language, stages.stage(row, now), is_stale, stages.is_editable(viewer, row), is_mine
    )


def _row(viewer: Viewer, row: Page, owner: str, others: list[Page], now: datetime) -> PageRow:
    return PageRow(
        id=row.id,
        kind=row.kind,
        title=row.title,
        language=row.language,
        stage=stages.stage(row, now),
        url=f"{ADDRESSES[row.kind]}{row.slug}",
        published_at=row.published_at,
        updated_at=row.updated_at,
        is_editable=stages.is_editable(viewer, row),
        is_mine=row.owner_id is not None and row.owner_id == viewer.user_id,
        owner=owner,
        translations=tuple(
            _translation(viewer, row, other, now) for other in sorted(others, key=lambda one: one.language)
        ),
    )
