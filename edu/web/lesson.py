"""A lesson: its video, its text, its self-assessment."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from edu.services import lessons
from edu.web import prose
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer

blueprint = Blueprint("lesson", __name__, url_prefix="/courses")


@blueprint.get("/<course>/<lesson>")
def show(course: str, lesson: str) -> str:
    """The lesson's page."""
    with runtime().db.reading() as session:
        wanted = {"words": request.args.get("words", ""), "start": request.args.get("t", "")}
        page = lessons.page(session, viewer(session), course, lesson, addresses(), **wanted)
        video_slug = page.screening.player.slug if page.screening else ""
        (text,) = prose.texts(session, page.course_id, page.body, video_slug=video_slug)
    return render_template("lesson/show.html", page=page, text=text)
