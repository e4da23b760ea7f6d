"""What a request works with: the runtime, and who is asking."""

from __future__ import annotations

import hashlib
import secrets
from typing import cast

from flask import current_app, g, session
from sqlalchemy.orm import Session

from edu.models import GateMode
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import gate, viewers

VISITOR = "visitor"


def runtime() -> Runtime:
    """The runtime this application was made with."""
    return cast(Runtime, current_app.extensions["edu"])


def viewer(database: Session | None = None) -> Viewer:
    """Who is asking; looked up once per request, in the transaction of a view that already has one."""
    if "viewer" not in g:
        if database is not None:
            g.viewer = _identify(database)
        else:
            with runtime().db.reading() as own:
                g.viewer = _identify(own)
    return cast(Viewer, g.viewer)


def _identify(database: Session) -> Viewer:
    return viewers.identify(
        database,
        now=runtime().clock.now(),
        token=session.get("login"),
        visitor_hash=visitor_hash(),
        modes=gate_modes(),
    )


def gate_modes() -> frozenset[GateMode]:
    """The ways through the professional gate in force."""
    return gate.modes(runtime().settings.gate)


def visitor_hash() -> str | None:
    """The hash of the cookie by which a person without an account is known again; None before that."""
    token = session.get(VISITOR)
    return hashlib.sha256(token.encode()).hexdigest() if isinstance(token, str) else None


def remember_visitor() -> str:
    """The same hash, made now if there is none: for a deed that must be found again, such as an attempt."""
    if not isinstance(session.get(VISITOR), str):
        session[VISITOR] = secrets.token_urlsafe(24)
        session.permanent = True
        g.pop("viewer", None)
    return cast(str, visitor_hash())
