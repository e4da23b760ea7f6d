"""A person's own account: name, address, password, signed-in browsers, export and erasure."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, Invalid, SignInNeeded
from edu.services import (
    accounts,
    audit,
    erasure,
    export_account,
    passwords,
    sessions,
    terms_acceptance,
    throttle,
)
from edu.services.audit import Deed
from edu.services.certificates import kept as certificates
from edu.services.messages import own
from edu.services.quizzing import results
from edu.web import language, login, message_words
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("profile", __name__, url_prefix="/account")
TEMPLATE = "account/show.html"


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages stays in a cache, not even in the browser's after signing out (ASVS 14.3.2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/")
def show() -> str:
    """The account with its forms."""
    return render_template(TEMPLATE, errors={}, **_page())


@blueprint.post("/name")
def rename() -> AnyResponse:
    """Take another name."""
    return _changed(
        lambda session: accounts.rename(session, me(), request.form.get("name", ""), runtime().clock.now()),
        _("Your name is changed."),
    )


@blueprint.post("/language")
def choose_language() -> AnyResponse:
    """Read pages and mails in another language; this browser follows at once."""
    wanted = request.form.get("language", "")
    if wanted and wanted not in language.available():
        raise Invalid("choose one of the languages", code="no_language", field="language")
    with runtime().db.writing() as session:
        accounts.choose_language(session, me(), wanted)
    language.speak(wanted)
    flash(_("Saved."), "success")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/email")
def change_email() -> AnyResponse:
    """Take another address, after the password."""
    return _changed(
        lambda session: accounts.change_email(
            session, me(), request.form.get("email", ""), runtime().clock.now()
        ),
        _("Your e-mail address is changed."),
        proof="email_password",
    )


@blueprint.post("/password")
def change_password() -> AnyResponse:
    """Take another password, after the present one; every other browser is signed out."""
    house = runtime()
    now = house.clock.now()
    try:
        _confirm("current_password")
        with house.db.reading() as session:
            mine = accounts.profile(session, me())
        new = request.form.get("password", "")
        passwords.check(new, context=(house.settings.site_name, mine.email, mine.name))
        kept = passwords.hashed(new)
        with house.db.writing() as session:
            accounts.set_password(session, me(), kept, now)
            sessions.end_all(session, me(), now)
            begun = sessions.begin(session, me(), now=now, device=request.user_agent.string)
    except EduError as error:
        return refuse(error, TEMPLATE, **_page())
    login.sign_in(begun)
    flash(_("Your password is changed, and every other browser was signed out."), "success")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/sessions/<int:session_id>/end")
def end_session(session_id: int) -> AnyResponse:
    """Sign one browser out."""
    house = runtime()
    with house.db.writing() as session:
        sessions.end_one(session, me(), session_id, house.clock.now())
        _note(session, Deed.SESSION_ENDED)
    if session_id == viewer().session_id:
        login.sign_out()
        return redirect(url_for("account.sign_in"), 303)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/sessions/end")
def end_sessions() -> AnyResponse:
    """Sign every browser out, this one too."""
    house = runtime()
    with house.db.writing() as session:
        sessions.end_all(session, me(), house.clock.now())
        _note(session, Deed.SIGNED_OUT_EVERYWHERE)
    login.sign_out()
    flash(_("You are signed out everywhere."), "success")
    return redirect(url_for("account.sign_in"), 303)


@blueprint.post("/export")
def export() -> AnyResponse:
    """Everything kept about the account, as a file."""
    house = runtime()
    now = house.clock.now()
    with house.db.writing() as session:
        throttle.take(session, throttle.EXPORT, audit.of_user(me()), now)
        content = export_account.export(session, me(), now)
    response = jsonify(content)
    response.headers["Content-Disposition"] = 'attachment; filename="my-account.json"'
    return response


@blueprint.post("/erase")
def erase() -> AnyResponse:
    """Erase the account, after the password."""
    house = runtime()
    try:
        _confirm("erase_password")
        with house.db.writing() as session:
            erasure.erase(session, me(), house.clock.now())
    except EduError as error:
        return refuse(error, TEMPLATE, **_page())
    login.sign_out()
    flash(_("Your account is erased."), "success")
    return redirect(url_for("home.index"), 303)


def me() -> int:
    """The id of whoever is signed in; the policy lets nobody else come here."""
    user_id = viewer().user_id
    if user_id is None:
        raise SignInNeeded("sign in to see this page")
    return user_id


def _changed(change: Callable[[Session], None], words: str, *, proof: str = "") -> AnyResponse:
    try:
        if proof:
            _confirm(proof)
        with runtime().db.writing() as session:
            change(session)
    except EduError as error:
        return refuse(error, TEMPLATE, **_page())
    flash(words, "success")
    return redirect(url_for("profile.show"), 303)


def _confirm(field: str) -> None:
    """Invalid unless the form's field holds the present password; tries are counted as at sign-in."""
    house = runtime()
    now, party = house.clock.now(), f"{throttle.network(request.remote_addr)} {audit.of_user(me())}"
    with house.db.writing() as session:
        throttle.take(session, throttle.SIGN_IN_ACCOUNT, party, now)
        found = accounts.own_credentials(session, me())
    if not passwords.matches(found.password_hash, request.form.get(field, "")):
        raise Invalid("this is not your present password", code="password_wrong", field=field)
    with house.db.writing() as session:
        throttle.clear(session, throttle.SIGN_IN_ACCOUNT, party)


def _note(session: Session, deed: Deed) -> None:
    audit.record(
        session, deed, now=runtime().clock.now(), actor_id=viewer().user_id, subject=audit.of_user(me())
    )


def _page() -> dict[str, object]:
    house, who = runtime(), viewer()
    with house.db.reading() as session:
        return {
            "profile": accounts.profile(session, me()),
            "results": results.listing(session, me(), page=request.args.get("results", 1, type=int)),
            "signed_in": sessions.listing(session, me(), house.clock.now(), this=who.session_id),
            "messages": own.listed(session, me()),
            "message_kinds": message_words.kinds(),
            "languages": [(tag, language.own_name(tag)) for tag in language.available()],
            "message_states": message_words.states(),
            "certificates": certificates.of_person(session, me()),
            "agreed": terms_acceptance.accepted(session, me(), house.clock.now()),
        }
