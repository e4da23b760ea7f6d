"""Site map, podcast, robots.txt and security.txt as search engines and programs fetch them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

from sqlalchemy import update

from edu.models import Course, PageState
from edu.services.discovery.sitemap import MAP
from tests.edu.conftest import BEGINNING, Site
from tests.reviewer import ReviewingClient

HOME = "http://localhost"


def tree(client: ReviewingClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.data)  # noqa: S314 (our own words)


def test_every_address_of_the_site_map_is_a_page_of_that_lasting_address(
    client: ReviewingClient, site: Site
) -> None:
    root = tree(client, "/sitemap.xml")

    found = [node.text or "" for node in root.iter(f"{{{MAP}}}loc")]
    assert len(found) == len(set(found)) > 10
    for address in found:
        answer = client.get(address.removeprefix(HOME))
        assert answer.status_code == 200, address
        assert f'rel="canonical" href="{address}"' in answer.get_data(as_text=True), address
    again = client.get("/sitemap.xml", headers={"If-None-Match": client.get("/sitemap.xml").headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/sitemaps/1.xml").status_code == 200
    assert client.get("/sitemaps/2.xml").status_code == 404
    assert f"Sitemap: {HOME}/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


def test_a_podcast_has_the_open_films_that_may_be_taken_along(client: ReviewingClient, site: Site) -> None:
    assert tree(client, "/courses/small/feed.xml").findall("channel/item") == []
    for code in ("V1", "V2"):
        site.change_video(code, may_download=True)

    items = tree(client, "/courses/small/feed.xml").findall("channel/item")

    assert [item.findtext("title") for item in items] == ["Find"]
    file = items[0].find("enclosure")
    assert file is not None
    assert "not yet reviewed by a clinician" in items[0].findtext("description", "")
    assert "not medical advice" in items[0].findtext("description", "")
    with client.get(file.attrib["url"].removeprefix(HOME)) as film:
        assert (str(len(film.data)), film.mimetype) == (file.get("length"), file.get("type"))
    for node in items[0]:
        if "url" in node.attrib and node is not file:
            answer = client.get(node.attrib["url"].removeprefix(HOME))
            assert (answer.status_code, answer.mimetype) == (200, node.attrib["type"]), node.attrib
    steps = json.loads(client.get("/videos/find/chapters.json").data)["chapters"]
    assert [(step["title"], step["startTime"]) for step in steps] == [("Ask first", 0), ("Position", 9)]
    assert f'href="{HOME}/courses/small/feed.xml"' in client.get("/courses/small").get_data(as_text=True)


def test_a_course_that_is_a_draft_has_no_podcast(client: ReviewingClient, site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Course).values(state=PageState.DRAFT))

    assert client.get("/courses/small/feed.xml").status_code == 404
    assert client.get("/courses/nowhere/feed.xml").status_code == 404


def test_security_txt_says_where_to_write_and_holds_for_less_than_a_year(client: ReviewingClient) -> None:
    answer = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.get_data(as_text=True).splitlines())
    assert answer.content_type == "text/plain; charset=utf-8"
    assert fields["Contact"] == f"{HOME}/contact"
    assert fields["Canonical"] == f"{HOME}/.well-known/security.txt"
    assert "en" in fields["Preferred-Languages"].split(", ")
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - BEGINNING < timedelta(days=365)
