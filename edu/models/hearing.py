"""What the sound and picture of a video say by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime


class Hearing(Base):
    """What the sound and picture of a video's version say by themselves: speech and cuts, in milliseconds."""

    __tablename__ = "hearing"

    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str] = mapped_column(String(64))  # of the package it was found in
    speech: Mapped[list[Any]] = mapped_column(default=list)  # [[start, end], …]
    cuts: Mapped[list[Any]] = mapped_column(default=list)
    duration_ms: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
