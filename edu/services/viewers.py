"""Who is asking: an account by its session's token, a visitor by a cookie's hash, and what they declared."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from edu.models import GateMode, LoginSession, Role
from edu.policy import Viewer
from edu.services import gate

# ASVS 7.3: a session ends after it was idle for long and, whatever happens, some time after it began.
IDLE = {
    Role.LEARNER: timedelta(days=14),
    Role.INSTRUCTOR: timedelta(hours=12),
    Role.ADMINISTRATOR: timedelta(hours=2),
}
ABSOLUTE = timedelta(days=30)
# Statements of every page are put together once, here and in the services below: that takes SQLAlchemy longer
# than SQLite takes to answer.
_BY_TOKEN = select(LoginSession).where(LoginSession.token_hash == bindparam("token"))


def identify(
    session: Session,
    *,
    now: datetime,
    token: str | None,
    visitor_hash: str | None,
    modes: frozenset[GateMode],
) -> Viewer:
    """The viewer behind a login token and a visitor's hash; a stranger when neither is known.

    `modes` are the ways through the gate in force. One statement for the account, one for the gate; the
    second is left out for those whom it does not ask.
    """
    login = _login(session, now, token) if token else None
    user = login.user if login else None
    if user is not None and user.is_instructor:
        declared = False  # the studio's people pass the gate by their role
    elif user is None and visitor_hash is None:
        return Viewer()
    else:
        declared = gate.has_declared(
            session, user_id=user.id if user else None, visitor_hash=visitor_hash, modes=modes
        )
    return Viewer(
        user_id=user.id if user else None,
        role=user.role if user else None,
        name=user.name if user else "",
        is_professional=declared,
        visitor_hash=visitor_hash,
        session_id=login.id if login else None,
        seen_at=login.last_seen_at if login else None,
        language=user.language if user else "",
    )


def hashed(token: str) -> str:
    """The form in which a token is kept: who reads the database cannot use what he finds."""
    return hashlib.sha256(token.encode()).hexdigest()


def _login(session: Session, now: datetime, token: str) -> LoginSession | None:
    found = session.scalar(_BY_TOKEN, {"token": hashed(token)})
    if found is None or found.ended_at is not None or found.user.disabled_at is not None:
        return None
    if now - found.created_at > ABSOLUTE or now - found.last_seen_at > IDLE[found.user.role]:
        return None
    return found
