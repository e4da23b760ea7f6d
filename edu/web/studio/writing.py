"""What the editor asks for: a text as readers will see it, works to cite, steps to show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request
from sqlalchemy.orm import Session

from edu.models import Audience, Module, PageKind
from edu.services import typed
from edu.services.authoring import citing, preview
from edu.services.authoring.lesson_fields import MOST_BODY
from edu.services.authoring.preview import Preview
from edu.services.pages import related
from edu.web import prose
from edu.web.context import runtime, viewer
from edu.web.errors import wants_json
from edu.web.studio import menu, page_words, writing_words
from edu.web.words import gettext as _

blueprint = Blueprint("studio_writing", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)


@dataclass(frozen=True, slots=True)
class Look:
    """A preview with its findings in words: the line, how much it matters, what to do."""

    preview: Preview
    language: str
    findings: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Something a text can name: `mark` is what is written there."""

    mark: str
    title: str
    note: str
    value: str


@blueprint.post("/preview", endpoint="preview")
def show() -> Response:
    """A text as readers will see it, with what is to be mended: a part for the editor, else a page."""
    said = request.form.get
    text = _typed(said(said("look", "body"), ""))
    with runtime().db.reading() as session:
        library, is_gated = _place(session)
        (made,) = prose.texts(session, library, text)
        is_gated = is_gated or said("audience") == Audience.PRO
        seen = preview.looked_at(
            session, library, text, made, is_gated=is_gated, kind=_kind(), samples=page_words.samples()
        )
    is_placed = request.form.get("place") != ""
    found = tuple(
        (f.line, f.weight.value, writing_words.sentence(f, is_placed=is_placed)) for f in seen.findings
    )
    look = Look(seen, said("language", "").strip()[: typed.MOST_LANGUAGE] or "en", found)
    if wants_json():
        response = jsonify(html=render_template("studio/components/preview.html", look=look, is_page=False))
    else:
        response = Response(render_template("studio/components/look.html", look=look))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/citations")
def citations() -> Response | str:
    """Works of the library that the text may cite, in which every word begins one."""
    with runtime().db.reading() as session:
        course_id = _cited_course(session)
        found = citing.search(session, viewer(), _words(), course_id)
        total = citing.count(session, viewer(), _words(), course_id)
    return _found([_work(work) for work in found], total, is_steps=False)


@blueprint.get("/steps")
def steps() -> Response | str:
    """Steps of films whose title or id holds every word."""
    with runtime().db.reading() as session:
        found = citing.steps(session, viewer(), _words())
    return _found([_step(step) for step in found], len(found), is_steps=True)


def _found(lines: list[Line], total: int, *, is_steps: bool) -> Response | str:
    if wants_json():
        found = [{"value": one.value, "title": one.title, "note": one.note} for one in lines]
        return jsonify(found=found, total=total)
    return render_template(
        "studio/components/find.html", found=lines, total=total, words=_words(), is_steps=is_steps
    )


def _work(work: citing.Cited) -> Line:
    note = " · ".join(part for part in (work.authors, work.year, work.key) if part)
    note = note if work.is_verified else _("%(note)s · not verified in full", note=note)
    return Line(f"[@{work.key}]", work.title, note, work.key)


def _step(step: citing.Shown) -> Line:
    minutes, seconds = divmod(step.start // 1000, 60)
    note = f"{step.id} · {step.film} · {minutes}:{seconds:02}"
    note = _("%(note)s · for professionals", note=note) if step.is_gated else note
    return Line(f"[[{step.id}]]", step.title, note, step.id)


def _typed(text: str) -> str:
    """The text as it would be kept, with the empty lines at its head, so that lines keep their numbers."""
    plain = text.replace("\r\n", "\n")
    head = len(plain) - len(plain.lstrip("\n"))
    return "\n" * head + typed.text(plain, "body", most=MOST_BODY, optional=True)


def _words() -> str:
    return " ".join(request.args.get("q", "")[:200].split())


def _place(session: Session) -> tuple[int, bool]:
    """The course whose library the text names, and whether it stands in a module for professionals."""
    place = request.form.get("place")
    if place is not None:
        return _of_place(session, place)
    return related.library_of(session, typed.row_id(request.form.get("look_course", ""))), False


def _of_place(session: Session, place: str) -> tuple[int, bool]:
    """The same of a lesson's place; a course that is still to be made has no library."""
    kind, _sign, number = place.partition(":")
    row_id = typed.row_id(number)
    if kind == "module" and row_id and (module := session.get(Module, row_id)):
        return module.course_id, module.audience is Audience.PRO
    return (row_id if kind == "course" and row_id else related.NO_COURSE), False


def _cited_course(session: Session) -> int | None:
    """The course whose works are offered; None for all of them, where nobody says for which text."""
    place = request.args.get("place")
    return _of_place(session, place)[0] if place is not None else typed.row_id(request.args.get("course", ""))


def _kind() -> PageKind | None:
    """The kind of the page outside the lessons that the text is of."""
    said = request.form.get("look_kind", "")
    return PageKind(said) if said in set(PageKind) else None
