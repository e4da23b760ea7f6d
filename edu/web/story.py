"""Stories: the list, and one story with what it can teach and what it cannot prove."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.models import PageKind
from edu.services.messages import shown as messages
from edu.web import page
from edu.web.context import runtime

blueprint = Blueprint("story", __name__, url_prefix="/stories")


@blueprint.get("")
def index() -> str:
    """All stories, those that readers told among them."""
    with runtime().db.reading() as session:
        stories = page.listed(session, PageKind.STORY)
        told = messages.of_page(session, "/stories")
    return render_template("story/index.html", stories=stories, told=told)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A story."""
    with runtime().db.reading() as session:
        story = page.shown(session, PageKind.STORY, slug)
    return render_template("story/show.html", page=story)
