"""Errors as pages, or as problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
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
from edu.web.wording import sentence_for
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
    CaptionError: 422,
    QuizError: 422,
}


def install(app: Flask) -> None:
    """Answer every error of ours, of the libraries and of HTTP."""
    for kind in (EduError, CaptionError, QuizError):
        app.register_error_handler(kind, _expected)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)


def wants_json() -> bool:
    """Whether the caller is a program: it asked for JSON, or sent JSON, or speaks tus."""
    accepts = request.accept_mimetypes
    best = accepts.best_match(["text/html", "application/json", "application/problem+json"], "text/html")
    return request.is_json or best != "text/html" or "Tus-Resumable" in request.headers


def status_of(error: Exception) -> int:
    """The HTTP status for an error of ours."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(status: int, sentence: str, code: str) -> AnyResponse:
    """An answer that says what is wrong, in the form the caller reads."""
    title = HTTPStatus(status).phrase
    if wants_json():
        response: AnyResponse = jsonify(
            type="about:blank", title=title, status=status, detail=sentence, code=code
        )
        response.content_type = "application/problem+json"
    else:
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
    response = problem(status_of(error), sentence_for(error), str(getattr(error, "code", "error")))
    parameters = getattr(error, "parameters", {})
    if isinstance(error, TooMany) and "retry_after" in parameters:
        response.headers["Retry-After"] = str(parameters["retry_after"])
    return response


def _stale_form(error: CSRFError) -> AnyResponse:
    return problem(400, sentence_for(Invalid("stale", code="stale_form")), "stale_form")


def _http(error: HTTPException) -> AnyResponse:
    response = error.get_response()
    status = error.code or 500
    if isinstance(response, Response) and status < 400:
        return response
    answer = problem(status, sentence_for(error), f"http_{status}")
    for name in ("Allow", "Content-Range", "Retry-After", "Location"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
