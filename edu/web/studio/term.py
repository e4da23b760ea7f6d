"""The studio's pages of the glossary: its words, one with its names, and removal with what uses it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.courseware.glossary import Meant
from edu.errors import Conflict, Invalid
from edu.services import glossary_editing, glossary_uses, typed
from edu.services.glossary_forms import MOST_NAMES, Choice, NameForm, WordForm
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_term", __name__, url_prefix="/studio/terms")
NEW, SHOW = "studio/term/new.html", "studio/term/show.html"
MORE = "more"
"""What the button sends that adds an empty name without saving."""


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    names = {f"name-{number}": _("Another name") for number in range(MOST_NAMES)}
    return {"studio": Studio(frame.nav, {**frame.fields, **_labels(), **names}, frame.notices)}


@blueprint.get("")
def index() -> str:
    """The glossaries of the courses, each word with how many names it has."""
    with runtime().db.reading() as session:
        glossaries = glossary_editing.listing(session, viewer(session))
    return render_template("studio/term/index.html", glossaries=glossaries, language_name=menu.language_name)


@blueprint.get("/new/<int:course_id>")
def new(course_id: int) -> str:
    """A new word of a course's glossary."""
    return render_template(NEW, errors={}, **_new(course_id, WordForm()))


@blueprint.post("/new/<int:course_id>")
def create(course_id: int) -> AnyResponse | str:
    """Keep a new word, or give its form one more name."""
    form = _typed()
    if request.form.get("act") == MORE:
        return render_template(NEW, errors={}, **_new(course_id, form))
    try:
        with runtime().db.writing() as session:
            row = glossary_editing.create(session, viewer(session), course_id, form, menu.now())
    except Invalid as error:
        return refuse(error, NEW, **_new(course_id, form))
    flash(_("The word is saved."), "success")
    return redirect(url_for(".show", term_id=row.id), 303)


@blueprint.get("/<int:term_id>")
def show(term_id: int) -> str:
    """A word in the studio."""
    return render_template(SHOW, errors={}, **_page(term_id))


@blueprint.post("/<int:term_id>")
def save(term_id: int) -> AnyResponse | str:
    """Keep a word's changes, or give its form one more name."""
    form = _typed()
    if request.form.get("act") == MORE:
        return render_template(SHOW, errors={}, **_page(term_id, form))
    try:
        with runtime().db.writing() as session:
            glossary_editing.save(session, viewer(session), term_id, form, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(term_id, form))
    except Conflict as error:
        return refuse(error, SHOW, **_page(term_id, form, is_behind=True))
    flash(_("The word is saved."), "success")
    return redirect(url_for(".show", term_id=term_id), 303)


@blueprint.get("/<int:term_id>/delete")
def confirm(term_id: int) -> str:
    """Ask before a word is deleted, and tell what uses it."""
    with runtime().db.reading() as session:
        who = viewer(session)
        page = glossary_editing.page(session, who, term_id)
        row, _course = glossary_editing.mine(session, who, term_id)
        uses = glossary_uses.of(session, who, row)
    return render_template("studio/term/delete.html", page=page, uses=uses)


@blueprint.post("/<int:term_id>/delete")
def delete(term_id: int) -> AnyResponse:
    """Delete the word with its page."""
    with runtime().db.writing() as session:
        glossary_editing.delete(session, viewer(session), term_id, menu.now())
    flash(_("The word is deleted."), "success")
    return redirect(url_for(".index"), 303)


def _typed() -> WordForm:
    said = request.form.get
    plain = ("text", "meaning", "body", "forms", "misheard", "see", "note", "revision")
    return WordForm(
        **{name: said(name, "") for name in plain}, names=_names(), has_page="has_page" in request.form
    )


def _names() -> tuple[NameForm, ...]:
    """The names of the form, but for those that are ticked to go."""
    rows = range(min(typed.row_id(request.form.get("name_count", "")) or 0, MOST_NAMES + 1))
    fields = tuple(NameForm.__slots__)
    return tuple(
        NameForm(**{name: request.form.get(f"name-{row}-{name}", "") for name in fields})
        for row in rows
        if f"name-{row}-remove" not in request.form
    )


def _new(course_id: int, form: WordForm) -> dict[str, object]:
    with runtime().db.reading() as session:
        course = glossary_editing.course_of(session, viewer(session), course_id)
        course_of = {"id": course.id, "title": course.title, "language": course.language}
    return {"course": course_of, "form": _with_empty(form), **_words()}


def _page(term_id: int, form: WordForm | None = None, *, is_behind: bool = False) -> dict[str, object]:
    """The word for its template; `is_behind`: the form was typed against an older state than this."""
    with runtime().db.reading() as session:
        page = glossary_editing.page(session, viewer(session), term_id)
    present = page.form
    if form is not None and is_behind:
        form = replace(form, revision=present.revision)
    return {
        "page": page,
        "form": _with_empty(form or present),
        "theirs": _told(present) if is_behind else [],
        **_words(),
    }


def _with_empty(form: WordForm) -> WordForm:
    """The form with one empty name at its end, for another."""
    if form.names and not form.names[-1].text:
        return form
    return replace(form, names=(*form.names, NameForm()))


def _told(form: WordForm) -> list[tuple[str, str]]:
    """What a word says now, field by field with its label."""
    words = _labels()
    names = "\n".join(f"{name.text} ({name.language}) {name.references}".strip() for name in form.names)
    said = [(words[name], getattr(form, name)) for name in ("text", "meaning", "body", "forms", "misheard")]
    return [(label, text) for label, text in (*said, (_("Other names"), names)) if text]


def _labels() -> dict[str, str]:
    return {
        "text": _("Word"), "meaning": _("Meaning"), "body": _("Longer text"), "forms": _("Other forms"),
        "misheard": _("How captions mishear it"), "see": _("See also"), "names": _("Other names"),
        "note": _("Why it was changed"),
    }  # fmt: skip


def _words() -> dict[str, object]:
    return {
        "labels": _labels(),
        "grades": [(choice.value, choice.value or _("none")) for choice in Choice],
        "meanings": [
            (Meant.SAME.value, _("the same thing")),
            (Meant.PLACE.value, _("pain at the place, whatever its cause")),
            (Meant.NEIGHBOUR.value, _("a word of another school")),
        ],
        "language_name": menu.language_name,
    }
