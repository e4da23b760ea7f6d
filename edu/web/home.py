"""The front page, and the small files that browsers and search engines ask for."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from edu.services import courses
from edu.web.assets import FOLDER
from edu.web.context import runtime, viewer

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> AnyResponse | str:
    """The courses; a site where one alone has published lessons opens it at once."""
    with runtime().db.reading() as session:
        found = courses.everything(session, viewer())
    filled = [course for course in found if course.lesson_count]
    if len(filled) == 1:
        return redirect(filled[0].url, 302)
    return render_template("course/index.html", courses=found)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The site's mark, for browsers that ask without being told."""
    return send_from_directory(FOLDER / "img", "icon.svg", mimetype="image/svg+xml")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines should leave alone."""
    closed = ("/studio", "/account", "/attempts", "/review/", "/media")
    lines = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed)
    return Response(lines, mimetype="text/plain")
