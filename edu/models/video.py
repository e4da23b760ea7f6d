"""Videos, and the files made from them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from edu.models.gate import Audience


class VideoState(StrEnum):
    """How far the work on an upload has come, as people see it."""

    RECEIVED = "received"
    CHECKING = "checking"
    WATCHABLE = "watchable"
    IMPROVING = "improving"
    READY = "ready"
    FAILED = "failed"


class Visibility(StrEnum):
    """Who can find a video, apart from its audience."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Video(Base):
    """A technique video: the uploaded original, and what is served of it under `version`."""

    __tablename__ = "video"
    __table_args__ = (
        Index(
            "uq_video_code",
            "code",
            unique=True,
            sqlite_where=text("code <> ''"),
            postgresql_where=text("code <> ''"),
        ),
        {"sqlite_autoincrement": True},  # step ids such as v7-c01 hold the id: it must never be given again
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    code: Mapped[str] = mapped_column(String(20), default="")  # prefix of its step ids: V1 of V1-c05
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(35), default="en")
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility), default=Visibility.DRAFT)
    state: Mapped[VideoState] = mapped_column(enum_column(VideoState), default=VideoState.RECEIVED)
    state_at: Mapped[datetime] = mapped_column(UTCDateTime)
    problem: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"code", "sentence", "parameters"}
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    original_key: Mapped[str] = mapped_column(String(200))
    original_name: Mapped[str] = mapped_column(String(255), default="")
    original_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    original_sha256: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[str] = mapped_column(String(40), default="")  # of the package now served; empty: none yet
    duration_ms: Mapped[int] = mapped_column(default=0)
    teaching_ms: Mapped[int] = mapped_column(default=0)  # what counts for coverage; 0: all of it
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    frame_rate: Mapped[str] = mapped_column(String(20), default="")  # a fraction such as 30000/1001
    poster: Mapped[str] = mapped_column(String(120), default="")  # the file chosen; empty: poster.jpg
    poster_ms: Mapped[int | None]  # the moment it shows, by which it is found again in a later version
    is_wordless: Mapped[bool] = mapped_column(default=False)  # its maker says that nobody speaks in it
    may_download: Mapped[bool] = mapped_column(default=False)
    film: Mapped[int] = mapped_column(default=0)  # number of the Film that is served; 0: the first, uncut
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # voice, author, credits, licence …
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_playable(self) -> bool:
        """Whether there is something to watch."""
        return bool(self.version)

    @property
    def is_published(self) -> bool:
        """Whether people other than its makers may see it."""
        return self.visibility is Visibility.PUBLISHED


class SignFilm(Base):
    """The film in which a video is told in sign language; it begins and runs with the video."""

    __tablename__ = "sign_film"

    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), primary_key=True)
    shown_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)


class VideoFile(Base):
    """One file made from a video: what the media route may hand out, by name, and the key it stands for."""

    __tablename__ = "video_file"
    __table_args__ = (UniqueConstraint("video_id", "version", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(
        String(32)
    )  # master, playlist, rendition, poster, storyboard, waveform, report
    key: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(80))
    bytes: Mapped[int] = mapped_column(BigInteger)
    detail: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # of a rendition: width, height, bandwidth, codecs
