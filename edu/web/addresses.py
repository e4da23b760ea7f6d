"""Media addresses for whoever is asking now."""

from __future__ import annotations

from flask import session

from edu.services.delivery import Addresses, Signer
from edu.web.context import VISITOR, runtime


def signer() -> Signer:
    """The maker of this site's tokens."""
    return Signer(runtime().settings.secret_key)


def binding() -> str:
    """What a private address is bound to: the signed-in session, or the visitor's cookie."""
    return str(session.get("login") or session.get(VISITOR) or "")


def addresses() -> Addresses:
    """Addresses for this reader at this moment."""
    return Addresses(signer(), binding(), runtime().clock.now())
