"""A film by itself for a frame on another site: for everybody or not at all, without account or cookie."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, render_template, request

from edu.errors import EduError, GateClosed, NotFound
from edu.policy import NOBODY
from edu.services import videos
from edu.services.delivery import Addresses
from edu.services.videos import VideoPage
from edu.web.addresses import signer
from edu.web.canonical import absolute
from edu.web.context import runtime
from edu.web.errors import status_of
from edu.web.headers import policy_for

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/<slug>")
def show(slug: str) -> Response:
    """The player with a way back to the lesson; for what is not for everybody a sentence and a link."""
    g.viewer = NOBODY  # a frame shows the same to all, and what is for professionals to none
    try:
        page = _page(slug)
    except (NotFound, GateClosed) as error:
        return _framed(_closed(slug, error), status_of(error))
    lesson = next((link for link in page.lessons if not link.is_locked), None)
    shown = page.screening.player
    return _framed(
        render_template(
            "embed/show.html",
            page=page,
            player=shown,
            own_url=absolute(shown.url),
            way=absolute(lesson.url if lesson else shown.url),
            lesson=lesson,
        )
    )


def _page(slug: str) -> VideoPage:
    """The film as nobody sees it; what cannot be watched yet is not there."""
    with runtime().db.reading() as session:
        readers = Addresses(signer(), "", runtime().clock.now())
        page = videos.page(session, NOBODY, slug, readers, start=request.args.get("t", ""))
    if not page.screening.player.is_playable:
        raise NotFound("there is no such film")
    return page


def _closed(slug: str, error: EduError) -> str:
    is_gated = isinstance(error, GateClosed)
    way = absolute(f"/videos/{slug}" if is_gated else "/")
    return render_template("embed/closed.html", is_gated=is_gated, way=way)


def _framed(page: str, status: int = 200) -> Response:
    """A page that any site may show in a frame: the one address of ours that may be."""
    response = make_response(page, status)
    own = policy_for(runtime().store.origin())
    response.headers["Content-Security-Policy"] = own.replace("frame-ancestors 'none'", "frame-ancestors *")
    # Browsers that know frame-ancestors do not look at it; to others no known word forbids nothing.
    response.headers["X-Frame-Options"] = "ALLOWALL"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
