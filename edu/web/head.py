"""What a page's head tells search engines and programs that show links: lasting address, picture, film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from babel.core import get_global, parse_locale
from flask import Blueprint, request

from edu.errors import GateClosed, NotFound
from edu.services.courses import CoursePage
from edu.services.discovery import films
from edu.services.discovery.films import OpenFilm
from edu.services.glossary import WordPage
from edu.services.lessons import LessonPage
from edu.services.videos import VideoPage
from edu.web import canonical, structured
from edu.web.context import runtime, viewer
from edu.web.language import chosen
from edu.web.page import Shown

blueprint = Blueprint("head", __name__)
# The pages that are to be found. All others, such as forms, results and whatever has a secret address, ask
# search engines not to list them.
ROOMS = {
    "home": "index",
    "course": "index show path news state",
    "lesson": "show",
    "video": "index show",
    "quiz": "show",
    "checklist": "index show",
    "review": "show",
    "library": "index by_year show",
    "glossary": "index show",
    "open_question": "index show",
    "story": "index show",
    "news": "index show",
    "contributor": "index show",
    "about": "show terms terms_version privacy accessibility",
    "contact": "show",
    "correction": "index show",
    "gate": "show",
}
FOUND = frozenset(f"{room}.{name}" for room, names in ROOMS.items() for name in names.split())
BRITISH = {"en": "GB"}  # as our English is spelt
OEMBED = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of a page; addresses are absolute, and without a film `picture` is the site's mark.

    `alternates` are its languages with their addresses, `embeds` and `feeds` kinds with theirs.
    """

    url: str
    alternates: tuple[tuple[str, str], ...]
    locale: str
    kind: str = "website"
    picture: str = ""
    film: OpenFilm | None = None
    film_url: str = ""
    embeds: tuple[tuple[str, str], ...] = ()
    feed_url: str = ""
    data: dict[str, Any] | None = None


@blueprint.app_template_global("head_of")
def head_of(page: object = None) -> Head | None:
    """The head of this page, which its template has as `page`; None for what is not to be found.

    People who are signed in are no search engine: of their pages no more than the address is told.
    """
    if request.endpoint not in FOUND or request.method not in ("GET", "HEAD") or _is_closed(page):
        return None
    languages = page.view.languages if isinstance(page, Shown) else ()
    url = canonical.canonical(languages)
    alternates = canonical.alternates(request.path, languages)
    if isinstance(page, LessonPage):
        url, alternates = canonical.absolute(page.url), canonical.texts(page.texts)
    locale = locale_of(_language(page))
    if viewer().user_id is not None:
        return Head(url, alternates, locale)
    film = _film(page)
    return Head(
        url=url,
        alternates=alternates,
        locale=locale,
        kind=_kind(page),
        picture=_picture(page, film),
        film=film,
        film_url=canonical.absolute(film.file_url) if film and film.may_download else "",
        embeds=_embeds(canonical.absolute(page.path) if isinstance(page, LessonPage) else url)
        if film
        else (),
        feed_url=f"{url}/feed.xml" if isinstance(page, CoursePage) and page.videos else "",
        data=structured.of(page, url, film, runtime().settings.site_name),
    )


def locale_of(language: str) -> str:
    """A language as Open Graph writes it, with the country that is most likely: `es_ES`; "" for none."""
    try:
        spoken, country, *_rest = parse_locale(language, sep="-")
        likely = get_global("likely_subtags").get(spoken, "")
        country = country or BRITISH.get(spoken) or parse_locale(likely)[1]
    except ValueError:
        return ""
    return f"{spoken}_{country}" if country else ""


def _is_closed(page: object) -> bool:
    """Whether the page is for professionals, or a draft that its makers see."""
    if isinstance(page, VideoPage):
        return page.is_gated or not page.is_published
    return isinstance(page, LessonPage) and (page.is_gated or page.state == "draft")


def _language(page: object) -> str:
    if isinstance(page, LessonPage | CoursePage | VideoPage):
        return page.language
    if isinstance(page, Shown):
        return page.link.language
    return page.word.language if isinstance(page, WordPage) else chosen()


def _kind(page: object) -> str:
    if isinstance(page, VideoPage):
        return "video.other"
    return "article" if isinstance(page, LessonPage | Shown) else "website"


def _picture(page: object, film: OpenFilm | None) -> str:
    """The still picture of the film, or of a course's first one; the site's mark where there is none."""
    if (
        film
        and isinstance(page, LessonPage | VideoPage)
        and page.screening
        and page.screening.player.poster_url
    ):
        return canonical.absolute(film.poster_url)
    listed = page.videos if isinstance(page, CoursePage) else ()
    shown = next((link for link in listed if link.poster_url and not link.is_gated), None)
    return canonical.absolute(f"{shown.url}/poster.jpg") if shown else canonical.mark_url()


def _film(page: object) -> OpenFilm | None:
    """The open film on the page; one statement."""
    shown = page.screening if isinstance(page, LessonPage | VideoPage) else None
    if shown is None:
        return None
    with runtime().db.reading() as session:
        try:
            return films.named(session, shown.player.slug)
        except (NotFound, GateClosed):
            return None  # it was closed while this page was made


def _embeds(url: str) -> tuple[tuple[str, str], ...]:
    asked = (urlencode({"url": url, "format": name}) for name in OEMBED)
    return tuple(zip(OEMBED.values(), (canonical.absolute(f"/oembed?{each}") for each in asked), strict=True))
