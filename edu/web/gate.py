"""The professional gate as a page: the text, the ways through it, and the way back from it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError
from edu.models import GateMode
from edu.services import gate, mail, throttle
from edu.services.gating import asking, codes, institution, requests
from edu.services.gating.asking import Asker
from edu.web import gate_words
from edu.web.context import gate_modes, remember_visitor, runtime, viewer
from edu.web.destination import after, local_path
from edu.web.language import chosen
from edu.web.refusal import refuse
from edu.web.words import gettext as _

blueprint = Blueprint("gate", __name__, url_prefix="/professionals")


@blueprint.get("")
def show() -> str:
    """The text in force, or since when one stands by it."""
    return render_template("gate/show.html", errors={}, **_page())


@blueprint.post("")
def declare() -> AnyResponse:
    """Log the declaration and go back to what was asked for."""
    house, asker = runtime(), _asker()
    try:
        with house.db.writing() as session:
            throttle.take(session, throttle.DECLARE, throttle.network(request.remote_addr), house.clock.now())
            gate.require(GateMode.DECLARATION, gate_modes())
            gate.declare(
                session,
                user_id=asker.user_id,
                visitor_hash=asker.visitor_hash,
                profession=asker.profession,
                version=asker.version,
                language=asker.language,
                now=house.clock.now(),
            )
    except EduError as error:
        return refuse(error, "gate/show.html", **_page(GateMode.DECLARATION))
    return _let_in()


@blueprint.post("/code")
def code() -> AnyResponse:
    """Let in by an invitation code; a wrong one costs one of the few tries of this network."""
    house, asker = runtime(), _asker()
    now, party = house.clock.now(), throttle.network(request.remote_addr)
    try:
        with house.db.writing() as session:
            throttle.take(session, throttle.GATE_CODE, party, now)  # kept when the code is refused
        with house.db.writing() as session:
            codes.admit(session, asker, request.form.get("code", ""), modes=gate_modes(), now=now)
            throttle.give_back(session, throttle.GATE_CODE, party)
    except EduError as error:
        return refuse(error, "gate/show.html", **_page(GateMode.CODE))
    return _let_in()


@blueprint.post("/institution")
def ask_institution() -> AnyResponse:
    """Mail a link to an address at an institution that the site knows."""
    house, asker, email = runtime(), _asker(), request.form.get("email", "")
    return _asked(
        GateMode.INSTITUTION,
        lambda session: institution.ask(
            session,
            asker,
            email,
            domains=house.settings.gate_domains,
            can_mail=mail.is_possible(house.settings),
            modes=gate_modes(),
            now=house.clock.now(),
        ),
        _("The link is on its way to your institution's address."),
    )


@blueprint.post("/request")
def ask_administrators() -> AnyResponse:
    """Put a request before the administrators."""
    house, asker, words = runtime(), _asker(), request.form.get("stated", "")
    return _asked(
        GateMode.MANUAL,
        lambda session: requests.ask(
            session,
            asker,
            words,
            can_mail=mail.is_possible(house.settings),
            modes=gate_modes(),
            now=house.clock.now(),
        ),
        _("Your request is noted. An administrator will look; you will see it here."),
    )


@blueprint.get("/link/<token>")
def link(token: str) -> AnyResponse:
    """What the link from the mail proves, with the button that does it: mail programs look at links too."""
    house = runtime()
    with house.db.reading() as session:
        address = institution.look(session, token, user_id=_user_id(), now=house.clock.now())
    return _secret(make_response(render_template("gate/link.html", token=token, address=address)))


@blueprint.post("/link/<token>")
def prove(token: str) -> AnyResponse:
    """Let the account in by its link, once."""
    house = runtime()
    with house.db.writing() as session:
        institution.confirm(session, token, user_id=_user_id(), modes=gate_modes(), now=house.clock.now())
    return _let_in()


@blueprint.post("/withdraw")
def withdraw() -> AnyResponse:
    """Take the declaration back; the part for professionals is closed again at once."""
    house, who = runtime(), viewer()
    with house.db.writing() as session:
        gate.withdraw(session, user_id=who.user_id, visitor_hash=who.visitor_hash, now=house.clock.now())
    flash(_("Your declaration is withdrawn."), "success")
    return redirect(url_for("gate.show"), 303)


def _asked(mode: GateMode, do: Callable[[Session], None], words: str) -> AnyResponse:
    house = runtime()
    now = house.clock.now()
    try:
        with house.db.writing() as session:
            throttle.take(session, throttle.GATE_MAIL, f"account {_user_id()}", now)
            do(session)
    except EduError as error:
        return refuse(error, "gate/show.html", **_page(mode))
    flash(words, "success")
    return redirect(url_for("gate.show", next=_next() or None), 303)


def _let_in() -> AnyResponse:
    flash(_("Thank you. The part for professionals is open to you."), "success")
    return _secret(redirect(after(url_for("gate.show")), 303))


def _secret(response: AnyResponse) -> AnyResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _asker() -> Asker:
    who = viewer()
    visitor = None if who.user_id is not None else remember_visitor()
    return Asker(
        who.user_id,
        visitor,
        request.form.get("profession", ""),
        request.form.get("version", ""),
        request.form.get("language", ""),
    )


def _user_id() -> int:
    return viewer().user_id or 0  # the policy lets nobody come here who is not signed in


def _next() -> str:
    return local_path(request.values.get("next")) or ""


def _page(sent: GateMode | None = None) -> dict[str, object]:
    """`sent` is the way whose form was refused: what was written goes back into that form only."""
    who, settings = viewer(), runtime().settings
    modes = gate_modes()
    with runtime().db.reading() as session:
        page = gate.page(
            session, user_id=who.user_id, visitor_hash=who.visitor_hash, modes=modes, language=chosen()
        )
        asked = asking.last(session, who.user_id, modes=modes) if who.user_id is not None else None
    return {
        "page": page,
        "asked": asked,
        "modes": [mode.value for mode in GateMode if mode in modes],
        "sent": sent.value if sent else "",
        "said": request.form,
        "professions": [("", _("Please choose")), *gate_words.professions().items()],
        "reasons": gate_words.reasons(),
        "ways": gate_words.ways(),
        "domains": settings.gate_domains,
        "can_mail": mail.is_possible(settings),
        "signed_in": who.user_id is not None,
        "next": _next(),
        "profession": request.form.get("profession", ""),
        "by_role": who.is_instructor,
    }
