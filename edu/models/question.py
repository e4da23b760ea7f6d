"""Questions and their versions; what a learner may see and what decides the mark lie in different columns."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from edu.db import Base, JSONValue, UTCDateTime, enum_column
from edu.models.gate import Audience


class VersionStatus(StrEnum):
    """Whether a version may be asked."""

    DRAFT = "draft"
    READY = "ready"
    RETIRED = "retired"


class Question(Base):
    """A question under a lasting id; its words are in its versions."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class QuestionVersion(Base):
    """One wording of a question. Once ready it is never changed: an attempt points to it."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]] = mapped_column(JSONValue)
    # Deferred: a query that does not ask for the key by name cannot leak it.
    secret: Mapped[dict[str, Any]] = deferred(mapped_column(JSONValue), raiseload=True)
    status: Mapped[VersionStatus] = mapped_column(enum_column(VersionStatus), default=VersionStatus.READY)
    content_hash: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class KeyRevision(Base):
    """A corrected key of a version: the words stay, the marks are given anew."""

    __tablename__ = "key_revision"
    __table_args__ = (UniqueConstraint("question_version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id", ondelete="CASCADE"))
    number: Mapped[int]
    secret: Mapped[dict[str, Any]] = deferred(mapped_column(JSONValue), raiseload=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
