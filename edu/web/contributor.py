"""Contributors: who made what is here, their roles and interests, and what they agreed to."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.models import PageKind
from edu.web import page
from edu.web.context import runtime

blueprint = Blueprint("contributor", __name__, url_prefix="/contributors")


@blueprint.get("")
def index() -> str:
    """Everybody."""
    with runtime().db.reading() as session:
        people = page.listed(session, PageKind.CONTRIBUTOR)
    return render_template("contributor/index.html", people=people)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """One contributor."""
    with runtime().db.reading() as session:
        person = page.shown(session, PageKind.CONTRIBUTOR, slug)
    return render_template("contributor/show.html", page=person)
