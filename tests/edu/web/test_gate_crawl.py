"""The professional gate, crawled as a patient: no page, file or answer gives out what is behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from edu.app import create_app
from edu.clock import FixedClock
from edu.models import Audience, Lesson
from edu.runtime import Runtime
from edu.services.delivery import LIFE
from edu.web.context import VISITOR
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

both = pytest.mark.each_database  # what is refused is refused by every database
MOST_PAGES = 400
LANGUAGE = re.compile(r"[?&]lang=")  # the same page in other words of the interface
LINK = re.compile(r'(?:href|src|action|data-[a-z-]+|poster)="(/[^"]*)"')
Declare = Callable[[ReviewingClient], None]
# What search engines, feeds and other sites ask for, of the gated film too.
TOLD = (
    *("/sitemap.xml", "/courses/small/feed.xml", "/embed/find", "/embed/needle"),
    *(f"/videos/needle/{name}" for name in ("poster.jpg", "film.mp4", "chapters.json")),
    *(f"/oembed?url=http://localhost{path}" for path in ("/videos/needle", "/courses/small/needle")),
)
GATED_PAGES = ("/courses/small/needle", "/videos/needle", "/quizzes/inject")


def crawl(client: ReviewingClient) -> dict[str, bytes]:
    """What every address gives that can be reached from the front page by following links."""
    found: dict[str, bytes] = {}
    waiting = ["/", "/robots.txt", *TOLD, *GATED_PAGES]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith("/static/") or LANGUAGE.search(address):
            continue
        assert len(found) < MOST_PAGES, "the crawl does not end"
        answer = client.get(address)
        found[address] = answer.data
        assert answer.status_code < 500, address
        assert answer.status_code != 422, f"a link leads to a form that refuses it: {address}"
        if answer.location:
            waiting.append(urlsplit(answer.location).path)
        if answer.mimetype == "text/html":
            text = answer.get_data(as_text=True)
            waiting += [link.partition("#")[0].replace("&amp;", "&") for link in LINK.findall(text)]
    return found


def gated(found: dict[str, bytes]) -> list[str]:
    return [address for address, data in found.items() if b"GATED" in data]


def film_on(client: ReviewingClient) -> str:
    """The address of the gated film as its page shows it to this reader."""
    page = client.get("/videos/needle").get_data(as_text=True)
    return next(link for link in LINK.findall(page) if link.endswith("/720.mp4"))


@both
def test_a_patient_who_follows_every_link_sees_nothing_of_it(client: ReviewingClient, site: Site) -> None:
    found = crawl(client)

    assert gated(found) == []
    assert any(b"OPEN" in data for data in found.values()), "the crawl must have come to films at all"
    assert {"/courses/small", "/courses/small/touch", "/videos", "/videos/find", "/quizzes/first"} <= set(
        found
    )


@both
def test_a_learner_without_a_declaration_sees_nothing_of_it(learner: Person, site: Site) -> None:
    assert gated(crawl(learner)) == []


@pytest.mark.parametrize("who", ["professional", "instructor", "administrator"])
def test_those_it_is_for_find_everything(
    who: str, client: ReviewingClient, site: Site, declare: Declare, person: Callable[[str], Person]
) -> None:
    if who == "professional":
        declare(client)
    reader = client if who == "professional" else person(who)

    found = gated(crawl(reader))

    assert {"/courses/small/needle", "/videos/needle", "/quizzes/inject"} <= set(found)
    names = {address.rpartition("/")[2] for address in found if address.startswith("/media/")}
    assert {"720.mp4", "poster.jpg", "captions.en.1.vtt", "chapters.en.1.vtt", "storyboard.vtt"} <= names


@both
@pytest.mark.parametrize("address", GATED_PAGES)
def test_a_gated_page_leads_to_the_declaration_and_after_it_back(
    client: ReviewingClient, site: Site, declare: Declare, address: str
) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.location) == (303, f"/professionals?next={quote(address)}")
    declare(client)
    assert client.get(address).status_code == 200


@both
@pytest.mark.parametrize("address", [*GATED_PAGES, "/videos/needle/state"])
def test_a_program_is_told_in_its_own_words(client: ReviewingClient, site: Site, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.json is not None
    assert answer.json["code"] == "gate_closed"


@both
def test_an_attempt_cannot_be_begun_without_a_declaration(client: ReviewingClient, site: Site) -> None:
    answer = client.submit("/quizzes/inject/attempts")

    assert answer.status_code == 403
    assert b"GATED" not in answer.data


@both
@pytest.mark.parametrize("kind", ["visitor", "learner"])
def test_no_file_of_the_gated_film_is_given_out_whatever_the_token(
    kind: str, client: ReviewingClient, site: Site, learner: Person
) -> None:
    reader = client if kind == "visitor" else learner
    with reader.session_transaction() as cookie:
        cookie[VISITOR] = "mine"
        mine = str(cookie.get("login") or cookie[VISITOR])
    own = site.private("V2", mine)
    mark, until, sign = own.rpartition("/")[2].split(".")
    tokens = {
        "its own": own,
        "the lasting one it would have": f"/media/{site.signer.public(site.video('V2').id)}",
        "of another video": site.public("V1"),
        "of another reader": site.private("V2", "somebody else"),
        "with another time": f"/media/{mark}.{int(until) + 3600}.{sign}",
        "cut": own[:-1],
        "none": "/media/",
        "of another video, changed": site.public("V1").replace("p", "s", 1),
    }

    for name in site.files("V2"):
        for words, token in tokens.items():
            answer = reader.get(f"{token}/{name}")
            assert b"GATED" not in answer.data, (words, name)
            if words != "of another video" or not name.startswith("tracks/"):  # it has tracks of that name
                assert answer.status_code in (403, 404), (words, name)


def paths(site: Site) -> list[str]:
    """Ways to write the gated film's place below a token of the open video."""
    video = site.video("V2")
    below = "vV2/720.mp4"
    key = f"videos/{video.id}/{below}"
    places = [f"../{video.id}/{below}", f"../../{key}", f"../../../{key}", below, key]
    places.append(f"vV1/../../{video.id}/{below}")
    written = []
    for place in places:
        written += [place, quote(place, safe=""), place.replace("/", "%2F"), place.replace("..", "%2e%2e")]
        written += [
            place.replace("/", "//"),
            place.replace("/", "\\"),
            place.replace("/", "%5c"),
            f"/{place}",
        ]
        written += [place.replace("..", "%252e%252e"), f"{place}%00", f"vV1/{place}", f"vV1/720.mp4/{place}"]
    return written


