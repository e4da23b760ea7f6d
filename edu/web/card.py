"""A lesson on paper: the pocket card of its film, and the handout of all of it."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.courseware.board import Layer, bundled
from edu.services import lessons
from edu.services.board import paper
from edu.services.board.paper import Paper
from edu.services.lessons import LessonPage
from edu.web import prose
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.language import chosen

blueprint = Blueprint("card", __name__, url_prefix="/courses")
_ID = re.compile(r' id="[^"]*"')
INSTEAD = (Layer.BONE, Layer.ZONE)  # on a card whose film has no picture yet


@blueprint.get("/<course>/<lesson>/card")
def show(course: str, lesson: str) -> str:
    """The pocket card of a lesson with a film; `sheet` 4 lays four of them on one sheet."""
    with runtime().db.reading() as session:
        page, made = _of(session, course, lesson)
        paper.require_film(made)
        (warnings,) = prose.texts(session, page.course_id, "\n\n".join(made.cautions))
    copies = 4 if request.args.get("sheet") == "4" else 1
    drawing = Markup(bundled().markup(INSTEAD, prefix="card-"))  # noqa: S704 (shapes we read)
    return render_template(
        "card/show.html",
        page=page,
        made=made,
        codes=_codes(made),
        warnings=warnings,
        warnings_again=Markup(_ID.sub("", warnings.html)),  # noqa: S704 (the same as rendered, without its ids)
        copies=copies,
        drawing=drawing,
        view_box=bundled().view_box,
        today=runtime().clock.now(),
    )


@blueprint.get("/<course>/<lesson>/print")
def handout(course: str, lesson: str) -> str:
    """A lesson as a handout: its text, its steps with QR codes, references, grades, state and address."""
    with runtime().db.reading() as session:
        page, made = _of(session, course, lesson)
        (text,) = prose.texts(session, page.course_id, page.body)
    return render_template(
        "card/print.html",
        page=page,
        made=made,
        codes=_codes(made),
        code=_drawn(made.qr),
        text=text,
        today=runtime().clock.now(),
    )


def _codes(made: Paper) -> tuple[Markup, ...]:
    """The QR codes of the steps, in their order."""
    return tuple(_drawn(step.qr) for step in made.steps)


def _drawn(code: str) -> Markup:
    return Markup(code)  # noqa: S704 (drawn by us, of nothing but squares)


def _of(session: Session, course: str, lesson: str) -> tuple[LessonPage, Paper]:
    """A lesson that this reader may read, and what of it goes onto paper."""
    wanted = {"language": chosen(), "text": request.args.get("text", "")}
    page = lessons.page(session, viewer(session), course, lesson, addresses(), **wanted)
    return page, paper.paper(session, page, page.url, runtime().settings.base_url)
