"""The board: the low back in layers that are switched on and off, with a ruler."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from markupsafe import Markup

from edu.services.board import pages
from edu.web import prose
from edu.web.context import runtime, viewer

blueprint = Blueprint("board", __name__)


@blueprint.get("/board")
def show() -> str:
    """The board; `layers` names those that are on, `words` its labels, `shown` says that it was chosen."""
    is_chosen = "shown" in request.args
    with runtime().db.reading() as session:
        page = pages.page(
            session,
            viewer(session),
            request.args.getlist("layers"),
            is_chosen=is_chosen,
            has_words=not is_chosen or "words" in request.args,
        )
        note, about = prose.texts(session, page.course_id, page.note, page.about)
    return render_template(
        "board/show.html",
        page=page,
        note=note,
        about=about,
        words=prose.board_words(),
        drawing=Markup(page.board.markup(page.shown, prefix="board-", is_whole=True)),  # noqa: S704 (shapes we read)
    )
