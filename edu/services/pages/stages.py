"""Stages: how a page is called in the studio, and who may work on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Forbidden, NotFound
from edu.models import Audience, Page, PageKind, PageState
from edu.policy import Action, Facts, Viewer, can, require
from edu.services import reviews

TERMS = "terms"
SITE_PAGES = ("about", TERMS, "privacy", "accessibility")
"""The pages of the site itself that have an address."""


class Stage(StrEnum):
    """How far a page is, as its makers see it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # it comes out by itself
    UNDER_CONSTRUCTION = "under_construction"
    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs_review"


def stage(row: Page, now: datetime) -> Stage:
    """How far the page is at this moment."""
    if row.state is PageState.DRAFT:
        return Stage.DRAFT
    if row.published_at is None or row.published_at > now:
        return Stage.SCHEDULED
    return Stage(reviews.standing(row.state, row.details, now.date()).state.value)


def facts(row: Page) -> Facts:
    """What the policy asks of a page. Those of the site itself are nobody's own, so administrators' alone."""
    owner = None if row.kind is PageKind.SITE else row.owner_id
    return Facts(Audience.OPEN, row.state is not PageState.DRAFT, owner)


def is_editable(viewer: Viewer, row: Page) -> bool:
    """Whether the viewer may change the page."""
    return can(viewer, Action.EDIT, facts(row))


def mine(session: Session, viewer: Viewer, page_id: int, *, locked: bool = False) -> Page:
    """A page that the viewer may change; NotFound, or Forbidden for somebody else's."""
    row = session.get(Page, page_id, with_for_update=locked or None, populate_existing=locked)
    if row is None:
        raise NotFound("there is no such page")
    require(viewer, Action.EDIT, facts(row))
    return row


def require_kind(viewer: Viewer, kind: PageKind) -> None:
    """Forbidden for an instructor who would write a page of the site itself."""
    if kind is PageKind.SITE and not viewer.is_administrator:
        raise Forbidden("the pages of the site itself are for administrators")


def is_terms(row: Page) -> bool:
    """Whether the page is the text that accounts agree to."""
    return row.kind is PageKind.SITE and row.slug == TERMS


def original_of(session: Session, row: Page) -> Page | None:
    """What a translation was made from; None for an original, and where that is gone."""
    if row.source_revision is None:
        return None
    asked = select(Page).where(
        Page.kind == row.kind, Page.slug == row.slug, Page.source_revision.is_(None), Page.id != row.id
    )
    return session.scalar(asked)


def translations_of(session: Session, row: Page) -> list[Page]:
    """The translations of an original, by language."""
    asked = select(Page).where(
        Page.kind == row.kind, Page.slug == row.slug, Page.source_revision.is_not(None), Page.id != row.id
    )
    return list(session.scalars(asked.order_by(Page.language)))
