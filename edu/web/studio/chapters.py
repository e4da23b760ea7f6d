"""The studio's editor of chapters: rows over a time line, and the question and checklist made from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.services import checklists
from edu.services.quizzing import questions
from edu.services.texts import step_editing, step_questions, step_suggestions
from edu.services.texts.step_editing import ChapterRow
from edu.services.texts.step_questions import Wording
from edu.services.texts.step_suggestions import Proposal
from edu.services.video_editing import mine
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_chapters", __name__, url_prefix="/studio/videos/<int:video_id>/chapters")
PAGE, QUESTION = "studio/track/chapters.html", "studio/question/ordering.html"
BLANK_ROWS = 3  # to write new chapters into where there is no script
MOST_ROWS = 600  # of a form; the service says how many are kept
_FIELD = re.compile(r"start-([0-9]{1,6})", re.ASCII)
_OFFER = re.compile(r"offer-start-([0-9]{1,6})", re.ASCII)


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of the rows too."""
    frame = menu.studio()["studio"]
    names = {"start": _("From"), "title": _("Title"), "end": _("Ends")}
    fields = {
        f"{name}-{number}": _("Chapter %(number)s, %(field)s", number=number + 1, field=words)
        for name, words in names.items()
        for number in range(len(_typed()))
    }
    return {"studio": replace(frame, fields={**frame.fields, **fields})}


@blueprint.get("/rows")
@blueprint.get("")
def show(video_id: int) -> AnyResponse | str:
    """The chapters of a video on its time line; the address of rows that were refused leads here."""
    where = url_for("studio_chapters.show", video_id=video_id)
    if request.path != where:
        return redirect(where)
    return render_template(PAGE, errors={}, **_values(video_id))


@blueprint.post("/rows")
def save(video_id: int) -> AnyResponse:
    """Keep the rows as the chapters of the video; or propose more of them, and take what was proposed."""
    rows, expected = _typed(), _began_from()
    if (wish := request.form.get("do", "save")) != "save":
        return _propose(video_id, rows, wish)
    try:
        with runtime().db.writing() as session:
            track = step_editing.save(session, viewer(), video_id, rows, expected, menu.now())
    except Conflict as error:
        return refuse(error, PAGE, **_values(video_id, rows, is_met=True))
    except Invalid as error:
        return refuse(error, PAGE, **_values(video_id, rows, version=expected))
    flash(_("Nothing was changed.") if track is None else _("The chapters are saved."), "success")
    return redirect(url_for("studio_chapters.show", video_id=video_id), 303)


@blueprint.post("/ordering")
def make_question(video_id: int) -> AnyResponse:
    """Make the question that asks for the order of the steps, or bring it up to date."""
    words = Wording(
        _("Put the steps in the order in which the film shows them."),
        _("The order of the film:"),
        _("Step %(number)s of %(total)s, at %(time)s."),
    )
    try:
        with runtime().db.writing() as session:
            video = mine(session, viewer(), video_id, locked=True)
            question = step_questions.make(session, viewer(), video, words, menu.now())
            question_id, kind = question.id, question.kind
    except Invalid as error:
        return refuse(error, PAGE, **_values(video_id))
    flash(_("The question is in the bank, with the steps as they are saved."), "success")
    if kind in questions.ASKED:
        return redirect(url_for("studio_question.show", question_id=question_id), 303)
    return redirect(url_for("studio_chapters.question", video_id=video_id), 303)


@blueprint.get("/ordering")
def question(video_id: int) -> str:
    """The question that asks for the order of the steps, to be read."""
    with runtime().db.reading() as session:
        video = mine(session, viewer(), video_id)
        page, title = step_questions.page(session, video), video.title
    return render_template(QUESTION, page=page, video_id=video_id, video_title=title)


@blueprint.post("/checklist")
def make_checklist(video_id: int) -> AnyResponse:
    """Make the checklist of the steps, or bring it up to date."""
    try:
        with runtime().db.writing() as session:
            video = mine(session, viewer(), video_id, locked=True)
            slug = checklists.make(session, viewer(), video, menu.now()).slug
    except Invalid as error:
        return refuse(error, PAGE, **_values(video_id))
    flash(_("The checklist is made from the chapters."), "success")
    return redirect(url_for("checklist.show", slug=slug), 303)


