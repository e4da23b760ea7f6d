"""In which language a page is: of the address, the cookie, the account or the browser; also right to left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g

from edu.translations.catalogues import Catalogues, source
from edu.translations.message import Message
from edu.translations.updating import written
from edu.web import numbers
from edu.web.language import direction, foreign, own_name
from tests.edu.conftest import Site
from tests.reviewer import ReviewingClient

WORDS = {
    "fr": {
        "Search": "Rechercher",
        "Language": "Langue",
        "This lesson is in %(language)s.": "Cette leçon est en %(language)s.",
        "There is no such page. Perhaps the address was mistyped, or the page was moved.": "Rien ici.",
    },
    "ar": {"Search": "بحث"},
}


@pytest.fixture
def spoken(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with a few words of French and Arabic."""
    for language, words in WORDS.items():
        place = source(language, tmp_path / "words")
        place.parent.mkdir(parents=True)
        place.write_bytes(written(language, {one: Message(one, "a.py") for one in words}, words))
    before = app.extensions["edu-words"]
    app.extensions["edu-words"] = Catalogues(tmp_path / "words")
    yield app
    app.extensions["edu-words"] = before


def page(client: ReviewingClient, path: str = "/library", **headers: str) -> str:
    return client.get(path, headers=headers).get_data(as_text=True)


def test_the_browser_is_asked_last_and_the_address_first(spoken: Flask, client: ReviewingClient) -> None:
    assert '<html lang="fr" dir="ltr"' in page(client, **{"Accept-Language": "fr-CA, en;q=0.5"})
    assert '<html lang="en"' in page(client, **{"Accept-Language": "de"})

    answer = client.get("/library?lang=fr", headers={"Accept-Language": "de"})

    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("language=")]
    assert "language=fr;" in cookie
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Max-Age=31536000", "Path=/"))
    assert (answer.headers["Content-Language"], answer.vary.as_set()) == ("fr", {"accept-language", "cookie"})
    assert 'placeholder="Rechercher"' in page(client)  # by the cookie
    assert '<html lang="fr"' in page(client, "/library?lang=xx%22", **{"Accept-Language": "ar"})
    assert "Rien ici." in page(client, "/nowhere")


def test_the_menu_keeps_page_and_query_and_names_languages_in_themselves(
    spoken: Flask, client: ReviewingClient
) -> None:
    text = page(client, "/search?q=a%26b&lang=fr")

    assert '<nav class="site-languages" aria-label="Langue">' in text
    assert '<a href="/search?q=a%26b&amp;lang=fr" lang="fr" hreflang="fr" rel="nofollow" aria-' in text
    assert ">Français</a>" in text
    assert 'lang=ar" lang="ar" hreflang="ar" rel="nofollow">العربية</a>' in text
    refused = client.submit("/account/sign-in", {"email": "a@example.org", "password": "no"})
    assert "site-languages" not in refused.get_data(as_text=True)


def test_a_language_that_is_written_from_right_to_left_turns_the_page(
    spoken: Flask, client: ReviewingClient
) -> None:
    text = page(client, "/library?lang=ar")

    assert '<html lang="ar" dir="rtl"' in text
    assert 'placeholder="بحث"' in text


def test_other_words_of_the_interface_are_no_other_page_for_search_engines(
    spoken: Flask, client: ReviewingClient, site: Site
) -> None:
    text = page(client, "/courses/small/touch?lang=fr")

    assert '<link rel="canonical" href="http://localhost/courses/small/touch">' in text
    assert 'rel="alternate" hreflang' not in text


def test_a_lesson_in_another_language_says_so_and_stays_in_it(
    spoken: Flask, client: ReviewingClient, site: Site
) -> None:
    text = page(client, "/courses/small/touch?lang=fr")

    assert "Cette leçon est en anglais." in text
    assert '<div class="prose" lang="en">' in text
    assert "This lesson is in" not in page(client, "/courses/small/touch?lang=en")


def test_an_account_keeps_its_language_for_other_browsers(
    spoken: Flask, learner: ReviewingClient, app: Flask
) -> None:
    answer = learner.submit("/account/language", {"language": "fr"})

    assert (answer.status_code, "language=fr;" in str(answer.headers)) == (303, True)
    learner.delete_cookie("language")
    assert '<html lang="fr"' in page(learner)
    assert '<option value="fr" selected>Français</option>' in page(learner, "/account/")
    assert learner.submit("/account/language", {"language": "xx"}).status_code == 422
    assert learner.submit("/account/language", {"language": ""}).status_code == 303
    assert '<html lang="ar"' in page(learner, **{"Accept-Language": "ar"})


@pytest.mark.parametrize(
    ("language", "value", "digits", "text"),
    [
        ("en", 2.5, None, "2.5"),
        ("en", 1234.0, 1, "1,234.0"),
        ("fr", 2.5, None, "2,5"),
        ("fr", 12345.678, 1, "12\u202f345,7"),
        ("es", 12345.5, 1, "12.345,5"),
        ("es", -0.04, 1, "0,0"),
    ],
)
def test_numbers_have_the_signs_of_their_language(
    app: Flask, language: str, value: float, digits: int | None, text: str
) -> None:
    with app.test_request_context():
        g.language = language

        assert numbers.number(value, digits) == text


def test_languages_are_named_by_cldr(app: Flask) -> None:
    with app.test_request_context():
        g.language = "fr"

        assert (foreign("de"), foreign("fr-CA"), foreign("xx-yy-zz!")) == ("allemand", "", "xx-yy-zz!")
        assert (own_name("es"), own_name("pt-BR"), direction()) == ("Español", "Português (Brasil)", "ltr")
