"""JSON that programs send: small, flat enough, and exactly what JSON allows."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from flask import request

from edu.errors import Invalid, TooLarge

MOST_BYTES = 512 * 1024
DEEPEST = 40
# Texts are taken whole, so that brackets in them do not count; one that never ends is taken to the end, or a
# body of quotation marks would be looked through once for each of them.
_SIGNS = re.compile(rb'"(?:[^"\\]+|\\.)*+(?:"|\\?\Z)|([\[{])|([\]}])', re.DOTALL)


def json_object() -> dict[str, Any]:
    """The request's JSON object. TooLarge above 512 KiB; Invalid for anything that is not strict JSON.

    The standard parser would fail with an internal error on deep nesting, take NaN, and let the last of two
    equal names win.
    """
    data = _body()
    _check_depth(data)
    try:
        value = json.loads(data.decode(), parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Invalid("this is not valid JSON", code="bad_json") from error
    if not isinstance(value, dict):
        raise Invalid("a JSON object is expected", code="bad_json")
    return value


def _body() -> bytes:
    """All bytes of the body; no more than one too many of them are read, whatever length was announced."""
    data = bytearray()
    while len(data) <= MOST_BYTES:
        part = request.stream.read(MOST_BYTES + 1 - len(data))
        if not part:
            return bytes(data)
        data += part
    raise TooLarge("that is more than this address accepts at once")


def _check_depth(data: bytes) -> None:
    depth = 0
    for sign in _SIGNS.finditer(data):
        depth += bool(sign[1]) - bool(sign[2])
        if depth > DEEPEST:
            raise Invalid("this JSON is nested too deeply", code="bad_json")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)
