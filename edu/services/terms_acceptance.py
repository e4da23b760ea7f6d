"""Terms as accounts accept them: the version in force, who agreed to it and when, and who is to be asked.

Only accounts agree, and only while a page of terms is published: a site without one asks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from edu.errors import Invalid
from edu.models import Page, PageKind, PageState, PageVersion, TermsAcceptance, User
from edu.services import audit
from edu.services.audit import Deed
from edu.services.pages import finding

SLUG: Final = "terms"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms in force: the version as its page names it, and the language in which they can be read.

    `number` is the revision of the page that brought the version: a later version has a higher one, and
    mending a word within a version asks nobody again.
    """

    number: int
    version: str
    language: str
    url: str = f"/{SLUG}"  # where just this version is read


@dataclass(frozen=True, slots=True)
class Accepted:
    """The latest version that an account agreed to; `is_current`: it is the one in force."""

    version: str
    accepted_at: datetime
    is_current: bool


def in_force(session: Session, language: str, now: datetime) -> Terms | None:
    """The terms that hold at `now`; None where none are published. Two statements."""
    asked = select(Page).where(Page.kind == PageKind.SITE, Page.slug == SLUG)
    found = asked.where(Page.state != PageState.DRAFT, Page.published_at <= now)
    rows = session.scalars(found.options(defer(Page.body))).all()
    original = next((row for row in rows if row.source_revision is None), None)
    if original is None:
        return None
    spoken = (
        language
        if language in {row.language for row in finding.in_force(rows, original)}
        else original.language
    )
    version = _named(original.details, original.revision)
    url = f"/{SLUG}/{quote(version, safe='')}" if original.details.get("version") else f"/{SLUG}"
    return Terms(_number(session, original, version), version, spoken, url)


def agreed(session: Session, *, ticked: bool, number: str, language: str, now: datetime) -> Terms | None:
    """The terms that whoever sent a form agreed to; None where there are none.

    Invalid without the tick, and when a later version came while the form was open.
    """
    terms = in_force(session, language, now)
    if terms is None:
        return None
    if number and number != str(terms.number):
        raise Invalid(
            "The terms have changed since you opened this page. Please read them and tick once more.",
            code="terms_changed", field=SLUG,
        )  # fmt: skip
    if not ticked or not number:
        raise Invalid(
            "Tick that you agree to the terms: they hold for every account.", code="terms", field=SLUG
        )
    return terms


def note(session: Session, user_id: int, terms: Terms | None, now: datetime) -> None:
    """Log that the account agrees to this version; once is enough. Nothing where there are no terms."""
    if terms is None:
        return
    session.get(User, user_id, with_for_update=True)  # who clicks twice agrees once
    if session.get(TermsAcceptance, (user_id, terms.number)) is not None:
        return
    session.add(
        TermsAcceptance(user_id=user_id, version=terms.number, language=terms.language, accepted_at=now)
    )
    audit.record(
        session, Deed.TERMS_ACCEPTED, now=now, actor_id=user_id, subject=audit.of_user(user_id),
        version=terms.version, number=terms.number,
    )  # fmt: skip


def is_due(session: Session, user_id: int, now: datetime) -> bool:
    """Whether this account has not agreed to the version in force."""
    terms = in_force(session, "", now)
    return terms is not None and session.get(TermsAcceptance, (user_id, terms.number)) is None


def accepted(session: Session, user_id: int, now: datetime) -> Accepted | None:
    """What the account agreed to last; None when it never agreed to any."""
    asked = select(TermsAcceptance).where(TermsAcceptance.user_id == user_id)
    row = session.scalars(asked.order_by(TermsAcceptance.version.desc()).limit(1)).first()
    if row is None:
        return None
    terms = in_force(session, row.language, now)
    is_current = terms is not None and terms.number == row.version
    version = terms.version if terms and is_current else _earlier(session, row.version)
    return Accepted(version, row.accepted_at, is_current)


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """Every version that the account agreed to, for its file."""
    asked = select(TermsAcceptance).where(TermsAcceptance.user_id == user_id)
    return [
        {
            "version": _earlier(session, row.version),
            "language": row.language,
            "accepted_at": row.accepted_at.isoformat(),
        }
        for row in session.scalars(asked.order_by(TermsAcceptance.version))
    ]


def _number(session: Session, page: Page, version: str) -> int:
    """The first revision that bore the version's name."""
    named = PageVersion.details["version"].as_string() == version
    first = session.scalar(
        select(func.min(PageVersion.revision)).where(PageVersion.page_id == page.id, named)
    )
    return page.revision if first is None else first


def _earlier(session: Session, number: int) -> str:
    """What the version of that number was called; its number where nobody knows any more."""
    asked = (
        select(PageVersion.details)
        .join(Page, Page.id == PageVersion.page_id)
        .where(Page.kind == PageKind.SITE, Page.slug == SLUG, Page.source_revision.is_(None))
        .where(PageVersion.revision == number)
    )
    return _named(session.scalar(asked) or {}, number)


def _named(details: dict[str, Any], revision: int) -> str:
    return str(details.get("version") or revision)
