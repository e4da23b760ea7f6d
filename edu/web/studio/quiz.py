"""The studio's pages of quizzes: the list, the form and what its buttons do, publishing, allowances."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound
from edu.services import lesson_editing, typed
from edu.services.contents import facts
from edu.services.quizzing.arranging import deleting, films, form, giving, listing, saving, sheet
from edu.services.quizzing.arranging.bank import Wanted
from edu.services.quizzing.arranging.saving import Work
from edu.services.quizzing.arranging.sheet import Sheet
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu, quiz_view
from edu.web.studio import quiz_words as words
from edu.web.studio.menu import Studio
from edu.web.wording import sentence_for
from edu.web.words import gettext as _

blueprint = Blueprint("studio_quiz", __name__, url_prefix="/studio/quizzes")
INDEX, EDIT = "studio/quiz/index.html", "studio/quiz/edit.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, words.fields(frame.fields), frame.notices)}


@blueprint.get("")
def index() -> str:
    """The quizzes that one may edit."""
    with runtime().db.reading() as session:
        lines = listing.listed(session, viewer())
    return render_template(INDEX, lines=lines)


@blueprint.get("/new")
def new() -> str:
    """The form of a new quiz."""
    lesson_id = typed.row_id(request.args.get("lesson_id", ""))
    audience = "open"
    with runtime().db.reading() as session:
        if lesson_id:
            audience = facts(lesson_editing.mine(session, viewer(), lesson_id)).audience.value
        blank = form.blank(audience, lesson_id or 0)
        page = quiz_view.values(session, viewer(), Work("", "", blank), blank, Wanted())
    return render_template(EDIT, errors={}, focus="", **page)


@blueprint.post("/new")
def create() -> AnyResponse:
    """What a button of the form of a new quiz does."""
    return _deal_with("")


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A quiz in its form."""
    with runtime().db.reading() as session:
        work = saving.work(session, viewer(), slug)
        base = saving.base_of(session, viewer(), slug)
        page = quiz_view.values(session, viewer(), work, work.sheet, Wanted(), base)
    return render_template(EDIT, errors={}, focus="", **page)


@blueprint.post("/<slug>")
def save(slug: str) -> AnyResponse:
    """What a button of the form does: to places, or keep a draft, or publish."""
    return _deal_with(slug)


@blueprint.post("/<slug>/forget")
def forget(slug: str) -> AnyResponse:
    """Throw the draft away."""
    with runtime().db.writing() as session:
        is_there = saving.forget_draft(session, viewer(), slug)
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for(".show", slug=slug) if is_there else url_for(".index"), 303)


@blueprint.post("/<slug>/take-back")
def take_back(slug: str) -> AnyResponse:
    """Let nobody begin any more."""
    with runtime().db.writing() as session:
        saving.take_back(session, viewer(), slug, menu.now())
    flash(_("The quiz is taken back. Whoever is inside can finish, and results stay."), "success")
    return redirect(url_for(".show", slug=slug), 303)


@blueprint.post("/<slug>/delete")
def delete(slug: str) -> AnyResponse:
    """Delete what was taken back and never tried."""
    try:
        with runtime().db.writing() as session:
            deleting.delete(session, viewer(), slug, menu.now())
    except Conflict as error:
        flash(sentence_for(error), "warning")
        return redirect(url_for(".show", slug=slug), 303)
    flash(_("The quiz is deleted. Its questions stay."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.get("/<slug>/allowances")
def allowed(slug: str) -> AnyResponse:
    """Where the page of a refused allowance leads when it is loaded anew."""
    return redirect(url_for(".show", slug=slug, _anchor="allowances"))


@blueprint.post("/<slug>/allowances")
def give(slug: str) -> AnyResponse:
    """Give one learner more time or more attempts."""
    said = {name: request.form.get(name, "").strip() for name in ("email", "extra_percent", "extra_attempts")}
    try:
        with runtime().db.writing() as session:
            quiz = saving.mine(session, viewer(), slug)
            giving.give(session, viewer(), quiz, menu.now(), **said)
    except Invalid as error:
        with runtime().db.reading() as session:
            work = saving.work(session, viewer(), slug)
            base = saving.base_of(session, viewer(), slug)
            page = quiz_view.values(session, viewer(), work, work.sheet, Wanted(), base)
        return refuse(error, EDIT, focus="", given=said, **page)
    flash(_("It holds from now on, for an attempt that is open too."), "success")
    return redirect(url_for(".show", slug=slug, _anchor="allowances"), 303)


@blueprint.post("/<slug>/allowances/<int:user_id>/remove")
def remove(slug: str, user_id: int) -> AnyResponse:
    """Take away what one learner has beyond the settings."""
    with runtime().db.writing() as session:
        quiz = saving.mine(session, viewer(), slug)
        giving.take_away(session, viewer(), quiz, user_id, menu.now())
    flash(_("The settings of the quiz hold again for this learner."), "success")
    return redirect(url_for(".show", slug=slug, _anchor="allowances"), 303)


def _deal_with(slug: str) -> AnyResponse:
    """Do what the pressed button says, and show the form again, or go on."""
    act = request.form.get("act", "preview")
    made = sheet.typed(request.form)
    base = typed.row_id(request.form.get("base", "")) or 0
    try:
        made = _timed(made)
        if act in ("draft", "publish"):
            return _saved(slug, made, act, base)
        picked = [number for value in request.form.getlist("pick") if (number := typed.row_id(value))]
        made, focus = sheet.acted(made, act, picked)
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        # whoever was told of a newer version has seen it, and may put theirs on top
        shown = None if isinstance(error, Conflict) else base
        return refuse(error, EDIT, focus="", **_page(slug, made, shown))
    response = Response(render_template(EDIT, errors={}, focus=focus, **_page(slug, made, base)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _saved(slug: str, made: Sheet, act: str, base: int) -> AnyResponse:
    with runtime().db.writing() as session:
        if act == "draft":
            kept = saving.keep_draft(session, viewer(), slug, made, base, menu.now())
        else:
            kept = saving.publish(session, viewer(), slug, made, base, menu.now(), seen=_seen())
        kept_slug = kept.slug
    if act == "draft":
        flash(_("The draft is kept. Learners get the version before it, if there is one."), "success")
    else:
        flash(_("The quiz is published. Attempts that were begun stay as they are."), "success")
    return redirect(url_for(".show", slug=kept_slug), 303)


def _timed(made: Sheet) -> Sheet:
    """The sheet with the times of the steps that were chosen."""
    if not any(row.step for row in made.places):
        return made
    with runtime().db.reading() as session:
        video = films.chosen(session, viewer(), made.said("video"))
        ends = {step.identifier: step.end_ms for step in films.steps(session, video)}
    return sheet.timed(made, ends)


def _page(slug: str, made: Sheet, base: int | None) -> dict[str, object]:
    said = request.form.get
    wanted = Wanted(
        words=said("find_words", "").strip()[:100],
        kind=said("find_kind", ""),
        lesson=said("find_lesson", ""),
        tag=said("find_tag", ""),
    )
    with runtime().db.reading() as session:
        work = saving.work(session, viewer(), slug) if slug else Work("", "", made)
        seen = {} if base is None else {"mark": _seen()}
        return {**quiz_view.values(session, viewer(), work, made, wanted, base), **seen}


def _seen() -> str:
    """The mark of what the quiz said when the posted form was made."""
    return request.form.get("mark", "")[:64]
