"""The studio's page of a course: another title, its terms, and removal while it is empty."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import audit, course_editing, terms
from edu.services.audit import Deed
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.words import gettext as _

blueprint = Blueprint("studio_course", __name__, url_prefix="/studio/courses")
blueprint.context_processor(menu.studio)
SHOW = "studio/course/show.html"


@blueprint.get("/<int:course_id>")
def show(course_id: int) -> str:
    """A course in the studio."""
    return render_template(SHOW, errors={}, **_page(course_id))


@blueprint.post("/<int:course_id>")
def rename(course_id: int) -> AnyResponse:
    """Give the course another title."""
    title = request.form.get("title", "")
    try:
        with runtime().db.writing() as session:
            course_editing.rename(session, viewer(), course_id, title, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(course_id, title=title))
    flash(_("The course is renamed. Its address stays as it was."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id), 303)


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
            terms.keep(session, course_editing.mine(session, viewer(), course_id, locked=True), found)
            audit.record(
                session, Deed.TERMS_SAVED, now=menu.now(), actor_id=viewer().user_id,
                subject=f"course:{course_id}",
            )  # fmt: skip
    except Invalid as error:
        return refuse(error, SHOW, **_page(course_id, terms=text))
    flash(_("The terms are saved. Captions are checked against them from now on."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id, _anchor="terms"), 303)


def _page(course_id: int, **typed: str) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = course_editing.page(session, viewer(), course_id)
        kept = terms.of_course(session, course_editing.mine(session, viewer(), course_id))
    return {"page": page, "title": page.title, "terms": terms.lines(kept), **typed}
