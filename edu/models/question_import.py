"""Work of the studio that nobody is asked yet: files of questions that are looked at, drafts of quizzes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime


class QuestionImport(Base):
    """A file of questions between its upload and its being taken: what was read of it, and what was lost."""

    __tablename__ = "question_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(300), default="")  # of the file
    format: Mapped[str] = mapped_column(String(32))
    document: Mapped[bytes] = mapped_column(LargeBinary)  # the questions that are left, as a TOML bank
    losses: Mapped[list[Any]] = mapped_column(default=list)  # {"place", "code", "parameters", "reason"}
    taken: Mapped[int] = mapped_column(default=0)  # how many questions were taken of it so far
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuizDraft(Base):
    """The form of a quiz as its maker left it, complete or not. Learners get the version before it."""

    __tablename__ = "quiz_draft"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), primary_key=True)
    sheet: Mapped[dict[str, Any]] = mapped_column(default=dict)
    based_on: Mapped[int] = mapped_column(default=0)  # number of the version it began from; 0: none
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
