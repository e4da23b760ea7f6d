"""The list of courses, and a course with its table of contents."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.services import courses
from edu.web import prose
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer

blueprint = Blueprint("course", __name__, url_prefix="/courses")


@blueprint.get("")
def index() -> str:
    """The courses that the reader can find."""
    with runtime().db.reading() as session:
        found = courses.everything(session, viewer(session))
    return render_template("course/index.html", courses=found)


@blueprint.get("/<course>")
def show(course: str) -> str:
    """A course: what it is, how sure one can be, and its lessons."""
    with runtime().db.reading() as session:
        page = courses.page(session, viewer(session), course, addresses())
        bodies = (page.evidence_summary, *(notice.text for notice in page.notices))
        evidence, *notices = prose.texts(session, page.course_id, *bodies)
    return render_template(
        "course/show.html", page=page, evidence=evidence, notices=zip(page.notices, notices, strict=True)
    )
