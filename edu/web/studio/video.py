"""The studio's pages of videos: upload, one video with its work, publishing, removal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

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
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from captions import layer_faults
from captions.layer_faults import LayersError
from edu.errors import EduError, Invalid, TooLarge
from edu.policy import Viewer
from edu.services import film_pages, originals, players, replacing, typed, uploads, video_editing, videos
from edu.services.texts import drafts, gate
from edu.services.texts.track_editing import TrackRow
from edu.services.video_editing import VideoFacts
from edu.storage import StoredObject, original_key
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.incoming import Spool
from edu.web.refusal import refuse
from edu.web.studio import film_words, menu, tooling
from edu.web.studio.work import badge, is_cancelled, signs, told
from edu.web.wording import media_sentence, sentence_for
from edu.web.words import gettext as _

blueprint = Blueprint("studio_video", __name__, url_prefix="/studio/videos")
blueprint.context_processor(menu.studio)
VIDEO_PAGE = "studio/video/show.html"
ACCEPT = "video/*,.mkv,.mov,.mp4,.m4v,.mts,.m2ts,.avi,.webm,.mxf,.wmv"


@dataclass(frozen=True, slots=True)
class UploadView:
    """What the upload component needs."""

    action: str
    endpoint: str
    next_url: str
    accept: str
    max_bytes: int
    label: str
    hint: str
    error: str
    notes: tuple[str, ...]  # what should be known before


@blueprint.get("/new")
def new() -> str:
    """Where a recording is uploaded."""
    return render_template("studio/video/new.html", errors={}, **_upload())


@blueprint.post("/new")
def receive() -> AnyResponse:
    """The plain form of browsers without script: the file lies on the disk already when we come here."""
    try:
        video_id = take_file()
    except EduError as error:
        return refuse(error, "studio/video/new.html", **_upload(error))
    return redirect(url_for("studio_video.show", video_id=video_id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """A body above every limit, told in the page of the upload."""
    error = above_every_limit()
    return refuse(error, "studio/video/new.html", **_upload(error))


def above_every_limit() -> TooLarge:
    """What is said of a body that is larger than any upload may be."""
    most = runtime().settings.max_upload_bytes // uploads.MB
    return TooLarge(
        "The most this site takes is %(most)s MB.", code="upload_too_large", field="file", most=most
    )


@blueprint.get("/<int:video_id>")
def show(video_id: int) -> str:
    """A video in the studio."""
    return render_template(VIDEO_PAGE, errors={}, **_page(video_id))


@blueprint.post("/<int:video_id>")
def save(video_id: int) -> AnyResponse:
    """Change what is said about the video."""
    said = request.form.get
    facts = VideoFacts(
        said("title", ""),
        said("description", ""),
        said("language", ""),
        said("audience", ""),
        "open_to_all" in request.form,
        "may_download" in request.form,
    )
    try:
        with runtime().db.writing() as session:
            video_editing.save(session, viewer(), video_id, facts, menu.now())
    except Invalid as error:
        return refuse(error, VIDEO_PAGE, **_page(video_id, facts=facts))
    return _done(video_id, _("Saved."))


@blueprint.post("/<int:video_id>/layers")
def layers(video_id: int) -> AnyResponse:
    """Draw the layers of a file over the film, or take them off."""
    if request.form.get("remove") == "1":
        return _act(video_id, video_editing.remove_layers, _("The layers are taken off."))
    sent = request.files.get("layers")
    data = sent.read() if sent is not None else b""  # of no more than a body may have
    if sent is not None:
        sent.close()
    try:
        if not data:
            raise Invalid("Choose a file.", code="no_file", field="layers")
        with runtime().db.writing() as session:
            video_editing.keep_layers(session, viewer(), video_id, data, menu.now())
    except LayersError as error:
        said = _(layer_faults.SENTENCES[error.code]).format(**error.parameters)
        words = said if error.line is None else _("Line %(line)s: %(what)s", line=error.line, what=said)
        told = Invalid("%(words)s", code=error.code, field="layers", words=words)
        return refuse(told, VIDEO_PAGE, **_page(video_id))
    except Invalid as error:
        return refuse(error, VIDEO_PAGE, **_page(video_id))
    return _done(video_id, _("The layers are kept."))


@blueprint.post("/<int:video_id>/sign")
def sign(video_id: int) -> AnyResponse:
    """Choose the film that tells this one in sign language."""
    slug = request.form.get("sign", "")
    deed = partial(_choose_sign, slug=slug)
    words = _("It is offered in a window over the film.") if slug else _("No film in sign language is shown.")
    return _act(video_id, deed, words)


def _choose_sign(session: Session, viewer: Viewer, video_id: int, now: datetime, *, slug: str) -> None:
    video_editing.choose_sign_film(session, viewer, video_id, slug, now)


@blueprint.post("/<int:video_id>/publish")
def publish(video_id: int) -> AnyResponse:
    """Let people find the video."""
    is_wordless, anyway = request.form.get("wordless") == "1", request.form.get("anyway") == "1"
    deed = partial(video_editing.publish, is_wordless=is_wordless, anyway=anyway)
    return _act(video_id, deed, _("The video is published."))


@blueprint.post("/<int:video_id>/unpublish")
def unpublish(video_id: int) -> AnyResponse:
    """Take the video back."""
    return _act(video_id, video_editing.unpublish, _("The video is a draft again; only instructors see it."))


@blueprint.post("/<int:video_id>/cancel")
def cancel(video_id: int) -> AnyResponse:
    """Stop the work."""
    return _act(video_id, video_editing.cancel, _("The work is cancelled."))


@blueprint.post("/<int:video_id>/retry")
def retry(video_id: int) -> AnyResponse:
    """Begin the work again."""
    return _act(video_id, video_editing.retry, _("The work begins again."))


@blueprint.get("/<int:video_id>/delete")
def confirm(video_id: int) -> str:
    """Ask before a video is deleted."""
    return render_template("studio/video/delete.html", **_page(video_id))


@blueprint.post("/<int:video_id>/delete")
def delete(video_id: int) -> AnyResponse:
    """Delete the video."""
    with runtime().db.writing() as session:
        video_editing.delete(session, viewer(), video_id, menu.now())
    flash(_("The video is deleted."), "success")
    return redirect(url_for("studio.index"), 303)


@blueprint.get("/<int:video_id>/state")
def state(video_id: int) -> Response:
    """How far the work is, for the page that waits."""
    with runtime().db.reading() as session:
        video = video_editing.mine(session, viewer(), video_id)
        standing = videos.standing(session, video, menu.now())
        sentence = players.state_sentence(video)
    return jsonify(
        state=standing.state.value,
        label=badge(standing).label,
        message=told(standing, sentence),
        detail=signs(standing, menu.now()),
        progress=standing.progress,
        playable=standing.is_playable,
        over=standing.is_over,
    )


def page_of(video_id: int, **changes: object) -> dict[str, object]:
    """What the video's page shows, for other files whose forms stand on it."""
    return _page(video_id, **changes)


