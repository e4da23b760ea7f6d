"""The podcast of a course: its open films that may be taken along, with their words and steps."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from edu.models import Course, PageState, TrackKind
from edu.policy import NOBODY
from edu.services.coursing import outline
from edu.services.discovery import films, podcast
from edu.services.discovery.films import FilmFile, OpenFilm, Parts
from edu.services.discovery.podcast import TRANSCRIPT_TYPES, Channel, Episode, Transcript
from edu.web.canonical import absolute, mark_url
from edu.web.context import runtime
from edu.web.words import gettext as _

blueprint = Blueprint("feeds", __name__)
SPOKEN = (TrackKind.CAPTIONS, TrackKind.SUBTITLES)
TAGGED_SINCE = "2026"  # as in the feed of news: a day of a tag (RFC 4151) on which its host was ours


@blueprint.get("/courses/<course>/feed.xml")
def course_films(course: str) -> AnyResponse:
    """The films of a course as a podcast, those that may be taken along."""
    with runtime().db.reading() as session:
        found = outline.course_of(session, NOBODY, course)
        listed = films.of_course(session, found)
        parts = films.parts(session, listed)
    offered = [(film, parts[film.id], file) for film in listed if (file := parts[film.id].film)]
    episodes = [_episode(found, number, *each) for number, each in enumerate(offered, 1)]
    channel = Channel(
        title=found.title,
        description=_told(found.summary, found),
        language=found.language,
        author=runtime().settings.site_name,
        url=absolute(f"/courses/{found.slug}/feed.xml"),
        home_url=absolute(f"/courses/{found.slug}"),
        image_url=mark_url(),
        changed_at=max((film.changed_at for film, *_rest in offered), default=found.updated_at),
        episodes=episodes,
    )
    response = Response(podcast.document(channel), content_type="application/rss+xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(request)


def _episode(course: Course, number: int, film: OpenFilm, parts: Parts, file: FilmFile) -> Episode:
    page = absolute(film.url)
    host = urlsplit(page).hostname or "localhost"
    has_steps = any(words.kind is TrackKind.CHAPTERS for words in parts.words)
    return Episode(
        guid=f"tag:{host},{TAGGED_SINCE}:{film.url}",
        title=film.title,
        description=_told(film.description, course),
        page_url=page,
        file_url=absolute(film.file_url),
        file_type=file.content_type,
        length=file.bytes,
        seconds=round(film.duration_ms / 1000),
        number=number,
        published_at=film.published_at,
        image_url=absolute(film.poster_url) if parts.poster else "",
        transcripts=tuple(
            Transcript(
                f"{page}/{words.kind}/{words.language}.{ending}", kind, words.language, ending != "txt"
            )
            for words in parts.words
            if words.kind in SPOKEN
            for ending, kind in TRANSCRIPT_TYPES.items()
        ),
        chapters_url=f"{page}/chapters.json" if has_steps else "",
    )


def _told(words: str, course: Course) -> str:
    """What is said of a film or a course, with what has to be said wherever it stands by itself."""
    due = [_("This site teaches. It is not medical advice for you.")]
    if course.state is PageState.UNDER_CONSTRUCTION:
        due.insert(0, _("Under construction: not yet reviewed by a clinician."))
    return " ".join([words.strip(), *(sentence for sentence in due if sentence not in words)]).strip()
