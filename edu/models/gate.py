"""The professional gate: who a thing is for, and who has declared to be a professional."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime


class Audience(StrEnum):
    """Whom a module, lesson, video, question, checklist or file is for."""

    OPEN = "open"
    PRO = "pro"


class Declaration(Base):
    """A logged self-declaration: by an account, or by a visitor known by the hash of a random cookie."""

    __tablename__ = "declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    visitor_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    profession: Mapped[str] = mapped_column(String(60))
    text_version: Mapped[str] = mapped_column(String(40))
    declared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
