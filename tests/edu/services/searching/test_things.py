"""Lessons, names, the library and pages in the answer: for whom, in which order, and as they are now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import delete, select, update

from captions import Cue, TextTrack
from edu.db import Base
from edu.models import (
    Audience,
    Checklist,
    Course,
    Lesson,
    Module,
    Page,
    PageKind,
    PageState,
    Quiz,
    Reference,
    Role,
    SearchName,
    SearchSection,
    SearchText,
    SearchThing,
    Shelf,
    Term,
    TrackKind,
    Video,
)
from edu.policy import NOBODY, Viewer
from edu.services.delivery import Addresses
from edu.services.searching import finding, following, gaps, things
from edu.services.searching.finding import Asked, SearchPage
from edu.services.texts import tracks
from tests.edu.conftest import BEGINNING, Site

PROFESSIONAL = Viewer(visitor_hash="x", is_professional=True)
INSTRUCTOR = Viewer(user_id=1, role=Role.INSTRUCTOR)
BODY = "Above.\n\n## Iliac crest\n\nIt is a ridge [?].\n\n## Zone\n\nThe dimple, 5 cm.\n"
NAMES = [
    {"text": "episacral lipoma", "language": "en"},
    {"text": "lipome épi-sacro-iliaque", "language": "fr"},
    {"text": "Muskelhärte", "language": "de", "means": "neighbour"},
]
Add = Callable[..., Any]


@pytest.fixture
def add(site: Site) -> Add:
    """Add a row to the site, in a transaction of its own."""
    following.begin()

    def added(row: Base, **values: object) -> Any:
        for name, value in values.items():
            setattr(row, name, value)
        with site.runtime.db.writing() as session:
            session.add(row)
        return row

    return added


def page_of(slug: str, text: str, **values: object) -> Page:
    page = Page(kind=PageKind.QUESTION, slug=slug, title=slug.title(), body=text, language="en", details={})
    page.state, page.published_at = PageState.UNDER_CONSTRUCTION, BEGINNING
    page.created_at = page.updated_at = BEGINNING
    for name, value in values.items():
        setattr(page, name, value)
    return page


def term_of(site: Site) -> Term:
    with site.runtime.db.reading() as session:
        course = session.scalars(select(Course)).one()
    meaning = "A lump that slips away."
    details = {"forms": ["back mice"], "names": NAMES}
    return Term(course_id=course.id, text="back mouse", slug="back-mice", meaning=meaning, details=details)


def change(site: Site, model: type[Any], code: str, **values: object) -> None:
    with site.runtime.db.writing() as session:
        row = session.scalars(select(model).where(model.code == code)).one()
        for name, value in values.items():
            setattr(row, name, value)


def find(site: Site, text: str, viewer: Viewer = NOBODY, **asked: Any) -> SearchPage:
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        return finding.find(session, viewer, text, addresses, Asked(**asked))


def urls(page: SearchPage) -> list[str]:
    return [found.url for found in page.found]


def test_a_word_in_a_lesson_leads_to_its_heading_with_its_tag(site: Site, add: Add) -> None:
    change(site, Lesson, "L1.2", body=BODY)

    (found,) = find(site, "ridge").found

    assert (found.title, found.url, found.shelf) == ("Rest", "/courses/small/rest", Shelf.LESSONS)
    (hit,) = found.hits
    assert (hit.url, hit.heading) == ("/courses/small/rest#s-iliac-crest", "Iliac crest")
    assert "".join(piece.text for piece in hit.pieces) == "It is a ridge [?]."
    # words in different parts of one lesson are found together, and no letter of a tag is a word
    assert urls(find(site, "dimple above iliac")) == ["/courses/small/rest"]


def test_titles_come_before_heads_and_heads_before_texts(site: Site, add: Add) -> None:
    add(page_of("one", "Of a trocar."))
    add(page_of("two", "## The trocar\n\nText."))
    add(page_of("trocar", "Text."))
    add(page_of("three", "A trocar again.", position=-1))

    page = find(site, "trocar")
    assert urls(page) == ["/questions/trocar", "/questions/two", "/questions/three"]
    assert [(group.shelf, group.count) for group in page.groups] == [(Shelf.QUESTIONS, 4)]

    page = find(site, "trocar", shelf=Shelf.QUESTIONS, number=9)
    assert (len(page.found), page.number, page.last) == (4, 1, 1)


def test_what_is_for_professionals_is_neither_found_nor_counted_nor_suggested(site: Site, add: Add) -> None:
    change(site, Lesson, "L5.1", title="Xylocaine")
    for asked in ("gated words", "xylocaine", "needle", "inject", "xylocaina"):
        page = find(site, asked)
        assert (page.groups, page.suggested) == ((), ()), asked

    for viewer in (PROFESSIONAL, INSTRUCTOR):
        page = find(site, "xylocaine", viewer)
        assert (urls(page), page.found[0].is_gated) == (["/courses/small/needle"], True)
        assert find(site, "xylocaina", viewer).suggested == ("xylocaine",)
        assert "/quizzes/inject" in urls(find(site, "self-check of the needle", viewer))
        # of a quiz nothing but its title is found: neither its questions nor its introduction
        assert not any(found.kind == "quiz" for found in find(site, "gated words", viewer).found)


def test_the_gate_is_asked_of_the_rows_and_not_of_the_index(site: Site, add: Add) -> None:
    assert urls(find(site, "rest"))[0] == "/courses/small/rest"
    with site.runtime.db.engine.begin() as connection:  # behind the back of whatever follows
        connection.execute(update(Module).where(Module.code == "M1").values(audience=Audience.PRO))

    assert find(site, "rest").groups == ()
    assert find(site, "rest", PROFESSIONAL).found

    change(site, Lesson, "L1.2", state=PageState.DRAFT)
    assert find(site, "rest", PROFESSIONAL).groups == ()
    assert not find(site, "rest", INSTRUCTOR).found[0].is_published


def test_a_module_whose_review_is_over_is_closed_to_professionals(site: Site, add: Add) -> None:
    review = {"reviewer": "A", "reviewed_on": "2025-01-01", "due_on": "2026-03-01"}
    change(site, Module, "M5", details={"review": review})
    assert not find(site, "gated lesson", PROFESSIONAL, shelf=Shelf.LESSONS).found
    assert find(site, "gated lesson", INSTRUCTOR, shelf=Shelf.LESSONS).found

    change(site, Module, "M5", details={"review": {**review, "due_on": "2026-03-02"}})
    assert find(site, "gated lesson", PROFESSIONAL, shelf=Shelf.LESSONS).found


def test_drafts_and_pages_of_later_days_are_not_found(site: Site, add: Add) -> None:
    add(page_of("draft", "A trocar.", state=PageState.DRAFT))
    add(page_of("undated", "A trocar.", published_at=None))
    add(page_of("later", "A trocar.", published_at=BEGINNING + timedelta(minutes=1)))
    add(page_of("now", "A trocar.", kind=PageKind.NEWS))

    for viewer in (NOBODY, PROFESSIONAL, INSTRUCTOR):
        assert urls(find(site, "trocar", viewer)) == ["/news/now"]


def test_a_page_is_found_in_the_language_in_which_it_would_be_read(site: Site, add: Add) -> None:
    original = add(page_of("why", "A trocar in english."))
    add(page_of("why", "Un trócar.", language="es", source_revision=1))
    add(page_of("alone", "Un trócar.", language="es", source_revision=1))

    for language, expected in (("en", ["en"]), ("es", ["es"]), ("fr", ["en"])):
        assert [found.language for found in find(site, "trocar", language=language).found] == expected

    with site.runtime.db.writing() as session:
        session.get_one(Page, original.id).state = PageState.DRAFT
    assert find(site, "trocar", language="es").groups == ()


def test_any_name_leads_first_to_the_glossary_and_is_looked_for_under_the_others(
    site: Site, add: Add
) -> None:
    add(term_of(site))
    change(site, Lesson, "L1.2", body="An episacral lipoma.\n")

    asked = ("back mice", "BACK-MOUSE", "backmice", "lipome epi sacro iliaque", "episacral lipomas")
    for text in asked:
        assert urls(find(site, text)) == ["/glossary/back-mice", "/courses/small/rest"], text
    assert find(site, "back mice").also == ("back mouse", "episacral lipoma", "lipome épi-sacro-iliaque")
    (hit,) = find(site, "back mice").found[1].hits
    assert [piece.text for piece in hit.pieces if piece.is_marked] == ["episacral lipoma"]
    # quotation marks mean the words themselves
    assert urls(find(site, '"back mice"')) == ["/glossary/back-mice"]


def test_a_name_of_a_neighbour_leads_to_the_term_and_stands_for_no_other(site: Site, add: Add) -> None:
    add(term_of(site))
    change(site, Lesson, "L1.2", body="An episacral lipoma.\n")

    for text in ("Muskelhärte", "muskelharte", "Muskelhaerte"):
        page = find(site, text)
        assert (urls(page), page.also) == (["/glossary/back-mice"], ()), text


def test_names_are_met_in_what_is_said_too(site: Site, add: Add) -> None:
    add(term_of(site))
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        track = TextTrack(cues=(Cue(4000, 6000, "The episacral lipoma slips."),))
        tracks.keep(session, video, track, kind=TrackKind.CAPTIONS, language="en", now=BEGINNING)

    (found,) = find(site, "back mice slips", shelf=Shelf.SAID).found

    assert found.hits[0].url == "/courses/small/touch?t=4"


def test_what_is_misspelt_is_told_of_if_it_finds_something(site: Site, add: Add) -> None:
    add(term_of(site))
    add(page_of("cluneal nerves", "Text."))

    assert find(site, "episacrel lipoma").suggested == ("episacral lipoma",)
    assert find(site, "clunael nervs").suggested == ("cluneal nerves",)
    assert find(site, "xyzzy").suggested == ()


def test_the_library_is_found_by_title_author_year_and_our_summary(site: Site, add: Add) -> None:
    with site.runtime.db.writing() as session:
        row = session.scalars(select(Reference)).one()
        row.details = {**row.details, "summary": "A lasting summary [D]."}
        row.fields = {**row.fields, "original_title": "Über Knötchen"}

    for text in (row.title, row.year, row.authors, "lasting summary", "knotchen"):
        assert urls(find(site, text, shelf=Shelf.LIBRARY)) == ["/library/known2001"], text


def test_checklists_follow_their_film_and_titles_of_courses_and_quizzes_are_found(
    site: Site, add: Add
) -> None:
    film = site.video("V2")
    times = {"created_at": BEGINNING, "updated_at": BEGINNING}
    add(Checklist(slug="steps", title="Trocar", video_id=film.id, document={}, **times))
    add(Checklist(slug="mine", title="Trocar alone", document={}, is_published=False, **times))

    assert [urls(find(site, "trocar", viewer)) for viewer in (NOBODY, PROFESSIONAL)] == [
        [],
        ["/checklists/steps"],
    ]
    assert len(find(site, "trocar", INSTRUCTOR).found) == 2
    with site.runtime.db.reading() as session:
        course, quiz = session.scalars(select(Course)).one(), session.scalars(select(Quiz)).first()
    assert f"/courses/{course.slug}" in urls(find(site, course.title))
    assert quiz is not None
    assert f"/quizzes/{quiz.slug}" in urls(find(site, quiz.title, INSTRUCTOR))


def test_what_is_edited_or_deleted_is_found_as_it_is_at_once(site: Site, add: Add) -> None:
    page = add(page_of("why", "A trocar."))
    with site.runtime.db.writing() as session:
        session.get_one(Page, page.id).body = "A cannula."
    assert (urls(find(site, "trocar")), urls(find(site, "cannula"))) == ([], ["/questions/why"])

    with site.runtime.db.writing() as session:  # many at once, unread
        session.execute(update(Page).where(Page.slug == "why").values(title="Lancet"))
    assert urls(find(site, "lancet")) == ["/questions/why"]

    with site.runtime.db.writing() as session:
        session.get_one(Page, page.id).title = "Not to be"
        session.rollback()
    assert urls(find(site, "lancet")) == ["/questions/why"]

    with site.runtime.db.writing() as session:
        session.execute(delete(Course))
        session.execute(delete(Page))
    assert find(site, "lancet", INSTRUCTOR).groups == find(site, "rest", INSTRUCTOR).groups == ()


def test_the_index_made_anew_is_the_index_as_it_was(site: Site, add: Add) -> None:
    add(term_of(site))

    def kept() -> list[list[Any]]:
        with site.runtime.db.reading() as session:
            columns = ((SearchText.words,), (SearchSection.words,), (SearchName.key,))
            return [sorted(map(tuple, session.execute(select(*each)))) for each in columns]

    before = kept()
    with site.runtime.db.writing() as session:
        assert gaps.lacking(session) == {}
        session.execute(delete(SearchThing))
        assert sum(map(len, gaps.lacking(session).values())) == things.mend(session) > 0
    assert kept() == before

    with site.runtime.db.writing() as session:
        things.rebuild(session)
        if site.runtime.db.is_sqlite:  # raises when the index and the rows differ
            check = "INSERT INTO search_index_things(search_index_things, rank) VALUES ('integrity-check', 1)"
            session.execute(sa.text(check))
    assert kept() == before
