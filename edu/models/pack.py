"""Lesson packs: which questions went out in a file that opens from a disk, and the answers that came home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, JSONValue, UTCDateTime


class Pack(Base):
    """One pack as it was made; `slots` are the frozen questions of each quiz, as an attempt has them."""

    __tablename__ = "pack"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # 128 random bits in hex
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), index=True)
    slots: Mapped[list[Any]] = mapped_column(JSONValue, default=list)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PackReturn(Base):
    """Answers that came back from a pack and the attempt they became; the same file twice is one attempt."""

    __tablename__ = "pack_return"
    __table_args__ = (UniqueConstraint("pack_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(36))  # made by the pack when its quiz was begun
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    returned_at: Mapped[datetime] = mapped_column(UTCDateTime)
