"""Checklists: all of them, one to print, and the beginning of a rating."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.services import checklists, gate, throttle
from edu.services.stations import citing, history, lists, performances
from edu.services.throttle import Limit
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.words import gettext as _

blueprint = Blueprint("checklist", __name__, url_prefix="/checklists")
# Visitors without an account; a class behind one address rates itself in each lesson.
BEGIN = Limit("begin-checklist", 300, timedelta(minutes=10))


@blueprint.get("")
def index() -> str:
    """All checklists, and what the viewer has rated."""
    with runtime().db.reading() as session:
        rows = lists.listing(session, viewer(session))
        past = history.of_viewer(session, viewer(session))
        patients = _patient_path(session)
    return render_template("checklist/index.html", rows=rows, past=past, patient_path=patients)


@blueprint.get("/<slug>")
def show(slug: str) -> Response:
    """A checklist with a box for each step and the moment that shows it; one begins a rating from here."""
    with runtime().db.reading() as session:
        page = checklists.page(session, viewer(session), slug, runtime().clock.now().date())
        sources = citing.cited(session, slug, page.sources)
        patients = _patient_path(session)
    words = {"not": _("Not done"), "part": _("In part"), "done": _("Done")}
    scale = [words.get(word, word) for word in reversed(page.scale)]  # done first, as in the live form
    run_ids = (uuid4(), uuid4())
    shown = render_template(
        "checklist/show.html", page=page, scale=scale, sources=sources, patient_path=patients, run_ids=run_ids
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"  # each look has ids of its own for what is begun from it
    return answer


@blueprint.post("/<slug>/runs")
def begin(slug: str) -> AnyResponse:
    """Begin to rate oneself, which needs no account, or somebody else (`whom` is `other`)."""
    is_self = request.form.get("whom", "self") != "other"
    if viewer().user_id is None:
        remember_visitor()
    run_id = performances.run_id_of(request.form.get("run", ""))
    now = runtime().clock.now()
    with runtime().db.writing() as session:
        who = viewer(session)
        if who.user_id is None:
            throttle.take(session, BEGIN, throttle.network(request.remote_addr), now)
        row = lists.named(session, who, slug)
        run = performances.begin(
            session, who, row, run_id, is_self=is_self, label=request.form.get("label", ""), now=now
        )
        found = run.id
    return redirect(url_for("checklist_run.show", run_id=found), 303)


def _patient_path(session: Session) -> str:
    """Where somebody who came because of their own back is led; empty for those with an account."""
    if viewer(session).user_id is not None:
        return ""
    return gate.page(session, user_id=None, visitor_hash=None).patient_path
