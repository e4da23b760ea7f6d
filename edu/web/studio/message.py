"""The studio's pages of readers' messages: the list, and one with its answer."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, NotFound
from edu.models import MessageKind, MessageState
from edu.services import mail, typed
from edu.services.messages import deciding, desk
from edu.services.messages.deciding import Decision, Verdict
from edu.services.messages.shown import ShownMessage
from edu.web import message_words
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_message", __name__, url_prefix="/studio/messages")
PAGE = "studio/message/show.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, {**frame.fields, **message_words.fields()}, frame.notices)}


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """What people wrote, and their addresses, stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def index() -> str:
    """The messages that are the viewer's to answer, filtered."""
    said = request.args.get
    kind, state = said("kind", ""), said("state", "")
    with runtime().db.reading() as session:
        found = desk.listing(
            session,
            viewer(session),
            kind=MessageKind(kind) if kind in set(MessageKind) else None,
            state=MessageState(state) if state in set(MessageState) else None,
            page=typed.row_id(said("page", "")) or 1,
        )
    return render_template(
        "studio/message/index.html",
        listing=found,
        chosen={"kind": kind, "state": state},
        pages_url=url_for("studio_message.index", kind=kind, state=state) + "&page={page}",
        **_words(),
    )


@blueprint.get("/<int:number>")
def show(number: int) -> str:
    """One message, with the form of its answer."""
    return render_template(PAGE, errors={}, said=None, seen="", preview=None, **_page(number))


@blueprint.post("/<int:number>")
def decide(number: int) -> AnyResponse:
    """Do what a button says, or show what would be public."""
    house, said, seen = runtime(), request.form, request.form.get("seen", "")
    try:
        verdict = _verdict()
        if "preview" in said:
            shown = _preview(number, verdict)
            page = _page(number)
            return Response(render_template(PAGE, errors={}, said=said, seen=seen, preview=shown, **page))
        with house.db.writing() as session:
            deciding.decide(
                session,
                viewer(session),
                number,
                verdict,
                can_mail=mail.is_possible(house.settings),
                now=house.clock.now(),
            )
    except NotFound:
        raise
    except EduError as error:
        seen = "" if isinstance(error, Conflict) else seen  # what the other editor wrote is on this page
        return refuse(error, PAGE, said=said, seen=seen, preview=None, **_page(number))
    flash(_done(verdict.decision), "success")
    if verdict.decision in (Decision.DELETE, Decision.SPAM):
        return redirect(url_for("studio_message.index"), 303)
    return redirect(url_for("studio_message.show", number=number), 303)


def _preview(number: int, verdict: Verdict) -> dict[str, ShownMessage | None]:
    """What would be public, under `entry`; None where nothing would be."""
    with runtime().db.reading() as session:
        who = viewer(session)
        return {"entry": deciding.preview(who, desk.sheet(session, who, number), verdict)}


def _verdict() -> Verdict:
    said = request.form.get
    return Verdict(
        decision=typed.word(said("decision", ""), Decision, "decision"),
        answer=said("answer", ""),
        changed=said("changed", ""),
        is_public="is_public" in request.form,
        seen=said("seen", ""),
    )


def _page(number: int) -> dict[str, object]:
    house = runtime()
    with house.db.reading() as session:
        sheet = desk.sheet(session, viewer(session), number)
    return {"sheet": sheet, "can_mail": mail.is_possible(house.settings), **_words()}


def _words() -> dict[str, object]:
    return {
        "kinds": message_words.kinds(),
        "states": message_words.states(),
        "tones": message_words.tones(),
        "reasons": message_words.reasons(),
    }


def _done(decision: Decision) -> str:
    return {
        Decision.ANSWER: _("The answer is kept."),
        Decision.ACCEPT: _("The message is accepted."),
        Decision.DECLINE: _("The message is declined."),
        Decision.SPAM: _("The message lies with the spam now."),
        Decision.NOT_SPAM: _("The message is back among the others."),
        Decision.DELETE: _("The message is deleted."),
    }[decision]
