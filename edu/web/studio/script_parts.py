"""Parts of a script that are in no caption, as the editor's page sends them back: put in, or forgotten."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict
from edu.services.texts import editor_pages, missing
from edu.services.texts.missing import PutIn
from edu.web.context import runtime, viewer
from edu.web.studio import menu
from edu.web.wording import sentence_for
from edu.web.words import gettext as _

FORGET = "none"


def put_in(track_id: int) -> AnyResponse:
    """Make a caption of the part that was chosen, or forget all parts; then the editor, at that caption."""
    chosen, anchor = request.form.get("part", ""), None
    try:
        with runtime().db.writing() as session:
            track, _video = editor_pages.mine(session, viewer(), track_id)
            if chosen == FORGET:
                missing.forget(session, track)
            else:
                number = int(chosen) if chosen.isdecimal() and len(chosen) < 7 else -1
                done = missing.put_in(session, track, number, viewer(), menu.now())
                anchor = done.key
                flash(_told(done), "success")
    except Conflict as error:
        flash(sentence_for(error), "warning")
    return redirect(url_for("studio_draft.show", track_id=track_id, _anchor=anchor), 303)


def _told(done: PutIn) -> str:
    if done.is_joined:
        return _("There was no room for a caption of its own: it is part of caption %(n)s.", n=done.number)
    return _("It is caption %(n)s now. Look when it begins and ends.", n=done.number)
