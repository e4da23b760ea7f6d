"""The words of a course's subject."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base


class Term(Base):
    """A word of a course's subject: its accepted spelling, its mis-hearings, what it means."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("course_id", "language", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35), default="en")
    text: Mapped[str] = mapped_column(String(120))
    misheard: Mapped[list[Any]] = mapped_column(default=list)
    meaning: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)  # raised by each edit; guards against two editors
    slug: Mapped[str] = mapped_column(String(120), default="")  # of its page in the glossary; empty: none
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # other names, references, a longer text
