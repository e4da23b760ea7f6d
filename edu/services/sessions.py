"""Signed-in browsers: begun with a new random token, seen, listed, and ended from either side."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import LoginSession
from edu.services.viewers import ABSOLUTE, IDLE, hashed

SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A signed-in browser as its owner sees it."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def begin(session: Session, user_id: int, *, now: datetime, device: str, replaces: str | None = None) -> str:
    """Sign a browser in and give the token for its cookie; a session it had before (`replaces`) ends."""
    if replaces:
        end(session, replaces, now)
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=hashed(token),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            device=device_name(device),
        )
    )
    session.flush()
    return token


def end(session: Session, token: str, now: datetime) -> None:
    """End the session of this token; nothing happens when there is none."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == hashed(token), LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_one(session: Session, user_id: int, session_id: int, now: datetime) -> None:
    """End one of the person's own sessions; NotFound for another's, as for one that never was."""
    found = session.scalar(
        select(LoginSession).where(LoginSession.id == session_id, LoginSession.user_id == user_id)
    )
    if found is None:
        raise NotFound("there is no such session")
    found.ended_at = found.ended_at or now


def end_all(session: Session, user_id: int, now: datetime, *, but: int | None = None) -> int:
    """End every session of the person, perhaps but one (its id); gives how many ended."""
    ended = session.execute(
        update(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.id != (but or 0),
        )
        .values(ended_at=now)
        .returning(LoginSession.id)
    )
    return len(ended.all())


def listing(
    session: Session, user_id: int, now: datetime, *, this: int | None = None
) -> tuple[SignedIn, ...]:
    """The person's living sessions, last seen first."""
    rows = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.created_at > now - ABSOLUTE,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    ).all()
    return tuple(
        SignedIn(row.id, row.device, row.created_at, row.last_seen_at, row.id == this)
        for row in rows
        if now - row.last_seen_at <= IDLE[row.user.role]
    )


def is_stale(seen_at: datetime, now: datetime) -> bool:
    """Whether the last-seen time is old enough to be written again."""
    return now - seen_at >= SEEN_EVERY


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session is in use."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=now))


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Words by which a person knows a device again, such as "Firefox, Android"; the version is not kept."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
