"""Slows down guessing: a party may try so many times, then waits, and each further round waits twice as long.

Nobody is ever locked out: the longest wait is bounded, and it holds for one network address, so that a
stranger who guesses cannot keep the owner of an account away (ASVS 6.3.1, 6.1.1).
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from edu.errors import TooMany
from edu.models import Throttle

FORGOTTEN_AFTER = timedelta(hours=1)  # a party that was quiet for so long starts anew
SWEPT_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`tries` within `window`; then a wait that begins at `wait` and doubles up to `longest`."""

    name: str
    tries: int
    window: timedelta = timedelta(minutes=1)
    wait: timedelta = timedelta(minutes=1)
    longest: timedelta = timedelta(minutes=15)


SIGN_IN_ACCOUNT = Limit("sign-in-account", 5)
SIGN_IN_ADDRESS = Limit("sign-in-address", 20)
SIGN_UP = Limit("sign-up", 30, timedelta(minutes=10))  # a class that shares one address gets in
FORGOTTEN_ACCOUNT = Limit("forgotten-account", 3, timedelta(minutes=15), timedelta(minutes=15))
FORGOTTEN_ADDRESS = Limit("forgotten-address", 10, timedelta(minutes=10))
DECLARE = Limit("declare", 60, timedelta(minutes=10))
GATE_CODE = Limit("gate-code", 10, timedelta(minutes=10))
GATE_MAIL = Limit("gate-mail", 5, timedelta(hours=1), timedelta(minutes=15))
# Visitors without an account; a class behind one address begins a quiz each lesson.
BEGIN_QUIZ = Limit("begin-quiz", 300, timedelta(minutes=10))
EXPORT = Limit("export", 3, timedelta(hours=1), timedelta(minutes=15))


def take(session: Session, limit: Limit, party: str, now: datetime) -> None:
    """Count one try of the party; TooMany, with `retry_after` in seconds, when it has to wait.

    A try that is refused is not counted, so a browser that keeps asking does not lengthen its own wait.
    """
    session.execute(delete(Throttle).where(Throttle.started_at < now - SWEPT_AFTER))
    row = _row(session, _key(limit, party), now)
    if now - row.started_at > FORGOTTEN_AFTER:
        row.count, row.started_at = 0, now
    rounds, tried = divmod(row.count, limit.tries)
    if tried == 0 and rounds:
        _wait(limit, rounds, row.started_at, now)
    if tried == 0 or now - row.started_at >= limit.window:
        row.count, row.started_at = rounds * limit.tries, now
    row.count += 1
    if row.count % limit.tries == 0:
        row.started_at = now  # the round is full: the wait counts from here


def give_back(session: Session, limit: Limit, party: str) -> None:
    """Take back one try that turned out to be honest."""
    row = session.get(Throttle, _key(limit, party), with_for_update=True)
    if row is not None and row.count > 0:
        row.count -= 1


def clear(session: Session, limit: Limit, party: str) -> None:
    """Forget the party's tries."""
    session.execute(delete(Throttle).where(Throttle.key == _key(limit, party)))


def network(address: str | None) -> str:
    """The party behind a network address: the address itself, or the IPv6 network of 64 bits around it."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _wait(limit: Limit, rounds: int, since: datetime, now: datetime) -> None:
    wait = min(limit.wait * 2 ** min(rounds - 1, 16), limit.longest)
    left = (since + wait - now).total_seconds()
    if left > 0:
        seconds = math.ceil(left)
        raise TooMany("too many tries in a short time; wait a little and try again", retry_after=seconds)


def _key(limit: Limit, party: str) -> str:
    # hashed, so that the table holds no addresses of people
    return f"{limit.name}:{hashlib.sha256(party.encode()).hexdigest()[:40]}"


def _row(session: Session, key: str, now: datetime) -> Throttle:
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    session.execute(insert(Throttle).values(key=key, started_at=now, count=0).on_conflict_do_nothing())
    return session.scalars(select(Throttle).where(Throttle.key == key).with_for_update()).one()
