"""Messages: what readers propose and tell, and the page on which a sender finds the answer."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid, NotFound
from edu.models import MessageKind
from edu.services.messages import own, subjects
from edu.services.messages.own import OwnMessage
from edu.services.messages.subjects import Subject
from edu.web import message_form, message_words
from edu.web.context import runtime, viewer
from edu.web.words import gettext as _

blueprint = Blueprint("message", __name__)
message_form.bound(blueprint)
PROPOSE, TELL, PAGE = "message/propose.html", "message/tell.html", "message/own.html"
PRIVATE = ("message.show", "message.withdraw", "message.mine", "message.withdraw_mine")


@blueprint.after_request
def keep_secret(response: Response) -> Response:
    """The address of a message is a secret: it goes into no other site's log, and its page into no cache."""
    if request.endpoint in PRIVATE:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/questions/<slug>/propose")
def propose(slug: str) -> str:
    """The form for a proposal to an open question."""
    subject = _question(slug)
    return render_template(PROPOSE, errors={}, subject=subject, **message_form.values(MessageKind.PROPOSAL))


@blueprint.post("/questions/<slug>/propose")
def send_proposal(slug: str) -> AnyResponse:
    """Keep the proposal; it is shown once an editor has read it."""
    subject = _question(slug)
    return message_form.send(
        MessageKind.PROPOSAL, PROPOSE, path=subject.path, title=subject.title, subject=subject
    )


@blueprint.get("/stories/tell")
def story() -> str:
    """The form for a story, with what its teller agrees to."""
    return render_template(TELL, errors={}, **message_form.values(MessageKind.STORY))


@blueprint.post("/stories/tell")
def tell() -> AnyResponse:
    """Keep the story; it is shown once an editor has read it."""
    title = subjects.FIXED[subjects.STORIES]
    return message_form.send(MessageKind.STORY, TELL, path=subjects.STORIES, title=title)


@blueprint.get("/messages/<token>")
def show(token: str) -> str:
    """A message with its answer, for whoever has its secret address."""
    with runtime().db.reading() as session:
        found = own.by_token(session, token)
    return _page(found, url_for("message.withdraw", token=token), is_by_token=True)


@blueprint.post("/messages/<token>/withdraw")
def withdraw(token: str) -> AnyResponse:
    """Take a message back by its secret address."""
    with runtime().db.writing() as session:
        own.take_back(session, runtime().clock.now(), token=token)
    flash(_("Your message is taken back."), "success")
    return redirect(url_for("contact.show"), 303)


@blueprint.get("/account/messages/<int:number>")
def mine(number: int) -> str:
    """A message with its answer, for the account that sent it."""
    with runtime().db.reading() as session:
        found = own.by_number(session, viewer(session).user_id or 0, number)
    return _page(found, url_for("message.withdraw_mine", number=number), is_by_token=False)


@blueprint.post("/account/messages/<int:number>/withdraw")
def withdraw_mine(number: int) -> AnyResponse:
    """Take back a message that this account sent."""
    with runtime().db.writing() as session:
        who = viewer(session).user_id or 0
        own.take_back(session, runtime().clock.now(), user_id=who, number=number)
    flash(_("Your message is taken back."), "success")
    return redirect(url_for("profile.show"), 303)


def _question(slug: str) -> Subject:
    house = runtime()
    try:
        with house.db.reading() as session:
            own_url, now = house.settings.base_url, house.clock.now()
            return subjects.find(session, viewer(session), f"/questions/{slug}", own=own_url, now=now)
    except Invalid as error:
        raise NotFound("there is no such page") from error


def _page(found: OwnMessage, withdraw_url: str, *, is_by_token: bool) -> str:
    return render_template(
        PAGE,
        found=found,
        withdraw_url=withdraw_url,
        is_by_token=is_by_token,
        address=f"{runtime().settings.base_url}{request.path}",
        kinds=message_words.kinds(),
        states=message_words.states(),
        tones=message_words.tones(),
    )
