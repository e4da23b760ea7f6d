"""The glossary: names that lead to a page, what is found, and lessons that use a word."""

from __future__ import annotations

import pytest

from edu.errors import NotFound
from edu.policy import NOBODY, Viewer
from edu.services import glossary, prose
from tests.edu.conftest import Site
from tests.edu.terms_file import TERMS
from tests.statements import Counter

PROFESSIONAL = Viewer(visitor_hash="v", is_professional=True)


@pytest.fixture
def named(site: Site) -> Site:
    """The site with a glossary."""
    site.folder.write("terms.toml", TERMS)
    site.install()
    return site


WAYS = {
    "nodule": ("nodule", ""),
    "NODULES": ("nodule", ""),
    "lipome épi-sacro-iliaque": ("nodule", "lipome épi-sacro-iliaque"),
    "LIPOME EPISACROILIAQUE": ("nodule", "lipome épi-sacro-iliaque"),
    "muskelhaerte": ("nodule", "Muskelhärte"),
    "lumps": ("nodule", "lump"),
    "touching": ("touch", ""),
}
FOUND = {
    "muskelharte": [("nodule", "Muskelhärte")],
    "sacro lipo": [("nodule", "lipome épi-sacro-iliaque")],
    "small": [("nodule", "")],
    "touch": [("touch", ""), ("nodule", "")],
    "palpating": [],
    "?": [],
}


def test_a_name_leads_to_its_page_however_it_is_spelt(named: Site) -> None:
    with named.runtime.db.reading() as session:
        ways = {asked: glossary.way_to(session, asked) for asked in WAYS}
        for asked in ("Épi-sacro-iliaque Lipome", "palpating", "", "s"):
            with pytest.raises(NotFound):
                glossary.way_to(session, asked)

    assert {asked: (word.entry.slug, word.called(way)) for asked, (word, way) in ways.items()} == WAYS


def test_words_are_found_by_names_in_every_language_and_then_by_meanings(named: Site) -> None:
    with named.runtime.db.reading() as session:
        hits = {asked: glossary.find(session, asked) for asked in FOUND}

    assert {
        asked: [(hit.word.entry.slug, hit.name) for hit in found] for asked, found in hits.items()
    } == FOUND


def test_a_page_names_the_lessons_that_use_the_word_but_never_by_what_is_behind_the_gate(named: Site) -> None:
    with named.runtime.db.reading() as session:
        pages = {who: glossary.page(session, who, "lesson") for who in (NOBODY, PROFESSIONAL)}

    assert [link.code for link in pages[NOBODY].lessons] == []
    assert [link.code for link in pages[PROFESSIONAL].lessons] == ["L5.1"]


def test_a_page_shows_its_names_with_their_sources_and_what_it_leads_to(named: Site) -> None:
    with named.runtime.db.reading() as session:
        page = glossary.page(session, NOBODY, "nodule")

    assert page.names[0].sources == (glossary.Source("Known et al. 2001", "/library/known2001", True),)
    assert [word.text for word in page.see] == ["touch"]


def test_a_lesson_is_explained_in_the_one_statement_that_it_costs_anyway(
    named: Site, statements: Counter
) -> None:
    text = "You touch a lump twice. Touching [@known2001]."
    with named.runtime.db.reading() as session:
        prose.of(session, NOBODY, 1, (text,), explained="en")
        with statements() as sent:
            first, second = prose.of(session, NOBODY, 1, (text, text), explained="en")
        (plain,) = prose.of(session, NOBODY, 1, (text,), explained="fr")

    assert len(sent) == 1
    assert (first.terms, second.terms, plain.terms) == (("touch", "nodule"), (), ())
    assert first.html.count('class="term"') == 2
