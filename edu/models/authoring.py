"""What stood in lessons and in the glossary before, and who was asked to review a page."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column


class LessonVersion(Base):
    """A lesson as it stood at one revision: what was read then, for comparing and for bringing back."""

    __tablename__ = "lesson_version"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # state, evidence, objectives, audience
    note: Mapped[str] = mapped_column(String(200), default="")  # why it was changed
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TermVersion(Base):
    """A word of the glossary as it stood at one revision."""

    __tablename__ = "term_version"

    term_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")  # its meaning, in a sentence
    body: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # other names, references
    note: Mapped[str] = mapped_column(String(200), default="")
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReviewSubject(StrEnum):
    """What can be reviewed."""

    LESSON = "lesson"
    MODULE = "module"
    PAGE = "page"
    TERM = "term"


class ReviewDecision(StrEnum):
    """What became of a request."""

    SIGNED = "signed"
    RETURNED = "returned"  # with remarks: it is to be changed first
    WITHDRAWN = "withdrawn"  # by who asked, or since the thing was changed or deleted


class ReviewRequest(Base):
    """A request that a second clinician read a page as it stood at one revision, and what they decided.

    A signature holds for that revision only. `reviewer` and `interests` are what the person wrote of
    themselves when signing; nothing fills them in for anybody.
    """

    __tablename__ = "review_request"
    __table_args__ = (
        Index("ix_review_request_subject", "subject", "subject_id"),
        Index("ix_review_request_decision", "decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[ReviewSubject] = mapped_column(enum_column(ReviewSubject))
    subject_id: Mapped[int]
    revision: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decision: Mapped[ReviewDecision | None] = mapped_column(enum_column(ReviewDecision))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    remarks: Mapped[str] = mapped_column(Text, default="")
    reviewer: Mapped[str] = mapped_column(String(200), default="")
    interests: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(Date)  # the last day on which the signature counts
