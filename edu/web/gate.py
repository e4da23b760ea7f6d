"""The professional gate as a page: the text, two buttons, and the way back from it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError
from edu.services import gate, throttle
from edu.services.gate import Profession
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.destination import after, local_path
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
    house, who = runtime(), viewer()
    try:
        with house.db.writing() as session:
            throttle.take(session, throttle.DECLARE, throttle.network(request.remote_addr), house.clock.now())
            gate.declare(
                session,
                user_id=who.user_id,
                visitor_hash=None if who.user_id is not None else remember_visitor(),
                profession=request.form.get("profession", ""),
                version=request.form.get("version", ""),
                now=house.clock.now(),
            )
    except EduError as error:
        return refuse(error, "gate/show.html", **_page())
    flash(_("Thank you. The part for professionals is open to you."), "success")
    return redirect(after(url_for("gate.show")), 303)


@blueprint.post("/withdraw")
def withdraw() -> AnyResponse:
    """Take the declaration back; the part for professionals is closed again at once."""
    house, who = runtime(), viewer()
    with house.db.writing() as session:
        gate.withdraw(session, user_id=who.user_id, visitor_hash=who.visitor_hash, now=house.clock.now())
    flash(_("Your declaration is withdrawn."), "success")
    return redirect(url_for("gate.show"), 303)


def _page() -> dict[str, object]:
    who = viewer()
    with runtime().db.reading() as session:
        page = gate.page(session, user_id=who.user_id, visitor_hash=who.visitor_hash)
    return {
        "page": page,
        "professions": _professions(),
        "next": local_path(request.values.get("next")) or "",
        "profession": request.form.get("profession", ""),
        "by_role": who.is_instructor,
    }


def _professions() -> list[tuple[str, str]]:
    """The choices in the reader's language; the first asks."""
    words = {
        Profession.PHYSICIAN: _("Physician"),
        Profession.NURSE: _("Nurse with a licence to give injections"),
        Profession.PHYSICIAN_ASSOCIATE: _("Physician associate or assistant"),
        Profession.PHYSIOTHERAPIST: _("Physiotherapist with a licence to give injections"),
        Profession.OSTEOPATH: _("Osteopath with a licence to give injections"),
        Profession.CHIROPRACTOR: _("Chiropractor with a licence to give injections"),
        Profession.OTHER: _("Another health professional with a licence to give injections"),
        Profession.STUDENT: _("Student under the supervision of one of these"),
    }
    return [("", _("Please choose")), *((kind.value, words[kind]) for kind in Profession)]
