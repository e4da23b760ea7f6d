"""Text tracks of a video with their versions, and the steps that chapters name."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column


class TrackKind(StrEnum):
    """What a track is for; the words of the HTML track element."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"
    CHAPTERS = "chapters"
    DESCRIPTIONS = "descriptions"
    METADATA = "metadata"


PUT_BY = "kept"
"""The note of a version that is a working copy put by: it was never served. Pages have words for it."""


class Track(Base):
    """A text track in one language; its text is the WebVTT document of the current version."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("video_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"))
    kind: Mapped[TrackKind] = mapped_column(enum_column(TrackKind))
    language: Mapped[str] = mapped_column(String(35))
    label: Mapped[str] = mapped_column(String(80), default="")
    current: Mapped[int] = mapped_column(default=0)  # number of the version that is served
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TrackVersion(Base):
    """What a track said at one time. Versions are added and never changed, so any can be brought back."""

    __tablename__ = "track_version"
    __table_args__ = (UniqueConstraint("track_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(300), default="")
    findings: Mapped[list[Any]] = mapped_column(default=list)  # what reading the file repaired and lost
    film: Mapped[int] = mapped_column(default=0)  # number of the film whose times it tells
    aside: Mapped[list[Any]] = mapped_column(default=list)  # cues that the film leaves out
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Step(Base):
    """A step id that was given once, such as V1-c05; never given again, even when its chapter is gone."""

    __tablename__ = "step"

    identifier: Mapped[str] = mapped_column(String(40), primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    start_ms: Mapped[int | None]  # None: its chapter is gone
    end_ms: Mapped[int | None]
    is_mirrored: Mapped[bool] = mapped_column(default=False)  # shown from the other side unless one chooses
