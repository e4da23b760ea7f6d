"""The studio's pages of lessons in other languages: begun, written beside the original, deleted."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.courseware.parallel import Difference, PartKind
from edu.errors import Conflict, Invalid
from edu.services.lesson_translations import editing, work
from edu.services.lesson_translations.editing import State, TranslationForm
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu, page_words
from edu.web.studio.menu import Studio
from edu.web.studio.page import OFFERED
from edu.web.studio.versions import field_words
from edu.web.words import gettext as _

blueprint = Blueprint(
    "studio_translation", __name__, url_prefix="/studio/lessons/<int:lesson_id>/translations"
)
SHOW, NEW = "studio/translation/show.html", "studio/translation/new.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, {**frame.fields, **field_words(), "body": _("Text")}, frame.notices)}


@blueprint.get("")
def index(lesson_id: int) -> str:
    """The translations of a lesson, and the way to another."""
    return render_template(NEW, errors={}, **_lesson(lesson_id, request.args.get("language", "")))


@blueprint.post("")
def begin(lesson_id: int) -> AnyResponse:
    """Begin the translation into a language, or go on with the one that is there."""
    language = request.form.get("language", "")
    try:
        with runtime().db.writing() as session:
            tag = editing.begin(session, viewer(), lesson_id, language, menu.now()).language
    except Invalid as error:
        return refuse(error, NEW, **_lesson(lesson_id, language))
    return redirect(url_for(".show", lesson_id=lesson_id, language=tag), 303)


@blueprint.get("/<language>")
def show(lesson_id: int, language: str) -> str:
    """A translation beside its original."""
    return render_template(SHOW, errors={}, **_page(lesson_id, language))


@blueprint.post("/<language>")
def save(lesson_id: int, language: str) -> AnyResponse:
    """Keep a translation's changes; words typed against an older state are shown again and not lost."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            editing.save(session, viewer(), lesson_id, language, form, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(lesson_id, language, form))
    except Conflict as error:
        return refuse(error, SHOW, **_beside(lesson_id, language, form))
    flash(_("The translation is saved."), "success")
    return redirect(url_for(".show", lesson_id=lesson_id, language=language), 303)


@blueprint.get("/<language>/delete")
def confirm(lesson_id: int, language: str) -> str:
    """Ask before a translation is deleted."""
    return render_template("studio/translation/delete.html", **_page(lesson_id, language))


@blueprint.post("/<language>/delete")
def delete(lesson_id: int, language: str) -> AnyResponse:
    """Delete the translation; the lesson stays."""
    with runtime().db.writing() as session:
        editing.delete(session, viewer(), lesson_id, language, menu.now())
    flash(_("The translation is deleted."), "success")
    return redirect(url_for(".index", lesson_id=lesson_id), 303)


def sentence(found: Difference) -> str:
    """What is to be mended, with the lines of the translation and of the original."""
    words = {
        PartKind.HEADING: _("a heading"),
        PartKind.PARAGRAPH: _("a paragraph"),
        PartKind.ITEM: _("an item of a list"),
        PartKind.ROW: _("a row of a table"),
        PartKind.BOX: _("a box"),
        PartKind.END: _("the end of a box"),
        PartKind.FIGURE: _("a figure"),
        PartKind.GRADE: _("a grade tag"),
        PartKind.CITATION: _("a source"),
        PartKind.STEP: _("a step"),
        PartKind.LESSON: _("the way to a lesson"),
        PartKind.NUMBER: _("a number"),
    }
    what = words[found.kind]
    if found.value and found.kind is not PartKind.HEADING:
        what = _("%(what)s (%(name)s)", what=what, name=found.value)
    if found.is_missing:
        return _(
            "Line %(line)s: %(what)s is missing, which stands on line %(there)s of the original.",
            line=found.line, what=what, there=found.original_line,
        )  # fmt: skip
    return _("Line %(line)s: %(what)s is here, which the original has not.", line=found.line, what=what)


def _typed() -> TranslationForm:
    said = request.form.get
    names = ("title", "summary", "objectives", "body", "state", "revision", "source_revision")
    return TranslationForm(**{name: said(name, "") for name in names}, follows="follows" in request.form)


def _page(lesson_id: int, language: str, form: TranslationForm | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = work.page(session, viewer(session), lesson_id, language, menu.now(), form)
    return {
        "page": page,
        "form": page.form,
        "mend": [sentence(found) for found in page.lacks],
        "fields": field_words(),
        "language_name": menu.language_name,
        "states": [
            (State.DRAFT, _("Draft: only instructors see it")),
            (State.PUBLISHED, _("Published, under construction until it is reviewed")),
        ],
    }


def _beside(lesson_id: int, language: str, form: TranslationForm) -> dict[str, object]:
    """The page after somebody else saved: what was typed in the form, what stands there now beside it."""
    present = _page(lesson_id, language)["form"]
    revision = present.revision if isinstance(present, TranslationForm) else form.revision
    return {**_page(lesson_id, language, replace(form, revision=revision)), "present": present}


def _lesson(lesson_id: int, language: str) -> dict[str, object]:
    with runtime().db.reading() as session:
        row = editing.original(session, viewer(session), lesson_id)
        lesson = {"id": row.id, "title": row.title, "language": row.language}
    return {"lesson": lesson, "language": language, "translating": of_lesson(lesson_id)}


def of_lesson(lesson_id: int) -> dict[str, object]:
    """What the list of a lesson's translations shows, here and on the lesson's own page."""
    with runtime().db.reading() as session:
        own = editing.original(session, viewer(session), lesson_id).language
        lines = work.of_lesson(session, viewer(session), lesson_id)
    there = {own, *(line.language for line in lines)}
    return {
        "lesson_id": lesson_id,
        "lines": lines,
        "offered": [(tag, menu.language_name(tag)) for tag in OFFERED if tag not in there],
        "names": {line.language: menu.language_name(line.language) for line in lines},
        "statuses": page_words.statuses(),
        "tones": page_words.tones(),
    }