def _propose(video_id: int, rows: tuple[ChapterRow, ...], wish: str) -> AnyResponse:
    """The page with what is typed and proposals, or with those of them that were taken; nothing is saved."""
    offered = _offered()
    if wish in ("take", "all"):
        taken = [proposal for proposal, is_ticked in offered if is_ticked or wish == "all"]
        rest = [proposal for proposal, _ in offered if proposal not in taken]
        rows = step_suggestions.with_taken(rows, taken)
        return make_response(
            render_template(PAGE, errors={}, **_values(video_id, rows, version=_began_from(), proposals=rest))
        )
    try:
        with runtime().db.reading() as session:
            found = step_suggestions.proposals(session, mine(session, viewer(), video_id), rows)
    except Invalid as error:
        return refuse(error, PAGE, **_values(video_id, rows, version=_began_from()))
    if not found:
        flash(_("Nothing more is suggested: pauses, cuts and words do not agree anywhere else."), "info")
    return make_response(
        render_template(PAGE, errors={}, **_values(video_id, rows, version=_began_from(), proposals=found))
    )


def _began_from() -> int | None:
    """The version of the chapters that the form began from."""
    version = request.form.get("version", "")
    return int(version) if re.fullmatch(r"[0-9]{1,9}", version) else None


def _offered() -> list[tuple[Proposal, bool]]:
    """The proposals that the form brought back, and whether each was ticked."""
    said = request.form.get
    numbers = [match[1] for match in map(_OFFER.fullmatch, request.form) if match][:MOST_ROWS]
    return [
        (
            Proposal(
                said(f"offer-start-{n}", "")[:40],
                said(f"offer-title-{n}", "")[:2000],
                tuple(said(f"offer-signs-{n}", "")[:200].split()),
            ),
            f"take-{n}" in request.form,
        )
        for n in numbers
    ]


def _signs() -> dict[str, str]:
    """Why something is proposed, in words."""
    return {
        "beginning": _("the film begins"), "pause": _("a long pause"), "cut": _("a cut of the picture"),
        "words": _("other words are used"),
    }  # fmt: skip


def _typed() -> tuple[ChapterRow, ...]:
    """The rows of the form, in its order; those in which nothing stands are left out."""
    said = request.form.get
    numbers = [match[1] for match in map(_FIELD.fullmatch, request.form) if match][:MOST_ROWS]
    rows = (
        ChapterRow(
            said(f"start-{number}", "")[:40],
            said(f"title-{number}", "")[:2000],
            said(f"end-{number}", "")[:40],
            said(f"id-{number}", "")[:40],
            f"remove-{number}" in request.form,
            f"mirrored-{number}" in request.form,
        )
        for number in numbers
    )
    return tuple(row for row in rows if row.is_removed or not row.is_blank)


def _values(
    video_id: int,
    rows: Sequence[ChapterRow] | None = None,
    *,
    version: int | None = None,
    proposals: Sequence[Proposal] = (),
    is_met: bool = False,
) -> dict[str, object]:
    """The page; `rows` are those typed, `is_met` says that somebody else's stand beside them."""
    with runtime().db.reading() as session:
        page = step_editing.page(session, viewer(), video_id, addresses())
        has_question = step_questions.is_made(session, mine(session, viewer(), video_id))
    shown = page.rows if rows is None else tuple(rows)
    return {
        "page": page,
        "rows": (*shown, *[ChapterRow()] * BLANK_ROWS),
        "version": page.version if version is None else version,
        "theirs": page.rows if is_met else (),
        "lost": step_editing.retired(page.rows, shown) if is_met else (),
        "has_question": has_question,
        "is_unsaved": rows is not None and shown != page.rows,
        "proposals": [
            (each, [_signs()[sign] for sign in each.signs if sign in _signs()]) for each in proposals
        ],
    }
