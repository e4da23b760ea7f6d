"""The studio's pages of the library: what one may edit, BibTeX into it, and what is said of an entry."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from edu.courseware.reference import Design, Direction
from edu.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from edu.services.library import editing, importing
from edu.services.library.editing import Typed
from edu.services.library.importing import MOST_LETTERS, Look
from edu.web import library_words as words
from edu.web.context import runtime, viewer
from edu.web.errors import problem
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.wording import sentence_for
from edu.web.words import gettext as _
from edu.web.words import ngettext

blueprint = Blueprint("studio_library", __name__, url_prefix="/studio/library")
MOST_BYTES = 4 * MOST_LETTERS  # a letter has four at most in UTF-8
BRING, SHOW = "studio/library/bring.html", "studio/library/show.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    fields = {
        "text": "BibTeX", "take": _("Entries"), "design": _("Design"),
        "direction": _("Direction of the evidence"), "summary": _("Our own summary"),
        "summary_by": _("Written by"), "collections": _("Collections"), "names": _("Names of the nodule"),
    }  # fmt: skip
    return {"studio": Studio(frame.nav, {**frame.fields, **fields}, frame.notices)}


@blueprint.get("")
def index() -> str:
    """The libraries of the courses that one may edit."""
    with runtime().db.reading() as session:
        libraries = editing.mine(session, viewer())
    return render_template("studio/library/index.html", libraries=libraries)


@blueprint.get("/<int:course_id>/import")
def new(course_id: int) -> str:
    """Where BibTeX is pasted or chosen."""
    return render_template(BRING, errors={}, **_bringing(course_id))


@blueprint.post("/<int:course_id>/import")
def bring(course_id: int) -> AnyResponse | str:
    """Look at the entries of a text; with `act` take, take those that are ticked."""
    ticked = set(request.form.getlist("take"))
    text = request.form.get("text", "")
    try:
        text = _text()
        if request.form.get("act") != "take":
            with runtime().db.reading() as session:
                seen = importing.look(session, viewer(), course_id, text)
            return render_template(BRING, errors={}, **_bringing(course_id, text, seen))
        with runtime().db.writing() as session:
            taken = importing.take(session, viewer(), course_id, text, ticked, menu.now())
    except (Invalid, TooLarge) as error:
        return refuse(error, BRING, **_bringing(course_id, text, _seen(course_id, text), ticked))
    flash(
        _("%(added)s and %(changed)s.", added=_added(taken.added), changed=_changed(taken.changed)), "success"
    )
    return redirect(url_for(".index"), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error_of_http: RequestEntityTooLarge) -> AnyResponse:
    """A body above the limit, told in the page where texts are brought."""
    named = request.view_args or {}
    if "course_id" not in named:
        return problem(413, sentence_for(error_of_http), "http_413")
    return refuse(_too_long(), BRING, **_bringing(int(named["course_id"])))


@blueprint.get("/entries/<int:reference_id>")
def show(reference_id: int) -> str:
    """What the library says of an entry, in its form."""
    return render_template(SHOW, errors={}, **_editing(reference_id))


@blueprint.post("/entries/<int:reference_id>")
def save(reference_id: int) -> AnyResponse:
    """Keep what the form says of an entry."""
    said = Typed(**{name: request.form.get(name, "") for name in Typed.__slots__})
    try:
        with runtime().db.writing() as session:
            key = editing.save(session, viewer(), reference_id, said, menu.now())
    except (Invalid, Conflict) as error:
        return refuse(error, SHOW, **_editing(reference_id, said))
    flash(_("The entry is saved."), "success")
    return redirect(url_for("library.show", key=key), 303)


def _text() -> str:
    """The text of the form, or of the file where one was chosen. Invalid when that is no text."""
    brought = request.files.get("file")
    if brought is None or not brought.filename:
        return request.form.get("text", "").replace("\r\n", "\n")
    return text_of(brought.stream.read(MOST_BYTES + 1))


def text_of(data: bytes) -> str:
    """The text of a file. TooLarge; Invalid for what is no text, and for one of which the end is missing."""
    if len(data) > MOST_BYTES:  # before it is decoded: what was read of it may end within a letter
        raise _too_long()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise Invalid(
                "The file breaks off in the middle of a letter, so its end is missing. Send the whole file.",
                code="cut_off", field="file",
            ) from error  # fmt: skip
        raise Invalid(
            "The file is no text in UTF-8. Save it in that encoding.", code="not_text", field="file"
        ) from error


def _too_long() -> TooLarge:
    return TooLarge(
        "The text is too long: at most %(most)s characters are read.",
        code="too_large", field="text", most=MOST_LETTERS,
    )  # fmt: skip


def _seen(course_id: int, text: str) -> Look | None:
    """The look at a text that was refused, as far as it can be looked at."""
    try:
        with runtime().db.reading() as session:
            return importing.look(session, viewer(), course_id, text)
    except (NotFound, Forbidden):
        raise
    except (Invalid, TooLarge):
        return None


def _bringing(
    course_id: int, text: str = "", seen: Look | None = None, ticked: set[str] | None = None
) -> dict[str, object]:
    with runtime().db.reading() as session:
        libraries = editing.mine(session, viewer())
    library = next((each for each in libraries if each.course_id == course_id), None)
    if library is None:
        raise NotFound("there is no such course")
    return {
        "library": library,
        "text": text,
        "seen": seen,
        "ticked": ticked,
        "meetings": {"new": _("is added"), "changed": _("is changed"), "same": _("is there already")},
        "fields": words.fields(),
        "verifications": words.verifications(),
    }


def _editing(reference_id: int, said: Typed | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = editing.page(session, viewer(), reference_id)
    judged = page.judged
    filled = Typed(
        design=judged.design.value,
        direction=judged.direction.value,
        summary=judged.summary,
        summary_by=judged.summary_by,
        collections=", ".join(page.collections),
        names="\n".join(judged.names),
        base=page.base,
    )
    return {
        "page": page,
        "said": said or filled,
        "designs": [(each.value, words.design(each)) for each in Design],
        "directions": [(each.value, words.direction(each)) for each in Direction],
    }


def _added(count: int) -> str:
    return ngettext("%(num)s entry is added", "%(num)s entries are added", count)


def _changed(count: int) -> str:
    return ngettext("%(num)s is changed", "%(num)s are changed", count)
