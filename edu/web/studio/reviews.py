"""Reviews in the studio: what waits, one request with its text, asking, signing, returning, withdrawing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import ReviewSubject
from edu.services import typed
from edu.services.authoring import review_texts, reviewing, subjects
from edu.web import prose
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.versions import NOUNS, field_words, work_url
from edu.web.words import gettext as _

blueprint = Blueprint("studio_review", __name__, url_prefix="/studio/reviews")
blueprint.context_processor(menu.studio)
SHOW = "studio/review/show.html"


@blueprint.get("")
def index() -> str:
    """What waits for a second pair of eyes."""
    with runtime().db.reading() as session:
        found = reviewing.waiting(session, viewer())
        due = [(one, work_url(one.subject, one.subject_id)) for one in reviewing.due(session, viewer())]
    words = {"kinds": kind_words(), "lacks": lack_words()}
    return render_template("studio/review/index.html", found=found, due=due, **words)


@blueprint.post("/ask")
def ask() -> AnyResponse:
    """Ask for a review of what stands there now."""
    kind = typed.word(request.form.get("subject", ""), ReviewSubject, "subject")
    row_id = typed.row_id(request.form.get("id", "")) or 0
    try:
        with runtime().db.writing() as session:
            note = request.form.get("note", "")
            request_id = reviewing.ask(session, viewer(), kind, row_id, note=note, now=menu.now()).id
    except (Invalid, Conflict) as error:
        if isinstance(error, Invalid) and error.parameters.get("field"):
            raise
        return refuse(error, "studio/review/refused.html", back=_work_url(kind, row_id))
    flash(_("A review is asked for. Whoever opens the studio sees it in the list of reviews."), "success")
    return redirect(url_for(".show", request_id=request_id), 303)


@blueprint.get("/<int:request_id>")
def show(request_id: int) -> str:
    """The text that is asked about, with what was changed since it was signed last."""
    return render_template(SHOW, errors={}, said={}, **_page(request_id))


@blueprint.post("/<int:request_id>/sign")
def sign(request_id: int) -> AnyResponse:
    """Sign it, by one's own name and with one's own interests."""
    said = {name: request.form.get(name, "") for name in ("reviewer", "profession", "interests")}
    try:
        if "meant" not in request.form:
            raise Invalid("Tick that you read all of it.", code="not_meant", field="meant")
        with runtime().db.writing() as session:
            reviewing.sign(session, viewer(), request_id, now=menu.now(), **said)
    except (Invalid, Conflict, Forbidden) as error:
        return refuse(error, SHOW, said=said, **_page(request_id))
    flash(_("It is signed. Readers see your name, the day and the interests you stated."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<int:request_id>/return")
def send_back(request_id: int) -> AnyResponse:
    """Return it with remarks."""
    said = {"remarks": request.form.get("remarks", "")}
    try:
        with runtime().db.writing() as session:
            reviewing.return_with_remarks(session, viewer(), request_id, said["remarks"], menu.now())
    except (Invalid, Conflict) as error:
        return refuse(error, SHOW, said=said, **_page(request_id))
    flash(_("It is returned with your remarks."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<int:request_id>/withdraw")
def withdraw(request_id: int) -> AnyResponse:
    """Take a request back."""
    with runtime().db.writing() as session:
        found = reviewing.withdraw(session, viewer(), request_id, menu.now())
        kind, row_id = found.subject, found.subject_id
    flash(_("The request is withdrawn."), "success")
    return redirect(_work_url(kind, row_id), 303)


def kind_words() -> dict[str, str]:
    """What can be reviewed, in words."""
    return {
        "lesson": _("Lesson"),
        "module": _("Module"),
        "page": _("Page"),
        "term": _("Word of the glossary"),
    }


def lack_words() -> dict[str, str]:
    """Why somebody cannot sign, in words."""
    return {
        "changed_since": _("It was changed since the review was asked for."),
        "own_edit": _("You wrote what stands there: somebody else has to review it."),
        "own_request": _("You asked for this review: somebody else has to sign it."),
    }


def _work_url(kind: ReviewSubject, row_id: int) -> str:
    with runtime().db.reading() as session:
        return work_url(kind, row_id, subjects.course_of(session, kind, row_id))


def _page(request_id: int) -> dict[str, object]:
    with runtime().db.reading() as session:
        asked = reviewing.page(session, viewer(), request_id)
        text = review_texts.text(session, viewer(), asked.subject, asked.subject_id)
        if text is None:
            raise NotFound("there is no such page")
        (made,) = prose.texts(session, text.course_id, text.body)
    noun = NOUNS.get(asked.subject, "")
    return {
        "page": asked, "text": text, "made": made, "fields": field_words(), "kinds": kind_words(),
        "work_url": work_url(asked.subject, asked.subject_id, asked.course_id),
        "lacks": lack_words(), "noun": noun,
    }  # fmt: skip
