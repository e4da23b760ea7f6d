"""Recordings of their own practice that learners hand in, and what instructors say to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column


class HandInState(StrEnum):
    """How far a recording has come: it arrives, is made ready for browsers, can be watched, or cannot."""

    ARRIVING = "arriving"
    CHECKING = "checking"
    READY = "ready"
    FAILED = "failed"


class HandIn(Base):
    """A learner's recording beside the teacher's film, for its instructors' eyes only.

    `consent` holds what the learner confirmed about whoever is seen in it: the version of the words and when.
    The recording shows at `own_ms` what the film shows at `film_ms`.
    """

    __tablename__ = "hand_in"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # 128 random bits in hex
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)
    film: Mapped[int]
    step: Mapped[str] = mapped_column(String(40), default="")  # which chapter was practised; empty: all
    state: Mapped[HandInState] = mapped_column(enum_column(HandInState), default=HandInState.ARRIVING)
    problem: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"code", "sentence", "parameters"}
    original_key: Mapped[str] = mapped_column(String(200), default="")
    file_key: Mapped[str] = mapped_column(String(200), default="")  # what browsers play; empty: none yet
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    duration_ms: Mapped[int] = mapped_column(default=0)
    own_ms: Mapped[int] = mapped_column(default=0)
    film_ms: Mapped[int] = mapped_column(default=0)
    consent: Mapped[dict[str, Any]] = mapped_column(default=dict)
    performance_id: Mapped[str | None] = mapped_column(
        ForeignKey("checklist_performance.id", ondelete="SET NULL"), index=True
    )  # the learner's own rating of it
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class HandInRemark(Base):
    """What somebody says to a moment of a handed-in recording; times are those of the recording."""

    __tablename__ = "hand_in_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    hand_in_id: Mapped[str] = mapped_column(ForeignKey("hand_in.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at_ms: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
