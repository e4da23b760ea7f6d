"""The studio's page of audio description: what is said in the gaps of a film, and the sound with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

import captions.errors
from captions import CaptionError
from captions.making.espeak import Espeak
from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound, TooLarge
from edu.models import JobState
from edu.services import uploads
from edu.services.texts import described, describing, drafts
from edu.services.texts.describing import STEP, DescribePage
from edu.services.texts.making import Work
from edu.web.context import runtime, viewer
from edu.web.incoming import Spool
from edu.web.refusal import refuse
from edu.web.studio import caption_words, menu
from edu.web.studio.caption_words import ToldWork
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_describe", __name__, url_prefix="/studio/tracks/<int:track_id>/describe")
PAGE = "studio/track/describe.html"
VOICE, RECORDING = "voice", "recording"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of this page too."""
    frame = caption_words.frame()
    frame["studio"].fields.update({"recording": _("Recording"), "way": _("Who says it")})
    return frame


@blueprint.get("")
def show(track_id: int) -> str:
    """The gaps of the film with what is said in them, and its described sound."""
    return render_template(PAGE, errors={}, **_page(track_id))


@blueprint.post("")
def save(track_id: int) -> AnyResponse:
    """Take the descriptions of the table into the working copy."""
    try:
        with runtime().db.writing() as session:
            track, _video = describing.mine(session, viewer(), track_id)
            edits = describing.typed(request.form, track.language)
            since = request.form.get("since", 0, type=int)
            done = drafts.save(session, track, edits, since, viewer(), menu.now())
        if done.clashes:
            raise Conflict(
                "Somebody else changed %(count)s descriptions meanwhile: they are shown as they are now.",
                code="draft_clash", count=len(done.clashes),
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        return refuse(error, PAGE, **_page(track_id))
    flash(_("Saved in the working copy. It is said in the film once you approve it."), "success")
    return redirect(f"{url_for('.show', track_id=track_id)}?from={_first(request.form)}#gaps", 303)


@blueprint.post("/sound")
def make(track_id: int) -> AnyResponse:
    """Have the described sound made, by the voice of this server or from a recording."""
    try:
        way = request.form.get("way", "")
        if way not in (VOICE, RECORDING):
            raise Invalid("Choose who says the descriptions.", code="no_way", field="way")
        gone = _take_recording(track_id) if way == RECORDING else _promise(track_id)
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, PAGE, **_page(track_id))
    _delete(gone)
    return redirect(url_for(".show", track_id=track_id, _anchor="sound"), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """A body above every limit, told in the page."""
    error = TooLarge(
        "The recording is too large; at most %(most)s MB are taken. Save it as MP3 or M4A.",
        code="recording_too_large", field="recording", most=described.MOST_BYTES // described.MB,
    )  # fmt: skip
    return refuse(error, PAGE, **_page(int((request.view_args or {})["track_id"]), form={}))


@blueprint.get("/state")
def state(track_id: int) -> Response:
    """How far the described sound is, for the page that waits."""
    with runtime().db.reading() as session:
        track, _video = describing.mine(session, viewer(), track_id)
        found = described.work(session, track)
    if found is None:
        raise NotFound("nothing is being made")
    told = _told(found)
    return jsonify(
        state=told.state, label=told.label, message=told.message, progress=found.progress, over=found.is_over
    )


@blueprint.post("/cancel")
def cancel(track_id: int) -> AnyResponse:
    """Stop the work; what is served stays."""
    with runtime().db.writing() as session:
        track, _video = describing.mine(session, viewer(), track_id)
        described.cancel(session, track, menu.now())
    flash(_("The work is stopped."), "success")
    return redirect(url_for(".show", track_id=track_id, _anchor="sound"), 303)


@blueprint.post("/remove")
def remove(track_id: int) -> AnyResponse:
    """Serve the described sound no more."""
    with runtime().db.writing() as session:
        track, video = describing.mine(session, viewer(), track_id)
        gone = described.remove(session, video, track, menu.now())
    _delete(gone)
    flash(_("The described sound is removed. The descriptions themselves stay."), "success")
    return redirect(url_for(".show", track_id=track_id, _anchor="sound"), 303)


def _promise(track_id: int) -> list[str]:
    with runtime().db.writing() as session:
        track, video = describing.mine(session, viewer(), track_id)
        described.promise(session, video, track, viewer(), menu.now())
    return []


def _take_recording(track_id: int) -> list[str]:
    """Keep the recording of the form; gives the keys of what it takes the place of."""
    house, sent, who = runtime(), request.files.get("recording"), viewer()
    if sent is None or not sent.filename or who.user_id is None:
        raise Invalid("Choose a file.", code="no_file", field="recording")
    path = Path(str(cast(Spool, sent.stream).name))
    described.check_recording(path)
    size = path.stat().st_size
    with house.db.writing() as session:
        track, video = describing.mine(session, who, track_id)
        if (why := described.obstacle(session, video, track)) is not None:
            raise why
        uploads.check_room(session, who.user_id, size, house.settings, menu.now())
        key = described.recording_key(video)
    house.store.put_file(key, path, move=True)
    try:
        with house.db.writing() as session:
            track, video = describing.mine(session, who, track_id)
            return described.keep_recording(session, video, track, key, size, who, menu.now())
    except EduError:
        house.store.delete(key)
        raise


def _delete(keys: list[str]) -> None:
    for key in keys:
        runtime().store.delete(key)


def _page(track_id: int, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the template is filled with; a film nobody has listened to is promised to be."""
    house, sent = runtime(), request.form if form is None else form
    with house.db.reading() as session:
        page = describing.page(session, viewer(), track_id, first=_first(sent))
    is_awaited = True
    if not page.is_heard:
        with house.db.writing() as session:
            is_awaited = describing.have_heard(session, viewer(), track_id, menu.now())
    return {
        "page": page,
        "name": menu.track_name(page.kind, page.label, page.language),
        "is_awaited": is_awaited,
        "has_voice": _has_voice(page),
        "told": _told(page.work) if page.work else None,
        "obstacle": _obstacle(page.obstacle),
        "most": described.MOST_BYTES // described.MB,
        "step": STEP,
        "typed": sent,
    }


def _has_voice(page: DescribePage) -> bool:
    """Whether the voice of this server speaks the language; asked only where it matters."""
    if page.obstacle:
        return True
    try:
        Espeak(page.language)
    except CaptionError:
        return False
    return True


def _obstacle(code: str) -> str:
    return {
        "": "",
        "descriptions_unapproved": _(
            "Approve the descriptions first: only what is approved is said in the film."
        ),
        "film_unready": _("The film is being worked on. Wait until it is ready."),
        "no_picture": _("This is a sound without a picture: there is nothing to describe."),
    }[code]


def _told(found: Work) -> ToldWork:
    """The work in words; `state` as badges have it."""
    if found.state is JobState.READY:
        return ToldWork("received", _("Waiting"), _("It waits for its turn."), is_fault=False)
    if found.state is JobState.RUNNING:
        words = _("The descriptions are said and mixed into the sound of the film.")
        return ToldWork("checking", _("Working"), words, is_fault=False)
    if found.state is JobState.DONE:
        return ToldWork("ready", _("Done"), _("The described sound is ready."), is_fault=False)
    if found.state is JobState.CANCELLED:
        return ToldWork("failed", _("Stopped"), _("The work was stopped."), is_fault=False)
    sentence = captions.errors.SENTENCES.get(found.problem, found.sentence)  # type: ignore[call-overload]
    words = found.sentence if "{" in sentence else sentence
    return ToldWork("failed", _("Not made"), _(words), is_fault=True)


def _first(form: Mapping[str, str]) -> int:
    sent = request.args.get("from") or form.get("from") or ""
    return int(sent) if sent.isdecimal() and len(sent) < 7 else 0
