"""Files of open films under lasting addresses, for other sites, feeds and search engines."""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

import captions
from captions import chapters
from edu.errors import GateClosed, NotFound
from edu.models import TrackKind
from edu.services import players
from edu.services.discovery import films, podcast
from edu.services.discovery.films import FilmFile, OpenFilm
from edu.services.texts import tracks
from edu.web import media
from edu.web.addresses import signer
from edu.web.canonical import absolute
from edu.web.context import runtime

blueprint = Blueprint("open_film", __name__, url_prefix="/videos")
EVERYWHERE = "cross-origin"


@blueprint.get("/<slug>/poster.jpg")
def poster(slug: str) -> AnyResponse:
    """The still picture of an open film, whichever is chosen now."""
    film, parts = _film(slug)
    return _send(film, parts.poster)


@blueprint.get("/<slug>/film.mp4")
def file(slug: str) -> AnyResponse:
    """An open film as a file, where its makers let people take it along."""
    film, parts = _film(slug)
    return _send(film, parts.film)


@blueprint.get("/<slug>/chapters.json")
def steps(slug: str) -> AnyResponse:
    """The steps of an open film as podcast programs read them."""
    with runtime().db.reading() as session:
        film = _open(session, slug)
        found = players.best(tracks.of_video(session, film.id), (TrackKind.CHAPTERS,), film.language)
    if found is None:
        raise NotFound("there are no steps")
    listed = chapters.of(captions.read(found.document.encode(), format="vtt"))
    document = podcast.chapters_json(listed, absolute(film.url), film.title)
    response = Response(document, content_type=podcast.CHAPTERS_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    return response.make_conditional(request)


def _film(slug: str) -> tuple[OpenFilm, films.Parts]:
    with runtime().db.reading() as session:
        film = _open(session, slug)
        return film, films.parts(session, [film])[film.id]


def _open(session: Session, slug: str) -> OpenFilm:
    """The film; one for professionals is not there, whoever asks: no program is led to the gate."""
    try:
        return films.named(session, slug)
    except GateClosed as error:
        raise NotFound("there is no such film") from error


def _send(film: OpenFilm, found: FilmFile | None) -> AnyResponse:
    """The file as the media route sends it, which decides once more, to be shown on other sites too."""
    if found is None:
        raise NotFound("there is no such file")
    response = media.file(signer().public(film.id), film.version, found.name)
    response.headers["Cross-Origin-Resource-Policy"] = EVERYWHERE
    return response