def take_file(**more: str) -> int:
    """Keep the file of a plain form and give the id of the video, or of the one whose recording it replaces.

    `more` are details that the form does not hold. What may not be is refused before the file is kept.
    """
    house, sent = runtime(), request.files.get("file")
    owner_id = viewer().user_id
    if sent is None or not sent.filename or owner_id is None:
        raise Invalid("Choose a file.", code="no_file", field="file")
    path = Path(str(cast(Spool, sent.stream).name))
    title = typed.line(request.form.get("title", ""), "title", most=200, optional=True)
    size = path.stat().st_size
    uploads.check_size(size, house.settings)
    uploads.check_kind(path, is_complete=True)
    details = {**request.form, "title": title, **more}
    with house.db.writing() as session:
        replacing.check(session, owner_id, details)
        uploads.check_room(session, owner_id, size, house.settings, menu.now())
    original = _keep(path)
    with house.db.writing() as session:
        video = uploads.receive_file(
            session,
            original,
            owner_id=owner_id,
            name=sent.filename,
            details=details,
            now=menu.now(),
        )
        return video.id


def _keep(path: Path) -> StoredObject:
    house, sha256 = runtime(), uploads.sha256_of(path)
    with house.db.writing() as session:
        originals.expect(session, sha256, house.clock.now())
    return house.store.put_file(original_key(sha256), path, move=True, sha256=sha256)


