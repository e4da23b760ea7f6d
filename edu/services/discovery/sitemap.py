"""The site map (sitemaps.org 0.9) with films (Google's video extension 1.1) and languages (xhtml:link)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element

from edu.services.discovery.films import OpenFilm
from edu.services.discovery.nodes import add, w3c_time, written
from edu.services.discovery.places import Place

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
MOST = 10_000
"""Addresses in one file: of the 50 000 that are allowed so many stay below its 50 MB with films."""
LONGEST_TITLE, LONGEST_DESCRIPTION = 100, 2048  # characters, as the extension allows
LONGEST_SECONDS = 28_800
Alternates = Callable[[Place], Sequence[tuple[str, str]]]


def parts(places: Sequence[Place], most: int = MOST) -> list[tuple[Place, ...]]:
    """The places by files; there is one file at least."""
    return [tuple(places[start : start + most]) for start in range(0, len(places), most)] or [()]


def index(addresses: Sequence[tuple[str, datetime | None]]) -> bytes:
    """The list of the files of a large site: their absolute addresses, with when each last changed."""
    root = Element("sitemapindex", {"xmlns": MAP})
    for address, changed_at in addresses:
        node = add(root, "sitemap")
        add(node, "loc", address)
        if changed_at:
            add(node, "lastmod", w3c_time(changed_at))
    return written(root)


def document(places: Sequence[Place], base_url: str, alternates: Alternates) -> bytes:
    """A file of places; `alternates` gives the languages of one, each with its absolute address."""
    root = Element("urlset", {"xmlns": MAP, "xmlns:video": VIDEO, "xmlns:xhtml": XHTML})
    for place in places:
        node = add(root, "url")
        add(node, "loc", f"{base_url}{quote(place.path)}")
        if place.changed_at:
            add(node, "lastmod", w3c_time(place.changed_at))
        for language, address in alternates(place):
            add(node, "xhtml:link", rel="alternate", hreflang=language, href=address)
        if place.film:
            _film(node, place.film, base_url)
    return written(root)


def changed_at(places: Sequence[Place]) -> datetime | None:
    """When the newest of them changed."""
    return max((place.changed_at for place in places if place.changed_at), default=None)


def _film(node: Element, film: OpenFilm, base_url: str) -> None:
    """What the extension asks for, in its order; the file itself only where it may leave the site."""
    seconds = min(max(1, round(film.duration_ms / 1000)), LONGEST_SECONDS)
    facts = {
        "thumbnail_loc": f"{base_url}{film.poster_url}",
        "title": film.title[:LONGEST_TITLE],
        "description": (film.description or film.title)[:LONGEST_DESCRIPTION],
        "content_loc": f"{base_url}{film.file_url}" if film.may_download else "",
        "player_loc": f"{base_url}{film.embed_url}",
        "duration": str(seconds),
        "publication_date": w3c_time(film.published_at),
        "family_friendly": "yes",
        "requires_subscription": "no",
        "live": "no",
    }
    video = add(node, "video:video")
    for name, value in facts.items():
        if value:
            add(video, f"video:{name}", value)
