"""Certificates of a path, and the terms that an account agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime


class Certificate(Base):
    """What one person learnt on one path, as it was on the day it was given out.

    Everything that its page says is kept here: later changes of the course change no certificate. `id` is its
    secret address; who has it can check it. `withdrawn_at` with a reason: an error was found in it.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("user_id", "course_id", "path"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"))
    path: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))  # of the person, as they wanted it written
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(35), default="en")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what was met, asked and left out
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")


class TermsAcceptance(Base):
    """That an account agreed to one version of the terms."""

    __tablename__ = "terms_acceptance"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)  # revision of the page of the terms
    language: Mapped[str] = mapped_column(String(35), default="en")
    accepted_at: Mapped[datetime] = mapped_column(UTCDateTime)
