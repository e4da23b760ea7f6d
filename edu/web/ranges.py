"""Byte ranges (RFC 9110 section 14), sent from a seek: by the kernel where it can be, else in large blocks.

Werkzeug's own range support reads a file in 8 KiB pieces, under gunicorn from its very beginning: a minute
late in a long film would cost as much as all before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, request

from edu.storage import ObjectStore
from edu.web.file_wrapper import FilePart

_RANGE = re.compile(r"bytes=(\d{0,40})-(\d{0,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """`length` bytes from `start`."""

    start: int
    length: int


def wanted_span(header: str, size: int) -> Span | None:
    """The part that a Range header asks for; None for all of it, which is also the answer to several ranges.

    Raises ValueError when the part lies outside (status 416).
    """
    found = _RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise ValueError("an empty part")
        return Span(size - length, length)
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None  # not a range at all, so it is ignored
    if start >= size:
        raise ValueError("a part after the end")
    return Span(start, end - start + 1)


def send(store: ObjectStore, key: str, *, size: int, content_type: str, etag: str) -> Response:
    """The object, or the part the request asks for. The caller has decided that the reader may have it."""
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{etag}"'}
    if etag in request.if_none_match:
        return Response(status=304, headers=headers)
    span = None
    # Only for GET is a part defined (RFC 9110 section 14.2); HEAD tells of the whole.
    if request.method == "GET" and (header := request.headers.get("Range")) and _unchanged(etag):
        try:
            span = wanted_span(header, size)
        except ValueError:
            headers["Content-Range"] = f"bytes */{size}"
            return Response(status=416, headers=headers, content_type="text/plain; charset=utf-8")
    part = span or Span(0, size)
    headers["Content-Length"] = str(part.length)
    if span:
        headers["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{size}"
    body = iter(()) if request.method == "HEAD" or not part.length else _body(store, key, part)
    response = Response(body, status=206 if span else 200, headers=headers, direct_passthrough=True)
    response.content_type = content_type
    return response


def _body(store: ObjectStore, key: str, part: Span) -> Iterable[bytes]:
    """The bytes in blocks; from a disk under gunicorn, a file that the kernel sends by itself.

    That costs a third of the processor time. Another server would only read the file, as the blocks do.
    """
    is_gunicorn = request.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn")
    path = store.local_path(key) if is_gunicorn else None
    if path is None:
        return store.blocks(key, part.start, part.length)
    file = path.open("rb", buffering=0)
    file.seek(part.start)
    return FilePart(file, part.length)


def _unchanged(etag: str) -> bool:
    """Whether the reader's copy, named by If-Range, is the one we have; a date is never strong enough."""
    condition = request.headers.get("If-Range")
    return condition is None or condition.strip() == f'"{etag}"'
