"""Scripts, styles and pictures: a hash of them all is in their addresses, so browsers keep them for ever.

Texts among them are sent in gzip. Pages are not: what a page repeats of its address beside its form's token
would tell the token by the length of the answer (the BREACH attack); a file of the interface holds no secret.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory
from werkzeug.security import safe_join

FOLDER = Path(__file__).parents[1] / "static"
blueprint = Blueprint("assets", __name__)
KEPT = "public, max-age=31536000, immutable"
TEXTS = {".css", ".js", ".mjs", ".json", ".map", ".svg", ".txt", ".webmanifest"}
MOST_KEPT = 200  # texts in their compressed form, a few kilobytes each


def install(app: Flask) -> None:
    """Give templates `asset('css/site.css')` and `has_asset('vendor/…')`."""
    build = build_hash(FOLDER)
    app.config["BUILD"] = build
    app.jinja_env.globals["asset"] = lambda path: f"/static/{build}/{path}"
    app.jinja_env.globals["has_asset"] = lambda path: (FOLDER / path).is_file()
    app.register_blueprint(blueprint)


def build_hash(folder: Path) -> str:
    """A short hash of every file's name, size and time of change: a new build gives new addresses."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path.relative_to(folder)}:{facts.st_size}:{facts.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


@blueprint.get("/static/<build>/<path:path>")
def file(build: str, path: str) -> Response:
    """A file of the interface; an old build's address gives the present file, and not for long."""
    is_text = Path(path).suffix in TEXTS
    response = (_in_gzip(path) if is_text else None) or send_from_directory(FOLDER, path)
    if is_text:
        response.vary.add("Accept-Encoding")  # on both forms, or a shared cache would mix them up
    response.headers["Cache-Control"] = KEPT if build == current_app.config["BUILD"] else "no-cache"
    return response


def _in_gzip(path: str) -> Response | None:
    """The file in gzip; None when there is none or the browser does not take it so."""
    place = safe_join(str(FOLDER), path)
    if not request.accept_encodings["gzip"] or place is None or not Path(place).is_file():
        return None
    facts = Path(place).stat()
    data = compressed(place, facts.st_size, facts.st_mtime_ns)
    response = Response(data, mimetype=mimetypes.guess_type(place)[0] or "application/octet-stream")
    response.headers["Content-Encoding"] = "gzip"
    # A strong tag names bytes, so this form has one of its own (RFC 9110 section 8.8.3.3).
    response.set_etag(f"{facts.st_mtime_ns:x}-{facts.st_size:x}-gzip")
    response.make_conditional(request)
    return response


@lru_cache(maxsize=MOST_KEPT)
def compressed(place: str, size: int, changed_ns: int) -> bytes:
    """The file of that size and time of change in gzip; made once and kept, as long as it stays the same."""
    return gzip.compress(Path(place).read_bytes(), 9, mtime=0)
