"""Signing in and out, making an account, and asking for a new password."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, Forbidden
from edu.services import accounts, audit, forgotten, mail, passwords, sessions, terms_acceptance, throttle
from edu.services.audit import Deed
from edu.services.quizzing import attempts
from edu.services.stations import performances
from edu.settings import SignUp
from edu.web import agreement, login
from edu.web.context import runtime, viewer, visitor_hash
from edu.web.destination import after, local_path
from edu.web.language import chosen
from edu.web.refusal import refuse
from edu.web.words import gettext as _
from edu.web.words import ngettext

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The form, or for somebody who is signed in already the ways on."""
    return render_template("account/sign_in.html", errors={}, email="", **_around())


@blueprint.post("/sign-in")
def begin() -> AnyResponse:
    """Sign this browser in; an unknown account and a wrong password are answered alike."""
    email = request.form.get("email", "")
    try:
        token, moved, is_asked = _signed_in(email, request.form.get("password", ""))
    except EduError as error:
        return refuse(error, "account/sign_in.html", email=email, **_around())
    login.sign_in(token)
    _tell_moved(moved)
    where = after(url_for("home.index"))
    return agreement.first(where) if is_asked else redirect(where, 303)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End this browser's session."""
    house, who = runtime(), viewer()
    if token := login.token():
        with house.db.writing() as session:
            sessions.end(session, token, house.clock.now())
            if who.user_id is not None:
                subject = audit.of_user(who.user_id)
                audit.record(
                    session, Deed.SIGNED_OUT, now=house.clock.now(), actor_id=who.user_id, subject=subject
                )
    login.sign_out()
    flash(_("You are signed out."), "success")
    return redirect(url_for("home.index"), 303)


@blueprint.get("/sign-up")
def sign_up() -> Response:
    """The form, or word of how else one gets an account here."""
    if runtime().settings.signup is not SignUp.OPEN:
        return make_response(render_template("account/sign_up_closed.html", **_around()))
    return make_response(render_template("account/sign_up.html", errors={}, name="", email="", **_new()))


@blueprint.post("/sign-up")
def make() -> AnyResponse:
    """Make a learner's account and sign it in."""
    house = runtime()
    given = {"name": request.form.get("name", ""), "email": request.form.get("email", "")}
    try:
        if house.settings.signup is not SignUp.OPEN:
            raise Forbidden("this site does not let people make accounts themselves", code="sign_up_closed")
        token, moved = _made(**given, password=request.form.get("password", ""))
    except Forbidden:
        raise
    except EduError as error:
        return refuse(error, "account/sign_up.html", **given, **_new())
    login.sign_in(token)
    flash(_("Welcome! Your account is ready."), "success")
    _tell_moved(moved)
    return redirect(after(url_for("home.index")), 303)


@blueprint.get("/forgotten")
def forgot() -> str:
    """Where to write one's address for a new password, or whom to ask where no mail is sent."""
    return render_template("account/forgotten.html", errors={}, email="", **_around())


@blueprint.post("/forgotten")
def ask() -> AnyResponse:
    """Promise a mail; the answer is the same whether the address has an account or not."""
    house, email = runtime(), request.form.get("email", "")
    now, party = house.clock.now(), throttle.network(request.remote_addr)
    try:
        with house.db.writing() as session:
            throttle.take(session, throttle.FORGOTTEN_ADDRESS, party, now)
            throttle.take(session, throttle.FORGOTTEN_ACCOUNT, f"{party} {accounts.email_of(email)}", now)
            if mail.is_possible(house.settings):
                forgotten.ask(session, email, now, language=chosen())
    except EduError as error:
        return refuse(error, "account/forgotten.html", email=email, **_around())
    return make_response(render_template("account/asked.html", **_around()))


def _made(*, name: str, email: str, password: str) -> tuple[str, int]:
    """Make a learner's account after a look at the password and sign it in.

    Gives the session's token, and how many attempts of this browser the account has now.
    """
    house = runtime()
    now, party = house.clock.now(), throttle.network(request.remote_addr)
    with house.db.writing() as session:
        throttle.take(session, throttle.SIGN_UP, party, now)
        terms = agreement.ticked(session)
    passwords.check(password, context=(house.settings.site_name, email, name))
    kept = passwords.hashed(password)
    with house.db.writing() as session:
        user = accounts.create(session, email=email, name=name, password_hash=kept, now=now)
        terms_acceptance.note(session, user.id, terms, now)
        moved = attempts.claim(session, visitor_hash(), user.id, now=now)
        moved += performances.claim(session, visitor_hash(), user.id, now=now)
        device = request.user_agent.string
        return sessions.begin(session, user.id, now=now, device=device, replaces=login.token()), moved


def _signed_in(email: str, password: str) -> tuple[str, int, bool]:
    """The token of a new session, how many attempts and ratings of this browser moved to the account, and
    whether it is to be asked for the terms.

    The password is hashed between transactions: no lock waits for that.
    """
    house = runtime()
    now, party = house.clock.now(), throttle.network(request.remote_addr)
    pair = f"{party} {email.strip().lower()}"
    with house.db.writing() as session:
        throttle.take(session, throttle.SIGN_IN_ACCOUNT, pair, now)
        throttle.take(session, throttle.SIGN_IN_ADDRESS, party, now)
        found = accounts.credentials(session, email)
    try:
        user_id = accounts.proven(found, password)
    except EduError as error:
        with house.db.writing() as session:
            audit.record(session, Deed.SIGN_IN_REFUSED, now=now, reason=error.code)
        raise
    better = passwords.hashed(password) if passwords.is_outdated(found.password_hash) else None
    with house.db.writing() as session:
        throttle.clear(session, throttle.SIGN_IN_ACCOUNT, pair)
        throttle.give_back(session, throttle.SIGN_IN_ADDRESS, party)
        if better:
            accounts.set_password(session, user_id, better, now, is_rehash=True)
        audit.record(session, Deed.SIGNED_IN, now=now, actor_id=user_id, subject=audit.of_user(user_id))
        moved = attempts.claim(session, visitor_hash(), user_id, now=now)
        moved += performances.claim(session, visitor_hash(), user_id, now=now)
        is_asked = terms_acceptance.is_due(session, user_id, now)
        device = request.user_agent.string
        token = sessions.begin(session, user_id, now=now, device=device, replaces=login.token())
    return token, moved, is_asked


def _tell_moved(moved: int) -> None:
    """Say that what was done here before signing in belongs to the account now."""
    if moved:
        words = ngettext(
            "Your result was moved to your account.", "%(num)s results were moved to your account.", moved
        )
        flash(words, "success")


def _new() -> dict[str, object]:
    """The same with the terms that a new account agrees to."""
    with runtime().db.reading() as session:
        return {**_around(), "terms": agreement.in_force(session)}


def _around() -> dict[str, object]:
    """What the forms of this blueprint show besides their fields."""
    settings = runtime().settings
    return {
        "next": local_path(request.values.get("next")) or "",
        "may_sign_up": settings.signup is SignUp.OPEN,
        "by_invitation": settings.signup is SignUp.INVITATION,
        "can_mail": mail.is_possible(settings),
        "name_now": viewer().name if viewer().user_id is not None else "",
    }
