"""A lesson: its video, its text, its self-assessment."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g, render_template, request

from edu.services import glossary, lessons
from edu.services.contents import LessonLink
from edu.services.lesson_translations import titles
from edu.services.lesson_translations.titles import Title
from edu.web import prose, visit
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.language import chosen, foreign, own_name

blueprint = Blueprint("lesson", __name__, url_prefix="/courses")


@blueprint.app_template_global("title_of")
def title_of(link: LessonLink) -> Title:
    """What a list calls a lesson: its title in the reader's language where that is there."""
    return (
        Title(link.title, link.language) if link.is_locked else title_at(link.url, link.title, link.language)
    )


@blueprint.app_template_global("title_at")
def title_at(url: str, title: str, language: str) -> Title:
    """The same of a lesson at its address, which its list has looked up."""
    if not foreign(language):
        return Title(title, language)
    course = url.split("/")[2]
    kept: dict[str, Mapping[str, Title]] = g.setdefault("lesson_titles", {})
    if course not in kept:
        with runtime().db.reading() as session:
            kept[course] = titles.of_course(session, course, chosen(), runtime().clock.now().date())
    return kept[course].get(url, Title(title, language))


@blueprint.get("/<course>/<lesson>")
@blueprint.get("/<course>/<lesson>/<language>")
def show(course: str, lesson: str, language: str = "") -> str:
    """The lesson's page, in the reader's language where it can be, or in that of the address."""
    with runtime().db.reading() as session:
        wanted = {"words": request.args.get("words", ""), "start": request.args.get("t", "")}
        wanted |= {"language": chosen(), "text": language, "path": request.args.get("path", "")}
        page = lessons.page(session, viewer(session), course, lesson, addresses(), **wanted)
        video_slug = page.screening.player.slug if page.screening else ""
        (text,) = prose.texts(
            session, page.course_id, page.body, video_slug=video_slug, explained=page.language
        )
    visit.note(page.course_id, page.seen_at, lesson_id=page.lesson_id)
    shown = page.screening.transcript if page.screening else None
    spoken = glossary.spoken(shown, text.lexicon, page.language)
    others = tuple((tag, own_name(tag)) for tag in page.languages if tag != page.language)
    return render_template("lesson/show.html", page=page, text=text, spoken=spoken, others=others)
