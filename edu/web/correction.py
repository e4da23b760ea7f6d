"""Corrections: reporting an error on a page, and the public log of what was reported and changed."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.models import MessageKind
from edu.services import typed
from edu.services.messages import shown, subjects
from edu.services.messages.subjects import Subject
from edu.web import message_form, message_words
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse

blueprint = Blueprint("correction", __name__, url_prefix="/corrections")
message_form.bound(blueprint)
PAGE = "message/report.html"
# The views whose own address is what one reports: public pages, and none that holds a secret.
REPORTABLE = {
    "home", "course", "lesson", "video", "quiz", "checklist", "library", "glossary", "open_question", "story",
    "news", "contributor", "about", "gate",
}  # fmt: skip


blueprint.app_template_global("subject_title")(message_words.title_of)


@blueprint.app_template_global("report_url")
def report_url() -> str:
    """The address at which an error on this very page is reported."""
    room, _, view = (request.endpoint or "").partition(".")
    if room in REPORTABLE and (view in ("index", "show") or (room == "about" and view != "terms_version")):
        return f"/corrections/new?page={quote(request.path)}"
    return "/corrections/new"


@blueprint.get("")
def index() -> str:
    """What was reported, what was changed, and who approved it."""
    number = typed.row_id(request.args.get("page", "")) or 1
    with runtime().db.reading() as session:
        log = shown.log(session, viewer(session), number, runtime().clock.now())
    return render_template("message/log.html", log=log, states=message_words.states())


@blueprint.get("/<int:number>")
def show(number: int) -> str:
    """One entry of the log."""
    with runtime().db.reading() as session:
        entry = shown.correction(session, viewer(session), number, runtime().clock.now())
    return render_template("message/entry.html", entry=entry, states=message_words.states())


@blueprint.get("/new")
def new() -> AnyResponse:
    """The form for one page; without a page it asks for its address."""
    written = request.args.get("page", "")
    subject = None
    try:
        subject = _subject(written) if written else None
    except Invalid as error:
        return _refused(error, written)
    values = message_form.values(MessageKind.CORRECTION)
    return make_response(render_template(PAGE, errors={}, subject=subject, written="", **values))


@blueprint.post("/new")
def send() -> AnyResponse:
    """Keep the report and show its number and its secret address."""
    written = request.form.get("page", "")
    try:
        subject = _subject(written)
    except Invalid as error:
        return _refused(error, written)
    return message_form.send(
        MessageKind.CORRECTION, PAGE, path=subject.path, title=subject.title, subject=subject, written=""
    )


def _subject(written: str) -> Subject:
    house = runtime()
    with house.db.reading() as session:
        own, now = house.settings.base_url, house.clock.now()
        return subjects.find(session, viewer(session), written, own=own, now=now)


def _refused(error: Invalid, written: str) -> AnyResponse:
    values = message_form.values(MessageKind.CORRECTION)
    return refuse(error, PAGE, subject=None, written=written[: subjects.MOST_PATH], **values)
