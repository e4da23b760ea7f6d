"""One-time links: the first administrator and the invited make an account, others choose a new password."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.models import Purpose
from edu.services import accounts, audit, links, passwords, sessions, terms_acceptance
from edu.services.audit import Deed
from edu.services.links import Offer
from edu.services.quizzing import attempts
from edu.services.stations import performances
from edu.web import agreement, login
from edu.web.context import runtime, visitor_hash
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("link", __name__, url_prefix="/account/link")


@blueprint.after_request
def keep_secret(response: Response) -> Response:
    """The address is the secret: it goes into no other site's log and no cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<token>")
def show(token: str) -> Response:
    """The form behind a good link. Looking uses nothing up: mail programs look before people do."""
    house = runtime()
    with house.db.reading() as session:
        offer = links.look(session, token, house.clock.now())
    return make_response(
        render_template(_template(offer), errors={}, name="", email="", **_about(offer, token))
    )


@blueprint.post("/<token>")
def use(token: str) -> AnyResponse:
    """Do what the link is for, once."""
    house = runtime()
    with house.db.reading() as session:
        offer = links.look(session, token, house.clock.now())
    given = {"name": request.form.get("name", ""), "email": request.form.get("email", "")}
    password = request.form.get("password", "")
    try:
        if offer.user_id is not None:
            return _reset(token, offer.user_id, password)
        return _join(token, password=password, **given)
    except Invalid as error:
        return refuse(error, _template(offer), **given, **_about(offer, token))


def _join(token: str, *, name: str, email: str, password: str) -> AnyResponse:
    house = runtime()
    now = house.clock.now()
    with house.db.reading() as session:
        terms = agreement.ticked(session)
    passwords.check(password, context=(house.settings.site_name, email, name))
    kept = passwords.hashed(password)
    with house.db.writing() as session:
        offer = links.use(session, token, now)
        user = accounts.create(session, email=email, name=name, password_hash=kept, now=now, role=offer.role)
        _note(session, offer, user.id)
        terms_acceptance.note(session, user.id, terms, now)
        attempts.claim(session, visitor_hash(), user.id, now=now)
        performances.claim(session, visitor_hash(), user.id, now=now)
        begun = sessions.begin(
            session, user.id, now=now, device=request.user_agent.string, replaces=login.token()
        )
    login.sign_in(begun)
    flash(_("Welcome! Your account is ready."), "success")
    return redirect(url_for("home.index"), 303)


def _reset(token: str, user_id: int, password: str) -> AnyResponse:
    house = runtime()
    now = house.clock.now()
    with house.db.reading() as session:
        owner = accounts.profile(session, user_id)
    passwords.check(password, context=(house.settings.site_name, owner.email, owner.name))
    kept = passwords.hashed(password)
    with house.db.writing() as session:
        offer = links.use(session, token, now)
        accounts.set_password(session, user_id, kept, now)
        sessions.end_all(session, user_id, now)
        _note(session, offer, user_id)
    login.sign_out()
    flash(_("The new password is set. Sign in with it; every other browser was signed out."), "success")
    return redirect(url_for("account.sign_in"), 303)


def _note(session: Session, offer: Offer, user_id: int) -> None:
    audit.record(
        session,
        Deed.LINK_USED,
        now=runtime().clock.now(),
        actor_id=user_id,
        subject=audit.of_user(user_id),
        purpose=offer.purpose.value,
        role=offer.role.value,
    )


def _template(offer: Offer) -> str:
    return "account/new_password.html" if offer.purpose is Purpose.RESET else "account/join.html"


def _about(offer: Offer, token: str) -> dict[str, object]:
    with runtime().db.reading() as session:
        terms = agreement.in_force(session) if offer.purpose is not Purpose.RESET else None
    return {
        "token": token,
        "terms": terms,
        "role": offer.role.value,
        "is_first": offer.purpose is Purpose.FIRST_ADMINISTRATOR,
    }
