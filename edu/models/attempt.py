"""Attempts at quizzes, their frozen slots, the answers given and the marks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, JSONValue, UTCDateTime, enum_column


class AttemptState(StrEnum):
    """Where an attempt stands."""

    OPEN = "open"
    SUBMITTED = "submitted"  # handed in; its marks are written in the same transaction
    EXPIRED = "expired"  # its time ended before it was handed in; what was saved is marked
    ABANDONED = "abandoned"


_OPEN = text("state = 'open'")


class Attempt(Base):
    """One learner's go at a quiz version; the owner is an account, or the hash of a token in a cookie."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("user_id IS NOT NULL OR owner_hash IS NOT NULL", name="has_owner"),
        UniqueConstraint("user_id", "quiz_version_id", "number"),
        UniqueConstraint("owner_hash", "quiz_version_id", "number"),
        Index("uq_attempt_open_user", "user_id", "quiz_version_id", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
        Index("uq_attempt_open_owner", "owner_hash", "quiz_version_id", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # 128 random bits in hex
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    owner_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    quiz_version_id: Mapped[int] = mapped_column(ForeignKey("quiz_version.id"), index=True)
    number: Mapped[int]
    seed: Mapped[int]
    state: Mapped[AttemptState] = mapped_column(enum_column(AttemptState), default=AttemptState.OPEN)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    claimable_until: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AttemptSlot(Base):
    """A question as drawn for this attempt: version and option order stay, whatever is edited later."""

    __tablename__ = "attempt_slot"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    option_order: Mapped[list[Any]] = mapped_column(JSONValue)
    max_mark: Mapped[float] = mapped_column(default=1.0)
    hints: Mapped[int] = mapped_column(default=0)  # how many were asked for
    # The place of the question that this one was given after, to try a similar one. It counts for nothing.
    sibling_of: Mapped[int | None]
    # Practice mode marks a question as soon as it is answered; from then on its answer is closed.
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Response(Base):
    """The latest answer to a slot; an older revision never overwrites a newer one."""

    __tablename__ = "response"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    rev: Mapped[int]
    body: Mapped[Any] = mapped_column(JSONValue)
    certainty: Mapped[int | None]  # 1, 2 or 3, where it was asked and is not part of the answer itself
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ResponseEvent(Base):
    """Each answer that was kept, in the order of coming: for the audit of a dispute, for 90 days."""

    __tablename__ = "response_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    rev: Mapped[int]
    body: Mapped[Any] = mapped_column(JSONValue)
    certainty: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class ClipWatch(Base):
    """That the step behind a question was played from a result or an explanation, and how much of it."""

    __tablename__ = "clip_watch"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(64))
    length_ms: Mapped[int]
    watched_ms: Mapped[int]
    times: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Grading(Base):
    """A mark for a slot under one revision of the key (0: the version's own). Marking anew adds a row."""

    __tablename__ = "grading"
    __table_args__ = (UniqueConstraint("attempt_id", "position", "key_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    key_number: Mapped[int] = mapped_column(default=0)
    fraction: Mapped[float]
    certainty_mark: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    graded_at: Mapped[datetime] = mapped_column(UTCDateTime)
