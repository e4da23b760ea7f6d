"""What readers write to the site: questions, corrections, proposals to open questions, stories."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column


class MessageKind(StrEnum):
    """Why somebody writes."""

    CONTACT = "contact"
    CORRECTION = "correction"  # of one page
    PROPOSAL = "proposal"  # to an open question
    STORY = "story"


class MessageState(StrEnum):
    """How far the site is with it."""

    NEW = "new"
    ANSWERED = "answered"
    ACCEPTED = "accepted"  # a correction that was made, a proposal or a story that was published
    DECLINED = "declined"  # with the reason as the answer
    SPAM = "spam"  # kept a while for the rules to be judged by, and never shown


class Message(Base):
    """One message under its number. `token_hash` opens its page for whoever sent it without an account.

    `consent` holds what a sender agreed to, by the version of its words. Only the public fields of a message
    that `is_public` are ever shown: its number, page, words, source, answer and `changed`.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_kind_state", "kind", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)  # its number
    kind: Mapped[MessageKind] = mapped_column(enum_column(MessageKind))
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState), default=MessageState.NEW)
    path: Mapped[str] = mapped_column(String(250), default="")  # of the page it is about
    title: Mapped[str] = mapped_column(String(200), default="")  # of that page then
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")  # where it can be looked up
    language: Mapped[str] = mapped_column(String(35), default="en")
    consent: Mapped[dict[str, Any]] = mapped_column(default=dict)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[str] = mapped_column(Text, default="")  # what was changed on the page
    is_public: Mapped[bool] = mapped_column(default=False)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
