"""The page of one's tokens: each is made under a name, shown once, and ended when it is not needed."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, SignInNeeded
from edu.services.api import tokens
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("token", __name__, url_prefix="/account/tokens")
TEMPLATE = "account/tokens.html"


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """A new token stays in no cache, not even in the browser's."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def index() -> str:
    """The account's tokens, and the form for another."""
    return render_template(TEMPLATE, errors={}, **_page())


@blueprint.post("")
def make() -> AnyResponse | str:
    """Make a token and show it, this once."""
    house = runtime()
    try:
        with house.db.writing() as session:
            made = tokens.make(session, _me(), request.form.get("name", ""), house.clock.now())
    except EduError as error:
        return refuse(error, TEMPLATE, **_page())
    return render_template(TEMPLATE, errors={}, **(_page() | {"made": made}))


@blueprint.post("/<int:token_id>/end")
def end(token_id: int) -> AnyResponse:
    """End a token: whatever uses it reads nothing more by it."""
    house = runtime()
    with house.db.writing() as session:
        tokens.end(session, _me(), token_id, house.clock.now())
    flash(_("The token is ended."), "success")
    return redirect(url_for("token.index"), 303)


def _me() -> int:
    user_id = viewer().user_id
    if user_id is None:
        raise SignInNeeded("sign in to see this page")
    return user_id


def _page() -> dict[str, object]:
    with runtime().db.reading() as session:
        listed = tokens.listed(session, _me())
    return {"tokens": listed, "most": tokens.MOST, "most_letters": tokens.MOST_LETTERS, "made": ""}
