"""Media files by token: decided anew for each request, sent by range, by nginx, or from the object store."""

from __future__ import annotations

import time
from typing import Final

from flask import Blueprint, Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from edu.services import delivery
from edu.services.delivery import StoredFile
from edu.web import ranges
from edu.web.addresses import binding, signer
from edu.web.context import VISITOR, runtime, viewer

blueprint = Blueprint("media", __name__)
REMEMBERED: Final = 10.0  # seconds for which a decision holds: a player asks for many ranges of one file
MOST_REMEMBERED: Final = 2000
PRESIGNED_SECONDS: Final = 600
TEXT: Final = ("text/", "application/vnd.apple.mpegurl", "application/json")
_decisions: dict[tuple[str, ...], tuple[float, StoredFile]] = {}


@blueprint.get("/media/<token>/<version>/<name>")
def file(token: str, version: str, name: str) -> AnyResponse:
    """A file made from a video, if the viewer may watch that video at this moment."""
    found = _decide(token, version, name)
    if found.text is not None:
        response: AnyResponse = Response(found.text, content_type=found.content_type)
        response.set_etag(found.etag)
        response.make_conditional(request)
    else:
        response = _send(found)
    lasting = "public" if found.is_public else "private"
    keep = "max-age=31536000, immutable" if found.is_public else "max-age=600"
    response.headers["Cache-Control"] = f"{lasting}, {keep}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _decide(token: str, version: str, name: str) -> StoredFile:
    house = runtime()
    asked = (house.settings.secret_key, token, version, name, binding(), str(session.get(VISITOR)))
    remembered = _decisions.get(asked)
    if remembered and remembered[0] > time.monotonic():
        return remembered[1]
    video_id = signer().video_of(token, binding(), house.clock.now())
    with house.db.reading() as database:
        found = delivery.find(database, viewer(), video_id, version, name)
    if len(_decisions) >= MOST_REMEMBERED:
        _decisions.clear()
    _decisions[asked] = (time.monotonic() + REMEMBERED, found)
    return found


def _send(found: StoredFile) -> AnyResponse:
    house = runtime()
    is_text = found.content_type.startswith(TEXT)
    if not is_text and (url := house.store.presigned_url(found.key, PRESIGNED_SECONDS)):
        return redirect(url, 302)
    if house.settings.x_accel and house.store.local_path(found.key):
        response = Response(status=200, content_type=found.content_type)
        response.headers["X-Accel-Redirect"] = house.settings.x_accel.rstrip("/") + "/" + found.key
        response.headers["ETag"] = f'"{found.etag}"'
        return response
    return ranges.send(
        house.store, found.key, size=found.size, content_type=found.content_type, etag=found.etag
    )
