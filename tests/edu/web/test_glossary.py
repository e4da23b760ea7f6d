"""The glossary's pages, and words of lessons that lead there."""

from __future__ import annotations

import pytest

from tests.edu.conftest import Site
from tests.edu.terms_file import TERMS
from tests.messaging import add_corrections
from tests.reviewer import ReviewingClient
from tests.statements import Counter

PLACES = {
    "/glossary/Lipome%20%C3%89pi-sacro-iliaque": "/glossary/nodule?asked=lipome-epi-sacro-iliaque",
    "/glossary/NODULES": "/glossary/nodule",
    "/names": "/glossary/nodule#names",
}


@pytest.fixture
def named(site: Site) -> Site:
    """The site with a glossary."""
    site.folder.write("terms.toml", TERMS)
    site.install()
    return site


def text(client: ReviewingClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_the_list_shows_words_names_and_what_is_looked_for(client: ReviewingClient, named: Site) -> None:
    page = text(client, "/glossary")

    assert "not yet been reviewed by a clinician" in page
    assert '<a href="/glossary/nodule" lang="en">nodule</a>' in page
    assert 'href="/glossary/nodule?asked=lipome-epi-sacro-iliaque" lang="fr">' in page
    assert "palpating" not in page, "a word for the caption checks alone has no page"
    assert "see nodule" not in text(client, "/glossary?language=fr").partition("Muskel")[2]
    assert "Also called lipome épi-sacro-iliaque" in text(client, "/glossary?q=Lipome+EPI")
    assert "No word is called so" in text(client, "/glossary?q=%3Cx%3E")


def test_every_name_is_an_address_of_the_one_page_and_others_are_not_found(
    client: ReviewingClient, named: Site
) -> None:
    for asked, place in PLACES.items():
        answer = client.get(asked)
        assert (answer.status_code in (301, 302), answer.location) == (True, place), asked

    for asked in ("/glossary/unknown", "/glossary/palpating", "/glossary/%3F"):
        assert client.get(asked).status_code == 404, asked


def test_a_page_says_what_one_asked_for_and_what_that_name_stands_for(
    client: ReviewingClient, named: Site
) -> None:
    page = text(client, "/glossary/nodule?asked=muskelhaerte")

    assert "You asked for “Muskelhärte”" in page
    assert page.index('href="/seek-care"') < page.index("You asked for")
    assert "whether it means the same is open" in page
    assert 'href="/library/known2001"' in page
    assert '<a class="term" href="/glossary/touch"' in page
    assert "You asked" not in text(client, "/glossary/nodule?asked=%3Cscript%3E")


def test_a_page_names_its_public_corrections_in_no_further_statement(
    client: ReviewingClient, named: Site, statements: Counter
) -> None:
    text(client, "/glossary/touch")
    with statements() as before:
        assert "Corrected after a report" not in text(client, "/glossary/nodule")
    shown, kept = add_corrections(named.runtime, "/glossary/nodule")

    with statements() as seen:
        page = text(client, "/glossary/nodule")

    assert "Corrected after a report" in page
    assert f'href="/corrections/{shown}"' in page
    assert f'href="/corrections/{kept}"' not in page
    assert "Corrected after a report" not in text(client, "/glossary/touch")
    assert len(seen) == len(before) <= 7, seen


def test_words_of_a_lesson_and_of_its_film_lead_there(client: ReviewingClient, named: Site) -> None:
    named.folder.change("videos/find.captions.en.vtt", "Ask first.", "Ask about the lump.")
    named.install()
    page = text(client, "/courses/small/touch")

    assert page.count('<a class="term" href="/glossary/touch"') == 1
    assert "edu-terms" in page
    assert "1 word explained" in page


def test_a_site_without_terms_says_so_and_loads_nothing_for_them(client: ReviewingClient, site: Site) -> None:
    assert "No words yet" in text(client, "/glossary")
    assert client.get("/names").location == "/glossary"
    assert "edu-terms" not in text(client, "/courses/small/touch")