def _act(video_id: int, deed: Callable[[Session, Viewer, int, datetime], None], words: str) -> AnyResponse:
    try:
        with runtime().db.writing() as session:
            deed(session, viewer(), video_id, menu.now())
    except EduError as error:
        if error.code in ("not_found", "forbidden"):
            raise
        return refuse(error, VIDEO_PAGE, **_page(video_id))
    return _done(video_id, words)


def _done(video_id: int, words: str) -> AnyResponse:
    flash(words, "success")
    if request.form.get("next") == "list":
        return make_response(redirect(url_for("studio.index"), 303))
    return make_response(redirect(url_for("studio_video.show", video_id=video_id), 303))


def _page(video_id: int, **changes: object) -> dict[str, object]:
    with runtime().db.reading() as session:
        page = video_editing.page(session, viewer(), video_id, addresses(), menu.now())
        video = video_editing.mine(session, viewer(), video_id)
        extras = film_pages.extras(session, video, addresses())
        waiting, edited = drafts.unserved(session, video), drafts.edited(session, video)
        lack = None if video.is_published else gate.lack(session, video)
    remarks = [(r["level"], media_sentence(r["code"], r["parameters"], r["text"])) for r in page.remarks]
    return {
        "unserved": [(t.id, menu.track_name(t.kind.value, t.label, t.language)) for t in waiting],
        "edited": edited,
        "caption_lack": sentence_for(lack) if lack else "",
        "page": page,
        "extras": extras,
        "offers": [film_words.offer(offer, page.facts.language) for offer in extras.offers],
        "facts": page.facts,
        "chapters_text": page.chapters.lines,
        "message": told(page.standing, page.sentence),
        "badge": badge(page.standing),
        "is_cancelled": is_cancelled(page.standing),
        "signs": signs(page.standing, menu.now()),
        "remarks": remarks,
        "audiences": menu.audiences(),
        "kinds": track_kinds(),
        "tracks": [_track(row) for row in page.tracks],
        **changes,
    }


def _track(row: TrackRow) -> tuple[TrackRow, str, str]:
    """A text track with its name and how much it holds."""
    name = menu.track_name(row.kind, row.label, row.language)
    return row, name, menu.entries(row.kind, row.cue_count)


def kind_words() -> dict[str, str]:
    """What each kind of text track is for; layers have a form of their own."""
    return dict(track_kinds()) | {"metadata": _("Layers: drawn over the picture, to switch on and off")}


def track_kinds() -> list[tuple[str, str]]:
    """What a text track is for, in words."""
    return [
        ("captions", _("Captions: what is said, for people who do not hear it")),
        ("subtitles", _("Subtitles: a translation of what is said")),
        ("descriptions", _("Descriptions: what is seen, to be read aloud")),
        ("chapters", _("Chapters: the steps of the technique")),
    ]


def upload_view(action: str, label: str, error: EduError | None = None) -> UploadView:
    """What the upload component is told; an error that belongs to another field stands beside that."""
    most = runtime().settings.max_upload_bytes
    is_ours = error is not None and error.parameters.get("field", "file") in ("", "file")
    return UploadView(
        action=action,
        endpoint="/uploads",
        next_url="/studio",
        accept=ACCEPT,
        max_bytes=most,
        label=label,
        hint=_("Any recording of a phone or camera, up to %(most)s MB.", most=most // uploads.MB),
        error=sentence_for(error) if error is not None and is_ours else "",
        notes=tooling.upload_notes(runtime(), viewer(), menu.now()),
    )


def _upload(error: EduError | None = None) -> dict[str, object]:
    view = upload_view(url_for("studio_video.receive"), _("Recording"), error)
    return {"upload": view, "title": "" if isinstance(error, TooLarge) else request.form.get("title", "")}
