"""Errors as pages, or as problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from captions import CaptionError
from edu.errors import (
    Conflict,
    EduError,
    Forbidden,
    GateClosed,
    Gone,
    Invalid,
    NoRoom,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooMany,
)
from edu.policy import NOBODY
from edu.storage import StoreUnavailable
from edu.web.wording import sentence_for
from edu.web.words import gettext
from media import MediaError
from quizzes import QuizError

STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    Forbidden: 403,
    GateClosed: 403,
    SignInNeeded: 401,
    Invalid: 422,
    Conflict: 409,
    Gone: 410,
    TooLarge: 413,
    TooMany: 429,
    NoRoom: 507,
    StoreUnavailable: 503,
    CaptionError: 422,
    QuizError: 422,
    MediaError: 422,
}


def install(app: Flask) -> None:
    """Answer every error of ours, of the libraries and of HTTP."""
    for kind in (EduError, CaptionError, QuizError, MediaError):
        app.register_error_handler(kind, _expected)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(IntegrityError, _met)
    app.register_error_handler(HTTPException, _http)


def wants_json() -> bool:
    """Whether the caller is a program: it asked for JSON, sent JSON, speaks tus or calls the API."""
    accepts = request.accept_mimetypes
    best = accepts.best_match(["text/html", "application/json", "application/problem+json"], "text/html")
    is_program = "Tus-Resumable" in request.headers or request.path.startswith("/api/v")
    return is_program or request.is_json or best != "text/html"


def status_of(error: Exception) -> int:
    """The HTTP status for an error of ours."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(status: int, sentence: str, code: str, *, field: str = "") -> AnyResponse:
    """An answer that says what is wrong, in the form the caller reads; programs are told of which field."""
    title = HTTPStatus(status).phrase
    if wants_json():
        more = {"field": field} if field else {}
        response: AnyResponse = jsonify(
            type="about:blank", title=title, status=status, detail=sentence, code=code, **more
        )
        response.content_type = "application/problem+json"
    else:
        if status >= 500:
            g.setdefault("viewer", NOBODY)  # who it is may be the very thing that could not be asked
        page = render_template("error.html", status=status, title=title, sentence=sentence)
        response = make_response(page)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _expected(error: Exception) -> AnyResponse:
    if not wants_json() and request.method in ("GET", "HEAD"):
        if isinstance(error, SignInNeeded):
            return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)
        if isinstance(error, GateClosed) and request.endpoint != "media.file":
            return redirect(url_for("gate.show", next=request.full_path.rstrip("?")), 303)
    if isinstance(error, NotFound) and error.code == NotFound.code:
        error = NotFound(NOWHERE)  # in the same words for what is missing and what is not for this reader
    parameters = getattr(error, "parameters", {})
    code, field = str(getattr(error, "code", "error")), str(parameters.get("field", ""))
    response = problem(status_of(error), sentence_for(error), code, field=field)
    if isinstance(error, TooMany) and "retry_after" in parameters:
        response.headers["Retry-After"] = str(parameters["retry_after"])
    return response


def _stale_form(error: CSRFError) -> AnyResponse:
    return problem(400, sentence_for(Invalid("stale", code="stale_form")), "stale_form")


def _busy(error: OperationalError) -> AnyResponse:
    """The database is locked, full or away: said plainly, and nothing was written."""
    current_app.logger.error("the database did not answer: %s", type(error.orig).__name__)
    g.setdefault("viewer", NOBODY)  # in which language the account reads cannot be asked either
    sentence = gettext("The site is too busy to answer. Nothing was lost; please try again in a minute.")
    answer = problem(503, sentence, "busy")
    answer.headers["Retry-After"] = "30"
    return answer


def _unfit(error: DataError) -> AnyResponse:
    """A value that no column can hold, such as text with a null character: nothing is stored under it."""
    known = NotFound(NOWHERE) if request.method in ("GET", "HEAD") else Invalid(BAD_VALUE)
    return _expected(known)


def _met(error: IntegrityError) -> AnyResponse:
    """Two people made the same thing at once, such as an address name: the second may try again."""
    current_app.logger.error("two transactions met: %s", type(error.orig).__name__)
    return _expected(Conflict(MET, code="busy"))


MET = "somebody else saved the same thing at the same moment; please try again"
NOWHERE = "there is no such page"
BAD_VALUE = "that holds a sign that cannot be stored"


def _http(error: HTTPException) -> AnyResponse:
    response = error.get_response()
    status = error.code or 500
    answer = problem(status, sentence_for(error), f"http_{status}")
    for name in ("Allow", "Content-Range", "Retry-After", "Location"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
