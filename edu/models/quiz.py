"""Quizzes: an immutable version says which questions stand in which place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, JSONValue, UTCDateTime, enum_column
from edu.models.gate import Audience


class Quiz(Base):
    """A self-assessment or test under a lasting address; `current` is the number of the version now given."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.OPEN)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id", ondelete="SET NULL"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    current: Mapped[int] = mapped_column(default=0)  # 0: nothing published yet
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # introduction, language, lesson's code
    # Its questions stand in this video, each at its time.
    video_id: Mapped[int | None] = mapped_column(ForeignKey("video.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuizVersion(Base):
    """The settings and slots of a quiz at one time. Never changed once published."""

    __tablename__ = "quiz_version"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"))
    number: Mapped[int]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)

    slots: Mapped[list[QuizSlot]] = relationship(order_by="QuizSlot.position")


class QuizSlot(Base):
    """A place in a quiz: a question, at a pinned version or at its latest ready one, or a pool to draw from.

    `pool` is the document of `quizzes.Pool`; `at_ms` the time in the film at which it is asked.
    """

    __tablename__ = "quiz_slot"

    quiz_version_id: Mapped[int] = mapped_column(
        ForeignKey("quiz_version.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    pinned_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id"))
    max_mark: Mapped[float] = mapped_column(default=1.0)
    pool: Mapped[dict[str, Any] | None] = mapped_column(JSONValue)
    at_ms: Mapped[int | None]


class QuizAllowance(Base):
    """What one learner has beyond the settings of a quiz: more time, in per cent, and more attempts."""

    __tablename__ = "quiz_allowance"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    extra_percent: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)
    given_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
