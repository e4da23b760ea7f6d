"""The studio's pages of text tracks: caption files, chapters typed as lines, versions."""

from __future__ import annotations

import re
from os import SEEK_END

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

import captions
from captions import CaptionError, Cue, DropCode, RepairCode
from captions.findings import DROPS, REPAIRS
from edu.errors import Conflict, EduError, Forbidden, Invalid, NotFound
from edu.models import Track, TrackKind
from edu.models.track import PUT_BY
from edu.services import audit, typed, video_editing
from edu.services.audit import Deed
from edu.services.texts import beginnings, caption_files, imports, track_editing, tracks
from edu.services.texts import compare as comparing
from edu.services.texts.imports import Taken
from edu.services.texts.track_editing import typed_time
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.imports import arrived
from edu.web.studio.video import kind_words, page_of
from edu.web.words import gettext as _

blueprint = Blueprint("studio_track", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)
VIDEO_PAGE = "studio/video/show.html"


@blueprint.route("/videos/<int:video_id>/tracks", methods=["GET", "POST"])
def add(video_id: int) -> AnyResponse:
    """Take a caption file in; what it said before stays as a version, and as it is when the file is wrong.

    Opened as a page, as the address of a form that was refused is, it leads to the form.
    """
    if request.method == "GET":
        return redirect(url_for("studio_video.show", video_id=video_id, _anchor="tracks"))
    try:
        added = _add(video_id)
    except (NotFound, Forbidden):
        raise
    except CaptionError as error:
        return refuse(menu.as_invalid(error, "file"), VIDEO_PAGE, **_typed(video_id))
    except EduError as error:
        return refuse(error, VIDEO_PAGE, **_typed(video_id))
    if isinstance(added, int):
        return redirect(url_for("studio_import.show", import_id=added), 303)
    return arrived(added)


@blueprint.post("/videos/<int:video_id>/chapters")
def chapters(video_id: int) -> AnyResponse:
    """Take chapters typed as lines; a step that keeps its title or its time keeps its id."""
    text = request.form.get("chapters", "")
    try:
        words = _save_chapters(video_id, text)
    except CaptionError as error:
        return refuse(menu.as_invalid(error, "chapters"), VIDEO_PAGE, **page_of(video_id, chapters_text=text))
    except (Invalid, Conflict) as error:
        error.parameters.setdefault("field", "chapters")
        return refuse(error, VIDEO_PAGE, **page_of(video_id, chapters_text=text))
    flash(words, "success")
    return redirect(url_for("studio_video.show", video_id=video_id, _anchor="chapters"), 303)


@blueprint.get("/tracks/<int:track_id>")
def show(track_id: int) -> str:
    """A track with its versions."""
    with runtime().db.reading() as session:
        page = track_editing.page(session, viewer(), track_id)
    findings = [
        (f["kind"], f["line"], _wording(f["kind"], f["code"]), f["before"], f["after"]) for f in page.findings
    ]
    return render_template(
        "studio/track/show.html",
        page=page,
        findings=findings,
        notes={PUT_BY: _("a working copy, put by"), tracks.MOVED: _("moved with the film")},
        kind=kind_words()[page.kind],
        name=menu.track_name(page.kind, page.label, page.language),
        entries=menu.entries(page.kind, page.cue_count),
        language=menu.language_name(page.language),
        captions=[(typed_time(cue.start), typed_time(cue.end), cue.text) for cue in page.cues],
    )


@blueprint.get("/tracks/<int:track_id>/file.<ending>")
def download(track_id: int, ending: str) -> Response:
    """The track as it is served, as a file."""
    with runtime().db.reading() as session:
        track, video = track_editing.mine(session, viewer(), track_id)
        current = tracks.version_of(session, track, track.current)
    if current is None:
        raise NotFound("no version of this track is served yet")
    data = captions.write(captions.read(current.document.encode(), format="vtt"), ending)
    response = Response(data, content_type="text/vtt" if ending == "vtt" else "text/plain; charset=utf-8")
    name = f"{video.slug}.{track.kind}.{track.language}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/tracks/<int:track_id>/versions/<int:number>")
def bring_back(track_id: int, number: int) -> AnyResponse:
    """Serve an earlier version again, or begin the working copy with it."""
    with runtime().db.writing() as session:
        track, _video = track_editing.mine(session, viewer(), track_id)
        if request.form.get("way") == "draft":
            beginnings.reopen(session, track, number, viewer(), menu.now())
            return redirect(url_for("studio_draft.show", track_id=track_id), 303)
        tracks.bring_back(session, track_id, number, now=menu.now())
        audit.record(
            session, Deed.TRACK_BROUGHT_BACK, now=menu.now(), actor_id=viewer().user_id,
            subject=f"track:{track_id}", version=number,
        )  # fmt: skip
    flash(_("Version %(number)s is served again.", number=number), "success")
    return redirect(url_for("studio_track.show", track_id=track_id), 303)


