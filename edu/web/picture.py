"""Pictures of questions, for those who may see the question."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from edu.services.quizzing.writing import pictures, still
from edu.storage import media_type
from edu.web import ranges
from edu.web.context import runtime, viewer

blueprint = Blueprint("picture", __name__)


@blueprint.get("/questions/pictures/<int:version_id>")
def show(version_id: int) -> AnyResponse:
    """The picture of a version of a question, which never changes; who may see it is asked each time."""
    with runtime().db.reading() as session:
        name = pictures.of_version(session, viewer(session), version_id)
    return send(name)


def send(name: str) -> AnyResponse:
    """The bytes of a kept picture, for this reader alone: the question may close at any moment."""
    store, key = runtime().store, still.key_of(name) or ""
    response = ranges.send(store, key, size=store.size(key), content_type=media_type(key), etag=name)
    response.headers["Cache-Control"] = "private, max-age=600, must-revalidate"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
