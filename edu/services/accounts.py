"""Accounts: made, found, checked at sign-in, and changed by their owner."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.errors import Forbidden, Invalid, NotFound
from edu.models import Purpose, Role, User
from edu.services import audit, links, passwords
from edu.services.audit import Deed

MOST_EMAIL, MOST_NAME = 254, 120
_EMAIL = re.compile(r"[^@\s\x00-\x1f\"(),:;<>\[\\\]]{1,64}@[^@\s\x00-\x1f\"(),:;<>\[\\\]]+\.[^@\s.]{2,}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is compared with; `user_id` is None when there is no such account."""

    user_id: int | None
    password_hash: str
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its owner sees it."""

    id: int
    name: str
    email: str
    role: Role
    created_at: datetime
    language: str = ""  # of the interface; empty: the browser's


def email_of(text: str) -> str:
    """The address in the form in which it is kept; Invalid when it is none."""
    email = unicodedata.normalize("NFC", text.strip()).lower()
    if len(email) > MOST_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid("this is not an e-mail address", code="email_invalid", field="email")
    return email


def name_of(text: str) -> str:
    """The name with single blanks; Invalid when nothing is left or it is longer than 120 characters."""
    printable = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    name = " ".join(printable.split())
    if not name or len(name) > MOST_NAME:
        raise Invalid("write a name of 1 to 120 characters", code="name_invalid", field="name")
    return name


def credentials(session: Session, email: str) -> Credentials:
    """What to compare a password with; for an unknown address a hash that nothing matches."""
    user = session.scalar(select(User).where(User.email == _loose(email)))
    return _credentials(user) if user else Credentials(None, passwords.NOBODYS, is_disabled=False)


def own_credentials(session: Session, user_id: int) -> Credentials:
    """What to compare with when somebody who is signed in proves once more who he is."""
    return _credentials(get(session, user_id))


def proven(found: Credentials, password: str) -> int:
    """The account's id when the password is right. It takes long, so call it outside of transactions.

    The same Invalid for an unknown account and for a wrong password; Forbidden for a closed account whose
    password was right.
    """
    right = passwords.matches(found.password_hash, password)
    if not right or found.user_id is None:
        raise Invalid("the e-mail address or the password is wrong", code="sign_in_wrong")
    if found.is_disabled:
        raise Forbidden("this account is closed; ask an administrator of this site", code="account_closed")
    return found.user_id


def create(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    now: datetime,
    role: Role = Role.LEARNER,
    actor_id: int | None = None,
) -> User:
    """Make an account; Invalid when the address has one already."""
    user = User(
        email=email_of(email), name=name_of(name), password_hash=password_hash, role=role, created_at=now
    )
    session.add(user)
    _flush_address(session)
    audit.record(
        session,
        Deed.CREATED,
        now=now,
        actor_id=actor_id or user.id,
        subject=audit.of_user(user.id),
        role=role,
    )
    return user


def find(session: Session, email: str) -> User:
    """The account of an address; NotFound when there is none."""
    user = session.scalar(select(User).where(User.email == _loose(email)))
    if user is None:
        raise NotFound("there is no account with this address", code="no_account")
    return user


def get(session: Session, user_id: int) -> User:
    """The account of an id; NotFound when there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("there is no such account", code="no_account")
    return user


def profile(session: Session, user_id: int) -> Profile:
    """The account as its owner sees it."""
    user = get(session, user_id)
    return Profile(user.id, user.name, user.email, user.role, user.created_at, user.language)


def rename(session: Session, user_id: int, name: str, now: datetime) -> None:
    """Give the account another name."""
    get(session, user_id).name = name_of(name)
    audit.record(session, Deed.RENAMED, now=now, actor_id=user_id, subject=audit.of_user(user_id))


def choose_language(session: Session, user_id: int, language: str) -> None:
    """In which language the account gets pages and mails; "" leaves it to the browser.

    Mails then are in the language of the page on which they were asked for, where that is known; else in
    English.
    """
    get(session, user_id).language = language


def change_email(session: Session, user_id: int, email: str, now: datetime) -> None:
    """Give the account another address; links that were sent to the old one end."""
    get(session, user_id).email = email_of(email)
    _flush_address(session)
    links.revoke(session, Purpose.RESET, now, user_id=user_id)
    audit.record(session, Deed.EMAIL_CHANGED, now=now, actor_id=user_id, subject=audit.of_user(user_id))


def set_password(
    session: Session, user_id: int, password_hash: str, now: datetime, *, is_rehash: bool = False
) -> None:
    """Keep a new hash. A rehash is the same password under newer parameters and nothing a person did."""
    get(session, user_id).password_hash = password_hash
    if is_rehash:
        return
    links.revoke(session, Purpose.RESET, now, user_id=user_id)
    audit.record(session, Deed.PASSWORD_CHANGED, now=now, actor_id=user_id, subject=audit.of_user(user_id))


def _credentials(user: User) -> Credentials:
    # An account without a password (invited by the command line, or erased) must not answer faster.
    kept = user.password_hash if user.password_hash.startswith("$argon2") else passwords.NOBODYS
    return Credentials(user.id, kept, user.disabled_at is not None)


def _loose(email: str) -> str:
    return unicodedata.normalize("NFC", email.strip()).lower()[: MOST_EMAIL + 1]


def _flush_address(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Invalid(
            "an account with this address exists already; sign in, or ask for a new password",
            code="email_taken",
            field="email",
        ) from error
