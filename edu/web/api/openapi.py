"""The OpenAPI 3.1 description of the API, made from its table."""

from __future__ import annotations

from typing import Any

from edu import __version__
from edu.services.api.listing import MOST, USUAL
from edu.web.api.answers import PROBLEM, Problem
from edu.web.api.operation import ROOT, Operation
from edu.web.api.schema import Schema, collected, listing, reference
from edu.web.api.table import OPERATIONS

REFUSALS = {
    401: "The token is missing, not known or ended.",
    403: "Closed to new learners until it has been reviewed again.",
    404: "There is no such thing, or it is not for this reader.",
    422: "A parameter is wrong.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
    503: "The site is too busy to answer.",
}
ALWAYS = (401, 429, 503)
DESCRIPTION = (
    "Published courses, lessons, videos, captions and works of the library for everybody; one's own "
    "progress and attempts, and what is for health professionals, with a token of an account that may read "
    "it. Moments are ISO 8601 in UTC, times of films milliseconds, addresses paths of this site. Lessons "
    "carry grades of evidence and the state of their review: show both wherever you show their text."
)


def document() -> dict[str, Any]:
    """The whole description."""
    kinds = (*(operation.body for operation in OPERATIONS), Problem)
    return {
        "openapi": "3.1.0",
        "info": {"title": "edu", "version": __version__, "description": DESCRIPTION},
        "servers": [{"url": ROOT}],
        "paths": {operation.path: {"get": _described(operation)} for operation in OPERATIONS},
        "components": {
            "schemas": collected(kinds),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token of /account/tokens."}
            },
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    token: list[dict[str, list[str]]] = [{"token": []}]
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "security": token if operation.is_own else [{}, *token],
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [_parameter(name, "path", {"type": "string"}) for name in operation.names]
    if operation.is_list:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        found += [_parameter("limit", "query", limit), _parameter("cursor", "query", {"type": "string"})]
    words = operation.query.items()
    return found + [_parameter(name, "query", {"enum": list(values)}) for name, values in words]


def _parameter(name: str, place: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _responses(operation: Operation) -> dict[str, Any]:
    body = listing(operation.body) if operation.is_list else reference(operation.body)
    content = {"application/json": {"schema": body}}
    content |= {kind: {"schema": {"type": "string"}} for kind in operation.others}
    found: dict[str, Any] = {"200": {"description": operation.summary, "content": content}}
    if not operation.is_own:
        found["304"] = {"description": "Not modified since the ETag of If-None-Match."}
    wrong = {PROBLEM: {"schema": reference(Problem)}}
    return found | {
        str(status): {"description": REFUSALS[status], "content": wrong} for status in _refusals(operation)
    }


def _refusals(operation: Operation) -> list[int]:
    takes = operation.is_list or bool(operation.query)
    found = {*ALWAYS, *([404] if operation.names else []), *([422] if takes else [])}
    return sorted(found | ({403} if operation.can_be_closed else set()))
