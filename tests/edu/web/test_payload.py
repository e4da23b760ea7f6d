"""JSON bodies: what is not strict JSON, too deep or too much is refused, and never an error of ours."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from flask import Flask

from edu.errors import Invalid, TooLarge
from edu.web.payload import DEEPEST, MOST_BYTES, json_object


def read(app: Flask, data: bytes, **more: object) -> dict[str, object]:
    with app.test_request_context("/", method="PUT", data=data, content_type="application/json", **more):
        return json_object()


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"a": [1, 2.5, null, true, "\\u00e9"]}',
        b'{"a": "' + b"[{" * 99 + b'"}',
        b'{"a":"\\"["}',
    ],
)
def test_strict_json_is_read(app: Flask, data: bytes) -> None:
    assert isinstance(read(app, data), dict)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"[]",
        b'"text"',
        b"null",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": "\xff"}',
        b"\xff\xfe{\x00}\x00",
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": ' + b"[" * DEEPEST + b"]" * DEEPEST + b"}",
        b'{"a": "',
        b'{"a": "\\',
    ],
)
def test_what_is_no_strict_json_object_is_refused(app: Flask, data: bytes) -> None:
    with pytest.raises(Invalid):
        read(app, data)


@pytest.mark.parametrize("data", [b'"\\' * (MOST_BYTES // 2), b'\\"' * (MOST_BYTES // 2), b'"' * MOST_BYTES])
def test_a_body_made_to_be_slow_is_refused_at_once(app: Flask, data: bytes) -> None:
    began = time.process_time()

    with pytest.raises(Invalid):
        read(app, data)

    assert time.process_time() - began < 0.5


def test_a_body_above_the_limit_is_refused_however_its_length_was_announced(app: Flask) -> None:
    data = b'{"a": "' + b"x" * MOST_BYTES + b'"}'

    with pytest.raises(TooLarge):
        read(app, data)
    with pytest.raises(TooLarge):  # as a server gives a chunked body: no length, an end by itself
        read(app, b"", input_stream=BytesIO(data), environ_overrides={"wsgi.input_terminated": True})
