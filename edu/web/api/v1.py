"""The addresses of /api/v1, from their table. They are read only, and take no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, request
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from captions import CaptionError
from edu.errors import EduError, NotFound, SignInNeeded, TooMany
from edu.services.api.listing import Asked
from edu.web.api import answers, openapi, reader
from edu.web.api.operation import ROOT, Operation
from edu.web.api.table import OPERATIONS
from edu.web.context import runtime
from edu.web.errors import NOWHERE
from edu.web.wording import sentence_for
from edu.web.words import gettext
from media import MediaError
from quizzes import QuizError

blueprint = Blueprint("api", __name__)
VARY = ("Authorization", "Accept", "Accept-Language")
blueprint.before_request(reader.admit)


@blueprint.get(f"{ROOT}/openapi.json")
def description() -> Response:
    """What the API gives and takes, as OpenAPI 3.1."""
    reader.keep_pace()
    return answers.success(_document(), is_own=False)


@blueprint.get(f"{ROOT}/<path:rest>")
def nothing(rest: str) -> Response:
    """Whatever else is asked for is not there, and that is said as to a program."""
    raise NotFound(NOWHERE)


def _view(operation: Operation) -> Callable[..., Response]:
    def serve(**_: str) -> Response:
        house = runtime()
        with house.db.reading() as session:
            viewer = reader.identify(session)
            reader.keep_pace()
            limit, after = answers.part() if operation.is_list else (1, "")
            found = operation.call(session, Asked(viewer, house.clock.now(), limit, after))
        reader.note_use()
        return answers.success(found, is_own=operation.is_own)

    return serve


for _operation in OPERATIONS:
    blueprint.add_url_rule(_operation.rule, _operation.name, _view(_operation), methods=["GET"])


@blueprint.after_request
def let_others_read(response: Response) -> Response:
    """Pages of other sites may read what everybody may; with a token they may read nothing.

    Search engines list the pages, not these.
    """
    response.vary.update(VARY)
    response.headers["X-Robots-Tag"] = "noindex"
    if "Authorization" not in request.headers:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.errorhandler(EduError)
@blueprint.errorhandler(CaptionError)
@blueprint.errorhandler(QuizError)
@blueprint.errorhandler(MediaError)
def refused(error: Exception) -> Response:
    """An error of ours as a problem; who guesses tokens waits longer and longer."""
    if isinstance(error, SignInNeeded) and error.code == "bad_token":
        try:
            reader.count_guess()
        except TooMany as too_many:
            return answers.refusal(too_many)
    return answers.refusal(error)


@blueprint.errorhandler(DataError)
def unfit(error: DataError) -> Response:
    """A name that no column can hold is the name of nothing."""
    return answers.refusal(NotFound(NOWHERE))


@blueprint.errorhandler(OperationalError)
def busy(error: OperationalError) -> Response:
    """The database is locked, full or away."""
    current_app.logger.error("the database did not answer: %s", type(error.orig).__name__)
    sentence = gettext("The site is too busy to answer. Nothing was lost; please try again in a minute.")
    answer = answers.problem(503, sentence, "busy")
    answer.headers["Retry-After"] = "30"
    return answer


@blueprint.errorhandler(HTTPException)
def failed(error: HTTPException) -> Response:
    """What HTTP itself refuses, and what went wrong on our side."""
    status = error.code or 500
    return answers.problem(status, sentence_for(error), f"http_{status}")


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return openapi.document()
