"""Pages of a course and of its glossary for a reader of another language."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from edu.models import AuditEntry, Course, Term
from edu.services import glossary_words
from tests.edu.conftest import Site
from tests.edu.terms_file import TERMS
from tests.edu.words_file import COURSE_ES, TERMS_ES
from tests.reviewer import ReviewingClient


@pytest.fixture
def spoken(site: Site) -> Site:
    """The site, whose course and glossary are there in Spanish as well."""
    site.folder.write("terms.toml", TERMS)
    site.folder.write("course.es.toml", COURSE_ES)
    site.folder.write("terms.es.toml", TERMS_ES)
    site.install()
    return site


def text(client: ReviewingClient, address: str, language: str = "es") -> str:
    mark = "&" if "?" in address else "?"
    return client.get(f"{address}{mark}lang={language}").text


def test_a_course_speaks_the_readers_language_where_it_can(client: ReviewingClient, spoken: Site) -> None:
    page = text(client, "/courses/small")

    for words in (
        "Un curso para pruebas.",
        "Se sabe poco",
        "No es un consejo",
        "Primero",
        "El primer módulo.",
    ):
        assert words in page
    assert '<span lang="en">For professionals</span>' not in page
    assert '<p class="lead" lang="es">' in page
    assert "A course for tests." in text(client, "/courses/small", "en")
    assert "This page is in" not in page
    assert "Esta página está en" not in page
    assert '<span lang="es">Estudiante</span>' in text(client, "/courses/small/paths/student")
    assert ">Primero<" in text(client, "/courses/small/state")
    assert "Primero" in text(client, "/courses/small/touch"), "the way to a lesson names its module"


def test_what_is_not_there_in_a_language_says_in_which_it_is(client: ReviewingClient, spoken: Site) -> None:
    page = text(client, "/courses/small", "fr")

    assert "This page is in anglais" in page or "Cette page est en anglais" in page
    assert '<p class="lead" lang="en">A course for tests.' in page
    assert "anglais" in text(client, "/quizzes/first", "fr"), "its questions are in English"


def test_words_that_were_made_of_another_original_are_not_shown(
    client: ReviewingClient, spoken: Site
) -> None:
    with spoken.runtime.db.writing() as session:
        session.scalars(select(Course)).one().summary = "Changed in the studio."
        word = session.scalars(select(Term).where(Term.language == "en", Term.slug == "nodule")).one()
        word.meaning = "Something else."
        glossary_words.follow(session, word)

    page = text(client, "/courses/small")
    assert "Changed in the studio." in page
    assert "Un curso para pruebas." not in page
    assert "Something else." in text(client, "/glossary/nodule")
    assert "Sentir con los dedos." in text(client, "/glossary/touch")


def test_the_gate_is_declared_in_the_language_that_was_read(client: ReviewingClient, spoken: Site) -> None:
    page = text(client, "/professionals")
    assert '<blockquote id="gate-text" lang="es"><p>Soy profesional.</p>' in page
    assert "Lo confirmo" in page

    client.submit("/professionals", {"profession": "nurse", "version": "1", "language": "es"})

    with spoken.runtime.db.reading() as session:
        details = [row.detail for row in session.scalars(select(AuditEntry)) if row.action == "gate.declared"]
    assert [(kept["language"], kept["text"], kept["version"]) for kept in details] == [
        ("es", "Soy profesional.", "1")
    ]


def test_the_glossary_is_found_and_read_in_the_readers_language(
    client: ReviewingClient, spoken: Site
) -> None:
    page = text(client, "/glossary/nodule")

    assert '<span lang="es">nódulo</span>' in page
    assert "Usted lo toca" in page
    assert '<small lang="es">dureza</small>' in page
    assert '<span lang="en">nodule</span>' in page, "the word in the language of the course"
    assert "Una cosa pequeña" in text(client, "/glossary?q=nodulo")
    assert "Una cosa pequeña" in text(client, "/glossary?q=nodule")
    assert "Una cosa pequeña" in text(client, "/search?q=tocar&shelf=glossary") or "tacto" in text(
        client, "/search?q=tocar"
    )
    assert client.get("/glossary/n%C3%B3dulo").location == "/glossary/nodule"
    assert "A small thing to touch." in text(client, "/glossary/nodule", "fr")
    assert "A small thing to touch." in text(client, "/search?q=nodule", "en")
    assert "Una cosa" not in text(client, "/search?q=nodule", "en")


def test_installing_again_changes_nothing_and_a_deleted_word_takes_its_translations_along(
    spoken: Site,
) -> None:
    report = spoken.install()

    assert (report.added, report.updated, report.conflicts) == ([], [], [])
    with spoken.runtime.db.writing() as session:
        word = session.scalars(select(Term).where(Term.language == "en", Term.slug == "nodule")).one()
        glossary_words.forget(session, word)
        session.flush()
        assert session.scalars(select(Term.slug).where(Term.language == "es")).all() == ["touch"]
