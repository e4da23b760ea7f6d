"""Checklists as people print them."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.services import checklists
from edu.web.context import runtime, viewer
from edu.web.words import gettext as _

blueprint = Blueprint("checklist", __name__, url_prefix="/checklists")


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A checklist with a box for each step and the moment that shows it."""
    with runtime().db.reading() as session:
        page = checklists.page(session, viewer(session), slug)
    words = {"not": _("Not done"), "part": _("In part"), "done": _("Done")}
    return render_template("checklist/show.html", page=page, scale=[words.get(w, w) for w in page.scale])
