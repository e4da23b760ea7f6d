"""The studio's page of a question's key: what it is and was, correcting it, and what that does to marks."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid, NotFound
from edu.services.quizzing import key_editing, key_forms
from edu.services.quizzing.key_editing import Effect, KeyWork
from edu.services.quizzing.key_forms import Control, KeyForm
from edu.services.typed import row_id
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.figures import percent
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _
from edu.web.words import ngettext

blueprint = Blueprint("studio_key", __name__, url_prefix="/studio/questions/<uid>/key")
PAGE = "statistics/key.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of keys too."""
    frame = menu.studio()["studio"]
    fields = {
        "right": _("Right answer"), "truth": _("The statement is"), "number": _("Number"),
        "tolerance": _("Tolerance"), "tolerance_kind": _("Tolerance is"), "order": _("Order"),
        "document": _("Key"), "reason": _("Reason"),
    }  # fmt: skip
    return {"studio": replace(frame, fields={**frame.fields, **fields})}


@blueprint.get("")
def show(uid: str) -> str:
    """The key of a question, and a form to correct it."""
    page = _page(uid, _version(request.args.get("version", "")))
    return render_template(PAGE, errors={}, **_values(page, page.current.form))


@blueprint.post("")
def correct(uid: str) -> AnyResponse:
    """Show what the key in the form would change; correct it when just that was seen before."""
    version, form = _version(request.form.get("version", "")), _typed()
    try:
        if request.form.get("do") != "correct" or request.form.get("seen") != _digest(form):
            return _looked(uid, version, form)
        with runtime().db.writing() as session:
            marked = key_editing.correct(
                session,
                viewer(),
                uid,
                version or 0,
                form,
                expected=_expected(),
                reason=request.form.get("reason", ""),
                may_lower="may_lower" in request.form,
                now=menu.now(),
            )
    except (Invalid, Conflict) as error:
        page = _page(uid, version)
        effect = None if isinstance(error, Conflict) else _effect(uid, page, form)
        return refuse(error, PAGE, **_values(page, form, effect))
    said = ngettext("%(num)s answer was marked anew.", "%(num)s answers were marked anew.", marked)
    flash(f"{_('The key is corrected.')} {said}", "success")
    return redirect(url_for("studio_key.show", uid=uid, version=version), 303)


def _looked(uid: str, version: int | None, form: KeyForm) -> AnyResponse:
    page = _page(uid, version)
    with runtime().db.reading() as session:
        effect = key_editing.weigh(session, viewer(session), uid, page.version, form)
    return AnyResponse(render_template(PAGE, errors={}, **_values(page, form, effect)), mimetype="text/html")


def _effect(uid: str, page: KeyWork, form: KeyForm) -> Effect | None:
    """What was seen before the form was refused; None where the key itself is wrong."""
    try:
        with runtime().db.reading() as session:
            return key_editing.weigh(session, viewer(session), uid, page.version, form)
    except Invalid:
        return None


def _page(uid: str, version: int | None) -> KeyWork:
    with runtime().db.reading() as session:
        return key_editing.page(session, viewer(session), uid, version)


def _version(said: str) -> int | None:
    number = row_id(said)
    if said and number is None:
        raise NotFound("there is no such version of this question")
    return number


def _expected() -> int:
    said = request.form.get("expected", "")
    return 0 if said == "0" else row_id(said) or -1


def _typed() -> KeyForm:
    said = request.form.get
    try:
        control = Control(said("control", ""))
    except ValueError as error:
        raise Invalid(
            "This form does not fit the question. Reload the page.", code="other_control"
        ) from error
    places = tuple(
        (name.removeprefix("place-"), value)
        for name, value in request.form.items()
        if name.startswith("place-")
    )
    return KeyForm(
        control=control,
        right=tuple(request.form.getlist("right")),
        places=places,
        truth=said("truth", ""),
        number=said("number", ""),
        tolerance=said("tolerance", ""),
        tolerance_kind=said("tolerance_kind", "absolute"),
        document=said("document", "").replace("\r\n", "\n"),
        why=said("why", "").replace("\r\n", "\n"),
        said=tuple(
            (name.removeprefix("said-"), value.replace("\r\n", "\n"))
            for name, value in request.form.items()
            if name.startswith("said-")
        ),
    )


def _digest(form: KeyForm) -> str:
    """What tells a form from another one: only the key that was looked at is put in place."""
    return hashlib.sha256(repr(astuple(form)).encode()).hexdigest()[:32]


def _values(page: KeyWork, form: KeyForm, effect: Effect | None = None) -> dict[str, object]:
    truths = [("true", _("True")), ("false", _("False"))]
    old = key_forms.contradicted(page.current.form, form)
    return {
        "page": page,
        "form": form,
        "effect": effect,
        "seen": _digest(form) if effect else "",
        "reason": request.form.get("reason", ""),
        "may_lower": "may_lower" in request.form,
        "places": dict(form.places),
        "said": {**dict(page.current.form.said), **dict(form.said)},
        "contradicted": old,
        "contradicted_words": ", ".join(dict(truths).get(each, each) for each in sorted(old)),
        "partly": {
            revision.number: {option: percent(100 * share) for option, share in revision.form.weights}
            for revision in page.revisions
        },
        "truths": truths,
        "tolerance_kinds": [
            ("absolute", _("a distance, in the unit of the answer")),
            ("relative", _("a share of the number: 0.1 is a tenth")),
            ("geometric", _("a factor: 0.1 is from 1/1.1 to 1.1 times")),
        ],
    }
