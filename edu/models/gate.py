"""The professional gate: who a thing is for, and who has declared to be a professional."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime, enum_column


class Audience(StrEnum):
    """Whom a module, lesson, video, question, checklist or file is for."""

    OPEN = "open"
    PRO = "pro"


class GateMode(StrEnum):
    """How somebody passes the professional gate; each asks for the declaration as well."""

    DECLARATION = "declaration"
    CODE = "code"  # of an invitation
    INSTITUTION = "institution"  # an address of a known institution, proved by a link
    MANUAL = "manual"  # an administrator looked at what was stated


class InvitationCode(Base):
    """A code that opens the gate for whoever was given it; only its SHA-256 is kept."""

    __tablename__ = "invitation_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))  # for whom it was made
    uses_left: Mapped[int]
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


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


class Admission(Base):
    """What a declaration asks besides under a stronger mode; it counts once `admitted_at` is set.

    That is done by the code, by the link that was sent to the institution's address, or by the administrator
    who looked at what was stated.
    """

    __tablename__ = "admission"

    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declaration.id", ondelete="CASCADE"), primary_key=True
    )
    mode: Mapped[GateMode] = mapped_column(enum_column(GateMode))
    stated: Mapped[str] = mapped_column(Text, default="")  # the address or the words that are to be checked
    code_id: Mapped[int | None] = mapped_column(ForeignKey("invitation_code.id", ondelete="SET NULL"))
    admitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    admitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
