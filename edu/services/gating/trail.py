"""Trail: what is noted in the audit trail about the ways through the gate, by numbers only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.services import audit


class Deed(StrEnum):
    """What is done at the gate beside declaring and withdrawing."""

    REQUESTED = "gate.requested"
    ADMITTED = "gate.admitted"
    REFUSED = "gate.refused"
    CODE_MADE = "gate.code_made"
    CODE_ENDED = "gate.code_ended"
    LIST_EXPORTED = "gate.list_exported"


class Reason(StrEnum):
    """Why a request is refused: a closed set, so that nothing about a person stands in the trail."""

    NOT_FOUND = "not_found"  # in the register that was named
    UNCLEAR = "unclear"  # what was written does not say enough
    NOT_LICENSED = "not_licensed"  # the profession gives no injections here
    OTHER = "other"


def note(
    session: Session, deed: Deed, subject: str, *, now: datetime, actor_id: int | None, **detail: str | int
) -> None:
    """Note a deed."""
    audit.record(session, deed, now=now, actor_id=actor_id, subject=subject, **detail)


def of_declaration(declaration_id: int) -> str:
    """The subject for a declaration and its admission."""
    return f"declaration:{declaration_id}"


def of_code(code_id: int) -> str:
    """The subject for an invitation code."""
    return f"gate_code:{code_id}"


def reason_of(session: Session, declaration_id: int) -> Reason | None:
    """Why the request of this declaration was refused; None when it was not."""
    code = audit.reason(session, Deed.REFUSED, of_declaration(declaration_id))
    return Reason(code) if code else None
