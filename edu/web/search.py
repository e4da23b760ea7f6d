"""Search: words in all videos, or in one, with the second at which they are said."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from edu.services.searching import finding
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def show() -> Response:
    """What is found; without a question the form alone."""
    asked, slug = request.args.get("q", ""), request.args.get("video", "")
    number = request.args.get("page", 1, type=int)
    with runtime().db.reading() as session:
        who = viewer(session)
        page = finding.find(session, who, asked, addresses(), slug=slug, number=number)
    answer = make_response(render_template("search/show.html", page=page, passes_gate=who.passes_gate))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
