"""The studio's pages of films: cutting, previews, history, another recording, the poster."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Forbidden, Invalid, InvalidFields, NotFound, TooLarge
from edu.models import Video
from edu.policy import Viewer
from edu.services import (
    film_lines,
    film_looks,
    film_pages,
    film_previews,
    films,
    originals,
    posters,
    recordings,
    typed,
    video_editing,
)
from edu.services.film_lines import Lines
from edu.services.film_pages import FilmPage
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import film_words, menu
from edu.web.studio.menu import Studio
from edu.web.studio.video import above_every_limit, page_of, take_file, upload_view
from edu.web.studio.work import badge, is_cancelled, told
from edu.web.words import gettext as _
from media.edit import Edit

blueprint = Blueprint("studio_film", __name__, url_prefix="/studio/videos/<int:video_id>/film")
PAGE, REPLACE, VIDEO = "studio/film/show.html", "studio/film/replace.html", "studio/video/show.html"
ORIGINAL = "studio/film/original.html"
MOST_NOTE = 300


@dataclass(frozen=True, slots=True)
class FilmForm:
    """What is typed: the edit as lines, the sound track ("": the file's own), what the cut is for, and
    whether the film before must go at once.
    """

    lines: Lines
    sound: str
    note: str
    at_once: bool = False


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    fields = {
        "pieces": _("Pieces that stay"), "covers": _("Made unrecognisable"), "mutes": _("Silenced"),
        "sound": _("Sound track"), "note": _("Note"), "timing": _("The times in the new recording"),
        "shift": _("Seconds later"), "poster": _("Picture"),
    }  # fmt: skip
    return {"studio": replace(frame, fields={**frame.fields, **fields})}


@blueprint.get("")
def show(video_id: int) -> str:
    """Where a film is cut, with what was changed before and what moved with it."""
    return render_template(PAGE, errors={}, **_page(video_id))


@blueprint.post("")
def save(video_id: int) -> AnyResponse:
    """Ask for a preview of the lines, for one of the whole recording, or for the film to be cut like that."""
    said = request.form.get
    form = FilmForm(
        Lines(said("pieces", ""), said("covers", ""), said("mutes", "")),
        said("sound", ""),
        said("note", ""),
        "at_once" in request.form,
    )
    wish = said("do", "preview")
    try:
        if wish == "use":
            _ask(video_id, form)
            flash(_("The new cut is being made. What people see stays until it is there."), "success")
            return redirect(url_for("studio_film.show", video_id=video_id), 303)
        job_id = _ask_preview(video_id, form, is_whole=wish == "whole")
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, PAGE, **_page(video_id, form=form))
    return redirect(url_for("studio_film.show", video_id=video_id, preview=job_id, _anchor="preview"), 303)


@blueprint.get("/previews/<int:job_id>")
def preview(video_id: int, job_id: int) -> Response:
    """How far a preview is, for the page that waits."""
    with runtime().db.reading() as session:
        video = video_editing.mine(session, viewer(), video_id)
        found = film_previews.find(session, video, job_id, addresses())
    words = film_words.preview(found)
    return jsonify(
        state=words.state, label=words.label, message=words.message, progress=found.progress,
        over=found.is_over,
    )  # fmt: skip


@blueprint.post("/forget")
def forget(video_id: int) -> AnyResponse:
    """Give up the film that was asked for."""
    return _act(video_id, films.forget, _("It is given up. The film stays as it is."))


@blueprint.post("/back/<int:place>")
def bring_back(video_id: int, place: int) -> AnyResponse:
    """Make an earlier film again and show it; people count films from one."""
    number = place - 1

    def deed(session: Session, who: Viewer, video_id: int, now: datetime) -> None:
        may_uncover = "uncover" in request.form
        films.bring_back(session, who, video_id, number, now, may_uncover=may_uncover)

    words = _("%(film)s is being made again.", film=film_words.name(number))
    return _act(video_id, deed, words)


@blueprint.post("/looked")
def looked(video_id: int) -> AnyResponse:
    """Say that one has looked at what could not follow the last change."""
    said = request.form.get("film", "")
    number = (typed.row_id(said) or -1) if said != "0" else 0
    try:
        with runtime().db.writing() as session:
            film_looks.confirm(session, viewer(), video_id, number)
    except Conflict as error:
        return refuse(error, VIDEO, **page_of(video_id))
    flash(_("You are not told of it any more."), "success")
    return redirect(url_for("studio_video.show", video_id=video_id, _anchor="film"), 303)


@blueprint.get("/replace")
def another(video_id: int) -> str:
    """Where another recording is uploaded for the video."""
    return render_template(REPLACE, errors={}, **_replacing(video_id))


@blueprint.post("/replace")
def receive(video_id: int) -> AnyResponse:
    """The plain form of browsers without script."""
    try:
        take_file(replaces=str(video_id))
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, REPLACE, **_replacing(video_id, error))
    flash(_("The recording has arrived. What people see stays until the new film is made."), "success")
    return redirect(url_for("studio_film.show", video_id=video_id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """A body above every limit, told in the page of the upload."""
    error = above_every_limit()
    return refuse(error, REPLACE, **_replacing(int((request.view_args or {})["video_id"]), error))


@blueprint.post("/poster")
def poster(video_id: int) -> AnyResponse:
    """Choose the picture that stands for the video."""
    try:
        with runtime().db.writing() as session:
            posters.choose(session, viewer(), video_id, request.form.get("poster", ""), menu.now())
    except NotFound as error:
        # the video is there (else the page says so): the picture was made anew while the page was open
        gone = Invalid("That picture is not there any more. Choose again.", code=error.code, field="poster")
        return refuse(gone, VIDEO, **page_of(video_id))
    flash(_("The picture is chosen."), "success")
    return redirect(url_for("studio_video.show", video_id=video_id, _anchor="poster"), 303)


@blueprint.get("/original/delete")
def confirm_original(video_id: int) -> str:
    """Ask before the original recording is deleted."""
    return render_template(ORIGINAL, errors={}, **_leaving(video_id))


@blueprint.post("/original/delete")
def delete_original(video_id: int) -> AnyResponse:
    """Delete the original recording and keep what was made from it."""
    try:
        with runtime().db.writing() as session:
            video_editing.delete_original(session, viewer(), video_id, menu.now())
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, ORIGINAL, **_leaving(video_id))
    flash(_("The original recording is deleted. The video can be watched as before."), "success")
    return redirect(url_for("studio_video.show", video_id=video_id), 303)


def _ask(video_id: int, form: FilmForm) -> None:
    with runtime().db.writing() as session:
        edit, note = _read(session, video_id, form)
        films.ask(session, viewer(), video_id, edit, menu.now(), note=note, is_urgent=form.at_once)


def _ask_preview(video_id: int, form: FilmForm, *, is_whole: bool) -> int:
    with runtime().db.writing() as session:
        draft, note = _read(session, video_id, form)
        edit = Edit() if is_whole else draft
        return film_previews.ask(session, viewer(), video_id, edit, draft, menu.now(), note=note).id


def _read(session: Session, video_id: int, form: FilmForm) -> tuple[Edit, str]:
    """The edit and the note that are typed; InvalidFields for all that is wrong in the form at once."""
    video = video_editing.mine(session, viewer(), video_id)
    known, faults = film_pages.recordings_of(session, viewer(), video), list[Invalid]()
    edit, sound, note = Edit(), None, ""
    try:
        edit = film_lines.read(form.lines, known)
    except InvalidFields as error:
        faults += error.faults
    except Invalid as error:
        faults.append(error)
    try:
        sound = _sound(session, video, form.sound)
    except Invalid as error:
        faults.append(error)
    try:
        note = typed.line(form.note, "note", most=MOST_NOTE, optional=True)
    except Invalid as error:
        faults.append(error)
    if faults:
        raise InvalidFields(faults)
    return replace(edit, sound=sound), note


def _sound(session: Session, video: Video, said: str) -> int | None:
    shown = films.edit_of(session, video)
    known = {sound.index for sound in recordings.recording(video, shown.plain()).sounds} | {shown.sound}
    sound = typed.row_id(said) if said != "0" else 0
    if sound not in known:
        raise Invalid("Choose one of the list.", code="not_one_of", field="sound")
    return sound


def _leaving(video_id: int) -> dict[str, object]:
    with runtime().db.reading() as session:
        is_busy = originals.is_worked_on(session, video_id)
    return {"is_busy": is_busy, **page_of(video_id)}


def _act(video_id: int, deed: Callable[[Session, Viewer, int, datetime], None], words: str) -> AnyResponse:
    try:
        with runtime().db.writing() as session:
            deed(session, viewer(), video_id, menu.now())
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        return refuse(error, PAGE, **_page(video_id))
    flash(words, "success")
    return redirect(url_for("studio_film.show", video_id=video_id), 303)


def _page(video_id: int, *, form: FilmForm | None = None) -> dict[str, object]:
    asked = typed.row_id(request.args.get("preview", ""))
    with runtime().db.reading() as session:
        page = film_pages.page(session, viewer(), video_id, addresses(), menu.now(), preview_id=asked)
    return {
        "page": page,
        "form": form or _begun(page),
        "sounds": _sounds(page),
        "pieces": json.dumps([[start, end, int(ours)] for start, end, ours in page.stage.pieces]),
        "lasts": film_lines.time(page.recording.duration_ms) if page.recording.duration_ms else "",
        "preview": film_words.preview(page.preview) if page.preview else None,
        "previewed": film_words.summary(page.preview.edit) if page.preview else "",
        "message": told(page.standing, page.sentence),
        "badge": badge(page.standing),
        "is_cancelled": is_cancelled(page.standing),
        "history": [film_words.film(view) for view in page.films],
        "waits_for": film_words.summary(page.waiting.edit) if page.waiting else "",
    }


def _begun(page: FilmPage) -> FilmForm:
    return FilmForm(page.lines, "" if page.sound is None else str(page.sound), page.note)


def _sounds(page: FilmPage) -> list[tuple[str, str]]:
    """The sound tracks to choose from; nothing where there is no choice."""
    if len(page.recording.sounds) < 2:
        return []
    named = []
    for place, sound in enumerate(page.recording.sounds, start=1):
        language = menu.language_name(sound.language) if sound.language else ""
        parts = (_("Track %(n)s", n=place), language, sound.title)
        named.append((str(sound.index), " · ".join(part for part in parts if part)))
    return [("", _("The one that the file names as its own")), *named]


def _replacing(video_id: int, error: EduError | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        video = video_editing.mine(session, viewer(), video_id)
        title, waiting = video.title, films.waiting(session, video.id) is not None
    is_large = isinstance(error, TooLarge)  # then the body was not read
    said = (lambda _name, usual: usual) if is_large else request.form.get
    return {
        "video_id": video_id,
        "title": title,
        "is_waiting": waiting,
        "upload": upload_view(url_for("studio_film.receive", video_id=video_id), _("Recording"), error),
        "timing": said("timing", "sound"),
        "shift": said("shift", ""),
        "timings": timings(),
    }


def timings() -> list[tuple[str, str, str]]:
    """How the times of another recording may follow: the word, the choice, and when it is the right one."""
    return [
        ("sound", _("Find it out by comparing the sounds"),
         _("For another copy of the same take, or the same take seen by another camera. "
           "Where the sounds do not match you are told.")),
        ("same", _("All times stay the same"),
         _("For the same film in better quality, which begins and ends at the same moments.")),
        ("shift", _("Everything is so many seconds later"),
         _("For the same film with something before it. Earlier is a number with a minus sign.")),
        ("anew", _("It was filmed anew"),
         _("Captions, steps and questions stay at their times, and you are asked to look at each of them. "
           "Cuts, covered places and silences do not come along: all of the recording is shown.")),
    ]  # fmt: skip
