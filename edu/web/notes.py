"""Notes at moments of films: kept and fetched by the player; listed, searched, taken along, deleted."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid, NotFound
from edu.services.notes import files, keeping, pages
from edu.services.notes.keeping import Draft, NoteView
from edu.web.context import runtime, viewer
from edu.web.payload import json_object
from edu.web.words import gettext as _

blueprint = Blueprint("notes", __name__)
TYPES = {"md": "text/markdown", "csv": "text/csv", "json": "application/json"}


@blueprint.after_request
def keep_out_of_caches(response: Response) -> Response:
    """They are somebody's own."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.app_template_global("notes_owner")
def owner() -> str:
    """A name under which a browser keeps notes and recordings of this account apart; empty without one.

    It says nothing about the account to others who use the same browser.
    """
    user_id = viewer().user_id
    if user_id is None:
        return ""
    return hashlib.sha256(f"notes of {user_id} {runtime().settings.secret_key}".encode()).hexdigest()[:16]


@blueprint.get("/videos/<slug>/notes")
def of_film(slug: str) -> Response:
    """One's own notes at a film, for its player."""
    with runtime().db.reading() as session:
        found = keeping.of_film(session, viewer(session), slug)
    return jsonify(notes=[_plain(note) for note in found])


@blueprint.put("/videos/<slug>/notes/<uid>")
def save(slug: str, uid: str) -> Response:
    """Keep a note. `other` is what was sent, kept beside a note that was changed elsewhere meanwhile."""
    draft = _draft(json_object())
    with runtime().db.writing() as session:
        kept = keeping.save(session, viewer(session), slug, uid, draft, runtime().clock.now())
    return jsonify(note=_plain(kept.note), other=_plain(kept.other) if kept.other else None)


@blueprint.delete("/videos/<slug>/notes/<uid>")
def remove(slug: str, uid: str) -> Response:
    """Take a note away, unless it was changed since the revision `base`."""
    with runtime().db.writing() as session:
        keeping.remove(session, viewer(session), uid, base=request.args.get("base", ""), slug=slug)
    return Response(status=204, mimetype="application/json")


@blueprint.get("/notes")
def index() -> str:
    """All of one's notes by course and film, or those that hold the words that are looked for."""
    number = request.args.get("page", 1, type=int)
    with runtime().db.reading() as session:
        page = pages.page(session, viewer(session), asked=request.args.get("q", ""), number=number)
    return render_template("notes/index.html", page=page)


@blueprint.post("/notes/<uid>/delete")
def delete(uid: str) -> AnyResponse:
    """Take a note away from the list."""
    with runtime().db.writing() as session:
        keeping.remove(session, viewer(session), uid)
    flash(_("The note is deleted."), "success")
    return redirect(url_for("notes.index", q=request.form.get("q") or None), 303)


@blueprint.get("/notes/all.<ending>")
def everything(ending: str) -> Response:
    """All of one's notes as a file: md, csv or json."""
    house = runtime()
    if ending not in TYPES:
        raise NotFound("there is no such file")
    with house.db.reading() as session:
        found = pages.entries(session, viewer(session))
    base_url = house.settings.base_url
    if ending == "md":
        return _file(files.markdown(found, _words(), base_url), "notes.md", TYPES[ending])
    if ending == "csv":
        return _file(files.comma_separated(found, base_url), "notes.csv", TYPES[ending])
    return _file(files.json_document(found, base_url, house.clock.now()), "notes.json", TYPES[ending])


@blueprint.get("/notes/films/<slug>.vtt")
def track(slug: str) -> Response:
    """One's notes at a film as a text track, for other players."""
    with runtime().db.reading() as session:
        found = pages.entries(session, viewer(session), slug=slug)
    return _file(files.webvtt(found, _words()), f"{found[0].film.slug}-notes.vtt", "text/vtt")


def _file(data: bytes, name: str, media_type: str) -> Response:
    response = make_response(data)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _draft(body: dict[str, Any]) -> Draft:
    text, base = body.get("text"), body.get("base")
    if not (isinstance(text, str) and isinstance(base, str)):
        raise Invalid("a note has a text and the revision that was changed", code="bad_json")
    return Draft(_number(body, "at_ms"), _number(body, "film"), text, base)


def _number(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid(
            "a note has a moment in milliseconds and the number of a film", code="bad_json", field=name
        )
    return value


def _plain(note: NoteView) -> dict[str, Any]:
    return {
        "uid": note.uid,
        "at_ms": note.at_ms,
        "film": note.film,
        "place_ms": note.place_ms,
        "standing": note.standing.value,
        "text": note.text,
        "revision": note.revision,
        "is_other_version": note.is_other_version,
    }


def _words() -> files.FileWords:
    return files.FileWords(
        heading=_("My notes"),
        bookmark=_("Bookmark"),
        cut=_("this moment was cut out of the film"),
        unsure=_("the film was made anew: its times may differ"),
        other_version=_("another version of the same note"),
        no_course=_("Films outside courses"),
        no_film=_("A film that is not on offer any more"),
    )
