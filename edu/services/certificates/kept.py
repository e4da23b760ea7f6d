"""Certificates that were given out: their pages as of that day, and how one is withdrawn or removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Conflict, Forbidden, NotFound
from edu.models import Certificate
from edu.policy import Viewer
from edu.services import audit, typed
from edu.services.audit import Deed

MOST_REASON = 1000
MOST_ID = 64


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says besides a name and a day, as it was on that day.

    `modules` are codes with titles, which every reader of the course is told; `checklists` are codes.
    `evidence_line` is the honest summary of the course in a line, with its grades. `gate_version` is empty
    where the gate was not asked.
    """

    course_slug: str
    course_title: str
    course_state: str
    evidence_line: str
    path_title: str
    note: str
    pass_mark: int
    questions: int
    right: int
    percent: int
    critical: int
    films: int
    modules: tuple[str, ...]
    checklists: tuple[str, ...]
    gate_version: str

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Facts:
        """The facts as the database keeps them."""
        lists = {name: tuple(kept[name]) for name in ("modules", "checklists")}
        return cls(**{**{field.name: kept[field.name] for field in fields(cls)}, **lists})


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A certificate as whoever has its address sees it; `language` is that of title and facts."""

    id: str
    name: str
    title: str
    language: str
    facts: Facts
    given_at: datetime
    withdrawn_at: datetime | None
    reason: str
    is_mine: bool
    may_withdraw: bool

    @property
    def url(self) -> str:
        """Its address on this site."""
        return f"/certificates/{self.id}"


@dataclass(frozen=True, slots=True)
class CertificateLink:
    """A certificate in the list of the person it was given to."""

    title: str
    language: str
    url: str
    given_at: datetime
    is_withdrawn: bool


def page(session: Session, viewer: Viewer, certificate_id: str) -> CertificatePage:
    """The certificate of that address; NotFound when there is none."""
    row = _row(session, certificate_id)
    return CertificatePage(
        id=row.id,
        name=row.name,
        title=row.title,
        language=row.language,
        facts=Facts.of(row.facts),
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        reason=row.reason,
        is_mine=viewer.user_id is not None and row.user_id == viewer.user_id,
        may_withdraw=viewer.is_administrator and row.withdrawn_at is None,
    )


def of_person(session: Session, user_id: int) -> tuple[CertificateLink, ...]:
    """What an account was given, the latest first."""
    return tuple(link(row) for row in _of(session, user_id))


def link(row: Certificate) -> CertificateLink:
    """A certificate as its person's lists show it."""
    return CertificateLink(
        row.title, row.language, f"/certificates/{row.id}", row.given_at, row.withdrawn_at is not None
    )


def withdraw(session: Session, viewer: Viewer, certificate_id: str, reason: str, now: datetime) -> None:
    """Say that it does not count any more, and why; its page says so from then on.

    Forbidden for all but administrators, Conflict when it is withdrawn already, Invalid without a reason.
    """
    row = _row(session, certificate_id, locked=True)
    if not viewer.is_administrator:
        raise Forbidden("this page is for administrators")
    if row.withdrawn_at is not None:
        raise Conflict("This certificate is withdrawn already.", code="withdrawn")
    row.reason = typed.text(reason, "reason", most=MOST_REASON)
    row.withdrawn_at = now
    _note(session, Deed.CERTIFICATE_WITHDRAWN, viewer, row, now)


def remove(session: Session, viewer: Viewer, certificate_id: str, now: datetime) -> None:
    """Delete one's own certificate, so that it can be asked for anew, such as in another name.

    Conflict for one that was withdrawn: removing it would undo that.
    """
    row = _row(session, certificate_id, locked=True)
    if viewer.user_id is None or row.user_id != viewer.user_id:
        raise Forbidden("only the person it was given to can remove it")
    if row.withdrawn_at is not None:
        raise Conflict("This certificate was withdrawn, so it stays as it is.", code="withdrawn")
    _note(session, Deed.CERTIFICATE_REMOVED, viewer, row, now)
    session.delete(row)
    session.flush()


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """Every certificate of an account with all that its page says, for the file of its data."""
    return [
        {
            "address": f"/certificates/{row.id}",
            "name": row.name,
            "title": row.title,
            "path": row.path,
            "given_at": row.given_at.isoformat(),
            "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
            "reason": row.reason,
            "facts": row.facts,
        }
        for row in _of(session, user_id)
    ]


def _of(session: Session, user_id: int) -> list[Certificate]:
    asked = select(Certificate).where(Certificate.user_id == user_id)
    return list(session.scalars(asked.order_by(Certificate.given_at.desc(), Certificate.id)))


def _row(session: Session, certificate_id: str, *, locked: bool = False) -> Certificate:
    is_name = 0 < len(certificate_id) <= MOST_ID and "\0" not in certificate_id
    row = session.get(Certificate, certificate_id, with_for_update=locked or None) if is_name else None
    if row is None:
        raise NotFound("there is no such certificate")
    return row


def _note(session: Session, deed: Deed, viewer: Viewer, row: Certificate, now: datetime) -> None:
    """Its address is a secret, so the trail names whose and which path's it is."""
    subject = audit.of_user(row.user_id) if row.user_id is not None else ""
    course = str(row.facts.get("course_slug", ""))
    audit.record(
        session, deed, now=now, actor_id=viewer.user_id, subject=subject, course=course, path=row.path
    )
