"""Checklists, performances rated by them, the raters' runs with their marks, and invitations to rate."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from edu.models.gate import Audience


class Checklist(Base):
    """A list of steps to tick; `document` holds its items, each with the step id that shows it.

    A list of a video follows its video; a station stands by itself and says whether it is published. One that
    came with a course knows which.
    """

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(35), default="en")
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    video_id: Mapped[int | None] = mapped_column(ForeignKey("video.id", ondelete="SET NULL"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"), index=True)
    is_published: Mapped[bool] = mapped_column(default=False, server_default="0")
    document: Mapped[dict[str, Any]] = mapped_column(default=dict)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ChecklistPerformance(Base):
    """One person doing the technique once; all who rate it rate it by the document frozen here.

    The subject is an account, or the hash of a token in a cookie, or neither: somebody whom a rater knows by
    the `label` alone. `print` is the hash of what is rated, so that like is counted with like.
    """

    __tablename__ = "checklist_performance"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # 128 random bits in hex
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    subject_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    label: Mapped[str] = mapped_column(String(80), default="")
    document: Mapped[dict[str, Any]] = mapped_column(default=dict)
    print: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimable_until: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RaterRole(StrEnum):
    """Who rates: the performer, another learner, or an instructor."""

    SELF = "self"
    PEER = "peer"
    TEACHER = "teacher"


class RunState(StrEnum):
    """Where a rating stands."""

    OPEN = "open"
    FINISHED = "finished"


class ChecklistRun(Base):
    """One rater's pass over one performance. Its id is made by the page that begins it, so none begins twice.

    `round` is 2 where the performer rates anew after watching the video, else 1.
    """

    __tablename__ = "checklist_run"
    __table_args__ = (
        CheckConstraint("rater_id IS NOT NULL OR rater_hash IS NOT NULL", name="has_rater"),
        UniqueConstraint("performance_id", "rater_id", "round"),
        UniqueConstraint("performance_id", "rater_hash", "round"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # a UUID in hex
    performance_id: Mapped[str] = mapped_column(
        ForeignKey("checklist_performance.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[RaterRole] = mapped_column(enum_column(RaterRole))
    round: Mapped[int] = mapped_column(default=1)
    rater_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    rater_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.OPEN)
    elapsed_ms: Mapped[int | None]
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ChecklistMark(Base):
    """What a rater said last about one thing: an item, a rating, a branch, or the whole (see `entries`).

    `at_ms` is the time since the clock was started, `recording_ms` the place in the recording of the
    performance. An older revision never overwrites a newer one.
    """

    __tablename__ = "checklist_mark"

    run_id: Mapped[str] = mapped_column(ForeignKey("checklist_run.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(72), primary_key=True)
    value: Mapped[int | None]
    at_ms: Mapped[int | None]
    recording_ms: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    rev: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class InvitePurpose(StrEnum):
    """What a link to a performance is for."""

    RATE = "rate"  # its bearer rates it
    CLAIM = "claim"  # its bearer is the one who performed


class ChecklistInvite(Base):
    """A link to a performance that works once and not for long; only the hash of its token is kept."""

    __tablename__ = "checklist_invite"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    performance_id: Mapped[str] = mapped_column(
        ForeignKey("checklist_performance.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[InvitePurpose] = mapped_column(enum_column(InvitePurpose))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
