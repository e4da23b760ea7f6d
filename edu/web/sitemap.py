"""The site map: one file, or a list of several on a large site."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import NotFound
from edu.services.discovery import places, sitemap
from edu.services.discovery.places import Place
from edu.web.canonical import absolute, alternates, base_url, texts
from edu.web.context import runtime

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/sitemap.xml")
def show() -> AnyResponse:
    """The pages that everybody may find, with the films on them; on a large site the list of such files."""
    parts = _parts()
    if len(parts) == 1:
        return _answer(_document(parts[0]))
    files = [
        (absolute(f"/sitemaps/{number}.xml"), sitemap.changed_at(part))
        for number, part in enumerate(parts, 1)
    ]
    return _answer(sitemap.index(files))


@blueprint.get("/sitemaps/<int:number>.xml")
def part(number: int) -> AnyResponse:
    """One file of the site map, counted from 1."""
    parts = _parts()
    if number > len(parts):
        raise NotFound("there is no such file")
    return _answer(_document(parts[number - 1]))


def _parts() -> list[tuple[Place, ...]]:
    with runtime().db.reading() as session:
        return sitemap.parts(places.everything(session, runtime().clock.now()))


def _document(part: tuple[Place, ...]) -> bytes:
    return sitemap.document(part, base_url(), _languages)


def _languages(place: Place) -> tuple[tuple[str, str], ...]:
    return texts(place.texts) or alternates(place.path, place.languages)


def _answer(document: bytes) -> AnyResponse:
    response = Response(document, content_type="application/xml; charset=utf-8")
    response.add_etag()
    return response.make_conditional(request)
