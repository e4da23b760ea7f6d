"""The studio's pages of lessons: writing, publishing, removal."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import lesson_editing
from edu.services.lesson_editing import EMPTY, LessonForm
from edu.services.quizzing import lesson_questions
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu, question_words
from edu.web.words import gettext as _

blueprint = Blueprint("studio_lesson", __name__, url_prefix="/studio/lessons")
blueprint.context_processor(menu.studio)


@blueprint.get("/new")
def new() -> str:
    """A new lesson, perhaps with the video it is written for."""
    video = request.args.get("video", "")
    return render_template("studio/lesson/new.html", errors={}, **_form(replace(EMPTY, video=video)))


@blueprint.post("/new")
def create() -> AnyResponse:
    """Keep a new lesson."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            row = lesson_editing.create(session, viewer(), form, menu.now())
    except Invalid as error:
        return refuse(error, "studio/lesson/new.html", **_form(form))
    flash(_("The lesson is saved."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=row.id), 303)


@blueprint.get("/<int:lesson_id>")
def show(lesson_id: int) -> str:
    """A lesson in the studio."""
    return render_template("studio/lesson/show.html", errors={}, **_page(lesson_id))


@blueprint.post("/<int:lesson_id>")
def save(lesson_id: int) -> AnyResponse:
    """Keep a lesson's changes; text typed against an older state is shown again and not lost."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            lesson_editing.save(session, viewer(), lesson_id, form, menu.now())
    except Invalid as error:
        return refuse(error, "studio/lesson/show.html", **_page(lesson_id, form))
    except Conflict as error:
        page = _page(lesson_id, form)
        current = lesson_revision(lesson_id)
        return refuse(error, "studio/lesson/show.html", **{**page, "form": replace(form, revision=current)})
    flash(_("The lesson is saved."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id), 303)


@blueprint.get("/<int:lesson_id>/delete")
def confirm(lesson_id: int) -> str:
    """Ask before a lesson is deleted."""
    return render_template("studio/lesson/delete.html", **_page(lesson_id))


@blueprint.post("/<int:lesson_id>/delete")
def delete(lesson_id: int) -> AnyResponse:
    """Delete the lesson."""
    with runtime().db.writing() as session:
        lesson_editing.delete(session, viewer(), lesson_id, menu.now())
    flash(_("The lesson is deleted."), "success")
    return redirect(url_for("studio.index"), 303)


def lesson_revision(lesson_id: int) -> str:
    """The revision that stands now: saving once more replaces it knowingly."""
    with runtime().db.reading() as session:
        return lesson_editing.page(session, viewer(), lesson_id).form.revision


def _typed() -> LessonForm:
    said = request.form.get
    return LessonForm(
        place=said("place", ""),
        course_title=said("course_title", ""),
        module_title=said("module_title", ""),
        title=said("title", ""),
        body=said("body", ""),
        language=said("language", ""),
        audience=said("audience", ""),
        state=said("state", ""),
        video=said("video", ""),
        publish_video="publish_video" in request.form,
        revision=said("revision", ""),
        open_to_all="open_to_all" in request.form,
    )


def _page(lesson_id: int, form: LessonForm | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = lesson_editing.page(session, viewer(), lesson_id)
        asked = lesson_questions.of_lesson(session, lesson_id)
    kinds = dict(question_words.kinds())
    listed = [(question, kinds.get(question.kind, _("Another kind of question"))) for question in asked]
    return {"page": page, "questions": listed, **_form(form or page.form)}


def _form(form: LessonForm) -> dict[str, object]:
    with runtime().db.reading() as session:
        offered = lesson_editing.choices(session, viewer())
    places = [
        (p.value, f"{p.course} › {p.module}" if p.module else _("%(course)s › a new module", course=p.course))
        for p in offered.places
    ]
    draft, gated = _("(draft)"), _("(for professionals)")
    videos = [
        (
            str(v.id),
            " ".join([v.title, *([] if v.is_published else [draft]), *([gated] if v.is_gated else [])]),
        )
        for v in offered.videos
    ]
    return {
        "form": form,
        "places": [*([] if form.place else [("", _("Please choose"))]), *places, ("new", _("A new course"))],
        "videos": [("", _("No video")), *videos],
        "audiences": menu.audiences(),
        "states": [
            ("draft", _("Draft: only instructors see it")),
            ("published", _("Published, marked as under construction")),
        ],
    }
