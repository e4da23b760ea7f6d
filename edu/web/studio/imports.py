"""The studio's page on which a caption file is looked at before it is taken."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from captions import CaptionError
from edu.errors import EduError, Forbidden, NotFound
from edu.services import audit
from edu.services.audit import Deed
from edu.services.texts import imports
from edu.services.texts.imports import Taken
from edu.services.texts.track_editing import typed_time
from edu.services.texts.track_losses import losses
from edu.web.context import runtime, viewer
from edu.web.studio import caption_words, menu
from edu.web.studio.menu import Studio
from edu.web.wording import sentence_for
from edu.web.words import gettext as _

blueprint = Blueprint("studio_import", __name__, url_prefix="/studio/imports/<int:import_id>")
PAGE = "studio/track/import.html"


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    return caption_words.frame()


@blueprint.get("")
def show(import_id: int) -> str:
    """How the file is read, in the encoding that was chosen."""
    return _page(import_id, request.args.get("encoding", ""))


@blueprint.post("")
def take(import_id: int) -> AnyResponse:
    """Take the file: serve it, or begin the working copy with it."""
    as_draft = request.form.get("way") == "draft"
    encoding = request.form.get("encoding", "")
    try:
        with runtime().db.writing() as session:
            taken = imports.take(session, viewer(), import_id, encoding, menu.now(), as_draft=as_draft)
            if taken.is_served:
                audit.record(
                    session, Deed.TRACK_SAVED, now=menu.now(), actor_id=viewer().user_id,
                    subject=f"track:{taken.track.id}", version=taken.track.current,
                )  # fmt: skip
    except (NotFound, Forbidden):
        raise
    except (CaptionError, EduError) as error:
        flash(sentence_for(error), "warning")
        return redirect(url_for("studio_import.show", import_id=import_id, encoding=encoding), 303)
    return arrived(taken)


def arrived(taken: Taken) -> AnyResponse:
    """To the track where a file is served, else to the editor, where a person looks first; both told."""
    for words, kind in caption_words.taken(losses(taken.found), taken.judged, taken.found.cues):
        flash(words, kind)
    where = "studio_track.show" if taken.is_served else "studio_draft.show"
    return redirect(url_for(where, track_id=taken.track.id), 303)


@blueprint.post("/leave")
def leave(import_id: int) -> AnyResponse:
    """Forget the file; the track that is there stays."""
    with runtime().db.writing() as session:
        video_id = imports.drop(session, viewer(), import_id)
    flash(_("The file is left. Nothing was changed."), "success")
    return redirect(url_for("studio_video.show", video_id=video_id, _anchor="tracks"), 303)


def _page(import_id: int, encoding: str) -> str:
    with runtime().db.reading() as session:
        page = imports.page(session, viewer(), import_id, encoding)
    track = page.look.track
    repairs = track.repairs if track else ()
    dropped = track.dropped if track else ()
    findings = [("loss", each.line, caption_words.loss(each), each.text, "") for each in dropped]
    findings += [
        ("repair", each.line, caption_words.repair(each), each.before, each.after) for each in repairs
    ]
    return render_template(
        PAGE,
        page=page,
        name=menu.track_name(page.kind, page.label, page.language),
        entries=menu.entries(page.kind, page.cue_count),
        refusal=sentence_for(page.refusal) if page.refusal else "",
        findings=findings[: imports.MOST_FINDINGS],
        finding_count=len(findings),
        captions=[(typed_time(cue.start), typed_time(cue.end), cue.text) for cue in page.cues],
    )
