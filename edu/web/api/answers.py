"""The answers of the API: JSON with its mark, problems as RFC 9457 has them, and who may read them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, g, request

from edu.errors import Invalid, NotFound, SignInNeeded, TooMany
from edu.services.api.listing import MOST, USUAL, Listed, bad_cursor
from edu.web.api.schema import plain
from edu.web.errors import NOWHERE, status_of
from edu.web.wording import sentence_for

PROBLEM = "application/problem+json"
MOST_LETTERS = 400  # of a cursor


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, as RFC 9457 has it; `code` is stable, `detail` a sentence in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str


def success(value: Any, *, is_own: bool) -> Response:
    """The value as JSON; whoever has it already is told so."""
    if isinstance(value, Response):
        return dressed(value, is_own=is_own)
    if isinstance(value, Listed):
        value = {"items": value.items, "next_cursor": _sealed(value.mark) if value.mark else None}
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    return dressed(Response(text, content_type="application/json"), is_own=is_own)


def dressed(response: Response, *, is_own: bool) -> Response:
    """The answer with its mark: caches ask each time whether it holds, what is one's own is not kept."""
    if is_own:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "no-cache, private" if "reader" in g else "no-cache, public"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # Werkzeug gives back the same


def refusal(error: Exception) -> Response:
    """An error of ours. What is closed to the reader is told in the same words as what is not there."""
    if status_of(error) == 404 or getattr(error, "code", "") == "gate_closed":
        error = NotFound(NOWHERE)
    status = status_of(error)
    answer = problem(status, sentence_for(error), str(getattr(error, "code", "error")))
    if isinstance(error, SignInNeeded):
        is_bad = error.code == "bad_token"
        answer.headers["WWW-Authenticate"] = 'Bearer realm="edu"' + ', error="invalid_token"' * is_bad
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.parameters["retry_after"])
    return answer


def problem(status: int, sentence: str, code: str) -> Response:
    """What is wrong, for a program whatever it says that it accepts."""
    said = Problem("about:blank", HTTPStatus(status).phrase, status, sentence, code)
    answer = Response(json.dumps(plain(said), ensure_ascii=False), status, content_type=PROBLEM)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def part() -> tuple[int, str]:
    """How many rows are asked for, and the mark that they come after. Raises Invalid."""
    limit = request.args.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 3 and 1 <= int(limit) <= MOST):
        raise Invalid("limit is a number from 1 to %(most)s", code="bad_limit", field="limit", most=MOST)
    cursor = request.args.get("cursor", "")
    return int(limit), _opened(cursor) if cursor else ""


def _sealed(mark: str) -> str:
    return urlsafe_b64encode(mark.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        if len(cursor) > MOST_LETTERS:
            raise bad_cursor()
        mark = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (NotBase64, ValueError) as error:
        raise bad_cursor() from error
    if not mark or "\0" in mark:
        raise bad_cursor()
    return mark
