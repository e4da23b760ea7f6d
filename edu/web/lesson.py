"""A lesson: its video, its text, its self-assessment."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from edu.services import glossary, lessons
from edu.web import prose, visit
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
        (text,) = prose.texts(
            session, page.course_id, page.body, video_slug=video_slug, explained=page.language
        )
    visit.note(page.course_id, page.seen_at, lesson_id=page.lesson_id)
    shown = page.screening.transcript if page.screening else None
    spoken = glossary.spoken(shown, text.lexicon, page.language)
    return render_template("lesson/show.html", page=page, text=text, spoken=spoken)
