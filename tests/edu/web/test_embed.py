"""Films on other sites: the page for frames, oEmbed, and files under lasting addresses; open films only."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from edu.models import Audience, Visibility
from edu.web.headers import CSP
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

HOME = "http://localhost"
FILES = ("poster.jpg", "film.mp4", "chapters.json")


def ask(client: ReviewingClient, path: str, more: str = "", host: str = HOME) -> tuple[int, bytes]:
    answer = client.get(f"/oembed?url={quote(host + path, safe='')}{more}")
    return answer.status_code, answer.data


def test_a_film_in_a_frame_needs_no_cookie_and_leads_back_to_its_lesson(
    client: ReviewingClient, site: Site
) -> None:
    answer = client.get("/embed/find?t=9")
    page = answer.get_data(as_text=True)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == CSP.replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    )
    assert f'href="{HOME}/courses/small/touch" target="_blank" rel="noopener"' in page
    assert "#t=9" in page
    assert "not yet reviewed by a clinician" in page
    assert "default>" in page, "captions are on"
    assert "autoplay" not in page
    assert "csrf" not in page


def test_no_other_page_may_be_framed(client: ReviewingClient, site: Site) -> None:
    for address in ("/", "/videos/find", "/oembed", "/videos/find/poster.jpg"):
        with client.get(address) as answer:
            assert "frame-ancestors *" not in answer.headers["Content-Security-Policy"], address
            assert answer.headers["X-Frame-Options"] == "DENY", address


@pytest.mark.parametrize("who", ["visitor", "professional", "administrator"])
def test_a_gated_film_is_a_sentence_in_a_frame_and_no_file_to_anybody(
    who: str,
    client: ReviewingClient,
    site: Site,
    person: Callable[[str], Person],
    declare: Callable[[ReviewingClient], None],
) -> None:
    site.change_video("V2", may_download=True)
    reader = person("administrator") if who == "administrator" else client
    if who == "professional":
        declare(client)

    answer = reader.get("/embed/needle")

    assert answer.status_code == 403
    assert b"for health professionals" in answer.data
    assert b'href="http://localhost/videos/needle"' in answer.data
    assert not any(words in answer.data for words in (b"GATED", b"Infiltrate", b"/media/"))
    for name in FILES:
        assert reader.get(f"/videos/needle/{name}").status_code == 404, name
    for path in ("/videos/needle", "/embed/needle", "/courses/small/needle"):
        status, body = ask(reader, path)
        assert status == 401, path
        assert b"Infiltrate" not in body


def test_what_is_a_draft_or_not_there_is_neither_framed_nor_told(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)

    for slug in ("find", "nowhere"):
        assert client.get(f"/embed/{slug}").status_code == 404
        assert ask(client, f"/videos/{slug}")[0] == 404
        assert [client.get(f"/videos/{slug}/{name}").status_code for name in FILES] == [404, 404, 404]


def test_oembed_tells_a_film_by_each_of_its_addresses(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", width=1280, height=720)

    for path in ("/videos/find", "/embed/find", "/courses/small/touch?t=9"):
        status, body = ask(client, path)
        told = json.loads(body)
        assert (status, told["version"], told["type"], told["title"]) == (200, "1.0", "video", "Find")
        assert (told["width"], told["height"]) == (640, 570)
        assert told["thumbnail_url"] == f"{HOME}/videos/find/poster.jpg"
        assert (told["thumbnail_width"], told["thumbnail_height"]) == (1280, 720)
        assert f'src="{HOME}/embed/find"' in told["html"]
        assert "autoplay" not in told["html"]


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ("&maxwidth=320", (320, 436)),
        ("&maxwidth=4000", (1920, 1290)),
        ("&maxheight=400", (337, 400)),
        ("&maxwidth=300&maxheight=100", (240, 100)),
        ("&maxwidth=-1&maxheight=x", (640, 570)),
    ],
)
def test_a_frame_is_never_larger_than_was_asked_for(
    client: ReviewingClient, site: Site, more: str, size: tuple[int, int]
) -> None:
    told = json.loads(ask(client, "/videos/find", more)[1])

    assert (told["width"], told["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in told["html"]


def test_oembed_speaks_xml_and_no_third_language(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", title="Find & <feel>")

    status, body = ask(client, "/videos/find", "&format=xml")

    root = ElementTree.fromstring(body)  # noqa: S314 (our own words)
    assert (status, root.tag, root.findtext("title")) == (200, "oembed", "Find & <feel>")
    assert 'title="Find &amp; &lt;feel&gt;"' in root.findtext("html", "")
    assert ask(client, "/videos/find", "&format=yaml")[0] == 501


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/videos/find", "http://elsewhere.example"),
        ("/videos/find", "javascript://localhost"),
        ("/videos/find", "http://[bad"),
        ("/courses/small/rest", HOME),
        ("/courses", HOME),
        ("", ""),
    ],
)
def test_oembed_knows_nothing_of_other_addresses(
    client: ReviewingClient, site: Site, path: str, host: str
) -> None:
    assert ask(client, path, host=host)[0] == 404


def test_the_picture_and_the_file_of_an_open_film_are_shown_on_any_site(
    client: ReviewingClient, site: Site
) -> None:
    with client.get("/videos/find/poster.jpg") as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
        assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert picture.data.startswith(b"OPEN poster.jpg")
    assert client.get("/videos/find/film.mp4").status_code == 404, "its makers do not give it away"
    site.change_video("V1", may_download=True)
    with client.get("/videos/find/film.mp4", headers={"Range": "bytes=0-3"}) as film:
        assert (film.status_code, film.mimetype, film.data) == (206, "video/mp4", b"OPEN")


def test_a_film_that_is_closed_is_closed_at_its_lasting_addresses_too(
    client: ReviewingClient, site: Site
) -> None:
    site.change_video("V1", audience=Audience.PRO)

    assert client.get("/videos/find/poster.jpg").status_code == 404
    assert client.get("/embed/find").status_code == 403
