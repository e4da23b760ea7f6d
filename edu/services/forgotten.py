"""A forgotten password: a mail is promised when the address has an account; the answer never says whether."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Gone, NotFound
from edu.models import Purpose, User
from edu.queue import promise
from edu.services import accounts, audit, links
from edu.services.audit import Deed

JOB = "mail_reset"
QUIET = 5  # minutes in which a second wish for the same account promises no second mail


def ask(session: Session, email: str, now: datetime, *, language: str = "") -> None:
    """Promise a mail with a link; nothing happens for an unknown address or a closed account.

    The job knows the account, and the `language` of the page on which it was asked for, for an account that
    has none of its own. The link is made when the mail is, so its token is never stored.
    """
    try:
        user = accounts.find(session, email)
    except NotFound:
        return
    if user.disabled_at is not None:
        return
    slot = int(now.timestamp()) // (QUIET * 60)
    payload = {"user_id": user.id, "language": language}
    promise(session, JOB, key=f"{JOB}:{user.id}:{slot}", payload=payload, now=now)


def link(session: Session, user_id: int, now: datetime) -> tuple[User, str]:
    """The account and a fresh token that works for an hour; Gone when the account was closed meanwhile."""
    user = session.scalar(select(User).where(User.id == user_id, User.disabled_at.is_(None)))
    if user is None:
        raise Gone("the account was closed before its mail was sent")
    token = links.issue(session, Purpose.RESET, now=now, user_id=user_id, lifetime=links.BY_MAIL)
    audit.record(
        session, Deed.LINK_ISSUED, now=now, subject=audit.of_user(user_id), purpose=Purpose.RESET.value
    )
    return user, token
