"""oEmbed 1.0 (oembed.com): how another site shows a film of ours, told as JSON or XML."""

from __future__ import annotations

import json
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import GateClosed, NotFound
from edu.policy import NOBODY
from edu.services import lessons
from edu.services.delivery import Addresses
from edu.services.discovery import films
from edu.services.discovery.films import OpenFilm, Parts
from edu.services.discovery.nodes import add, written
from edu.web.addresses import signer
from edu.web.canonical import absolute, base_url
from edu.web.context import runtime
from edu.web.words import gettext as _

blueprint = Blueprint("oembed", __name__)
USUAL_WIDTH, LEAST_WIDTH, MOST_WIDTH = 640, 240, 1920  # pixels
NARROW = 480  # pixels; below them the words under the film stand one under the other (css/embed.css)
BELOW, BELOW_NARROW = 210, 256  # pixels that buttons and words take below the picture
WIDE, HIGH = 16, 9  # of the stage, whatever the film's own shape
KEPT_SECONDS = 86_400
TYPES = {"json": "application/json", "xml": "text/xml"}
Facts = dict[str, str | int]


@blueprint.get("/oembed")
def show() -> AnyResponse:
    """How to show the film of an address of ours: of a film, a lesson with one, or the page for frames."""
    wanted = request.args.get("format", "json")
    if wanted not in TYPES:
        abort(501)
    try:
        film, parts = _film(_path(request.args.get("url", "")))
    except GateClosed:
        sentence = _("This film is for health professionals and is not shown elsewhere.")
        return make_response(jsonify(code=GateClosed.code, detail=sentence), 401)  # oEmbed, section 2.3.4.2
    facts = _facts(film, parts.poster is not None)
    document = json.dumps(facts, ensure_ascii=False) if wanted == "json" else _xml(facts)
    response = Response(document, content_type=f"{TYPES[wanted]}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _path(url: str) -> list[str]:
    """The parts of the path of an address of this site; NotFound for any other."""
    try:
        asked, own = urlsplit(url), urlsplit(base_url())
    except ValueError as error:
        raise NotFound("this is no address of this site") from error
    if asked.scheme not in ("http", "https") or asked.netloc.lower() != own.netloc.lower():
        raise NotFound("this is no address of this site")
    return asked.path.strip("/").split("/")


def _film(path: list[str]) -> tuple[OpenFilm, Parts]:
    """The open film that is shown there; NotFound, or GateClosed for what is for professionals."""
    with runtime().db.reading() as session:
        film = films.named(session, _slug(session, path))
        return film, films.parts(session, [film])[film.id]


def _slug(session: Session, path: list[str]) -> str:
    match path:
        case ["videos" | "embed", slug]:
            return slug
        case ["courses", course, lesson]:
            readers = Addresses(signer(), "", runtime().clock.now())
            page = lessons.page(session, NOBODY, course, lesson, readers)
            if page.screening:
                return page.screening.player.slug
    raise NotFound("no film is shown at that address")


def _size() -> tuple[int, int]:
    """Width and height of the frame, never more than was asked for; what does not fit into it scrolls."""
    width = min(_number("maxwidth") or USUAL_WIDTH, MOST_WIDTH)
    highest = _number("maxheight") or _height(width)
    if highest < _height(width):
        room = highest - (BELOW_NARROW if width < NARROW else BELOW)
        width = min(width, max(room * WIDE // HIGH, LEAST_WIDTH))
    return width, min(_height(width), highest)


def _height(width: int) -> int:
    return -(-width * HIGH // WIDE) + (BELOW_NARROW if width < NARROW else BELOW)


def _number(name: str) -> int:
    """A number of pixels that was asked for; 0 for none, or for what is no number."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _facts(film: OpenFilm, has_poster: bool) -> Facts:
    width, height = _size()
    frame = {"url": absolute(film.embed_url), "title": film.title, "width": width, "height": height}
    return {
        "version": "1.0",
        "type": "video",
        "title": film.title,
        "provider_name": runtime().settings.site_name,
        "provider_url": absolute("/"),
        "cache_age": KEPT_SECONDS,
        "width": width,
        "height": height,
        **(_thumbnail(film) if has_poster else {}),
        "html": render_template("embed/_frame.html", frame=frame).strip(),
    }


def _thumbnail(film: OpenFilm) -> Facts:
    """The three belong together (section 2.3.4): without its size a picture is not named."""
    width, height = film.poster_size
    if not width:
        return {}
    address = absolute(film.poster_url)
    return {"thumbnail_url": address, "thumbnail_width": width, "thumbnail_height": height}


def _xml(facts: Facts) -> bytes:
    root = Element("oembed")
    for name, value in facts.items():
        add(root, name, str(value))
    return written(root)
