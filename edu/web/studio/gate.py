"""The administrators' page of the professional gate: requests, invitation codes, the list for an audit."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, Invalid
from edu.services import mail
from edu.services.gating import codes, register, requests
from edu.web import gate_words
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_gate", __name__, url_prefix="/studio/gate")
PAGE = "studio/gate/index.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of this page too."""
    frame = menu.studio()["studio"]
    own = {"name": _("For whom"), "uses": _("Uses"), "days": _("Days"), "reason": _("Reason")}
    return {"studio": Studio(frame.nav, {**frame.fields, **own}, frame.notices)}


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """What people stated, and codes, stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("")
def index() -> str:
    """The requests that wait, the invitation codes, and how many declared in which way."""
    return render_template(PAGE, errors={}, code="", **_page())


@blueprint.post("/requests/<int:request_id>")
def decide(request_id: int) -> AnyResponse:
    """Let somebody in, or refuse with a reason."""
    house, said = runtime(), request.form
    try:
        with house.db.writing() as session:
            may, who = mail.is_possible(house.settings), _actor()
            if said.get("decision") == "admit":
                requests.admit(session, request_id, actor_id=who, can_mail=may, now=menu.now())
            elif said.get("decision") == "refuse":
                reason = said.get("reason", "")
                requests.refuse(session, request_id, reason, actor_id=who, can_mail=may, now=menu.now())
            else:
                raise Invalid("choose what is to be done", code="gate_decision")
    except EduError as error:
        return refuse(error, PAGE, code="", wrong_id=request_id, **_page())
    flash(
        _("The part for professionals is open to this account.")
        if said["decision"] == "admit"
        else _("The request is refused."),
        "success",
    )
    return redirect(url_for("studio_gate.index"), 303)


@blueprint.post("/codes")
def make_code() -> AnyResponse:
    """Make an invitation code: shown in this answer and never again."""
    said = request.form.get
    try:
        with runtime().db.writing() as session:
            made = codes.make(
                session,
                name=said("name", ""),
                uses=said("uses", ""),
                days=said("days", ""),
                actor_id=_actor(),
                now=menu.now(),
            )
    except EduError as error:
        return refuse(error, PAGE, code="", **_page())
    return make_response(render_template(PAGE, errors={}, code=made, **_page(is_made=True)))


@blueprint.post("/codes/<int:code_id>/end")
def end_code(code_id: int) -> AnyResponse:
    """Let nobody in by the code any more."""
    with runtime().db.writing() as session:
        codes.end(session, code_id, actor_id=_actor(), now=menu.now())
    flash(_("The code is ended. Whoever came in by it stays in."), "success")
    return redirect(url_for("studio_gate.index"), 303)


@blueprint.post("/declarations.csv")
def declarations() -> Response:
    """Every declaration as CSV, without names, for the operator's audit; that it was taken is noted."""
    with runtime().db.writing() as session:
        text = register.export(session, actor_id=_actor(), now=menu.now())
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="declarations.csv"'
    return response


def _page(*, is_made: bool = False) -> dict[str, object]:
    """`is_made`: the form of a new code is empty again."""
    house = runtime()
    with house.db.reading() as session:
        found = {
            "requests": requests.listing(session),
            "codes": codes.listing(session, menu.now()),
            "counts": register.counts(session),
        }
    return {
        **found,
        "modes": house.settings.gate,
        "ways": gate_words.ways(),
        "professions": gate_words.professions(),
        "reasons": [("", _("Please choose")), *gate_words.reasons().items()],
        "said": {} if is_made else request.form,
    }


def _actor() -> int:
    return viewer().user_id or 0  # the policy lets administrators only come here
