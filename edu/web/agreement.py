"""The terms that accounts agree to: the tick of new ones, and the page that asks once for a later version."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid, NotFound
from edu.models import PageKind
from edu.policy import is_public
from edu.services import terms_acceptance
from edu.services.terms_acceptance import Terms
from edu.web import page
from edu.web.context import runtime, viewer
from edu.web.destination import after
from edu.web.language import chosen
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("agreement", __name__, url_prefix="/account/terms")
DUE: Final = "terms_due"  # in the cookie of whoever signed in and has not agreed to the version in force
TEMPLATE: Final = "account/terms.html"
OPEN: Final = ("agreement.", "profile.")  # one's own data are one's own whether one agrees or not


@blueprint.before_app_request
def ask() -> AnyResponse | None:
    """Lead a page that asks for an account to the terms, as long as the account has not agreed.

    What is open to all stays so, the emergency signs above all. Files, scripts and programs do not ask for
    HTML by name: they, and what is sent, go on.
    """
    is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    endpoint = request.endpoint
    if not is_page or endpoint is None or endpoint.startswith(OPEN) or is_public(endpoint):
        return None
    if DUE not in session:
        return None
    return redirect(url_for("agreement.show", next=request.full_path.rstrip("?")), 303)


@blueprint.get("")
def show() -> str | AnyResponse:
    """The terms in force with their two answers; who agreed already goes on."""
    values = _page()
    if values is None:
        session.pop(DUE, None)
        return redirect(after(url_for("profile.show")), 303)
    return render_template(TEMPLATE, errors={}, **values)


@blueprint.post("")
def agree() -> AnyResponse:
    """Log that the account agrees."""
    now, user_id = runtime().clock.now(), viewer().user_id or 0  # the policy lets nobody else come here
    try:
        with runtime().db.writing() as database:
            terms = _agreed(database)
            terms_acceptance.note(database, user_id, terms, now)
    except Invalid as error:
        return refuse(error, TEMPLATE, **(_page() or {}))
    session.pop(DUE, None)
    flash(_("Thank you. The day on which you agreed stands on the page of your account."), "success")
    return redirect(after(url_for("home.index")), 303)


def in_force(database: Session) -> Terms | None:
    """The terms in force for the forms that make an account; None where there are none."""
    return terms_acceptance.in_force(database, chosen(), runtime().clock.now())


def ticked(database: Session) -> Terms | None:
    """The terms that the form of a new account agrees to; Invalid, beside the tick, when it does not."""
    return _agreed(database, is_ticked="terms" in request.form)


def first(destination: str) -> AnyResponse:
    """To the terms, and from there to where whoever just signed in was going."""
    session[DUE] = True
    return redirect(url_for("agreement.show", next=destination), 303)


def _agreed(database: Session, *, is_ticked: bool = True) -> Terms | None:
    return terms_acceptance.agreed(
        database,
        ticked=is_ticked,
        number=request.form.get("terms_number", ""),
        language=chosen(),
        now=runtime().clock.now(),
    )


def _page() -> dict[str, object] | None:
    """The terms as they are read, with what was agreed to before; None when nothing is to be asked."""
    now, user_id = runtime().clock.now(), viewer().user_id or 0
    with runtime().db.reading() as database:
        terms = in_force(database)
        before = terms_acceptance.accepted(database, user_id, now)
        if terms is None or (before is not None and before.is_current):
            return None
        try:
            shown = page.shown(database, PageKind.SITE, terms_acceptance.SLUG)
        except NotFound:  # taken back at this moment
            return None
    return {"terms": terms, "page": shown, "before": before, "next": after("")}
