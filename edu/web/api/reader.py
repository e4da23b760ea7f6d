"""Who asks the API: the owner of a token, or nobody. A cookie counts for nothing here."""

from __future__ import annotations

from contextlib import suppress

from flask import g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from edu.errors import SignInNeeded
from edu.policy import NOBODY, Viewer
from edu.services import throttle
from edu.services.api import tokens
from edu.services.api.tokens import Reader
from edu.web.api.pace import GUESSES, PACE
from edu.web.context import gate_modes, runtime

SCHEME = "bearer"


def admit() -> None:
    """Take nobody for the reader until a token says who it is: before each request of the API.

    Whatever looks for the reader later finds this one, and never asks the cookie.
    """
    g.viewer = NOBODY


def identify(session: Session) -> Viewer:
    """The owner of the token that was sent; SignInNeeded for one that is not good, nobody without."""
    if (sent := request.headers.get("Authorization")) is None:
        return NOBODY
    scheme, _, token = sent.partition(" ")
    if scheme.lower() != SCHEME or not token.startswith(tokens.BEGINNING):
        raise SignInNeeded("this token is not known, or it was ended; make another one", code="bad_token")
    found = tokens.reader(session, token.strip(), gate_modes())
    g.reader, g.viewer = found, found.viewer
    return found.viewer


def keep_pace() -> None:
    """TooMany for whoever asks too often: a token's party is the token, anybody else's the network."""
    house, known = runtime(), _known()
    party = f"token:{known.token_id}" if known else throttle.network(request.remote_addr)
    PACE.take(house.db, party, house.clock.now())


def count_guess() -> None:
    """Note that a token was not good. TooMany when that came too often from one network."""
    house = runtime()
    with house.db.writing() as session:
        throttle.take(session, GUESSES, throttle.network(request.remote_addr), house.clock.now())


def note_use() -> None:
    """Note that the token is in use; no answer fails because the database was too busy for that."""
    known, house = _known(), runtime()
    now = house.clock.now()
    if known and tokens.is_to_be_noted(known, now):
        with suppress(OperationalError), house.db.writing() as session:
            tokens.note_use(session, known.token_id, now)


def _known() -> Reader | None:
    found: Reader | None = g.get("reader")
    return found
