"""The head of a page: its lasting address, what programs that show links read, and schema.org's words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from edu.models import Audience, Course, Lesson, PageState
from edu.web import canonical
from edu.web.head import locale_of
from tests.edu.conftest import Site
from tests.edu.web.test_site_pages import write_pages
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

LESSON = "/courses/small/touch"
HOME = "http://localhost"


def text(client: ReviewingClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def graph(page: str) -> dict[str, dict[str, Any]]:
    """The nodes of a page by their kinds, the first of several."""
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(data) == 1
    told = json.loads(data[0])
    assert told["@context"] == "https://schema.org"
    return {kind: node for node in told["@graph"] for kind in [node["@type"]] if isinstance(kind, str)} | {
        kind: node for node in told["@graph"] if isinstance(node["@type"], list) for kind in node["@type"]
    }


def meta(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', page))


def test_the_lasting_address_leaves_out_what_one_reader_asked_for(
    client: ReviewingClient, site: Site
) -> None:
    for asked, kept in {
        f"{LESSON}?t=9&words=en&utm_source=mail": LESSON,
        "/courses/small?grade=C": "/courses/small",
        "/library?q=known&page=2&sort=title": "/library?page=2",
        "/glossary?lang=es": "/glossary",
        "/videos/find?fbclid=1": "/videos/find",
    }.items():
        page = text(client, asked)
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', page) == [HOME + kept], asked
        assert "noindex" not in page or asked.startswith("/library?q="), asked


@pytest.mark.parametrize(
    "address", ["/account/sign-in", "/search?q=x", "/nowhere", "/courses/small/nowhere", "/offline"]
)
def test_forms_results_and_what_is_not_there_are_not_to_be_listed(
    client: ReviewingClient, site: Site, address: str
) -> None:
    page = text(client, address)

    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "og:" not in page


def test_links_to_a_lesson_are_shown_with_the_picture_of_its_film(
    client: ReviewingClient, site: Site
) -> None:
    told = meta(text(client, LESSON))

    assert told["og:type"] == "article"
    assert (told["og:title"], told["og:url"]) == ("Touch", HOME + LESSON)
    assert told["og:image"] == f"{HOME}/videos/find/poster.jpg"
    assert (told["og:locale"], told["twitter:card"]) == ("en_GB", "summary_large_image")
    assert "og:video" not in told, "its makers do not give the film away"
    assert "After this lesson you can: describe a nodule" in told["og:description"]
    assert meta(text(client, "/courses/small"))["og:image"] == f"{HOME}/videos/find/poster.jpg"
    assert re.search(r"/static/\w+/img/icon-512.png$", meta(text(client, "/courses/small/rest"))["og:image"])


def test_a_film_is_told_with_its_steps_its_words_and_where_it_is_played(
    client: ReviewingClient, site: Site
) -> None:
    site.change_video("V1", may_download=True)

    nodes = graph(text(client, "/videos/find"))

    film = nodes["VideoObject"]
    for name in ("name", "description", "uploadDate", "thumbnailUrl"):
        assert film[name], name
    assert (film["duration"], film["transcript"]) == ("PT22S", "Ask first.")
    assert film["embedUrl"] == f"{HOME}/embed/find"
    assert film["contentUrl"] == f"{HOME}/videos/find/film.mp4"
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in film["hasPart"]] == [
        ("Ask first", 0, 9), ("Position", 9, 18),
    ]  # fmt: skip
    assert film["hasPart"][1]["url"] == f"{HOME}/videos/find?t=9#V1-c02"
    assert nodes["MedicalWebPage"]["creativeWorkStatus"] == "Under construction"
    assert [step["position"] for step in nodes["BreadcrumbList"]["itemListElement"]] == [1, 2]


def test_a_lesson_and_a_course_are_told_as_unreviewed_and_nothing_of_them_is_rated(
    client: ReviewingClient, site: Site
) -> None:
    pages = [text(client, address) for address in (LESSON, "/courses/small", "/videos/find")]
    lesson, course = graph(pages[0]), graph(pages[1])["Course"]

    assert lesson["LearningResource"] is lesson["MedicalWebPage"]
    assert lesson["LearningResource"]["teaches"] == ["describe a nodule"]
    assert lesson["LearningResource"]["video"]["@id"] == lesson["VideoObject"]["@id"]
    assert lesson["BreadcrumbList"]["itemListElement"][0]["item"] == f"{HOME}/courses/small"
    for name in ("name", "description", "provider", "hasCourseInstance", "offers"):
        assert course[name], name
    assert [part["name"] for part in course["hasPart"]] == ["Touch", "Rest"]
    for page in pages:
        assert "Under construction" in page
        assert not re.search(r"lastReviewed|reviewedBy|[rR]ating", page)


def test_a_recorded_review_is_told_with_its_day_and_its_signature(
    client: ReviewingClient, site: Site
) -> None:
    signed = {"reviewer": "Dr Grey", "reviewed_on": "2026-02-01", "due_on": "2027-02-01", "conflicts": "none"}
    with site.runtime.db.writing() as session:
        changes = {"details": {"review": signed}, "state": PageState.REVIEWED}
        session.execute(update(Lesson).where(Lesson.code == "L1.2").values(**changes))

    told = graph(text(client, "/courses/small/rest"))["MedicalWebPage"]

    assert (told["lastReviewed"], told["reviewedBy"]["name"]) == ("2026-02-01", "Dr Grey")
    assert told["creativeWorkStatus"] == "Reviewed"


def test_words_that_look_like_markup_do_not_end_the_data(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", title='</script><b title="x">', description="<!-- & -->")

    assert graph(text(client, "/videos/find"))["VideoObject"]["name"] == '</script><b title="x">'


def test_pages_around_the_course_say_what_they_are(client: ReviewingClient, site: Site) -> None:
    write_pages(site.folder)
    site.install()

    question = graph(text(client, "/questions/why"))["MedicalWebPage"]
    assert (question["name"], question["creativeWorkStatus"]) == ("Why?", "Under construction")
    assert "audience" not in graph(text(client, "/privacy"))["WebPage"]


def test_a_page_for_professionals_tells_programs_nothing_whoever_reads_it(
    client: ReviewingClient, site: Site, person: Any, declare: Any
) -> None:
    declare(client)

    for address in ("/courses/small/needle", "/videos/needle"):
        page = text(client, address)
        assert "GATED" in page
        assert '<meta name="robots" content="noindex">' in page
        assert not re.search(r"ld\+json|og:|oembed|poster\.jpg\"", page.partition("<body>")[0])


def test_an_open_lesson_tells_nothing_of_a_gated_film(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", audience=Audience.PRO)

    page = text(client, LESSON)

    assert "VideoObject" not in page
    assert "/videos/find" not in page.partition("<body>")[0]


def test_people_with_an_account_are_told_the_address_alone_and_it_costs_them_nothing(
    client: ReviewingClient, learner: Person, site: Site, statements: Counter
) -> None:
    client.get(LESSON)
    with statements() as sent:
        client.get(LESSON)

    page = text(learner, LESSON)

    assert f'rel="canonical" href="{HOME}{LESSON}"' in page
    assert not re.search(r"ld\+json|og:", page)
    assert len(sent) <= 8


def test_a_language_is_written_with_the_country_that_is_most_likely() -> None:
    wanted = {"en": "en_GB", "es": "es_ES", "fr": "fr_FR", "pt-BR": "pt_BR", "": "", "no such": ""}

    assert {language: locale_of(language) for language in wanted} == wanted


def test_a_page_in_several_languages_names_those_that_readers_can_choose(app: Flask, site: Site) -> None:
    assert canonical.offered(("en", "es", "de"), ("en", "es", "fr")) == ("en", "es")
    assert canonical.offered(("en", "es"), ("en",)) == ()
    with app.test_request_context("/about"):
        assert canonical.alternates("/about", ("en",)) == ()
        assert canonical.canonical(("en", "es")) == f"{HOME}/about"


def test_without_an_address_of_its_own_a_site_is_where_it_was_asked(app: Flask, with_settings: Any) -> None:
    settings = app.extensions["edu"].settings
    own = f"http://{settings.host}:{settings.port}"
    app.extensions["edu"] = with_settings(base_url=own)

    answer = app.test_client().get("/robots.txt", headers={"Host": "learn.example.org"})

    assert "Sitemap: http://learn.example.org/sitemap.xml" in answer.get_data(as_text=True)


def test_a_reviewed_course_claims_no_more_than_its_state(client: ReviewingClient, site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Course).values(state=PageState.REVIEWED))

    assert "creativeWorkStatus" not in graph(text(client, "/videos/find"))["MedicalWebPage"]
