"""The studio's pages of questions: a form for one answer, several answers, or true and false."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.services.quizzing import question_editing
from edu.services.quizzing.question_editing import MOST_OPTIONS, OptionForm, QuestionForm, QuestionWork
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.words import gettext as _

blueprint = Blueprint("studio_question", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)
NEW, SHOW = "studio/question/new.html", "studio/question/show.html"


@blueprint.get("/lessons/<int:lesson_id>/questions/new")
def new(lesson_id: int) -> str:
    """A new question for a lesson."""
    with runtime().db.reading() as session:
        page = question_editing.blank(session, viewer(), lesson_id)
    return render_template(NEW, errors={}, **_values(page, page.form))


@blueprint.post("/lessons/<int:lesson_id>/questions/new")
def create(lesson_id: int) -> AnyResponse:
    """Keep a new question and ask it from now on."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            question_editing.create(session, viewer(), lesson_id, form, menu.now())
    except Invalid as error:
        with runtime().db.reading() as session:
            page = question_editing.blank(session, viewer(), lesson_id)
        return refuse(error, NEW, **_values(page, form))
    flash(_("The question is saved and asked from now on."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id, _anchor="questions"), 303)


@blueprint.get("/questions/<int:question_id>")
def show(question_id: int) -> str:
    """A question in the studio."""
    with runtime().db.reading() as session:
        page = question_editing.page(session, viewer(), question_id)
    return render_template(SHOW, errors={}, **_values(page, page.form))


@blueprint.post("/questions/<int:question_id>")
def save(question_id: int) -> AnyResponse:
    """Keep the next version of a question."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            question_editing.save(session, viewer(), question_id, form, menu.now())
    except Invalid as error:
        with runtime().db.reading() as session:
            page = question_editing.page(session, viewer(), question_id)
        return refuse(error, SHOW, **_values(page, form))
    flash(_("The question is saved. Attempts that were begun keep the words they began with."), "success")
    return redirect(url_for("studio_question.show", question_id=question_id), 303)


@blueprint.post("/lessons/<int:lesson_id>/questions/<int:question_id>/remove")
def remove(lesson_id: int, question_id: int) -> AnyResponse:
    """Take a question out of the lesson's self-assessment."""
    with runtime().db.writing() as session:
        question_editing.remove(session, viewer(), lesson_id, question_id, menu.now())
    flash(_("The question is removed. Attempts that were made still show it."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id, _anchor="questions"), 303)


def _typed() -> QuestionForm:
    said = request.form.get
    return QuestionForm(
        kind=said("kind", ""),
        stem=said("stem", ""),
        options=tuple(
            OptionForm(said(f"option{n}", ""), f"right{n}" in request.form, said(f"feedback{n}", ""))
            for n in range(1, MOST_OPTIONS + 1)
        ),
        truth=said("truth", ""),
        feedback_true=said("feedback_true", ""),
        feedback_false=said("feedback_false", ""),
        why=said("why", ""),
        evidence=said("evidence", ""),
        critical="critical" in request.form,
        references=said("references", ""),
    )


def _values(page: QuestionWork, form: QuestionForm) -> dict[str, object]:
    steps = [
        (key, f"{key} {title}" if title else _("%(step)s (no longer in the video)", step=key))
        for key, title in page.steps
    ]
    return {
        "page": page,
        "form": form,
        "steps": [("", _("None")), *steps],
        "kinds": menu.question_kinds(),
        "truths": [("", _("Please choose")), ("true", _("True")), ("false", _("False"))],
    }
