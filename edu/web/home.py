"""The front page, and the small files that browsers and search engines ask for."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, redirect, render_template, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from edu.services import courses, gate
from edu.services.discovery.nodes import w3c_time
from edu.web.assets import FOLDER
from edu.web.canonical import absolute
from edu.web.context import runtime, viewer
from edu.web.language import available, chosen

blueprint = Blueprint("home", __name__)
SECURITY_HOLDS = timedelta(days=180)  # RFC 9116, section 2.5.5: less than a year


@blueprint.get("/")
def index() -> AnyResponse | str:
    """The courses; a site where one alone has published lessons opens it at once."""
    with runtime().db.reading() as session:
        found = courses.everything(session, viewer(session), language=chosen())
    filled = [course for course in found if course.lesson_count]
    if len(filled) == 1:
        return redirect(filled[0].url, 302)
    return render_template("course/index.html", courses=found)


@blueprint.get("/seek-care")
def care() -> AnyResponse:
    """To the page for patients, which says when to seek care now; every page leads here."""
    with runtime().db.reading() as session:
        found = gate.page(session, user_id=None, visitor_hash=None)
    return redirect(found.patient_path, 302)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The site's mark, for browsers that ask without being told."""
    return send_from_directory(FOLDER / "img", "icon.svg", mimetype="image/svg+xml")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines should leave alone."""
    closed = ("/studio", "/account", "/attempts", "/review/", "/media", "/messages", "/search")
    lines = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed)
    return Response(f"{lines}\nSitemap: {absolute('/sitemap.xml')}\n", mimetype="text/plain")


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Where to report a hole in the site's security, as RFC 9116 has it."""
    today = runtime().clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    fields = {
        "Contact": absolute("/contact"),
        "Expires": w3c_time(today + SECURITY_HOLDS),
        "Preferred-Languages": ", ".join(available()),
        "Canonical": absolute("/.well-known/security.txt"),
    }
    return Response("".join(f"{name}: {value}\n" for name, value in fields.items()), mimetype="text/plain")
