"""The site map's XML against the fields that sitemaps.org and Google's video extension document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from edu.services.discovery import sitemap
from edu.services.discovery.films import OpenFilm
from edu.services.discovery.places import Place

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FILM = OpenFilm(
    id=1, slug="find", title="Find & feel\x01", description="", language="en", duration_ms=93_600, width=1920,
    height=1080, version="v1", licence="", may_download=False, published_at=NOW, changed_at=NOW,
)  # fmt: skip
SPACES = {"s": sitemap.MAP, "v": sitemap.VIDEO, "x": sitemap.XHTML}
HOME = "https://learn.example.org"


def document(*places: Place, languages: tuple[tuple[str, str], ...] = ()) -> ElementTree.Element:
    written = sitemap.document(places, HOME, lambda place: languages)
    return ElementTree.fromstring(written)  # noqa: S314 (our own words)


def test_a_page_has_its_address_its_time_and_its_languages() -> None:
    ways = (("en", f"{HOME}/about?lang=en"), ("x-default", f"{HOME}/about"))

    root = document(Place("/library/a é&b", NOW), Place("/contact"), languages=ways)

    first, second = root.findall("s:url", SPACES)
    assert root.tag == f"{{{sitemap.MAP}}}urlset"
    assert first.findtext("s:loc", "", SPACES) == f"{HOME}/library/a%20%C3%A9%26b"
    assert first.findtext("s:lastmod", "", SPACES) == "2026-03-02T09:30:00Z"
    assert second.find("s:lastmod", SPACES) is None
    links = [(link.get("hreflang"), link.get("href")) for link in first.findall("x:link", SPACES)]
    assert links == list(ways)


def test_a_film_has_what_the_extension_asks_for_and_its_file_only_where_it_may_leave() -> None:
    root = document(Place(FILM.url, film=FILM), Place("/b", film=replace(FILM, may_download=True)))

    plain, free = root.findall("s:url/v:video", SPACES)
    told = {node.tag.partition("}")[2]: node.text for node in plain}
    assert told == {
        "thumbnail_loc": f"{HOME}/videos/find/poster.jpg",
        "title": "Find & feel",
        "description": "Find & feel",
        "player_loc": f"{HOME}/embed/find",
        "duration": "94",
        "publication_date": "2026-03-02T09:30:00Z",
        "family_friendly": "yes",
        "requires_subscription": "no",
        "live": "no",
    }
    assert free.findtext("v:content_loc", "", SPACES) == f"{HOME}/videos/find/film.mp4"


def test_a_large_site_is_told_in_several_files_with_a_list_of_them() -> None:
    places = [Place(f"/{number}", NOW if number == 4 else None) for number in range(5)]

    files = sitemap.parts(places, most=2)
    index = sitemap.index([(f"{HOME}/{n}", sitemap.changed_at(part)) for n, part in enumerate(files)])

    assert [len(part) for part in files] == [2, 2, 1]
    assert sitemap.parts([]) == [()]
    nodes = ElementTree.fromstring(index).findall("s:sitemap", SPACES)  # noqa: S314 (our own words)
    assert [node.findtext("s:loc", "", SPACES) for node in nodes] == [f"{HOME}/{n}" for n in range(3)]
    assert [node.findtext("s:lastmod", "", SPACES) for node in nodes] == ["", "", "2026-03-02T09:30:00Z"]
    assert sitemap.MOST <= 50_000


def test_a_still_picture_is_as_large_as_it_is_made() -> None:
    assert FILM.poster_size == (1280, 720)
    assert replace(FILM, width=640, height=360).poster_size == (640, 360)
    assert replace(FILM, width=1080, height=1920).poster_size == (720, 1280)
    assert replace(FILM, width=0, height=0).poster_size == (0, 0)
