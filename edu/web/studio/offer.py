"""Offers in the studio: subtitles and chapters from inside a file, taken over or left."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, Forbidden, NotFound
from edu.services import audit
from edu.services.audit import Deed
from edu.services.texts import offers
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.studio.video import page_of
from edu.web.words import gettext as _

blueprint = Blueprint("studio_offer", __name__, url_prefix="/studio/offers")
blueprint.context_processor(menu.studio)


@blueprint.post("/<int:offer_id>/take")
def take(offer_id: int) -> AnyResponse:
    """Make what is offered a track of its video."""
    said = request.form.get
    with runtime().db.reading() as session:
        video_id = offers.video_of(session, viewer(), offer_id)
    try:
        with runtime().db.writing() as session:
            row = offers.take(
                session, viewer(), offer_id, kind=said("kind", ""), language=said("language", ""),
                now=menu.now(),
            )  # fmt: skip
            audit.record(
                session, Deed.TRACK_SAVED, now=menu.now(), actor_id=viewer().user_id,
                subject=f"track:{row.id}", version=row.current,
            )  # fmt: skip
            track_id = row.id
    except (NotFound, Forbidden):
        raise
    except EduError as error:
        name = f"offer-{offer_id}-{error.parameters.get('field', 'language')}"
        error.parameters["field"] = name
        kept = {"kind": said("kind", ""), "language": said("language", "")}
        return refuse(error, "studio/video/show.html", **page_of(video_id, offer_form={offer_id: kept}))
    flash(_("The track is taken over and served from now on."), "success")
    return redirect(url_for("studio_track.show", track_id=track_id), 303)


@blueprint.post("/<int:offer_id>/leave")
def leave(offer_id: int) -> AnyResponse:
    """Offer it no more."""
    with runtime().db.writing() as session:
        video_id = offers.decline(session, viewer(), offer_id)
    flash(_("It is not offered any more. The file keeps it."), "success")
    return redirect(url_for("studio_video.show", video_id=video_id, _anchor="tracks"), 303)
