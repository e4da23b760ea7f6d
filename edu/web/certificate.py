"""Certificates of a path: asked for on its page, shown to whoever has the address, withdrawn, removed."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.services.board import qr
from edu.services.certificates import giving, kept
from edu.services.pages.related import NO_COURSE
from edu.web import course as courses
from edu.web import prose
from edu.web.context import gate_modes, runtime, viewer
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("certificate", __name__)
TEMPLATE = "certificate/show.html"


@blueprint.after_request
def keep_to_its_bearer(response: Response) -> Response:
    """The address is the secret: it goes to no other site, into no index and into no cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.post("/courses/<course>/paths/<slug>/certificate")
def give(course: str, slug: str) -> AnyResponse:
    """Give the certificate of a path out, in the name that was typed."""
    house, name = runtime(), request.form.get("certificate_name", "")
    try:
        with house.db.writing() as session:
            made = giving.give(
                session, viewer(session), course, slug, name=name, modes=gate_modes(), now=house.clock.now()
            )
    except Invalid as error:
        with house.db.reading() as session:
            _path, values = courses.path_page(session, course, slug)
        return refuse(error, "course/path.html", **{**values, "certificate_name": name})
    return redirect(made.url, 303)


@blueprint.get("/certificates/<certificate_id>")
def show(certificate_id: str) -> str:
    """A certificate as it was given, for paper and for checking; one that is withdrawn says so."""
    return render_template(TEMPLATE, errors={}, **_page(certificate_id))


@blueprint.post("/certificates/<certificate_id>/withdraw")
def withdraw(certificate_id: str) -> AnyResponse:
    """Withdraw it, for a reason that its page tells from then on."""
    house, reason = runtime(), request.form.get("reason", "")
    try:
        with house.db.writing() as session:
            kept.withdraw(session, viewer(session), certificate_id, reason, house.clock.now())
    except Invalid as error:
        return refuse(error, TEMPLATE, **{**_page(certificate_id), "reason": reason})
    flash(_("The certificate is withdrawn. Its page says so to everybody who has the address."), "success")
    return redirect(url_for("certificate.show", certificate_id=certificate_id), 303)


@blueprint.post("/certificates/<certificate_id>/remove")
def remove(certificate_id: str) -> AnyResponse:
    """Delete one's own, so that it can be asked for anew."""
    house = runtime()
    with house.db.writing() as session:
        page = kept.page(session, viewer(session), certificate_id)
        kept.remove(session, viewer(session), certificate_id, house.clock.now())
    flash(_("The certificate is deleted. Nobody finds it at its address any more."), "success")
    return redirect(f"/courses/{page.facts.course_slug}", 303)


def _page(certificate_id: str) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = kept.page(session, viewer(session), certificate_id)
        evidence = _evidence(session, page.facts.evidence_line)
    address = f"{runtime().settings.base_url.rstrip('/')}{page.url}"
    code = Markup(qr.code(address))  # noqa: S704 (drawn by us, of nothing but squares)
    return {"page": page, "evidence": evidence, "address": address, "code": code, "reason": ""}


def _evidence(session: Session, line: str) -> Markup | None:
    if not line:
        return None
    (made,) = prose.texts(session, NO_COURSE, line)
    return prose.markup(made)
