"""Media files by token: decided for each request, sent by range, by nginx, or from the object store."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, cast

from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import GateClosed, NotFound
from edu.policy import NOBODY, Viewer
from edu.services import delivery
from edu.services.delivery import StoredFile
from edu.web import ranges
from edu.web.addresses import binding, signer
from edu.web.context import runtime, viewer

blueprint = Blueprint("media", __name__)
REMEMBERED: Final = timedelta(seconds=10)
MOST_REMEMBERED: Final = 2000
PRESIGNED_SECONDS: Final = 600
# So long may a browser, or a cache on the way, show a file without asking again: as long as a presigned
# address lives. The version is in the address, so what is asked is only whether the video may still be seen.
KEPT_SECONDS: Final = 600
LASTING: Final = f"public, max-age={KEPT_SECONDS}, must-revalidate"
PRIVATE: Final = f"private, max-age={KEPT_SECONDS}"
TEXT: Final = ("text/", "application/vnd.apple.mpegurl", "application/json")


@dataclass(slots=True)
class Decisions:
    """What was found lately for files that everybody may see: a player asks for many ranges of one file.

    Files of drafts, and of videos for professionals, are never among them: each request for one of those asks
    the database, so that they close at the very moment a declaration is withdrawn or a session ends.
    """

    found: dict[tuple[str, str, str], tuple[datetime, StoredFile]] = field(default_factory=dict)

    def recall(self, asked: tuple[str, str, str], now: datetime) -> StoredFile | None:
        """The file, if it was found less than REMEMBERED ago."""
        until, file = self.found.get(asked, (now, None))
        return file if until > now else None

    def remember(self, asked: tuple[str, str, str], file: StoredFile, now: datetime) -> None:
        """Keep it for a while, if it is for everybody."""
        if not file.is_public:
            return
        if len(self.found) >= MOST_REMEMBERED:
            self.found.clear()
        self.found[asked] = (now + REMEMBERED, file)


def install(app: Flask) -> None:
    """Give the application a memory of its own."""
    app.extensions["edu.media"] = Decisions()


@blueprint.get("/media/<token>/<version>/<name>")
def file(token: str, version: str, name: str) -> AnyResponse:
    """A file made from a video, if the viewer may have it at this moment."""
    found = _decide(token, version, name)
    response = _text(found) if found.text is not None else _send(found)
    if response.status_code in (200, 206, 304):  # a redirect says for itself how long it holds
        response.headers["Cache-Control"] = LASTING if found.is_public else PRIVATE
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _decide(token: str, version: str, name: str) -> StoredFile:
    now, asked = runtime().clock.now(), (token, version, name)
    decisions = cast(Decisions, current_app.extensions["edu.media"])
    if found := decisions.recall(asked, now):
        return found
    if delivery.is_lasting(token):  # mostly the answer is the same for all, and no cookie needs to be read
        with suppress(NotFound, GateClosed):
            found = _find(asked, NOBODY, "", now)
            decisions.remember(asked, found, now)
            return found
    return _find(asked, viewer(), binding(), now)


def _find(asked: tuple[str, str, str], who: Viewer, bound: str, now: datetime) -> StoredFile:
    token, version, name = asked
    video_id = signer().video_of(token, bound, now)
    with runtime().db.reading() as database:
        return delivery.find(database, who, video_id, version, name, now)


def _text(found: StoredFile) -> AnyResponse:
    response = Response(found.text, content_type=found.content_type)
    response.set_etag(found.etag)
    response.make_conditional(request)
    return response


def _send(found: StoredFile) -> AnyResponse:
    house = runtime()
    is_text = found.content_type.startswith(TEXT)
    if not is_text and (url := house.store.presigned_url(found.key, PRESIGNED_SECONDS)):
        return _elsewhere(found, url)
    if house.settings.x_accel and house.store.local_path(found.key):
        response = Response(status=200, content_type=found.content_type)
        response.headers["X-Accel-Redirect"] = house.settings.x_accel.rstrip("/") + "/" + found.key
        response.headers["ETag"] = f'"{found.etag}"'
        return response
    return ranges.send(
        house.store, found.key, size=found.size, content_type=found.content_type, etag=found.etag
    )


def _elsewhere(found: StoredFile, url: str) -> AnyResponse:
    """The way to the bucket. It is signed for GET alone, so HEAD is answered here with what the row knows."""
    if request.method == "HEAD":
        response = Response(content_type=found.content_type)
        response.headers["Content-Length"] = str(found.size)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    answer = redirect(url, 302)
    # half its life: who follows a remembered answer still has time to read
    answer.headers["Cache-Control"] = f"private, max-age={PRESIGNED_SECONDS // 2}"
    return answer
