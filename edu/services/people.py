"""People as administrators see them: found, given a role or a quota, closed and opened again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid
from edu.models import Purpose, Role, User
from edu.services import accounts, administrators, audit, links, sessions
from edu.services.audit import Deed

PER_PAGE = 50
MOST_QUOTA_MB = 10**9


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list."""

    id: int
    name: str
    email: str
    role: Role
    is_disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list; pages count from 1."""

    rows: tuple[PersonRow, ...]
    query: str
    page: int
    pages: int
    total: int
    invitations: tuple[links.Invitation, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: what can be changed, and where he is signed in. `quota_mb` None: the site's default."""

    person: PersonRow
    quota_mb: int | None
    default_quota_mb: int
    signed_in: tuple[sessions.SignedIn, ...]


def listing(session: Session, *, query: str, page: int, now: datetime) -> PeoplePage:
    """The people whose name or address holds the words, by name."""
    query = " ".join(query.split())[:100]
    found = select(User)
    for word in query.lower().split():
        found = found.where(
            or_(
                func.lower(User.name).contains(word, autoescape=True),
                # SQLite lowers ASCII only, so a name that begins with É is looked for as a name is written
                User.name.contains(word.capitalize(), autoescape=True),
                User.email.contains(word, autoescape=True),
            )
        )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.scalars(
        found.order_by(func.lower(User.name), User.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    )
    return PeoplePage(
        tuple(_row(user) for user in rows), query, page, pages, total, links.invitations(session, now)
    )


def person(session: Session, user_id: int, *, default_quota: int, now: datetime) -> PersonPage:
    """One person; NotFound when there is none. `default_quota` is in bytes."""
    user = accounts.get(session, user_id)
    return PersonPage(
        person=_row(user),
        quota_mb=None if user.quota_bytes is None else user.quota_bytes // 10**6,
        default_quota_mb=default_quota // 10**6,
        signed_in=sessions.listing(session, user_id, now),
    )


def set_role(session: Session, user_id: int, role: str, *, actor_id: int | None, now: datetime) -> None:
    """Give a person a role; Conflict when it would leave the site without an administrator."""
    if role not in set(Role):
        raise Invalid("choose one of the roles", code="role_unknown", field="role")
    user = accounts.get(session, user_id)
    if user.role is Role(role):
        return
    keep_an_administrator_besides(session, user)
    before, user.role = user.role, Role(role)
    audit.record(
        session,
        Deed.ROLE_CHANGED,
        now=now,
        actor_id=actor_id,
        subject=audit.of_user(user_id),
        before=before.value,
        after=user.role.value,
    )


def disable(session: Session, user_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Close an account and end its sessions and links; Conflict for the last administrator."""
    user = accounts.get(session, user_id)
    if user.disabled_at is not None:
        return
    keep_an_administrator_besides(session, user)
    user.disabled_at = now
    sessions.end_all(session, user_id, now)
    links.revoke(session, Purpose.RESET, now, user_id=user_id)
    audit.record(session, Deed.DISABLED, now=now, actor_id=actor_id, subject=audit.of_user(user_id))


def enable(session: Session, user_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Open a closed account again."""
    user = accounts.get(session, user_id)
    if user.disabled_at is None:
        return
    user.disabled_at = None
    audit.record(session, Deed.ENABLED, now=now, actor_id=actor_id, subject=audit.of_user(user_id))


def end_sessions(session: Session, user_id: int, *, actor_id: int, now: datetime) -> int:
    """Sign a person out everywhere; gives how many sessions ended."""
    accounts.get(session, user_id)
    ended = sessions.end_all(session, user_id, now)
    audit.record(
        session,
        Deed.SIGNED_OUT_EVERYWHERE,
        now=now,
        actor_id=actor_id,
        subject=audit.of_user(user_id),
        ended=ended,
    )
    return ended


def set_quota(session: Session, user_id: int, megabytes: str, *, actor_id: int, now: datetime) -> None:
    """Let a person keep so many megabytes (of 1 000 000 bytes); empty means the site's default."""
    text = megabytes.strip()
    if text and not (re.fullmatch(r"[0-9]{1,10}", text) and int(text) <= MOST_QUOTA_MB):
        raise Invalid("write a whole number of megabytes, or nothing", code="quota_invalid", field="quota")
    user = accounts.get(session, user_id)
    user.quota_bytes = int(text) * 10**6 if text else None
    audit.record(
        session,
        Deed.QUOTA_CHANGED,
        now=now,
        actor_id=actor_id,
        subject=audit.of_user(user_id),
        megabytes=int(text) if text else None,
    )


def reset_link(session: Session, user_id: int, *, actor_id: int | None, now: datetime) -> str:
    """A token by which the person chooses a new password; to be shown once."""
    user = accounts.get(session, user_id)
    if user.disabled_at is not None:
        raise Conflict("this account is closed; open it first", code="account_closed")
    token = links.issue(session, Purpose.RESET, now=now, user_id=user_id)
    audit.record(
        session,
        Deed.LINK_ISSUED,
        now=now,
        actor_id=actor_id,
        subject=audit.of_user(user_id),
        purpose=Purpose.RESET.value,
    )
    return token


def invite(session: Session, role: str, *, actor_id: int, now: datetime) -> str:
    """A token by which somebody makes an account with this role; to be shown once."""
    if role not in set(Role):
        raise Invalid("choose one of the roles", code="role_unknown", field="role")
    token = links.issue(session, Purpose.INVITATION, now=now, role=Role(role))
    audit.record(
        session, Deed.LINK_ISSUED, now=now, actor_id=actor_id, purpose=Purpose.INVITATION.value, role=role
    )
    return token


def uninvite(session: Session, link_id: int, *, actor_id: int, now: datetime) -> None:
    """End an invitation that waits."""
    links.withdraw_invitation(session, link_id, now)
    audit.record(session, Deed.LINK_REVOKED, now=now, actor_id=actor_id, subject=f"link:{link_id}")


def keep_an_administrator_besides(session: Session, user: User) -> None:
    """Conflict when this is the last administrator.

    All administrators' rows are locked before anything is changed, in one order, so that two who step down at
    the same moment neither both succeed nor wait for each other for ever.
    """
    if not administrators.is_one(user):
        return
    those = session.scalars(
        select(User.id).where(administrators.are()).order_by(User.id).with_for_update()
    ).all()
    if set(those) <= {user.id}:
        raise Conflict(
            "the last administrator must stay; give somebody else the role first", code="last_admin"
        )


def _row(user: User) -> PersonRow:
    return PersonRow(user.id, user.name, user.email, user.role, user.disabled_at is not None, user.created_at)