@blueprint.get("/tracks/<int:track_id>/compare")
def compare(track_id: int) -> str:
    """Two versions of a track, or one and the working copy, beside each other."""
    with runtime().db.reading() as session:
        track, video = track_editing.mine(session, viewer(), track_id)
        numbers = track_editing.version_numbers(session, track)
        one = request.args.get("one") or str(track.current or next(iter(numbers), ""))
        page = comparing.compare(session, track, one, request.args.get("other") or comparing.DRAFT)
    states = [(str(n), _("Version %(n)s", n=n)) for n in numbers]
    states.insert(0, (comparing.DRAFT, _("Working copy")))
    return render_template(
        "studio/track/compare.html",
        page=page,
        name=menu.track_name(track.kind.value, track.label, track.language),
        language=track.language,
        video_title=video.title,
        video_id=video.id,
        track_id=track_id,
        states=states,
        one=dict(states)[page.one],
        other=dict(states)[page.other],
        rows=[
            (d.sort.value, _shown(d.before), _shown(d.after), d.is_retimed, d.is_reworded)
            for d in page.differences
        ],
    )


def _shown(cue: Cue | None) -> tuple[str, str, str] | None:
    return (typed_time(cue.start), typed_time(cue.end), cue.text) if cue else None


def _add(video_id: int) -> Taken | int:
    """What became of the file, or the number of one that is to be looked at first."""
    sent = request.files.get("file")
    with runtime().db.reading() as session:
        duration = video_editing.mine(session, viewer(), video_id).duration_ms
    if sent is None or not sent.filename:
        raise Invalid("Choose a file.", code="no_file", field="file")
    kind = typed.word(request.form.get("kind", ""), TrackKind, "kind")
    language = typed.language(request.form.get("track_language", ""), "track_language")
    label = typed.line(request.form.get("label", ""), "label", most=80, optional=True)
    found = track_editing.read_file(data := _data(sent), duration, language=language)
    if imports.needs_a_look(found):
        return _stage(video_id, data, sent.filename, kind, language, label)
    if kind is TrackKind.CHAPTERS:
        track_editing.require_titles(found)
    with runtime().db.reading() as session:  # judged before anything is held: a long file takes a while
        video = video_editing.mine(session, viewer(), video_id)
        judged = caption_files.judge(session, video, found, kind, language)
    with runtime().db.writing() as session:
        video = video_editing.mine(session, viewer(), video_id, locked=True)
        try:
            track = caption_files.take(
                session, video, judged, kind=kind, language=language, label=label, name=sent.filename,
                viewer=viewer(), now=menu.now(),
            )  # fmt: skip
        except Invalid as error:
            error.parameters.setdefault("field", "file")
            raise
        if not judged.errors:
            _note(session, track)
        return Taken(track, found, judged)


def _data(sent: FileStorage) -> bytes:
    """What was sent; TooLarge tells its whole size, of which no more is read."""
    size = sent.stream.seek(0, SEEK_END) or sent.stream.tell()
    track_editing.require_size(size)
    sent.stream.seek(0)
    return sent.stream.read()


def _stage(video_id: int, data: bytes, name: str, kind: TrackKind, language: str, label: str) -> int:
    with runtime().db.writing() as session:
        video = video_editing.mine(session, viewer(), video_id)
        row = imports.stage(
            session, video, data, kind=kind, language=language, label=label, name=name, viewer=viewer(),
            now=menu.now(),
        )  # fmt: skip
        return row.id


def _save_chapters(video_id: int, text: str) -> str:
    """Keep the chapters, or remove them when nothing is typed; says which."""
    version = request.form.get("version", "")
    expected = int(version) if re.fullmatch(r"[0-9]{1,9}", version) else None
    with runtime().db.writing() as session:
        video = video_editing.mine(session, viewer(), video_id, locked=True)
        if not text.strip():
            removed = track_editing.remove_chapters(session, video, expected, menu.now())
            if removed is None:
                return _("There are no chapters.")
            _note(session, removed)
            return _("The chapters are removed. Their step ids are kept and never given to another step.")
        standing = tuple(tracks.steps_of(session, video.id))
        found = track_editing.typed_chapters(text, video.duration_ms, standing, teaching_ms=video.teaching_ms)
        track = tracks.keep(
            session, video, found, kind=TrackKind.CHAPTERS, language=video.language, now=menu.now(),
            author_id=viewer().user_id, expected=expected,
        )  # fmt: skip
        _note(session, track)
    return _("The chapters are saved.")


def _note(session: Session, track: Track) -> None:
    """Version 0 says that it was removed."""
    audit.record(
        session, Deed.TRACK_SAVED, now=menu.now(), actor_id=viewer().user_id,
        subject=f"track:{track.id}", version=track.current,
    )  # fmt: skip


def _typed(video_id: int) -> dict[str, object]:
    """The page with what was chosen in the form of a track."""
    names = ("kind", "track_language", "label")
    return page_of(video_id, track_form={name: request.form.get(name, "") for name in names})


def _wording(kind: str, code: str) -> str:
    return _(DROPS[DropCode(code)] if kind == "loss" else REPAIRS[RepairCode(code)])
