"""Courses, modules and lessons."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, UTCDateTime, enum_column
from edu.models.gate import Audience
from edu.models.video import Video


class PageState(StrEnum):
    """What a reader is told about a page."""

    DRAFT = "draft"  # seen in the studio only
    UNDER_CONSTRUCTION = "under_construction"
    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs_review"


class Course(Base):
    """A course: a list of modules with its notices."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(35), default="en")
    summary: Mapped[str] = mapped_column(Text, default="")
    evidence_summary: Mapped[str] = mapped_column(Text, default="")  # Markdown
    state: Mapped[PageState] = mapped_column(enum_column(PageState), default=PageState.DRAFT)
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    notices: Mapped[dict[str, Any]] = mapped_column(default=dict)  # code -> {"text", "version", …}
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    modules: Mapped[list[Module]] = relationship(back_populates="course", order_by="Module.position")


class Module(Base):
    """A part of a course."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("course_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    minutes: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the course file says besides

    course: Mapped[Course] = relationship(back_populates="modules")
    lessons: Mapped[list[Lesson]] = relationship(back_populates="module", order_by="Lesson.position")


class Lesson(Base):
    """A page of a course: text in Markdown, perhaps a video, perhaps a self-assessment."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("course_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(35), default="en")
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    state: Mapped[PageState] = mapped_column(enum_column(PageState), default=PageState.DRAFT)
    minutes: Mapped[int] = mapped_column(default=0)
    objectives: Mapped[list[Any]] = mapped_column(default=list)
    evidence: Mapped[list[Any]] = mapped_column(default=list)  # grade tags, such as "C" and "?"
    video_id: Mapped[int | None] = mapped_column(ForeignKey("video.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the course file says besides
    revision: Mapped[int] = mapped_column(default=1)  # raised by each edit; guards against two editors
    publish_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a draft that comes out by itself then
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    module: Mapped[Module] = relationship(back_populates="lessons")
    video: Mapped[Video | None] = relationship()

    @property
    def is_published(self) -> bool:
        """Whether learners can find it."""
        return self.state is not PageState.DRAFT


class LessonTranslation(Base):
    """The words of a lesson in another language; place, film, audience and questions are the lesson's own.

    It was made from the lesson as it stood at `source_revision`: behind a lesson that is further on it is
    stale. A review of the lesson is none of its translation, which has a state of its own.
    """

    __tablename__ = "lesson_translation"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[PageState] = mapped_column(enum_column(PageState), default=PageState.DRAFT)
    source_revision: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    revision: Mapped[int] = mapped_column(default=1)  # raised by each edit; guards against two editors
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
