"""The register: how many declared in which way under which text, and the list for the operator's audit."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from edu.models import Admission, Declaration, GateMode
from edu.services.gating import trail
from edu.services.gating.trail import Deed

COLUMNS = (
    "declaration", "party", "profession", "text_version", "declared_at", "mode", "admitted_at",
    "admitted_by", "code", "withdrawn_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """The declarations of one way under one text."""

    mode: GateMode
    text_version: str
    standing: int
    waiting: int
    ended: int  # withdrawn, refused or erased


def counts(session: Session) -> tuple[Count, ...]:
    """One line for each way and version of the text that occur, by numbers only."""
    ended = Declaration.withdrawn_at.is_not(None)
    waiting = ~ended & Admission.mode.is_not(None) & Admission.admitted_at.is_(None)
    mode = func.coalesce(Admission.mode, GateMode.DECLARATION.value)
    rows = session.execute(
        select(
            mode,
            Declaration.text_version,
            func.count(),
            func.sum(case((waiting, 1), else_=0)),
            func.sum(case((ended, 1), else_=0)),
        )
        .select_from(Declaration)
        .outerjoin(Admission, Admission.declaration_id == Declaration.id)
        .group_by(mode, Declaration.text_version)
    )
    found = (
        Count(GateMode(way), version, everyone - waits - gone, waits, gone)
        for way, version, everyone, waits, gone in rows
    )
    return tuple(sorted(found, key=lambda one: (one.text_version, list(GateMode).index(one.mode))))


def export(session: Session, *, actor_id: int, now: datetime) -> str:
    """Every declaration as a line of CSV (RFC 4180), with the numbers of accounts and codes and no name.

    What was stated is not in it. Moments are ISO 8601 in UTC.
    """
    rows = session.execute(
        select(Declaration, Admission)
        .outerjoin(Admission, Admission.declaration_id == Declaration.id)
        .order_by(Declaration.id)
    )
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for declaration, admission in rows:
        writer.writerow(_line(declaration, admission))
    trail.note(session, Deed.LIST_EXPORTED, "gate", now=now, actor_id=actor_id)
    return file.getvalue()


def _line(declaration: Declaration, admission: Admission | None) -> list[str]:
    party = f"account:{declaration.user_id}" if declaration.user_id is not None else "visitor"
    line = [
        str(declaration.id),
        party,
        declaration.profession,
        _plain(declaration.text_version),
        declaration.declared_at.isoformat(),
    ]
    if admission is None:
        line += [GateMode.DECLARATION.value, "", "", ""]
    else:
        by, code = admission.admitted_by, admission.code_id
        line += [admission.mode.value, _moment(admission.admitted_at)]
        line += [f"account:{by}" if by else "", str(code or "")]
    return [*line, _moment(declaration.withdrawn_at)]


def _moment(value: datetime | None) -> str:
    return value.isoformat() if value else ""


def _plain(text: str) -> str:
    """A version comes from a course's file: no spreadsheet shall take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
