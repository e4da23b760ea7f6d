"""Spaced review: a card for each question that an account answered, its history, and the person's plan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column
from quizzes.review import Rating

REVIEW_QUIZ = "spaced-review"  # the address name of the hidden quiz that review sessions are attempts at


class ReviewCard(Base):
    """How well one person remembers one question, and when it should be asked again."""

    __tablename__ = "review_card"
    __table_args__ = (Index("ix_review_card_user_id_due_at", "user_id", "due_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    stability: Mapped[float]  # days until it is recalled with a probability of 0.9
    difficulty: Mapped[float]  # 1 to 10
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reviewed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    step: Mapped[str] = mapped_column(String(40), default="")  # that shows the answer; empty: none
    lesson: Mapped[str] = mapped_column(String(40), default="")  # the code of its lesson
    is_critical: Mapped[bool] = mapped_column(default=False)
    is_misled: Mapped[bool] = mapped_column(default=False)  # wrong and certain of it, the last time
    asked: Mapped[int] = mapped_column(default=0)  # times in a review

    @property
    def outcome(self) -> str:
        """What the question tests, for siblings and mastery: the step, else the lesson, else itself."""
        return self.step or self.lesson or f"question {self.question_id}"


class ReviewLog(Base):
    """One marked answer as the cards took it in; each place of an attempt counts once."""

    __tablename__ = "review_log"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        Index("ix_review_log_user_id_answered_at", "user_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    rating: Mapped[Rating] = mapped_column(enum_column(Rating))
    fraction: Mapped[float]
    certainty: Mapped[int | None]
    used_hint: Mapped[bool] = mapped_column(default=False)
    took_ms: Mapped[int | None]  # at most so long; None: nobody knows
    round: Mapped[int] = mapped_column(default=0)  # the how-manieth time in a review; 0: in another quiz
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReviewPlan(Base):
    """How a person wants to review, and the calendar feed: only the hash of its secret is kept."""

    __tablename__ = "review_plan"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    exam_on: Mapped[date | None] = mapped_column(Date)
    per_day: Mapped[int] = mapped_column(default=20)
    asks_certainty: Mapped[bool] = mapped_column(default=False)
    feed_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    feed_made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
