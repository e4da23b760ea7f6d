"""Compare: a learner's own recording laid beside the film. The recording stays in the browser."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from edu.services.hand_ins import consent, pages, receiving
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer

blueprint = Blueprint("compare", __name__, url_prefix="/videos/<slug>/compare")


@blueprint.get("")
def show(slug: str) -> str:
    """A film beside a recording of one's own, from the camera or a file, at a step of the film."""
    with runtime().db.reading() as session:
        page = pages.beside(session, viewer(session), slug, request.args.get("step", ""), addresses())
    return render_template("compare/show.html", page=page, consent=consent, limits=receiving)