@both
def test_no_way_to_write_a_path_leads_from_an_open_film_to_the_gated_one(
    client: ReviewingClient, site: Site
) -> None:
    token = site.public("V1")

    for path in paths(site):
        answer = client.get(f"{token}/{path}")
        assert answer.status_code in (301, 308, 403, 404), path
        assert b"GATED" not in answer.data, path


@both
def test_behind_nginx_no_such_path_names_the_gated_file(
    site: Site, with_settings: Callable[..., Runtime]
) -> None:
    app = create_app(with_settings(x_accel="/_objects/"))
    client = ReviewingClient(app, app.response_class)

    for path in paths(site):
        answer = client.get(f"{site.public('V1')}/{path}")
        assert "X-Accel-Redirect" not in answer.headers, path


@both
def test_withdrawing_the_declaration_closes_every_file_at_once(
    client: ReviewingClient, site: Site, declare: Declare
) -> None:
    declare(client)
    film = film_on(client)
    assert client.get(film).status_code == 200

    client.submit("/professionals/withdraw")

    assert client.get(film).status_code == 403
    assert client.get("/courses/small/needle").status_code == 303
    assert gated(crawl(client)) == []


@both
def test_the_address_of_one_professional_is_no_good_to_another(
    app: Flask, client: ReviewingClient, site: Site, declare: Declare
) -> None:
    other = ReviewingClient(app, app.response_class)
    declare(client)
    declare(other)

    assert other.get(film_on(client)).status_code == 404
    assert other.get(film_on(other)).status_code == 200


@both
def test_the_address_of_a_gated_film_ends(
    client: ReviewingClient, site: Site, declare: Declare, clock: FixedClock
) -> None:
    declare(client)
    film = film_on(client)

    clock.advance(LIFE + timedelta(minutes=1))

    assert client.get(film).status_code == 404
    assert client.get(film_on(client)).status_code == 200


@both
def test_gated_files_are_kept_by_no_shared_cache(
    client: ReviewingClient, site: Site, declare: Declare
) -> None:
    declare(client)

    assert client.get(film_on(client)).headers["Cache-Control"] == "private, max-age=600"


@both
def test_a_lesson_of_a_gated_module_is_gated_though_it_does_not_say_so_itself(
    client: ReviewingClient, site: Site
) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).values(audience=Audience.OPEN))

    assert client.get("/courses/small/needle").status_code == 303


@both
def test_an_open_lesson_does_not_play_a_gated_film(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", audience=Audience.PRO)

    page = client.get("/courses/small/touch")

    assert page.status_code == 200
    assert b"/media/" not in page.data
    assert b"<video" not in page.data
    assert b"Ask first" not in page.data
