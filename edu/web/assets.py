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
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from edu.web import bare

FOLDER = Path(__file__).parents[1] / "static"
blueprint = Blueprint("assets", __name__)
KEPT = "public, max-age=31536000, immutable"
TEXTS = {".css", ".js", ".mjs", ".json", ".map", ".svg", ".txt", ".webmanifest"}
Facts = tuple[str, int, int]  # path, bytes, nanoseconds of its last change
OURS = {"js": bare.script, "css": bare.sheet}
MOST_JOINED = 12
MOST_KEPT = 300  # texts in their compressed form, a few kilobytes each


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
    """A file of the interface; an old build's address gives the present file, and not for long.

    `css/site+parts.css` is those two sheets in one answer: a page needs a dozen of them.
    """
    parts = _parts(path)
    response = _text(parts) if parts else send_from_directory(FOLDER, path)
    response.headers["Cache-Control"] = KEPT if build == current_app.config["BUILD"] else "no-cache"
    return response


def text(path: str) -> bytes:
    """A text of the interface, or several joined, as it is sent. NotFound for an address of none."""
    parts = _parts(path)
    if not parts:
        raise NotFound
    return sent(tuple(facts_of(part) for part in parts))


def _parts(path: str) -> list[Path]:
    """The files that an address of texts stands for; none for other files, or when one is missing."""
    head, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    names = stem.split("+") if head == "css" else [stem]
    places = [safe_join(str(FOLDER), head, f"{one}{dot}{ending}") for one in names]
    found = [Path(place) for place in places if place is not None]
    is_whole = len(found) == len(names) <= MOST_JOINED and f".{ending}" in TEXTS
    return found if is_whole and all(place.is_file() for place in found) else []


def facts_of(place: Path) -> Facts:
    """By what a text is known to have changed."""
    facts = place.stat()
    return str(place), facts.st_size, facts.st_mtime_ns


def _text(places: list[Path]) -> Response:
    """The files as they are sent, in gzip where the browser takes them so."""
    is_packed = bool(request.accept_encodings["gzip"])
    facts = tuple(map(facts_of, places))
    data = (compressed if is_packed else sent)(facts)
    response = Response(data, mimetype=mimetypes.guess_type(places[0])[0] or "application/octet-stream")
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    # A strong tag names bytes, so each form has one of its own (RFC 9110 section 8.8.3.3).
    newest, size = max(changed for _, _, changed in facts), sum(size for _, size, _ in facts)
    response.set_etag(f"{newest:x}-{size:x}{'-gzip' if is_packed else ''}")
    response.vary.add("Accept-Encoding")  # on both forms, or a shared cache would mix them up
    response.make_conditional(request)
    return response


@lru_cache(maxsize=MOST_KEPT)
def compressed(files: tuple[Facts, ...]) -> bytes:
    """The files of those sizes and times of change in gzip; made once, and kept while they stay the same."""
    return gzip.compress(sent(files), 9, mtime=0)


@lru_cache(maxsize=MOST_KEPT)
def sent(files: tuple[Facts, ...]) -> bytes:
    """What is sent of the files. Ours go without their comments: those are for who reads the source."""
    return b"\n".join(_bare(Path(place)) for place, _, _ in files)


def _bare(place: Path) -> bytes:
    bare_of = OURS.get(place.relative_to(FOLDER).parts[0])
    return bare_of(place.read_text(encoding="utf-8")).encode() if bare_of else place.read_bytes()
