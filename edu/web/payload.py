"""JSON that programs send: small, flat enough, and exactly what JSON allows."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import request

from edu.errors import Invalid, TooLarge

MOST_BYTES = 512 * 1024
DEEPEST = 40


def json_object() -> dict[str, Any]:
    """The request's JSON object. TooLarge above 512 KiB; Invalid for anything that is not strict JSON.

    The standard parser would fail with an internal error on deep nesting, take NaN, and let the last of two
    equal names win.
    """
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge("that is more than this address accepts at once")
    data = request.get_data(cache=False)
    if len(data) > MOST_BYTES:
        raise TooLarge("that is more than this address accepts at once")
    _check_depth(data)
    try:
        value = json.loads(data.decode(), parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Invalid("this is not valid JSON", code="bad_json") from error
    if not isinstance(value, dict):
        raise Invalid("a JSON object is expected", code="bad_json")
    return value


def _check_depth(data: bytes) -> None:
    depth = 0
    for byte in data:
        if byte in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise Invalid("this JSON is nested too deeply", code="bad_json")
        elif byte in b"]}":
            depth -= 1


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)
