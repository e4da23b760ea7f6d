"""Uploads that survive a broken line: tus 1.0 with creation, checksum, termination and expiration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge, ServiceUnavailable
from werkzeug.http import http_date

from edu.errors import EduError, Invalid, SignInNeeded, TooLarge
from edu.models import Upload
from edu.services import originals, uploads
from edu.uploads import Checksum, Held, Info, ProtocolError, Shelf, protocol
from edu.web.context import runtime, viewer
from edu.web.wording import sentence_for
from media.reading.sniff import HEAD_BYTES

blueprint = Blueprint("upload", __name__, url_prefix="/uploads")
PIECE_BYTES: Final = 64 * 1024
DRAINED_BYTES: Final = 8 * 1024 * 1024  # what our own page sends at once
# Each body that comes holds a thread of the server for as long as its line is slow.
_writing = BoundedSemaphore(8)


@blueprint.before_request
def check_version() -> None:
    """Refuse other versions of the protocol."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != protocol.VERSION:
        raise ProtocolError(412, "This address speaks tus 1.0.0.", code="tus_version")


@blueprint.after_request
def sign(response: Response) -> Response:
    """Name the version on every answer, and let a refused client finish its sentence before it reads ours."""
    response.headers["Tus-Resumable"] = protocol.VERSION
    response.headers["Cache-Control"] = "no-store"
    if response.status_code < 400:
        response.headers.pop("Content-Type", None)  # there is no content
    if response.status_code == 412:
        response.headers["Tus-Version"] = protocol.VERSION
    if response.status_code >= 400 and request.method in ("POST", "PATCH"):
        with suppress(RequestEntityTooLarge):
            for _ in zip(range(DRAINED_BYTES // PIECE_BYTES), _pieces(), strict=False):
                pass
    return response


@blueprint.errorhandler(ProtocolError)
def refuse(error: ProtocolError) -> Response:
    """What tus names a status for; 460 is its own and unknown to HTTP."""
    response = jsonify(
        type="about:blank", status=error.status, detail=sentence_for(error), code=error.code, title="tus"
    )
    response.content_type = "application/problem+json"
    response.status = "460 Checksum Mismatch" if error.status == 460 else str(error.status)
    return response


@blueprint.route("", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/<upload_id>", methods=["OPTIONS"], provide_automatic_options=False)
def options(upload_id: str = "") -> Response:
    """What this server can do."""
    response = Response(status=204)
    response.headers["Tus-Version"] = protocol.VERSION
    response.headers["Tus-Extension"] = protocol.EXTENSIONS
    response.headers["Tus-Max-Size"] = str(runtime().settings.max_upload_bytes)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(protocol.ALGORITHMS)
    return response


@blueprint.route("", methods=["POST"], provide_automatic_options=False)
def create() -> Response:
    """Begin an upload, perhaps with its first bytes."""
    if "Upload-Defer-Length" in request.headers:
        raise ProtocolError(400, "The length must be told when the upload begins.", code="tus_defer")
    length = protocol.number(request.headers.get("Upload-Length"), "Upload-Length")
    told = protocol.metadata(request.headers.get("Upload-Metadata"))
    checksum = protocol.checksum(request.headers.get("Upload-Checksum"))
    has_bytes = request.mimetype == protocol.CHUNK_TYPE
    if has_bytes and (request.content_length or 0) > length:
        raise TooLarge("This is more than the upload was said to hold.", code="tus_beyond")
    upload = _begin(length, told)
    response = Response(status=201)
    if has_bytes:
        try:
            response = _write(upload, 0, checksum)
        except (EduError, HTTPException):  # whoever is refused never learns the address
            _forget(upload.id)
            raise
        response.status_code = 201
    response.headers["Location"] = f"{blueprint.url_prefix}/{upload.id}"
    response.headers["Upload-Expires"] = http_date(upload.expires_at)
    return response


@blueprint.route("/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
def head(upload_id: str) -> Response:
    """How far the upload has come."""
    upload = _mine(upload_id)
    if upload.video_id is not None:
        return _complete(Response(status=200), upload, upload.video_id)
    shelf = _shelf()
    offset, info = shelf.offset(upload_id), shelf.info(upload_id)
    response = Response(status=200)
    if offset == upload.length:
        with suppress(ProtocolError), shelf.hold(upload_id) as held:  # or another request is finishing it
            _complete(response, upload, _finish(upload, held))
    _tell(response, upload, offset)
    if info.metadata:
        response.headers["Upload-Metadata"] = info.metadata
    return response


@blueprint.route("/<upload_id>", methods=["PATCH"], provide_automatic_options=False)
def patch(upload_id: str) -> Response:
    """Take the next bytes."""
    if request.mimetype != protocol.CHUNK_TYPE:
        raise ProtocolError(
            415, "A chunk is of the type %(type)s.", code="tus_type", type=protocol.CHUNK_TYPE
        )
    offset = protocol.number(request.headers.get("Upload-Offset"), "Upload-Offset")
    checksum = protocol.checksum(request.headers.get("Upload-Checksum"))
    upload = _mine(upload_id)
    if upload.video_id is None:
        return _write(upload, offset, checksum)
    _check_offset(offset, upload.length, upload.length)
    return _complete(Response(status=204), upload, upload.video_id)


@blueprint.route("/<upload_id>", methods=["DELETE"], provide_automatic_options=False)
def terminate(upload_id: str) -> Response:
    """Give the upload up."""
    upload = _mine(upload_id)
    if upload.video_id is None:
        with _shelf().hold(upload_id):
            _forget(upload_id)
    return Response(status=204)


@blueprint.route("/<upload_id>", methods=["POST"], provide_automatic_options=False)
def override(upload_id: str) -> Response:
    """PATCH, HEAD and DELETE for clients behind walls that know only POST."""
    method = request.headers.get("X-HTTP-Method-Override", "").upper()
    actions = {"PATCH": patch, "HEAD": head, "DELETE": terminate}
    if method not in actions:
        raise ProtocolError(405, "This address takes HEAD, PATCH and DELETE.", code="tus_method")
    return actions[method](upload_id)


def _begin(length: int, told: protocol.Metadata) -> Upload:
    """Make room on the shelf and a row for the upload; clear away what has expired."""
    house, owner, shelf = runtime(), _me(), _shelf()
    now = house.clock.now()
    uploads.check_size(length, house.settings)
    uploads.check_disk(shelf, length)
    with house.db.writing() as session:
        old = uploads.expire(session, now)
    with house.db.reading() as session:
        old += uploads.strays(session, shelf, now)
    for upload_id in old:
        shelf.remove(upload_id)
    upload_id = shelf.create(Info(length, told.raw))
    try:
        # room is looked for and taken in one transaction: of two that begin at once, each counts the other
        with house.db.writing() as session:
            uploads.check_room(session, owner, length, house.settings, now)
            return uploads.begin(session, upload_id, owner, length=length, details=told.pairs, now=now)
    except BaseException:
        shelf.remove(upload_id)
        raise


def _write(upload: Upload, offset: int, checksum: Checksum | None) -> Response:
    """Add the request's bytes at the offset; the last byte makes the video."""
    if not _writing.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=5)
    try:
        with _shelf().hold(upload.id) as held:
            _check_offset(offset, held.size, upload.length)
            if not held.is_complete:
                _take(held, checksum)
            response = Response(status=204)
            if held.is_complete:
                return _complete(response, upload, _finish(upload, held))
            return _tell(response, upload, held.size)
    finally:
        _writing.release()


def _check_offset(offset: int, size: int, length: int) -> None:
    if offset != size:
        raise ProtocolError(409, "The upload stands at another offset.", code="tus_offset")
    if offset + (request.content_length or 0) > length:
        raise TooLarge("This is more than the upload was said to hold.", code="tus_beyond")


def _take(held: Held, checksum: Checksum | None) -> None:
    """Write the body; refuse what is no recording as soon as enough of it has come."""
    if checksum is not None:
        held.append_checked(_pieces(), checksum)
    else:
        pieces = _pieces()
        held.append(_until(pieces, HEAD_BYTES - held.size))
        _check_kind(held)
        held.append(pieces)
    _check_kind(held)


def _check_kind(held: Held) -> None:
    try:
        uploads.check_kind(held.path, is_complete=held.is_complete)
    except Invalid:
        _forget(held.upload_id)
        raise


def _finish(upload: Upload, held: Held) -> int:
    """Make the video of a complete upload and give its id; safe to do again after a kill at any point."""
    house = runtime()
    if not held.info.sha256:  # else it was looked at, and may have been moved to the store before a kill
        _check_kind(held)
    sha256 = held.note_sha256()
    with house.db.writing() as session:
        originals.expect(session, sha256, house.clock.now())
    original = uploads.put_away(house.store, held)
    with house.db.writing() as session:
        video = uploads.receive(session, upload.id, original, house.clock.now())
    _shelf().remove(upload.id)
    return video.id


def _forget(upload_id: str) -> None:
    with runtime().db.writing() as session:
        uploads.forget(session, upload_id)
    _shelf().remove(upload_id)


def _pieces() -> Iterator[bytes]:
    """The body in pieces; a client that goes away ends it, and what came stays."""
    try:
        while piece := request.stream.read(PIECE_BYTES):
            yield piece
    except (ClientDisconnected, OSError):
        return


def _until(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """The first pieces, until there are so many bytes."""
    while most > 0 and (piece := next(pieces, b"")):
        most -= len(piece)
        yield piece


def _complete(response: Response, upload: Upload, video_id: int) -> Response:
    response.headers["Edu-Location"] = f"/studio/videos/{video_id}"
    return _tell(response, upload, upload.length)


def _tell(response: Response, upload: Upload, offset: int) -> Response:
    response.headers["Upload-Offset"] = str(offset)
    response.headers["Upload-Length"] = str(upload.length)
    response.headers["Upload-Expires"] = http_date(upload.expires_at)
    return response


def _mine(upload_id: str) -> Upload:
    house = runtime()
    with house.db.reading() as session:
        return uploads.find(session, _me(), upload_id, house.clock.now())


def _me() -> int:
    user_id = viewer().user_id
    if user_id is None:
        raise SignInNeeded("sign in to upload")
    return user_id


def _shelf() -> Shelf:
    return uploads.shelf_of(runtime().settings)
