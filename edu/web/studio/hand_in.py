"""The studio's pages of recordings that learners handed in: the list, and one with what is said to it."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.services.hand_ins import lists, pages, remarks
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.wording import problem_sentence
from edu.web.words import gettext as _

blueprint = Blueprint("studio_hand_in", __name__, url_prefix="/studio/hand-ins")
blueprint.context_processor(menu.studio)
PAGE = "studio/hand_in/show.html"
WAITING = "waiting"  # the filter of the list: not answered yet
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}(?:[.,]\d{1,3})?)", re.ASCII)


@blueprint.get("")
def index() -> str:
    """What learners handed in beside films that the viewer may change."""
    number, only_waiting = request.args.get("page", 1, type=int), request.args.get("show") == WAITING
    with runtime().db.reading() as session:
        found = lists.handed_in(session, viewer(session), number, only_waiting=only_waiting)
    url = f"{url_for('studio_hand_in.index')}?{f'show={WAITING}&' if only_waiting else ''}page={{page}}"
    return render_template(
        "studio/hand_in/index.html", page=found, pages_url=url, shown=WAITING if only_waiting else ""
    )


@blueprint.get("/<hand_in_id>")
def show(hand_in_id: str) -> str:
    """A learner's recording beside the film, with what was said to it."""
    return render_template(PAGE, errors={}, **_page(hand_in_id))


@blueprint.post("/<hand_in_id>/remarks")
def say(hand_in_id: str) -> AnyResponse:
    """Say something to a moment of the recording."""
    said = request.form.get
    try:
        at_ms = milliseconds(said("at", ""))
        with runtime().db.writing() as session:
            remark = remarks.add(
                session,
                viewer(session),
                hand_in_id,
                at_ms=at_ms,
                text=said("text", ""),
                now=runtime().clock.now(),
            )
    except Invalid as error:
        return refuse(error, PAGE, **_page(hand_in_id))
    return redirect(url_for("studio_hand_in.show", hand_in_id=hand_in_id, _anchor=f"remark-{remark.id}"), 303)


@blueprint.post("/<hand_in_id>/remarks/<int:remark_id>/delete")
def take_back(hand_in_id: str, remark_id: int) -> AnyResponse:
    """Delete a remark of one's own."""
    with runtime().db.writing() as session:
        remarks.remove(session, viewer(session), hand_in_id, remark_id)
    flash(_("The remark is deleted."), "success")
    return redirect(url_for("studio_hand_in.show", hand_in_id=hand_in_id, _anchor="remarks"), 303)


def milliseconds(written: str) -> int:
    """A time such as 1:12.4 or 72,4 in milliseconds. Invalid for anything else."""
    found = _TIME.fullmatch(written.strip())
    if found is None:
        raise Invalid("Write the time as minutes and seconds, such as 1:12.", code="not_a_time", field="at")
    minutes, seconds = int(found[1] or 0), float(found[2].replace(",", "."))
    return round((minutes * 60 + seconds) * 1000)


def _page(hand_in_id: str) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = pages.judging(session, viewer(session), hand_in_id, addresses())
    return {"page": page, "problem": problem_sentence(page.row.standing.problem), "said": request.form}
