"""Search: words in everything, on one shelf or in one video; what is said comes with its second."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from edu.models import PageKind, Shelf, ThingKind
from edu.services.searching import finding
from edu.services.searching.finding import Asked
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.language import chosen
from edu.web.words import gettext as _

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def show() -> Response:
    """What is found; without a question the form alone."""
    asked = Asked(
        shelf=_shelf(request.args.get("kind", "")),
        slug=request.args.get("video", ""),
        number=request.args.get("page", 1, type=int),
        language=chosen(),
    )
    with runtime().db.reading() as session:
        who = viewer(session)
        page = finding.find(session, who, request.args.get("q", ""), addresses(), asked)
    body = render_template(
        "search/show.html", page=page, passes_gate=who.passes_gate, shelves=_shelves(), kinds=_kinds()
    )
    answer = make_response(body)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _shelf(name: str) -> Shelf | None:
    """The shelf of that name; None, which is all, for others."""
    return next((shelf for shelf in Shelf if shelf == name), None)


def _shelves() -> dict[str, str]:
    return {
        Shelf.GLOSSARY: _("Glossary"),
        Shelf.LESSONS: _("Lessons"),
        Shelf.SAID: _("Said in videos"),
        Shelf.LIBRARY: _("Library"),
        Shelf.QUESTIONS: _("Open questions"),
        Shelf.NEWS: _("News and stories"),
        Shelf.PRACTICE: _("Self-checks and checklists"),
        Shelf.ABOUT: _("About this site"),
    }


def _kinds() -> dict[str, str]:
    """What a thing is called beside its title, where its shelf holds several kinds."""
    return {
        ThingKind.COURSE: _("Course"),
        ThingKind.QUIZ: _("Self-check"),
        ThingKind.CHECKLIST: _("Checklist"),
        PageKind.NEWS: _("News"),
        PageKind.STORY: _("Story"),
        PageKind.CONTRIBUTOR: _("Contributor"),
        PageKind.QUESTION: _("Open question: not settled"),
    }
