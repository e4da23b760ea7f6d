"""The studio's pages of questions: the list, the form of each kind, what its buttons do, its pictures."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound
from edu.models import Audience
from edu.services import lesson_editing, typed
from edu.services.contents import facts
from edu.services.quizzing import lesson_questions
from edu.services.quizzing.writing import listing, pictures, reading, saving, sheet
from edu.services.quizzing.writing.listing import Filters
from edu.services.quizzing.writing.saving import Work
from edu.services.quizzing.writing.sheet import Sheet
from edu.web.context import runtime, viewer
from edu.web.picture import send
from edu.web.refusal import refuse
from edu.web.studio import menu, question_view
from edu.web.studio import question_words as words
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _
from quizzes import Kind

blueprint = Blueprint("studio_question", __name__, url_prefix="/studio")
INDEX, KINDS, EDIT = "studio/question/index.html", "studio/question/kinds.html", "studio/question/edit.html"
ASIDE = "studio/question/aside.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, words.fields(frame.fields), frame.notices)}


@blueprint.get("/questions")
def index() -> str:
    """The questions that one may edit, filtered."""
    said = request.args.get
    filters = Filters(
        kind=said("kind", ""), lesson=said("lesson", ""), tag=said("tag", ""),
        critical="critical" in request.args, evidence=said("evidence", ""), flag=said("flag", ""),
        words=" ".join(said("words", "").split()), retired="retired" in request.args,
    )  # fmt: skip
    with runtime().db.reading() as session:
        found = listing.listed(session, viewer(), filters, typed.row_id(said("page", "")) or 1)
    return render_template(
        INDEX, listed=found, filters=filters, kinds=dict(words.kinds()), flags=words.flags(),
        query={name: value for name, value in request.args.items() if name != "page"},
    )  # fmt: skip


@blueprint.get("/questions/new")
def new() -> str:
    """The form of a new question, or the choice of its kind."""
    lesson_id = typed.row_id(request.args.get("lesson_id", ""))
    if "kind" not in request.args:
        return render_template(KINDS, kinds=words.kinds(), uses=words.uses(), lesson_id=lesson_id)
    with runtime().db.reading() as session:
        work = _begun(session, question_view.kind_of(request.args["kind"]), lesson_id)
        page = question_view.values(session, viewer(), work, work.sheet)
    return render_template(EDIT, errors={}, focus="", **page)


@blueprint.get("/lessons/<int:lesson_id>/questions/new")
def for_lesson(lesson_id: int) -> AnyResponse:
    """The address under which questions of a lesson used to be written."""
    return redirect(url_for("studio_question.new", lesson_id=lesson_id), 301)


@blueprint.post("/questions/new")
def create() -> AnyResponse:
    """What a button of the form of a new question does."""
    return _deal_with(0)


@blueprint.get("/questions/<int:question_id>")
def show(question_id: int) -> str:
    """A question in its form."""
    with runtime().db.reading() as session:
        work = saving.work(session, viewer(), question_id)
        page = question_view.values(session, viewer(), work, work.sheet)
    return render_template(EDIT, errors={}, focus="", **page)


@blueprint.post("/questions/<int:question_id>")
def save(question_id: int) -> AnyResponse:
    """What a button of the form does: to rows, to the picture, or keep a draft, or publish."""
    return _deal_with(question_id)


@blueprint.post("/questions/preview")
def preview() -> Response:
    """What stands beside the form, for what is typed now."""
    form = question_view.typed(question_view.kind_of(request.form.get("kind")))
    beside = question_view.aside(form)
    return jsonify(html=render_template(ASIDE, aside=beside), blocking=beside.blocking)


@blueprint.post("/questions/<int:question_id>/forget")
def forget(question_id: int) -> AnyResponse:
    """Throw the draft away."""
    with runtime().db.writing() as session:
        is_there = saving.forget_draft(session, viewer(), question_id)
    flash(_("The draft is thrown away."), "success")
    where = url_for("studio_question.show", question_id=question_id) if is_there else url_for(".index")
    return redirect(where, 303)


@blueprint.post("/questions/<int:question_id>/retire")
def retire(question_id: int) -> AnyResponse:
    """Ask it no more."""
    with runtime().db.writing() as session:
        saving.retire(session, viewer(), question_id, menu.now())
    flash(_("The question is retired. Attempts and results stay."), "success")
    return redirect(url_for(".show", question_id=question_id), 303)


@blueprint.post("/questions/<int:question_id>/bring-back")
def bring_back(question_id: int) -> AnyResponse:
    """Ask it again."""
    with runtime().db.writing() as session:
        saving.bring_back(session, viewer(), question_id, menu.now())
    flash(_("The question is back. It is asked wherever it had its place."), "success")
    return redirect(url_for(".show", question_id=question_id), 303)


@blueprint.get("/pictures/<name>")
def picture(name: str) -> AnyResponse:
    """A picture for the form of a question, whether or not a question stands on it yet."""
    with runtime().db.reading() as session:
        pictures.require_open(session, viewer(), name)
    return send(name)


@blueprint.post("/lessons/<int:lesson_id>/questions/<int:question_id>/remove")
def remove(lesson_id: int, question_id: int) -> AnyResponse:
    """Take a question out of the lesson's self-assessment."""
    with runtime().db.writing() as session:
        lesson_questions.remove(session, viewer(), lesson_id, question_id, menu.now())
    flash(_("The question is removed. Attempts that were made still show it."), "success")
    return redirect(url_for("studio_lesson.show", lesson_id=lesson_id, _anchor="questions"), 303)


