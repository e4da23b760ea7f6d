"""The studio's pages of files of questions: sent, looked at, then taken or left."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

import quizzes
from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound, TooLarge
from edu.services import typed
from edu.services.quizzing import pictures
from edu.services.quizzing.arranging import listing
from edu.services.quizzing.exchanging import looking, staging, taking
from edu.services.quizzing.exchanging.fitting import Lack
from edu.services.quizzing.exchanging.looking import Line, LookPage
from edu.services.quizzing.exchanging.partial import partly_right
from edu.services.quizzing.exchanging.taking import NEW_QUIZ, Choices, Taken
from edu.services.quizzing.views import question
from edu.services.quizzing.views.question import Asked, QuestionView
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import exchange_words as words
from edu.web.studio import menu, question_import_losses, quiz_words
from edu.web.studio.figures import percent
from edu.web.studio.menu import Studio
from edu.web.wording import sentence_for
from edu.web.words import gettext as _
from edu.web.words import ngettext
from quizzes import QuizError
from quizzes.exchange import LARGEST_FILE

blueprint = Blueprint("studio_question_import", __name__, url_prefix="/studio/questions/import")
NEW, LOOK = "studio/question_import/new.html", "studio/question_import/look.html"
MB = 1024 * 1024


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, quiz_words.fields(frame.fields), frame.notices)}


@blueprint.get("")
def new() -> str:
    """Where a file is chosen."""
    return render_template(NEW, errors={}, **_choosing())


@blueprint.post("")
def receive() -> AnyResponse:
    """Read a file and keep what was read, to be looked at."""
    brought, said = request.files.get("file"), request.form.get("format", "")
    try:
        if brought is None or not brought.filename:
            raise Invalid("Choose a file.", code="no_file", field="file")
        name = PurePath(brought.filename).name
        format_, found = staging.read(brought.stream.read(LARGEST_FILE + 1), name, said)
        with runtime().db.writing() as session:
            kept = staging.stage(session, viewer(), name, format_, found, menu.now()).id
    except QuizError as error:
        told = Invalid(
            "The file was not taken. %(words)s Where: %(place)s.",
            code=error.code, field="file", place=words.place(error.place), words=sentence_for(error),
        )  # fmt: skip
        return refuse(told, NEW, **_choosing())
    except EduError as error:
        return refuse(error, NEW, **_choosing())
    return redirect(url_for(".show", import_id=kept), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """A body above the limit, told in the page."""
    error = TooLarge(
        "The file is too large: at most %(most)s MB are taken.",
        code="too_large", field="file", most=LARGEST_FILE // MB,
    )  # fmt: skip
    return refuse(error, NEW, **_choosing())


@blueprint.get("/<int:import_id>")
def show(import_id: int) -> str:
    """What is in the file, before any of it is taken."""
    with runtime().db.reading() as session:
        return render_template(LOOK, errors={}, said={}, **_looking(session, import_id))


@blueprint.post("/<int:import_id>")
def take(import_id: int) -> AnyResponse:
    """Take the ticked questions."""
    chosen = _chosen()
    try:
        with runtime().db.writing() as session:
            taken = taking.take(session, viewer(), import_id, chosen, menu.now())
    except (NotFound, Forbidden):
        raise
    except Conflict as error:
        flash(sentence_for(error), "warning")
        return redirect(url_for(".show", import_id=import_id), 303)
    except EduError as error:
        with runtime().db.reading() as session:
            return refuse(error, LOOK, said=request.form, **_looking(session, import_id))
    _tell(taken)
    if taken.left:
        return redirect(url_for(".show", import_id=import_id), 303)
    if taken.quiz:
        return redirect(url_for("studio_quiz.show", slug=taken.quiz), 303)
    return redirect(url_for("studio_question.index"), 303)


@blueprint.post("/<int:import_id>/leave")
def leave(import_id: int) -> AnyResponse:
    """Forget the file."""
    with runtime().db.writing() as session:
        staging.drop(session, viewer(), import_id)
    flash(_("The file is left. Nothing of it was taken."), "success")
    return redirect(url_for(".new"), 303)


def _choosing() -> dict[str, object]:
    with runtime().db.reading() as session:
        waiting = staging.waiting(session, viewer())
    sizes = {"most": LARGEST_FILE // MB, "most_kept": staging.MOST_KEPT}
    return {"formats": words.formats(), "waiting": waiting, **sizes}


def _place(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else None


def _chosen() -> Choices:
    """What the form says; fields of a question are `evidence-3` and `as-3`."""
    said = request.form
    numbered = {name: value for name, value in said.items() if name.startswith(("evidence-", "as-"))}
    places = {name: place for name in numbered if (place := _place(name.rpartition("-")[2])) is not None}
    title = said.get("title", "").strip() or said.get("name", "")
    return Choices(
        ticked=frozenset(place for value in said.getlist("take") if (place := _place(value)) is not None),
        left=typed.row_id(said.get("left", "")) or 0,
        evidence={
            place: numbered[name]
            for name, place in places.items()
            if name.startswith("evidence-") and numbered[name]
        },
        as_next=frozenset(
            place for name, place in places.items() if name.startswith("as-") and numbered[name] == "next"
        ),
        same=said.get("same", ""),
        tags=said.get("tags", ""),
        lesson=said.get("lesson", ""),
        quiz=said.get("quiz", ""),
        title=title,
    )


def _looking(session: Session, import_id: int) -> dict[str, object]:
    page = looking.page(session, viewer(), import_id)
    into = [(line.slug, line.title or line.slug) for line in listing.listed(session, viewer())]
    return {
        "page": page,
        "lines": [_line(line) for line in page.lines],
        "left_out": question_import_losses.left_out(page),
        "losses": question_import_losses.smaller(page),
        "format_name": words.format_name(page.format),
        "stem": PurePath(page.name).stem,
        "lessons": [("", _("As the file says")), *_lessons(page)],
        "quizzes": [("", _("Into no quiz")), (NEW_QUIZ, _("Into a new quiz")), *into],
    }


def _lessons(page: LookPage) -> list[tuple[str, str]]:
    return [(str(each.id), f"{each.code} {each.title}".strip()) for each in page.offers.lessons]


def _line(line: Line) -> dict[str, object]:
    item = line.item
    return {
        "n": line.place,
        "id": item.id,
        "kind": quiz_words.kind_name(item.kind),
        "view": None if Lack.PICTURE in {each.lack for each in line.fitted.missing} else _seen(line),
        "stem": item.stem,
        "answers": words.answers(item),
        "partly": [(text, percent(100 * share)) for text, share in partly_right(item)],
        "why": item.feedback.why,
        "tags": item.tags,
        "is_critical": item.critical,
        "is_pro": item.audience.value == "pro",
        "evidence": item.evidence or "",
        "advice": words.advice(item),
        "missing": [words.missing(each) for each in line.fitted.missing],
        "is_ready": line.fitted.is_ready,
        "meeting": line.meeting.value,
        "met": words.meeting(line.meeting),
    }


def _seen(line: Line) -> QuestionView:
    """The question as an attempt shows it, with its options in the order of the file."""
    body, number = quizzes.body(line.item), line.place + 1
    order = [option["id"] for option in body["options"]]
    return question.view(Asked(body, order, position=number, number=number), picture=pictures.view(body))


def _tell(taken: Taken) -> None:
    """Say what became of the questions."""
    if taken.asked:
        count = len(taken.asked)
        flash(ngettext("%(num)s question is taken.", "%(num)s questions are taken.", count), "success")
    if taken.drafts:
        flash(
            ngettext(
                "%(num)s question is kept as a draft: it needs a hand before it can be asked.",
                "%(num)s questions are kept as drafts: they need a hand before they can be asked.",
                len(taken.drafts),
            ),
            "warning",
        )
    if taken.renamed:
        names = ", ".join(f"{old} → {new}" for old, new in taken.renamed[:10])
        flash(_("These names were taken, so others were given: %(names)s", names=names), "message")
    if taken.left:
        flash(ngettext("%(num)s question is left.", "%(num)s questions are left.", taken.left), "message")
