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

from edu.web import bare, bundles
from edu.web.drawings import drawings

FOLDER = Path(__file__).parents[1] / "static"
blueprint = Blueprint("assets", __name__)
KEPT = "public, max-age=31536000, immutable"
TEXTS = {".css", ".js", ".mjs", ".json", ".map", ".svg", ".txt", ".webmanifest"}
Facts = tuple[str, int, int]  # path, bytes, nanoseconds of its last change
OURS = {"js": bare.script, "css": bare.sheet}
MOST_JOINED = 16
MOST_KEPT = 300  # texts in their compressed form, a few kilobytes each


def install(app: Flask) -> None:
    """Give templates `asset('css/site.css')`, `has_asset('vendor/…')` and `bundled('screening')`."""
    build = build_hash(FOLDER)
    app.config["BUILD"] = build
    app.jinja_env.globals["asset"] = lambda path: f"/static/{build}/{path}"
    app.jinja_env.globals["bundled"] = lambda name: f"/static/{build}.{name}/js/{bundles.entry(name)}"
    app.jinja_env.globals["drawings"] = drawings(FOLDER / "img/icons.svg")
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

    `css/site+parts.css` is those two sheets in one answer: a page needs a dozen of them. Behind the build may
    stand the name of a bundle of modules.
    """
    made, _, name = build.partition(".")
    room, _, module = path.partition("/")
    bundled = bundles.text(FOLDER / "js", name, module) if room == "js" else None
    if bundled is not None:
        response = _joined(bundled.encode())
    else:
        parts = _parts(path)
        response = _text(parts) if parts else send_from_directory(FOLDER, path)
    response.headers["Cache-Control"] = KEPT if made == current_app.config["BUILD"] else "no-cache"
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
    """The files as they are sent."""
    facts = tuple(map(facts_of, places))
    data = (compressed if _takes_gzip() else sent)(facts)
    newest, size = max(changed for _, _, changed in facts), sum(size for _, size, _ in facts)
    return _answer(
        data, mimetypes.guess_type(places[0])[0] or "application/octet-stream", f"{newest:x}-{size:x}"
    )


def _joined(data: bytes) -> Response:
    """A module that was made of others."""
    return _answer(
        packed(data) if _takes_gzip() else data, "text/javascript", hashlib.sha256(data).hexdigest()[:20]
    )


def _takes_gzip() -> bool:
    return bool(request.accept_encodings["gzip"])


def _answer(data: bytes, mimetype: str, tag: str) -> Response:
    """A text in the form that the browser takes, under a tag of that form."""
    is_packed = _takes_gzip()
    response = Response(data, mimetype=mimetype)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    # A strong tag names bytes, so each form has one of its own (RFC 9110 section 8.8.3.3).
    response.set_etag(f"{tag}{'-gzip' if is_packed else ''}")
    response.vary.add("Accept-Encoding")  # on both forms, or a shared cache would mix them up
    response.make_conditional(request)
    return response


@lru_cache(maxsize=MOST_KEPT)
def packed(data: bytes) -> bytes:
    """A text in gzip."""
    return gzip.compress(data, 9, mtime=0)


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
