"""Lessons in other languages as readers, search and search engines find them; what is gated nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from edu.models import Lesson, LessonTranslation, PageState, Video
from edu.translations.catalogues import Catalogues, source
from edu.translations.message import Message
from edu.translations.updating import written
from tests.edu.conftest import Site
from tests.edu.courseware.test_translations import PATH, TEXT
from tests.edu.web.test_gate_crawl import crawl, gated
from tests.people import Person
from tests.reviewer import ReviewingClient

SPANISH = {"Search": "Buscar", "This lesson is in %(language)s.": "Esta lección está en %(language)s."}
NEEDLE = "modules/M5/L5.1-needle.es.md"
GATED = '+++\ntitle = "GATED aguja"\n+++\n\nGATED palabras. Mire [[V2-c01]].\n'
HOME = "http://localhost"
LESSON = "/courses/small/touch"


@pytest.fixture
def translated(site: Site) -> Site:
    """The site with a lesson for all and one for professionals in Spanish."""
    site.folder.write(PATH, TEXT)
    site.folder.write(NEEDLE, GATED)
    site.install()
    return site


@pytest.fixture
def spanish(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with two words of Spanish."""
    place = source("es", tmp_path / "words")
    place.parent.mkdir(parents=True)
    place.write_bytes(written("es", {one: Message(one, "a.py") for one in SPANISH}, SPANISH))
    before = app.extensions["edu-words"]
    app.extensions["edu-words"] = Catalogues(tmp_path / "words")
    yield app
    app.extensions["edu-words"] = before


def page(client: ReviewingClient, path: str, language: str = "") -> str:
    answer = client.get(path, headers={"Accept-Language": language} if language else {})
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def change(site: Site, **values: object) -> None:
    with site.runtime.db.writing() as session:
        for row in session.scalars(select(LessonTranslation)):
            for name, value in values.items():
                setattr(row, name, value)


def test_a_lesson_is_there_in_each_language_at_an_address_of_its_own(
    client: ReviewingClient, translated: Site
) -> None:
    english, spanish = page(client, LESSON), page(client, f"{LESSON}/es")

    assert '<span lang="en">Touch</span></h1>' in english
    assert f'href="{LESSON}/es" hreflang="es" lang="es">Español</a>' in english
    assert '<span lang="es">Tocar</span></h1>' in spanish
    assert '<div class="prose" lang="es"><p>Presione con suavidad' in spanish
    assert "<li>describir un nódulo</li>" in spanish
    assert "This lesson is in Spanish." in spanish
    assert f'href="{LESSON}/en" hreflang="en" lang="en">English</a>' in spanish
    assert f'href="{LESSON}/print?text=es"' in spanish
    assert "not yet been reviewed by a clinician" in spanish
    ways = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{HOME}{path}">'
        for tag, path in (("en", LESSON), ("es", f"{LESSON}/es"), ("x-default", LESSON))
    )
    for shown, lasting in (
        (english, LESSON),
        (spanish, f"{LESSON}/es"),
        (page(client, f"{LESSON}/en"), LESSON),
    ):
        assert f'<link rel="canonical" href="{HOME}{lasting}">' in shown
        assert ways in "".join(line.strip() for line in shown.split("\n"))
    assert client.get(f"{LESSON}/fr").status_code == 404
    assert "hreflang" not in page(client, "/courses/small/rest").split("</head>")[0]


def test_a_reader_of_its_language_gets_it_everywhere_and_the_rest_says_in_which_language_it_is(
    client: ReviewingClient, translated: Site, spanish: Flask
) -> None:
    lesson, course = page(client, LESSON, "es"), page(client, "/courses/small", "es")

    assert '<span lang="es">Tocar</span></h1>' in lesson
    assert "Esta lección" not in lesson
    assert f'<link rel="canonical" href="{HOME}{LESSON}/es">' in lesson
    assert f'href="{LESSON}" lang="en"><span lang="es">Tocar</span></a>' in course
    rest = page(client, "/courses/small/rest", "es")
    assert "Esta lección está en inglés." in rest
    assert '<span lang="es">Tocar</span>' in rest  # the lesson before
    assert '<span lang="en">Touch</span></h1>' in page(client, f"{LESSON}/en", "es")
    assert "Presione con suavidad" in page(client, f"{LESSON}/print", "es")
    assert "Press gently" in page(client, f"{LESSON}/print?text=en", "es")
    assert 'Lesson pack: <span lang="es">Tocar' in page(client, f"{LESSON}/pack", "es")
    assert "GATED" not in course


