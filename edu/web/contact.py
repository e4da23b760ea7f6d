"""Contact: a question or a remark to those who run the site."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response as AnyResponse

from edu.models import MessageKind
from edu.web import message_form

blueprint = Blueprint("contact", __name__)
message_form.bound(blueprint)
PAGE = "message/contact.html"


@blueprint.get("/contact")
def show() -> str:
    """The form, with what it is not for."""
    return render_template(PAGE, errors={}, **message_form.values(MessageKind.CONTACT))


@blueprint.post("/contact")
def send() -> AnyResponse:
    """Keep the message and show its number and its secret address."""
    return message_form.send(MessageKind.CONTACT, PAGE)
