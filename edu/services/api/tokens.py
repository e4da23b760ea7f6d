"""Tokens of an account: made and ended by its owner, and who reads by one.

A token reads as a learner whatever its owner's role is: nothing unpublished, and what is for professionals
where its owner passes the gate.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid, NotFound, SignInNeeded
from edu.models import ApiToken, GateMode, Role, User
from edu.policy import Viewer
from edu.services import audit, gate
from edu.services.api.deeds import Deed
from edu.services.viewers import hashed

BEGINNING = "edu_"  # by which people, and programs that look for lost secrets, know one
MOST = 10
MOST_LETTERS = 80
NOTED_EVERY = timedelta(minutes=5)
KEPT_ENDED = timedelta(days=90)  # after that only the audit trail tells of it
_BY_HASH = (
    select(ApiToken, User)
    .join(User, User.id == ApiToken.user_id)
    .where(ApiToken.token_hash == bindparam("hash"), ApiToken.ended_at.is_(None), User.disabled_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as its owner's list shows it; the token itself is known to nobody any more."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads by a token."""

    viewer: Viewer
    token_id: int
    used_at: datetime | None


def make(session: Session, user_id: int, name: str, now: datetime) -> str:
    """A new token, which is told this once: only its SHA-256 is kept.

    Invalid without a name or with one that is too long, Conflict when the account has as many as it may.
    """
    name = " ".join(name.replace("\0", "").split())
    if not 0 < len(name) <= MOST_LETTERS:
        raise Invalid(
            "Give the token a name of at most %(most)s letters, such as that of the program that uses it.",
            code="token_name",
            field="name",
            most=MOST_LETTERS,
        )
    session.get_one(User, user_id, with_for_update=True)  # two forms at once make no eleventh
    if _count(session, user_id) >= MOST:
        raise Conflict(
            "You have %(most)s tokens, which is as many as there can be. End one that you no longer use.",
            code="too_many_tokens",
            most=MOST,
        )
    token = BEGINNING + secrets.token_urlsafe(32)
    made = ApiToken(user_id=user_id, token_hash=hashed(token), name=name, created_at=now)
    session.add(made)
    session.flush()
    _record(session, Deed.MADE, user_id, made.id, now)
    return token


def end(session: Session, user_id: int, token_id: int, now: datetime) -> None:
    """End a token at once; NotFound for one that is not this account's, or has ended."""
    mine = (ApiToken.id == token_id, ApiToken.user_id == user_id, ApiToken.ended_at.is_(None))
    ended = session.scalars(update(ApiToken).where(*mine).values(ended_at=now).returning(ApiToken.id)).all()
    if not ended:
        raise NotFound("there is no such token")
    _record(session, Deed.ENDED, user_id, token_id, now)


def listed(session: Session, user_id: int) -> tuple[TokenView, ...]:
    """The tokens of an account that have not ended, the newest first."""
    mine = (ApiToken.user_id == user_id, ApiToken.ended_at.is_(None))
    rows = session.scalars(select(ApiToken).where(*mine).order_by(ApiToken.id.desc()))
    return tuple(TokenView(row.id, row.name, row.created_at, row.used_at) for row in rows)


def reader(session: Session, token: str, modes: frozenset[GateMode]) -> Reader:
    """Who reads by this token; SignInNeeded for one that is unknown, has ended, or whose owner is disabled.

    `modes` are the ways through the gate in force. One statement, and one for the gate.
    """
    found = session.execute(_BY_HASH, {"hash": hashed(token)}).first()
    if found is None:
        raise SignInNeeded("this token is not known, or it was ended; make another one", code="bad_token")
    row, user = found
    passes = user.is_instructor or gate.has_declared(session, user_id=user.id, visitor_hash=None, modes=modes)
    viewer = Viewer(user_id=user.id, role=Role.LEARNER, name=user.name, is_professional=passes)
    return Reader(viewer, row.id, row.used_at)


def is_to_be_noted(known: Reader, now: datetime) -> bool:
    """Whether it was not noted for some minutes that the token is in use."""
    return known.used_at is None or now - known.used_at >= NOTED_EVERY


def note_use(session: Session, token_id: int, now: datetime) -> None:
    """Note that the token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=now))


def is_long_over(now: datetime) -> ColumnElement[bool]:
    """Whether a token ended so long ago that its row is kept no longer."""
    return ApiToken.ended_at <= now - KEPT_ENDED


def _count(session: Session, user_id: int) -> int:
    mine = (ApiToken.user_id == user_id, ApiToken.ended_at.is_(None))
    return session.scalar(select(func.count(ApiToken.id)).where(*mine)) or 0


def _record(session: Session, deed: Deed, user_id: int, token_id: int, now: datetime) -> None:
    subject = audit.of_user(user_id)
    audit.record(session, deed, now=now, actor_id=user_id, subject=subject, token=token_id)
