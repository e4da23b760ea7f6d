"""The studio's pages on which captions begin: from a script, by the recogniser, empty, as a translation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound
from edu.models import JobState, Track, TrackKind, Video
from edu.services import typed, video_editing
from edu.services.texts import beginnings, drafts, editor_pages, making, track_editing
from edu.services.texts.beginnings import Wanted
from edu.services.texts.editor_pages import SPOKEN
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import caption_words, menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_making", __name__, url_prefix="/studio")
NEW, WAIT = "studio/track/new.html", "studio/track/making.html"
MOST_FILE = 2_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    return caption_words.frame()


@blueprint.get("/videos/<int:video_id>/captions/new")
def new(video_id: int) -> str:
    """The ways in which captions can begin."""
    return render_template(NEW, errors={}, **_page(video_id))


@blueprint.post("/videos/<int:video_id>/captions/new")
def begin(video_id: int) -> AnyResponse:
    """Begin a track in the way that was chosen."""
    try:
        with runtime().db.writing() as session:
            video = video_editing.mine(session, viewer(), video_id, locked=True)
            track = _begin(session, video)
            waits = making.work(session, track)
        is_made = waits is not None and not waits.is_over
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, NEW, **_page(video_id))
    where = "studio_making.wait" if is_made else "studio_draft.show"
    return redirect(url_for(where, track_id=track.id), 303)


@blueprint.get("/tracks/<int:track_id>/making")
def wait(track_id: int) -> AnyResponse | str:
    """How far the work on a track's captions is; once it is done, the editor."""
    with runtime().db.reading() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        found = making.work(session, track)
        name = menu.track_name(track.kind.value, track.label, track.language)
        facts = {"track_id": track.id, "video_id": video.id, "video_title": video.title, "name": name}
    if found is None or found.state is JobState.DONE:
        return redirect(url_for("studio_draft.show", track_id=track_id), 303)
    return render_template(WAIT, work=found, told=caption_words.work(found), **facts)


@blueprint.get("/tracks/<int:track_id>/making/state")
def state(track_id: int) -> Response:
    """How far the work is, for the page that waits."""
    with runtime().db.reading() as session:
        track, _video = editor_pages.mine(session, viewer(), track_id)
        found = making.work(session, track)
    if found is None:
        raise NotFound("nothing is being made")
    told = caption_words.work(found)
    return jsonify(
        state=told.state, label=told.label, message=told.message, progress=found.progress, over=found.is_over
    )


@blueprint.post("/tracks/<int:track_id>/making/cancel")
def cancel(track_id: int) -> AnyResponse:
    """Stop the work; what the working copy held stays."""
    with runtime().db.writing() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        making.cancel(session, track, menu.now())
    flash(_("The work is stopped. Nothing of the captions was changed."), "success")
    return redirect(url_for("studio_video.show", video_id=video.id, _anchor="tracks"), 303)


def _begin(session: Session, video: Video) -> Track:
    way = request.form.get("way", "")
    wanted = Wanted(
        typed.word(request.form.get("kind", "captions"), TrackKind, "kind"),
        typed.language(request.form.get("track_language", ""), "track_language"),
        typed.line(request.form.get("label", ""), "label", most=80, optional=True),
    )
    now = menu.now()
    if way == "translation":
        return beginnings.translate(session, video, wanted, _source(), viewer(), now)
    track = beginnings.begin(session, video, wanted, viewer(), now)
    if way == "script":
        keeps = request.form.get("keeps_breaks") == "1"
        making.promise_alignment(session, track, _script(), viewer(), now, keeps_breaks=keeps)
    elif way == "recognise":
        if runtime().settings.captions_engine == "off":
            raise Conflict("This site has no recogniser.", code="no_engine")
        making.promise_recognition(session, track, viewer(), now)
    elif way != "empty":
        raise Invalid("Choose how to begin.", code="no_way")
    return track


def _script() -> str:
    """The script that was pasted, or the text of a file."""
    sent = request.files.get("script_file")
    text = request.form.get("script", "")
    if text.strip() or sent is None or not sent.filename:
        return text
    data = sent.stream.read(MOST_FILE + 1)
    try:
        if len(data) > MOST_FILE:
            raise Invalid("That file is too long for a script.", code="script_file", field="script_file")
        return data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            "That file is no plain text in UTF-8: save it so, or paste the script.",
            code="script_file", field="script_file",
        ) from error  # fmt: skip


def _source() -> int:
    value = request.form.get("source", "")
    if not value.isdecimal() or len(value) > 9:
        raise Invalid("Choose the track that is to be translated.", code="no_source", field="source")
    return int(value)


def _page(video_id: int) -> dict[str, Any]:
    with runtime().db.reading() as session:
        video = video_editing.mine(session, viewer(), video_id)
        rows = track_editing.rows(session, video)
        sources = [row for row in rows if row.kind in [kind.value for kind in SPOKEN]]
        waiting = drafts.unserved(session, video)
    return {
        "video_id": video_id,
        "video_title": video.title,
        "language": video.language,
        "is_playable": video.is_playable,
        "has_engine": runtime().settings.captions_engine != "off",
        "sources": [(row.id, menu.track_name(row.kind, row.label, row.language)) for row in sources],
        "waiting": [(t.id, menu.track_name(t.kind.value, t.label, t.language)) for t in waiting],
        "typed": request.form,
    }
