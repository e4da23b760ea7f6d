"""Lesson packs: what is in one, the file itself, and the way back of the answers."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Invalid
from edu.services import throttle
from edu.services.packing import freezing, returned, returning, zipping
from edu.services.packing.contents import Contents, StoredPart, contents
from edu.web import pack_document, prose
from edu.web.addresses import addresses
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.errors import status_of, wants_json
from edu.web.language import chosen
from edu.web.wording import sentence_for

blueprint = Blueprint("pack", __name__)
CLOSED = "this lesson has no pack: its film is not there to be taken along"


@blueprint.get("/courses/<course>/<lesson>/pack")
def show(course: str, lesson: str) -> str:
    """What is in the pack of a lesson, and how large it is."""
    with runtime().db.reading() as session:
        found = contents(session, viewer(session), course, lesson, addresses(), **_wanted())
    return render_template("pack/show.html", page=found)


@blueprint.post("/courses/<course>/<lesson>/pack")
def make(course: str, lesson: str) -> Response:
    """The pack as a zip, sent as it is read; `height` is the size of the film, in pixels.

    With `sign` the film in sign language lies in it, too.
    """
    now, store = runtime().clock.now(), runtime().store
    with_sign = "sign" in request.form
    with runtime().db.reading() as session:
        who = viewer(session)
        found = contents(session, who, course, lesson, addresses(), **_wanted())
        if not found.is_offered:
            raise Conflict(CLOSED, code="no_pack")
        size = _size(found, with_sign=with_sign)
        made = pack_document.gather(session, found, size, with_sign=with_sign)
        slug = found.page.screening.player.slug if found.page.screening else ""
        (text,) = prose.texts(session, found.page.course_id, found.page.body, video_slug=slug)
    with runtime().db.writing() as session:  # for as little as must be: others wait for it
        if who.user_id is None:
            throttle.take(session, throttle.BEGIN_QUIZ, throttle.network(request.remote_addr), now)
        pack = freezing.keep(session, found.lesson_id, found.quizzes, now=now)
    files = pack_document.members(made, pack, text, store)
    length = zipping.length(files)
    response = Response(zipping.stream(files, pack.made_at), mimetype="application/zip")
    response.content_length = length
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(found)}"'
    return response


@blueprint.get("/packs/return")
def home() -> str:
    """Where answers are brought home."""
    return render_template("pack/back.html", error="", typed="")


@blueprint.post("/packs/return")
def bring() -> AnyResponse:
    """Make an attempt of the answers and show what became of it; the same answers again show the same."""
    now = runtime().clock.now()
    try:
        given = returned.read(_brought())
        if viewer().user_id is None:
            remember_visitor()
        with runtime().db.writing() as session:
            who = viewer(session)
            if who.user_id is None:
                throttle.take(session, throttle.BEGIN_QUIZ, throttle.network(request.remote_addr), now)
            attempt = returning.bring_home(session, who, given, now=now)
    except EduError as error:
        if wants_json() or not isinstance(error, returning.REFUSALS):
            raise
        page = render_template(
            "pack/back.html", error=sentence_for(error), typed=request.form.get("text", "")
        )
        return make_response(page, status_of(error))
    return redirect(url_for("quiz.attempt", attempt_id=attempt.id), 303)


def _wanted() -> dict[str, str]:
    """The words of the lesson that are taken along: those of its page that leads here."""
    return {"language": chosen(), "text": request.args.get("text", "")}


def _brought() -> bytes:
    """The bytes of the file, or of the text that was pasted instead; no more of them than are looked at."""
    file = request.files.get("file")
    data = file.stream.read(returned.MOST_BYTES + 1) if file else b""
    data = data or request.form.get("text", "").encode("utf-8", "replace")
    if not data.strip():
        raise Invalid("choose the file with the answers, or paste its text", code="no_answers_chosen")
    return data


def _size(found: Contents, *, with_sign: bool) -> StoredPart | None:
    """The film in the size that was asked for. Invalid where one pack cannot hold both films."""
    if found.film is None:
        return None
    size = found.film.of_height(request.form.get("height", 0, type=int))
    if with_sign and not found.film.has_room_for_sign(size):
        raise Invalid(
            "Both films are too large for one pack. Take a smaller size, or leave sign language out.",
            code="pack_sign_too_large",
        )
    return size


def _name(found: Contents) -> str:
    return f"{found.page.course_slug}-{found.slug}.zip"
