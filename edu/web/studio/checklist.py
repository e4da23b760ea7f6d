"""The studio's page of a checklist: statistics of its steps and raters, and the points needed to pass."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.policy import Action
from edu.services.stations import lists, numbers
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.words import gettext as _

blueprint = Blueprint("studio_checklist", __name__, url_prefix="/studio/checklists/<slug>")
blueprint.context_processor(menu.studio)
PAGE = "studio/checklist/statistics.html"


@blueprint.get("/statistics")
def statistics(slug: str) -> str:
    """How hard the steps are, how they tell good from poor, and how far raters agree."""
    return render_template(PAGE, errors={}, page=_page(slug))


@blueprint.post("/cut")
def set_cut(slug: str) -> AnyResponse:
    """Let the points of the borderline regression be needed from now on, or the share of the author again."""
    try:
        with runtime().db.writing() as session:
            who = viewer(session)
            row = lists.named(session, who, slug, Action.EDIT)
            cut = numbers.page(session, who, slug).cut
            is_back = request.form.get("do") == "share"
            if not is_back and (cut is None or not cut.is_usable):
                raise Invalid("there are too few candidates for a cut of their own", code="no_cut")
            lists.set_cut(session, row, 0 if is_back or cut is None else cut.needed, now=menu.now())
    except Invalid as error:
        return refuse(error, PAGE, page=_page(slug))
    flash(_("The points needed are changed. What was begun before keeps its own."), "success")
    return redirect(url_for("studio_checklist.statistics", slug=slug), 303)


def _page(slug: str) -> numbers.StatisticsPage:
    with runtime().db.reading() as session:
        return numbers.page(session, viewer(session), slug)
