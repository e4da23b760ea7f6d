"""What a learner does with a film: what was watched of it, where it was left, and notes at its moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, JSONValue, UTCDateTime


class Watching(Base):
    """What one account has truly watched of a video, and where it stopped; times of the film `film`.

    `spans` is the union of what was played, as sorted pairs of milliseconds. Time that was played is believed
    only as far as the wall clock allows: `allowed_ms` is what may still be told, as of `told_at`.
    """

    __tablename__ = "watching"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    video_id: Mapped[int] = mapped_column(
        ForeignKey("video.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    film: Mapped[int]
    spans: Mapped[list[Any]] = mapped_column(JSONValue, default=list)
    played_ms: Mapped[int] = mapped_column(default=0)  # all that was played, what was repeated included
    place_ms: Mapped[int] = mapped_column(default=0)
    placed_at: Mapped[datetime] = mapped_column(UTCDateTime)  # by the server's clock: the latest device wins
    allowed_ms: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime] = mapped_column(UTCDateTime)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Note(Base):
    """A learner's own words at a moment of a film, seen by nobody else; without words a bookmark.

    `uid` is made where the note is written, so that a note sent twice is kept once.
    """

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("user_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(36))
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)
    film: Mapped[int]  # number of the film whose time `at_ms` tells
    at_ms: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
