"""Films of a video: which original is shown and how it is cut, and the text that came inside the file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from edu.models.track import TrackKind


class FilmState(StrEnum):
    """Where a film stands: asked for, shown, or given up."""

    WAITING = "waiting"
    SHOWN = "shown"  # also of those that a later one has replaced
    DROPPED = "dropped"


class Timing(StrEnum):
    """How the times of another original follow from those of the one before."""

    SOUND = "sound"  # found by comparing the two sounds
    SAME = "same"
    SHIFT = "shift"
    ANEW = "anew"  # nothing follows: everything is flagged
    BACK = "back"  # of a film that is brought back: all is as it was when that was shown


class Film(Base):
    """An original with an edit (media.Edit as a document); numbers count up, none is changed once shown.

    Going back is a new film with the original and the edit of an earlier one.
    """

    __tablename__ = "film"
    __table_args__ = (UniqueConstraint("video_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"))
    number: Mapped[int]
    original_key: Mapped[str] = mapped_column(String(200))
    original_name: Mapped[str] = mapped_column(String(255), default="")
    original_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    original_sha256: Mapped[str] = mapped_column(String(64), default="")
    edit: Mapped[dict[str, Any]] = mapped_column(default=dict)
    timing: Mapped[Timing] = mapped_column(enum_column(Timing), default=Timing.SAME)
    shift_ms: Mapped[int] = mapped_column(default=0)
    is_urgent: Mapped[bool] = mapped_column(default=False)  # the version before it goes at once
    state: Mapped[FilmState] = mapped_column(enum_column(FilmState), default=FilmState.WAITING)
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what moved with it, what to look at
    note: Mapped[str] = mapped_column(String(300), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TrackOffer(Base):
    """Subtitles or chapters that lay inside a file, as WebVTT; taken over as a track, or left."""

    __tablename__ = "track_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TrackKind] = mapped_column(enum_column(TrackKind))
    language: Mapped[str] = mapped_column(String(35), default="")
    label: Mapped[str] = mapped_column(String(80), default="")
    count: Mapped[int] = mapped_column(default=0)
    document: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