def _begun(session: Session, kind: Kind, lesson_id: int | None) -> Work:
    if lesson_id is None:
        return saving.begin(kind, "", Audience.OPEN)
    lesson = lesson_editing.mine(session, viewer(), lesson_id)
    return saving.begin(kind, lesson.code, facts(lesson).audience)


def _deal_with(question_id: int) -> AnyResponse:
    """Do what the pressed button says, and show the form again, or go on."""
    act = request.form.get("act", "preview")
    form = question_view.typed(question_view.kind_of(request.form.get("kind")))
    base = typed.row_id(request.form.get("base", "")) or 0
    try:
        if act in ("draft", "publish"):
            return _saved(question_id, form, act, base)
        form, focus = _changed(form, act)
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        # whoever was told of a newer version has seen it, and may put theirs on top
        shown = None if isinstance(error, Conflict) else base
        return refuse(error, EDIT, focus="", **_page(question_id, form, shown))
    response = Response(render_template(EDIT, errors={}, focus=focus, **_page(question_id, form, base)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _saved(question_id: int, form: Sheet, act: str, base: int) -> AnyResponse:
    with runtime().db.writing() as session:
        if act == "draft":
            kept = saving.keep_draft(session, viewer(), question_id, form, menu.now())
            _tell_older(saving.work(session, viewer(), kept.id).version, base)
        else:
            kept = saving.publish(session, viewer(), question_id, form, base, menu.now())
        kept_id = kept.id
    if act == "draft":
        flash(_("The draft is kept. Learners get the version before it, if there is one."), "success")
    else:
        flash(
            _("The question is published. Attempts that were begun keep the words they began with."),
            "success",
        )
    return redirect(url_for("studio_question.show", question_id=kept_id), 303)


def _tell_older(newest: int, base: int) -> None:
    """Say that a draft was made from an older version than the newest, which publishing will ask about."""
    if newest != base:
        words = _("Version %(n)s was published meanwhile: this draft was made from an older one.", n=newest)
        flash(words, "warning")


def _changed(form: Sheet, act: str) -> tuple[Sheet, str]:
    """The sheet after a button that saves nothing, and where the focus goes."""
    house = runtime()
    if act == "preview":
        return form, "aside"
    if act == "picture:upload":
        brought = request.files.get("picture_file")
        if brought is None or not brought.filename:
            raise Invalid("Choose a file.", code="no_file", field="picture_file")
        name = pictures.keep(house.store, house.settings, brought.stream, "picture_file")
        return form.having(picture=name), "picture"
    if act == "picture:frame":
        return form.having(picture=_frame(form)), "picture"
    return sheet.acted(form, act)


def _frame(form: Sheet) -> str:
    house, faults = runtime(), reading.Faults()
    at = faults.time(form.said("frame_time"), "frame_time")
    faults.require_none()
    with house.db.reading() as session:
        film = pictures.film_of(session, viewer(), form.said("frame_video"))
    return pictures.keep_frame(house.store, house.settings, film, at, "frame_time")


def _page(question_id: int, form: Sheet, base: int | None) -> dict[str, object]:
    with runtime().db.reading() as session:
        empty = Work(0, "", form, 0, 0, False)
        work = saving.work(session, viewer(), question_id) if question_id else empty
        return question_view.values(session, viewer(), work, form, base)
