"""The studio's pages of courses: the list, a new one, what is said of one, its order, terms, removal."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import course_editing, glossary_editing, module_order, terms
from edu.services.course_editing import EMPTY, CourseForm
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu, moved
from edu.web.words import gettext as _

blueprint = Blueprint("studio_course", __name__, url_prefix="/studio/courses")
blueprint.context_processor(menu.studio)
INDEX, NEW, SHOW = "studio/course/index.html", "studio/course/new.html", "studio/course/show.html"
FIELDS = ("title", "language", "summary", "evidence_summary", "review_months", "guard")


@blueprint.get("")
def index() -> str:
    """The courses in the order in which readers find them."""
    who = viewer()
    with runtime().db.reading() as session:
        found = course_editing.listed(session, who)
    gates = [row for row in found if row.has_gate]
    return render_template(
        INDEX,
        courses=found,
        moved=moved.said(),
        goes_on=moved.goes_on,
        may_order=who.is_administrator and len(found) > 1,
        first_gate=gates[0] if len(gates) > 1 else None,
    )


@blueprint.get("/new")
def new() -> str:
    """A new course."""
    return render_template(NEW, errors={}, form=EMPTY)


@blueprint.post("/new")
def create() -> AnyResponse:
    """Keep a new course."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            course_id = course_editing.create(session, viewer(), form, menu.now()).id
    except Invalid as error:
        return refuse(error, NEW, form=form)
    flash(_("The course is made. Learners find it once a lesson in it is published."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id), 303)


@blueprint.get("/<int:course_id>")
def show(course_id: int) -> str:
    """A course in the studio."""
    return render_template(SHOW, errors={}, **_page(course_id))


@blueprint.post("/<int:course_id>")
def save(course_id: int) -> AnyResponse:
    """Keep what is said of the course; words typed against an older state are shown again and not lost."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            course_editing.save(session, viewer(), course_id, form, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(course_id, form=form))
    except Conflict as error:
        return refuse(error, SHOW, **_met(course_id, form))
    flash(_("The course is saved. Its address stays as it was."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id), 303)


@blueprint.post("/<int:course_id>/move")
def move(course_id: int) -> AnyResponse:
    """Move the course a place up or down among the others."""
    with runtime().db.writing() as session:
        course_editing.move(session, viewer(), course_id, moved.way(), menu.now())
    return redirect(moved.back("studio_course.index", "course", course_id), 303)


@blueprint.post("/<int:course_id>/modules/<int:module_id>/move")
def move_module(course_id: int, module_id: int) -> AnyResponse:
    """Move a module a place up or down in the course."""
    with runtime().db.writing() as session:
        module_order.move_module(session, viewer(), course_id, module_id, moved.way(), menu.now())
    return redirect(moved.back("studio_course.show", "module", module_id, course_id=course_id), 303)


@blueprint.post("/<int:course_id>/delete")
def delete(course_id: int) -> AnyResponse:
    """Delete the course, in which nothing stands."""
    try:
        with runtime().db.writing() as session:
            course_editing.delete(session, viewer(), course_id, menu.now())
    except Conflict as error:
        return refuse(error, SHOW, **_page(course_id))
    flash(_("The course is deleted."), "success")
    return redirect(url_for("studio.index"), 303)


@blueprint.post("/<int:course_id>/terms")
def save_terms(course_id: int) -> AnyResponse:
    """Keep the terms of the course, one on a line."""
    text = request.form.get("terms", "")
    try:
        found = terms.typed(text)
        with runtime().db.writing() as session:
            glossary_editing.keep_lines(session, viewer(), course_id, found, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(course_id, typed=text))
    flash(_("The terms are saved. Captions are checked against them from now on."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id, _anchor="terms"), 303)


def _typed() -> CourseForm:
    return CourseForm(*(request.form.get(name, "") for name in FIELDS))


def _met(course_id: int, form: CourseForm) -> dict[str, object]:
    """The page with the typed words beside what stands there now; saved once more, they replace it."""
    values = _page(course_id)
    with runtime().db.reading() as session:
        present = course_editing.page(session, viewer(), course_id).form
    return {**values, "form": replace(form, guard=present.guard), "present": present}


def _page(course_id: int, form: CourseForm | None = None, typed: str | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = course_editing.page(session, viewer(), course_id)
        kept = terms.of_course(session, course_editing.mine(session, viewer(), course_id))
    return {
        "page": page,
        "form": form or page.form,
        "present": None,
        "terms": terms.lines(kept) if typed is None else typed,
        "moved": moved.said(),
        "goes_on": moved.goes_on,
    }
