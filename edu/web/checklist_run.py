"""A rating by a checklist: the live form, its marks as they are given, its result, and comments on it."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Invalid
from edu.models import ChecklistRun, InvitePurpose, RunState
from edu.services.stations import entries, forms, invites, outcomes, performances
from edu.services.stations.entries import CLOCK
from edu.services.stations.forms import FormPage
from edu.web.context import runtime, viewer
from edu.web.errors import status_of, wants_json
from edu.web.marks import as_json, from_form, from_json
from edu.web.payload import json_object
from edu.web.wording import sentence_for

blueprint = Blueprint("checklist_run", __name__, url_prefix="/checklists/runs/<run_id>")
ANYWAY, OPEN_STEPS = "anyway", "open-steps"  # what `finish` says in a form, and in an address


@blueprint.after_request
def keep_out_of_caches(response: Response) -> Response:
    """Going back must not bring up marks as they were before; links shown once stay here."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def show(run_id: str) -> Response:
    """The form of an open run, or the result."""
    return _page(run_id)


@blueprint.put("/marks")
def save(run_id: str) -> Response:
    """Keep marks as they are given. `stale` are those that were given later somewhere else."""
    now, given = runtime().clock.now(), from_json(json_object())
    with runtime().db.writing() as session:
        run, performance = performances.held(session, viewer(session), run_id)
        kept = entries.save(session, run, forms.frozen(performance), given, now=now)
    return jsonify(
        saved=[{"item": one.entry.name, "rev": one.entry.rev} for one in kept if not one.is_stale],
        stale=[as_json(one.entry) for one in kept if one.is_stale],
    )


@blueprint.post("")
def answer(run_id: str) -> AnyResponse:
    """Keep what the form holds; then open or close a branch, or finish, or (`save`) do neither.

    What has unmarked steps is finished only when the form says so (`finish` = `anyway`).
    """
    waits, anchor = False, None
    try:
        with runtime().db.writing() as session:
            run, page = _held(session, run_id)
            if run.state is RunState.OPEN:
                anchor = _keep(session, run, page)
                if "finish" in request.form:
                    waits = _finish(session, run_id)
    except (Invalid, Conflict) as error:
        return _refused(error, run_id)
    if waits:
        return redirect(
            url_for("checklist_run.show", run_id=run_id, finish=OPEN_STEPS, _anchor=OPEN_STEPS), 303
        )
    return redirect(url_for("checklist_run.show", run_id=run_id, _anchor=anchor), 303)


@blueprint.post("/again")
def again(run_id: str) -> AnyResponse:
    """Rate oneself a second time, after watching the video."""
    other = performances.run_id_of(request.form.get("run", ""))
    with runtime().db.writing() as session:
        run, _ = performances.held(session, viewer(session), run_id)
        begun = performances.again(session, viewer(session), run, other, now=runtime().clock.now()).id
    return redirect(url_for("checklist_run.show", run_id=begun), 303)


@blueprint.post("/comments")
def comment(run_id: str) -> AnyResponse:
    """Say something about a mark that lies far from another rater's."""
    name = request.form.get("item", "")
    try:
        with runtime().db.writing() as session:
            run, _ = performances.held(session, viewer(session), run_id)
            entries.comment(session, run, name, request.form.get("note", ""), now=runtime().clock.now())
    except Invalid as error:
        return _refused(error, run_id)
    return redirect(url_for("checklist_run.show", run_id=run_id, _anchor=f"row-{name}"), 303)


@blueprint.post("/invitations")
def invite(run_id: str) -> AnyResponse:
    """A link to rate the same performance by, or to take it as one's own: shown in this answer only."""
    is_claim = request.form.get("purpose") == InvitePurpose.CLAIM.value
    purpose = InvitePurpose.CLAIM if is_claim else InvitePurpose.RATE
    house = runtime()
    try:
        with house.db.writing() as session:
            run, performance = performances.seen(session, viewer(session), run_id)
            if run.state is RunState.OPEN:
                raise Conflict("finish your rating first", code="run_open")
            token = invites.issue(session, viewer(session), performance.id, purpose, now=house.clock.now())
    except (Invalid, Conflict) as error:
        return _refused(error, run_id)
    link = f"{house.settings.base_url}/checklists/invitations/{token}"
    return _page(run_id, link=link, purpose=purpose.value)


def _held(session: Session, run_id: str) -> tuple[ChecklistRun, FormPage]:
    run, performance = performances.held(session, viewer(session), run_id)
    return run, forms.page(session, run, performance)


def _keep(session: Session, run: ChecklistRun, page: FormPage) -> str | None:
    """Keep the form's entries; gives the place on the page to go back to, where the form names one."""
    given, is_stale = from_form(request.form, page)
    if is_stale:
        raise Conflict(
            "you marked in another window meanwhile; these are your latest marks, please look again",
            code="marked_elsewhere",
        )
    _, performance = performances.held(session, viewer(session), run.id)
    entries.save(session, run, forms.frozen(performance), given, now=runtime().clock.now())
    opened = (branch.name for branch in page.branches if f"v.{branch.name}" in request.form)
    return next((name.replace(":", "-") for name in opened), None)


def _finish(session: Session, run_id: str) -> bool:
    """Finish, unless steps are open and the form does not say so; whether it waits for that word."""
    run, page = _held(session, run_id)
    is_open = page.open_steps or page.open_scales or page.unopened_count
    if is_open and request.form.get("finish") != ANYWAY:
        return True
    kept = entries.kept(session, [run_id])[run_id]
    clock = kept[CLOCK].at_ms if CLOCK in kept else None
    performances.finish(session, run, clock, now=runtime().clock.now())
    return False


def _refused(error: EduError, run_id: str) -> Response:
    if wants_json():
        raise error
    return _page(run_id, error=sentence_for(error), status=status_of(error))


def _page(run_id: str, *, error: str = "", link: str = "", purpose: str = "", status: int = 200) -> Response:
    with runtime().db.reading() as session:
        run, performance = performances.seen(session, viewer(session), run_id)
        if run.state is RunState.OPEN:
            form = forms.page(session, run, performance)
            asks_again = request.args.get("finish") == OPEN_STEPS and status == 200
            shown = render_template("checklist/run.html", page=form, error=error, asks_again=asks_again)
        else:
            page = outcomes.page(session, viewer(session), run, performance)
            shown = render_template(
                "checklist/result.html", page=page, error=error, link=link, purpose=purpose, next_id=uuid4()
            )
    return make_response(shown, status)
