"""The studio's pages of lessons: writing, publishing at once or at a time, removal."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import lesson_editing, lesson_places, typed
from edu.services.authoring import differing, lesson_fields, lesson_work, publishing
from edu.services.authoring.lesson_fields import EMPTY, LessonForm
from edu.services.authoring.lesson_work import LessonWork
from edu.services.quizzing import lesson_questions
from edu.web.context import runtime, viewer
from edu.web.dates import moment
from edu.web.refusal import refuse
from edu.web.studio import menu, question_words, translation
from edu.web.studio.menu import Studio
from edu.web.studio.versions import field_words
from edu.web.wording import sentence_for
from edu.web.words import gettext as _

blueprint = Blueprint("studio_lesson", __name__, url_prefix="/studio/lessons")
SHOW = "studio/lesson/show.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    more = {"publish_at": _("Comes out on"), "note": _("What was changed, and why"), **field_words()}
    return {"studio": Studio(frame.nav, {**more, **frame.fields}, frame.notices)}


@blueprint.get("/new")
def new() -> str:
    """A new lesson, perhaps with the video or the place it is written for."""
    said = request.args.get
    place = said("place", "")
    if not place and (course_id := typed.row_id(said("course", ""))):
        with runtime().db.reading() as session:
            place = lesson_places.last_of(session, course_id)
    form = replace(EMPTY, video=said("video", ""), place=place)
    return render_template("studio/lesson/new.html", errors={}, **_form(form))


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
    return render_template(SHOW, errors={}, **_page(lesson_id))


@blueprint.post("/<int:lesson_id>")
def save(lesson_id: int) -> AnyResponse:
    """Keep a lesson's changes; text typed against an older state is shown again and not lost."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            lesson_editing.save(session, viewer(), lesson_id, form, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(lesson_id, form))
    except Conflict as error:
        return refuse(error, SHOW, **_beside(lesson_id, form))
    flash(_("The lesson is saved."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id), 303)


@blueprint.post("/<int:lesson_id>/publish")
def publish(lesson_id: int) -> AnyResponse:
    """Publish it at once."""
    try:
        with runtime().db.writing() as session:
            publishing.now(session, viewer(), lesson_id, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(lesson_id))
    flash(_("The lesson is published."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id), 303)


@blueprint.post("/<int:lesson_id>/schedule")
def schedule(lesson_id: int) -> AnyResponse:
    """Publish it at a time, or with an empty time at none."""
    wanted = request.form.get("publish_at", "").strip()
    try:
        with runtime().db.writing() as session:
            if wanted:
                at = typed.moment(wanted, "publish_at")
                publishing.at_a_time(session, viewer(), lesson_id, at, menu.now())
            else:
                publishing.not_yet(session, viewer(), lesson_id, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(lesson_id))
    said = _("The lesson comes out on %(moment)s.", moment=moment(at)) if wanted else _("It stays a draft.")
    flash(said, "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id), 303)


@blueprint.post("/<int:lesson_id>/take-back")
def take_back(lesson_id: int) -> AnyResponse:
    """Make it a draft again."""
    with runtime().db.writing() as session:
        publishing.take_back(session, viewer(), lesson_id, menu.now())
    flash(_("The lesson is a draft again: only instructors see it."), "success")
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


def _typed() -> LessonForm:
    said = request.form.get
    names = (
        "place", "course_title", "module_title", "title", "body", "language", "audience", "state", "video",
        "revision", "summary", "minutes", "objectives", "publish_at", "note", "standing",
    )  # fmt: skip
    return LessonForm(
        **{name: said(name, "") for name in names},
        publish_video="publish_video" in request.form,
        open_to_all="open_to_all" in request.form,
    )


def _work(lesson_id: int) -> LessonWork:
    with runtime().db.reading() as session:
        return lesson_work.page(session, viewer(), lesson_id, menu.now())


def _beside(lesson_id: int, form: LessonForm) -> dict[str, object]:
    """The page after somebody else saved: what was typed in the form, what stands there now beside it.

    The form carries what stands now, so that saving once more replaces it knowingly.
    """
    present = _work(lesson_id).form
    names = ("title", "summary", "minutes", "language", "objectives")
    one, other = ({name: _plain(getattr(each, name)) for name in names} for each in (present, form))
    found = differing.compared((one, present.body), (other, _plain(form.body)))
    taken = replace(form, revision=present.revision, standing=present.standing)
    return {**_page(lesson_id, taken), "conflict": found, "present": present}


def _plain(text: str) -> str:
    """Text as it is kept: browsers send other line ends."""
    return text.replace("\r\n", "\n").strip("\n").rstrip()


def _page(lesson_id: int, form: LessonForm | None = None) -> dict[str, object]:
    page = _work(lesson_id)
    with runtime().db.reading() as session:
        asked = lesson_questions.of_lesson(session, lesson_id)
    kinds = dict(question_words.kinds())
    listed = [(question, kinds.get(question.kind, _("Another kind of question"))) for question in asked]
    hindrance = page.standing.hindrance
    return {
        "page": page, "questions": listed, "fields": field_words(),
        "hindrance": sentence_for(hindrance) if hindrance else "", **_form(form or page.form),
        "translating": translation.of_lesson(lesson_id),
    }  # fmt: skip


def _form(form: LessonForm) -> dict[str, object]:
    with runtime().db.reading() as session:
        offered = lesson_work.choices(session, viewer())
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
            (lesson_fields.State.DRAFT, _("Draft: only instructors see it")),
            (lesson_fields.State.SCHEDULED, _("Draft until the moment below, then published")),
            (lesson_fields.State.PUBLISHED, _("Published, under construction until it is reviewed")),
        ],
    }
