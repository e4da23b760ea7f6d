"""Links to a performance: one rates it by them, or takes it as one's own."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.models import InvitePurpose
from edu.services.stations import invites, performances
from edu.web.context import remember_visitor, runtime, viewer

blueprint = Blueprint("checklist_link", __name__, url_prefix="/checklists/invitations")


@blueprint.after_request
def keep_secret(response: Response) -> Response:
    """The address is the secret: it goes into no other site's log and no cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<token>")
def show(token: str) -> Response:
    """What the link is for. Looking uses nothing up: mail programs look before people do."""
    with runtime().db.reading() as session:
        offer = invites.look(session, token, runtime().clock.now())
    needs_account = offer.purpose is InvitePurpose.RATE and viewer().user_id is None
    page = render_template(
        "checklist/invitation.html",
        offer=offer,
        needs_account=needs_account,
        action=url_for("checklist_link.accept", token=token),
        run_id=uuid4(),
    )
    return make_response(page)


@blueprint.post("/<token>")
def accept(token: str) -> AnyResponse:
    """Begin to rate, or take the result as one's own."""
    house = runtime()
    with house.db.reading() as session:
        offer = invites.look(session, token, house.clock.now())
    if offer.purpose is InvitePurpose.CLAIM and viewer().user_id is None:
        remember_visitor()
    run_id = performances.run_id_of(request.form.get("run", ""))
    with house.db.writing() as session:
        found = invites.accept(session, viewer(session), token, run_id, now=house.clock.now())
    return redirect(url_for("checklist_run.show", run_id=found), 303)
