"""The studio's page of a course: another title, and removal while it is empty."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import course_editing
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
    page = _page(course_id)
    return render_template(SHOW, errors={}, page=page, title=page.title)


@blueprint.post("/<int:course_id>")
def rename(course_id: int) -> AnyResponse:
    """Give the course another title."""
    title = request.form.get("title", "")
    try:
        with runtime().db.writing() as session:
            course_editing.rename(session, viewer(), course_id, title, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, page=_page(course_id), title=title)
    flash(_("The course is renamed. Its address stays as it was."), "success")
    return redirect(url_for("studio_course.show", course_id=course_id), 303)


@blueprint.post("/<int:course_id>/delete")
def delete(course_id: int) -> AnyResponse:
    """Delete the course, in which nothing stands."""
    try:
        with runtime().db.writing() as session:
            course_editing.delete(session, viewer(), course_id, menu.now())
    except Conflict as error:
        page = _page(course_id)
        return refuse(error, SHOW, page=page, title=page.title)
    flash(_("The course is deleted."), "success")
    return redirect(url_for("studio.index"), 303)


def _page(course_id: int) -> course_editing.CourseWork:
    with runtime().db.reading() as session:
        return course_editing.page(session, viewer(), course_id)
