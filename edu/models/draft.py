"""Working copies of text tracks, and caption files that are looked at before they are taken."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from edu.models.track import TrackKind


class DraftOrigin(StrEnum):
    """Where a working copy came from; pages have words for it."""

    TRACK = "track"  # the version that is served
    EMPTY = "empty"
    SCRIPT = "script"  # a person's words, timed by the sound
    MACHINE = "machine"  # recognised: a person has read none of it
    FILE = "file"
    TRANSLATION = "translation"  # the times of another track, its text beside


class TrackDraft(Base):
    """The working copy of a track: what its editors see, saved as they type, served to nobody.

    `rows` are its cues in the order of time: {"key", "revision", "start", "end", "text", "identifier",
    "settings"}; a row's revision is that of the draft when it was last changed, by which two people who edit
    different cues do not disturb each other. `gone` tells, by key, the revision at which a cue was removed.
    """

    __tablename__ = "track_draft"

    track_id: Mapped[int] = mapped_column(ForeignKey("track.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    based_on: Mapped[int] = mapped_column(default=0)  # number of the version it began from; 0: none
    film: Mapped[int] = mapped_column(default=0)  # number of the film whose times it tells
    origin: Mapped[DraftOrigin] = mapped_column(enum_column(DraftOrigin), default=DraftOrigin.TRACK)
    rows: Mapped[list[Any]] = mapped_column(default=list)
    gone: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of how it was made: untimed words, …
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # the last
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TrackImport(Base):
    """A caption file that is looked at before it is taken: its bytes, so that it can be read anew."""

    __tablename__ = "track_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TrackKind] = mapped_column(enum_column(TrackKind))
    language: Mapped[str] = mapped_column(String(35))
    label: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(300), default="")  # of the file
    data: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