def test_a_list_does_not_call_a_translation_reviewed_because_its_original_is(
    client: ReviewingClient, translated: Site, spanish: Flask
) -> None:
    with translated.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == "touch")).one().state = PageState.REVIEWED

    assert 'class="badge badge-good">Reviewed' in page(client, "/courses/small", "en")
    assert 'class="badge badge-good">Reviewed' not in page(client, "/courses/small", "es")


def test_other_rooms_call_a_lesson_by_its_title_in_their_readers_language(
    client: ReviewingClient, translated: Site, spanish: Flask
) -> None:
    with translated.runtime.db.reading() as session:
        film = session.scalars(select(Video.slug).where(Video.code == "V1")).one()
    work, shown = page(client, "/library/known2001", "es"), page(client, f"/videos/{film}", "es")

    assert f'href="{LESSON}" lang="es">L1.1 Tocar</a>' in work
    assert "This film is in inglés. The lesson that shows it:" in " ".join(shown.split())
    assert f'<a href="{LESSON}">Tocar</a>' in shown
    assert "This film is in" not in page(client, f"/videos/{film}", "en")


def test_a_translation_says_of_itself_that_it_is_stale_or_a_draft(
    client: ReviewingClient, instructor: Person, translated: Site
) -> None:
    with translated.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == "touch")).one().revision += 1

    stale = page(client, f"{LESSON}/es")

    assert "The original has changed since this translation was made:" in stale
    assert f'<a href="{LESSON}/en" hreflang="en">read the original</a>' in stale
    change(translated, state=PageState.DRAFT)
    assert client.get(f"{LESSON}/es").status_code == 404
    assert f'{LESSON}/es"' not in page(client, LESSON)
    assert "Draft: only instructors see this page" in instructor.get(f"{LESSON}/es").text


def test_search_finds_a_lesson_in_the_language_of_its_reader(
    client: ReviewingClient, translated: Site, spanish: Flask
) -> None:
    found, english = page(client, "/search?q=suavidad", "es"), page(client, "/search?q=suavidad", "en")

    assert f'href="{LESSON}/es"' in found
    assert f'href="{LESSON}/es"' not in english
    assert f'href="{LESSON}"' in page(client, "/search?q=gently", "en")
    assert f'href="{LESSON}"' not in page(client, "/search?q=gently", "es")
    assert "GATED" not in page(client, "/search?q=aguja", "es")
    change(translated, state=PageState.DRAFT)
    assert f'href="{LESSON}/es"' not in page(client, "/search?q=suavidad", "es")
    assert f'href="{LESSON}"' in page(client, "/search?q=gently", "es")


def test_a_lesson_that_is_in_the_language_of_its_translation_by_now_is_found_once(
    client: ReviewingClient, translated: Site, spanish: Flask
) -> None:
    change(translated, state=PageState.DRAFT)
    with translated.runtime.db.writing() as session:
        session.query(Lesson).filter_by(slug="touch").one().language = "es"

    assert f'href="{LESSON}"' in page(client, "/search?q=gently", "es")
    assert LESSON not in page(client, "/search?q=suavidad", "es")


def test_the_site_map_lists_each_text_with_all_of_them(client: ReviewingClient, translated: Site) -> None:
    told = page(client, "/sitemap.xml")

    assert f"<loc>{HOME}{LESSON}</loc>" in told
    (entry,) = [part for part in told.split("<url>") if f"<loc>{HOME}{LESSON}/es</loc>" in part]
    for tag, path in (("en", LESSON), ("es", f"{LESSON}/es"), ("x-default", LESSON)):
        assert f'hreflang="{tag}" href="{HOME}{path}"' in entry
    assert "needle" not in told


def test_the_translation_of_what_is_for_professionals_is_for_them_alone(
    client: ReviewingClient, instructor: Person, translated: Site
) -> None:
    for path in ("/es", "/en", "/print?text=es", "/pack?text=es", "/card?text=es", "/xx"):
        answer = client.get(f"/courses/small/needle{path}")
        assert answer.status_code in (302, 303, 403), path
        assert b"GATED" not in answer.data, path
    found = crawl(client)
    assert found[f"{LESSON}/es"]
    assert gated(found) == []

    assert "GATED palabras" in instructor.get("/courses/small/needle/es").text
