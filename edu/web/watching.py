"""What was watched: told by the player, shown beside it; progress in a course, and its statement."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, TooLarge
from edu.services.watching import completion, keeping, telling
from edu.services.watching.keeping import Watched
from edu.web.context import runtime, viewer
from edu.web.language import chosen
from edu.web.payload import json_object
from edu.web.words import gettext as _

blueprint = Blueprint("watching", __name__)
MOST_BYTES = 16 * 1024


@blueprint.app_context_processor
def _watcher() -> dict[str, str]:
    """`watcher`: by which a browser keeps what two people watched in it apart; empty without an account."""
    return {"watcher": str(viewer().user_id or "")}


@blueprint.get("/videos/<slug>/watching")
def show(slug: str) -> Response:
    """What the reader has watched of a video and where they stopped; nothing without an account."""
    house = runtime()
    with house.db.reading() as session:
        found = keeping.watched(session, viewer(session), slug, house.clock.now())
    answer = jsonify(_plain(found)) if found else Response(status=204, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/videos/<slug>/watched")
def tell(slug: str) -> Response:
    """Keep what was played: film, spans, played_ms, place_ms, and perhaps known_ms, age_ms, account."""
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge("that is more than this address accepts at once")
    said = json_object()
    told = telling.read(said)
    house = runtime()
    with house.db.writing() as session:
        reader = viewer(session)
        if said.get("account", reader.user_id) != reader.user_id:  # the page was somebody else's
            raise Conflict("somebody else is signed in now: reload the page")
        kept = keeping.keep(session, reader, slug, told, house.clock.now())
    return jsonify({**_plain(kept), "surplus": kept.surplus})


@blueprint.get("/courses/<course>/progress")
def progress(course: str) -> str:
    """How far the reader has come with a course, and what is missing."""
    with runtime().db.reading() as session:
        page = completion.progress(session, viewer(session), course, language=chosen())
    return render_template("course/progress.html", page=page)


@blueprint.get("/courses/<course>/statement")
def statement(course: str) -> str | AnyResponse:
    """A statement of participation, for paper; before all is done it leads to what is missing."""
    house = runtime()
    with house.db.reading() as session:
        reader = viewer(session)
        page = completion.progress(session, reader, course, language=chosen())
    if not page.is_complete:
        sentence = _("There is no statement of participation yet: all that is open to you must be complete.")
        flash(sentence, "info")
        return redirect(url_for("watching.progress", course=course), 303)
    return render_template("course/statement.html", page=page, name=reader.name, today=house.clock.now())


def _plain(found: Watched) -> dict[str, object]:
    """As JSON; shares to the thousandth, and a film without steps has none."""
    return {
        "film": found.film,
        "spans": found.spans,
        "place_ms": found.place_ms,
        "placed_at": found.placed_at.isoformat() if found.placed_at else None,
        "age_ms": found.age_ms,
        "played_ms": found.played_ms,
        "share": round(found.share, 3),
        "steps": {name: round(share, 3) for name, share in found.steps.items() if name},
    }
