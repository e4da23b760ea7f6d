"""One-time links: administrator, password, invitation, gate. Used, expired or invented: all are Gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.errors import Gone, NotFound
from edu.models import OneTimeLink, Purpose, Role, User
from edu.services import administrators
from edu.services.viewers import hashed

LIFETIME = {
    Purpose.FIRST_ADMINISTRATOR: timedelta(hours=24),
    Purpose.RESET: timedelta(hours=24),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.GATE: timedelta(hours=24),
}
BY_MAIL = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a good link lets its bearer do."""

    purpose: Purpose
    role: Role
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that waits for its bearer."""

    id: int
    role: Role
    created_at: datetime
    expires_at: datetime


def issue(
    session: Session,
    purpose: Purpose,
    *,
    now: datetime,
    user_id: int | None = None,
    role: Role = Role.LEARNER,
    lifetime: timedelta | None = None,
) -> str:
    """Make a link and give its token, which is kept nowhere; an older one for the same account ends."""
    if purpose is not Purpose.INVITATION:
        revoke(session, purpose, now, user_id=user_id)
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_hash=hashed(token),
            purpose=purpose,
            user_id=user_id,
            role=role,
            created_at=now,
            expires_at=now + (lifetime or LIFETIME[purpose]),
        )
    )
    session.flush()
    return token


def first_administrator(session: Session, now: datetime) -> str | None:
    """A new link for the first administrator; None when there is an administrator already."""
    if has_administrator(session):
        return None
    return issue(session, Purpose.FIRST_ADMINISTRATOR, now=now, role=Role.ADMINISTRATOR)


def look(session: Session, token: str, now: datetime, *, for_gate: bool = False) -> Offer:
    """What the link offers, without using it up (mail programs look at links too); Gone for a bad one.

    A link of the gate goes to an address that the account only claims: it is none for a password.
    """
    found = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hashed(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            (OneTimeLink.purpose == Purpose.GATE) == for_gate,
        )
    )
    if found is None or _is_moot(session, found):
        raise _gone()
    return Offer(found.purpose, found.role, found.user_id)


def use(session: Session, token: str, now: datetime, *, for_gate: bool = False) -> Offer:
    """Use the link up; of two that try at once, one gets Gone."""
    offer = look(session, token, now, for_gate=for_gate)
    won = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeLink.id)
    ).first()
    if won is None:
        raise _gone()
    return offer


def revoke(session: Session, purpose: Purpose, now: datetime, *, user_id: int | None) -> None:
    """End the unused links of this purpose for this account."""
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.purpose == purpose,
            OneTimeLink.user_id == user_id if user_id is not None else OneTimeLink.user_id.is_(None),
            OneTimeLink.used_at.is_(None),
        )
        .values(used_at=now)
    )


def invitations(session: Session, now: datetime) -> tuple[Invitation, ...]:
    """The invitations that still wait, newest first."""
    rows = session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == Purpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.id.desc())
    )
    return tuple(Invitation(row.id, row.role, row.created_at, row.expires_at) for row in rows)


def withdraw_invitation(session: Session, link_id: int, now: datetime) -> None:
    """End an invitation that waits; NotFound when there is none."""
    found = session.get(OneTimeLink, link_id)
    if found is None or found.purpose is not Purpose.INVITATION or found.used_at is not None:
        raise NotFound("there is no such invitation")
    found.used_at = now


def address(base_url: str, token: str) -> str:
    """The link as one opens it."""
    return f"{base_url}/account/link/{token}"


def has_administrator(session: Session) -> bool:
    """Whether somebody runs the site already."""
    return bool(administrators.ids(session))


def _is_moot(session: Session, link: OneTimeLink) -> bool:
    """Whether the world went on: an administrator came, or the account was closed."""
    if link.purpose is Purpose.FIRST_ADMINISTRATOR:
        return has_administrator(session)
    if link.purpose is Purpose.RESET:
        user = session.get(User, link.user_id) if link.user_id is not None else None
        return user is None or user.disabled_at is not None
    return False


def _gone() -> Gone:
    return Gone("this link was used already, or it has expired; ask for a new one")
