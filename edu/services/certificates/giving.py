"""Giving a certificate out: once for a person and a path, with everything its page says kept as it is now."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Conflict, SignInNeeded
from edu.models import Certificate, GateMode, User
from edu.policy import Viewer
from edu.services import audit, gate, typed
from edu.services.audit import Deed
from edu.services.certificates import kept
from edu.services.certificates.asking import Demand, Standing, standing
from edu.services.certificates.kept import CertificateLink, Facts
from edu.services.coursing import paths
from edu.services.coursing.paths import PathPage

MOST_NAME = 120
SECRET_BYTES = 24  # 192 bits: whoever has the address was given it


def give(
    session: Session,
    viewer: Viewer,
    course_slug: str,
    path: str,
    *,
    name: str,
    modes: frozenset[GateMode],
    now: datetime,
) -> CertificateLink:
    """Give the viewer the certificate of a path, in the name as they want it written.

    One that was given already stays as it is and is found again. NotFound for no such path, Conflict while
    something is lacking, Invalid for no name.
    """
    if viewer.user_id is None:
        raise SignInNeeded("sign in to see this page")
    page = paths.page(session, viewer, course_slug, path, now)
    session.get(User, viewer.user_id, with_for_update=True)  # who clicks twice is given one
    known = _row(session, viewer, page)
    if known is not None:
        return kept.link(known)
    found = standing(session, viewer, page, modes)
    if found is None or page.certificate is None or not found.is_met:
        raise Conflict(
            "There is no certificate yet: the page of the path says what is lacking.", code="not_met"
        )
    row = Certificate(
        id=secrets.token_urlsafe(SECRET_BYTES),
        user_id=viewer.user_id,
        course_id=page.course_id,
        path=page.slug,
        name=typed.line(name, "certificate_name", most=MOST_NAME),
        title=str(page.certificate.title),
        language=page.language,
        facts=asdict(_facts(session, page, found)),
        given_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, Deed.CERTIFICATE_GIVEN, now=now, actor_id=viewer.user_id,
        subject=audit.of_user(viewer.user_id), course=page.course_slug, path=page.slug,
    )  # fmt: skip
    return kept.link(row)


def of_path(session: Session, viewer: Viewer, page: PathPage) -> CertificateLink | None:
    """The certificate of this path that the viewer was given; it may be withdrawn by now."""
    row = _row(session, viewer, page)
    return kept.link(row) if row else None


def _row(session: Session, viewer: Viewer, page: PathPage) -> Certificate | None:
    asked = select(Certificate).where(
        Certificate.user_id == viewer.user_id,
        Certificate.course_id == page.course_id,
        Certificate.path == page.slug,
    )
    return session.scalar(asked)


def _facts(session: Session, page: PathPage, found: Standing) -> Facts:
    """What was asked and met. Of what lies behind the gate it holds no title: anybody may be shown it."""
    is_gated = Demand.GATE in {part.demand for part in found.asked}
    mark = page.certificate.pass_mark if page.certificate else 0
    return Facts(
        course_slug=page.course_slug,
        course_title=page.course_title,
        course_state=page.state,
        evidence_line=str(page.evidence_line),
        path_title=str(page.title),
        note=str(page.certificate.note) if page.certificate else "",
        pass_mark=mark,
        questions=found.questions.total,
        right=found.questions.right,
        percent=found.questions.percent,
        critical=found.questions.critical,
        films=found.film_count,
        modules=tuple(f"{module.code} {module.title}" for module in page.modules),
        checklists=tuple(entry.code for entry in page.checklists),
        gate_version=_gate_version(session) if is_gated else "",
    )


def _gate_version(session: Session) -> str:
    return gate.page(session, user_id=None, visitor_hash=None).text.version
