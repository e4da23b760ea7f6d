"""Pages outside courses: news, stories, open questions, contributors, and what the site says of itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from edu.models.course import PageState


class PageKind(StrEnum):
    """What a page is, and with that where it stands."""

    NEWS = "news"  # /news/<slug>
    STORY = "story"  # /stories/<slug>
    QUESTION = "question"  # an open question of research: /questions/<slug>
    CONTRIBUTOR = "contributor"  # /contributors/<slug>
    SITE = "site"  # /about, /terms and their like


class Page(Base):
    """A page in one language; the same kind and slug in another language is its translation.

    `details` holds what only its kind has. A translation notes in `source_revision` which revision of the
    original it was made from: with an original that is further on, it is stale. Readers find a page that is
    no draft once `published_at` has come.
    """

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("kind", "slug", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PageKind] = mapped_column(enum_column(PageKind))
    slug: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(35), default="en")
    source_revision: Mapped[int | None]  # None: an original
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")  # Markdown
    state: Mapped[PageState] = mapped_column(enum_column(PageState), default=PageState.DRAFT)
    position: Mapped[int] = mapped_column(default=0)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    revision: Mapped[int] = mapped_column(default=1)  # raised by each edit; guards against two editors
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PageVersion(Base):
    """A page as it stood at one revision: what was read then, for comparing and for bringing back."""

    __tablename__ = "page_version"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(String(200), default="")  # why it was changed
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
