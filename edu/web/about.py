"""What the site says of itself: about, terms with their versions, privacy, accessibility."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import PageKind
from edu.services.pages import finding, related
from edu.web import page, prose
from edu.web.context import runtime
from edu.web.language import chosen

blueprint = Blueprint("about", __name__)
TERMS = "terms"


@blueprint.get("/about")
def show() -> str:
    """What this is, for whom, how sure one can be."""
    return _page("about")


@blueprint.get("/privacy")
def privacy() -> str:
    """What the site keeps, and what it does not."""
    return _page("privacy")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How the site can be used, and what is known not to work."""
    return _page("accessibility")


@blueprint.get("/terms")
def terms() -> str:
    """The terms in force, with the versions before them."""
    with runtime().db.reading() as session:
        shown = _found(session, TERMS)
        if shown is None:
            return render_template("about/missing.html")
        versions = finding.versions(session, PageKind.SITE, TERMS, chosen())
    current = next((text for text in versions if text.version == shown.link.details.version), None)
    return render_template("about/terms.html", page=shown, versions=versions, current=current)


@blueprint.get("/terms/<version>")
def terms_version(version: str) -> str:
    """The terms as they stood in one of their versions."""
    with runtime().db.reading() as session:
        present = finding.found(session, PageKind.SITE, TERMS, chosen(), runtime().clock.now())
        versions = finding.versions(session, PageKind.SITE, TERMS, chosen())
        earlier = next((text for text in versions if text.version == version), None)
        if earlier is None:
            raise NotFound("there is no such version of the terms")
        (text,) = prose.texts(session, related.library_of(session, present.course_id), earlier.body)
    is_current = version == present.link.details.version
    return render_template("about/terms_version.html", earlier=earlier, text=text, is_current=is_current)


def _page(slug: str) -> str:
    with runtime().db.reading() as session:
        shown = _found(session, slug)
    return render_template("about/show.html" if shown else "about/missing.html", page=shown)


def _found(session: Session, slug: str) -> page.Shown | None:
    """The page; None where nobody has written it yet: every page of the site leads here, so that is said."""
    try:
        return page.shown(session, PageKind.SITE, slug)
    except NotFound:
        return None
