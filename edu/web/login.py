"""flask-login over the server-side sessions: who is signed in, signing this browser in and out, last seen.

There is one key in the cookie, `login`, and it holds the session's token. flask-login would keep a second one
of its own, so it is given a request loader instead; `current_user` and everything else of it work as usual.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, Request, Response, g, session
from flask_login import LoginManager
from sqlalchemy.exc import OperationalError

from edu.models import Role
from edu.services import sessions
from edu.web.context import VISITOR, runtime, viewer

LOGIN = "login"
KEPT = (VISITOR, "theme")  # what outlives signing in and out


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """The signed-in account as flask-login knows it."""

    id: int
    name: str
    role: Role

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The id as flask-login wants it."""
        return str(self.id)


def install(app: Flask) -> None:
    """Give the application `current_user`, and write when a session was last seen."""
    manager = LoginManager()
    # Its protection would mark the cookie on every change of address, and nobody here would read the mark: a
    # session can be ended in the table, and the forms that matter ask for the password.
    manager.session_protection = None
    manager.request_loader(_current)
    # What init_app does besides looks after a remember-me cookie we have not, on every answer.
    app.login_manager = manager  # type: ignore[attr-defined]  # the attribute flask-login reads
    app.after_request(_note_as_seen)


def sign_in(token: str) -> None:
    """Put the token into this browser's cookie; the rest of the old cookie goes, the form token included."""
    _start_anew()
    session[LOGIN] = token
    session.permanent = True


def sign_out() -> None:
    """Take the token out of this browser's cookie."""
    _start_anew()


def token() -> str | None:
    """The token of this browser's session, whether it is good or not."""
    found = session.get(LOGIN)
    return found if isinstance(found, str) else None


def _start_anew() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    session.permanent = bool(kept)
    for name in ("viewer", "_login_user", "csrf_token"):
        g.pop(name, None)


def _current(_: Request) -> CurrentUser | None:
    who = viewer()
    if who.user_id is None or who.role is None:
        return None
    return CurrentUser(who.user_id, who.name, who.role)


def _note_as_seen(response: Response) -> Response:
    who, house = g.get("viewer"), runtime()
    now = house.clock.now()
    if who and who.session_id and who.seen_at and sessions.is_stale(who.seen_at, now):
        # Nobody's page may fail because the database was too busy to note this; the next request tries again.
        with suppress(OperationalError), house.db.writing() as database:
            sessions.touch(database, who.session_id, now)
    return response
