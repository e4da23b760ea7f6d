"""The page that a message is about: found by its path, if the sender may read it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Invalid
from edu.models import Lesson, MessageState, Page, PageKind, PageState, Role
from edu.policy import NOBODY, Viewer
from edu.services.messages import shown, subjects
from tests.edu.conftest import Site
from tests.edu.terms_file import TERMS
from tests.messaging import add_message

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OWN = "https://learn.example.org"
PROFESSIONAL = Viewer(is_professional=True)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/courses/small/touch", "/courses/small/touch"),
        (f" {OWN}/courses/small/touch/?words=en#step ", "/courses/small/touch"),
        (OWN, "/"),
        ("/", "/"),
        ("/courses/../studio", ""),
        ("/courses/%2e%2e/%2e%2e/etc/passwd", ""),
        ("/courses/..%2fstudio", ""),
        ("//evil.example/courses", ""),
        ("https://evil.example/courses", ""),
        ("javascript:alert(1)", ""),
        ("/courses/<script>", ""),
        ("/courses/a\r\nSet-Cookie: x", ""),
        ("/a\\b", ""),
        ("/%ff", ""),
        ("http://[", ""),
        ("/" + "x" * 300, ""),
        ("", ""),
    ],
)
def test_an_address_becomes_a_path_of_this_site_or_none(written: str, path: str) -> None:
    assert subjects.path_of(written, OWN) == path


def test_pages_are_found_with_their_titles_and_what_is_gated_only_by_professionals(site: Site) -> None:
    gated = {"/courses/small/needle", "/videos/needle", "/quizzes/inject"}
    open_ones = {"/", "/courses", "/courses/small", "/courses/small/rest", "/quizzes/first"}
    with site.runtime.db.reading() as session:
        asked = gated | open_ones | {"/courses/other/rest", "/courses/small/missing", "/nowhere", "/account"}

        stranger = subjects.found(session, NOBODY, asked, NOW)
        professional = subjects.found(session, PROFESSIONAL, asked, NOW)

        assert set(stranger) == open_ones
        assert set(professional) == open_ones | gated
        assert stranger["/courses/small/rest"].title == "Rest"
        for path in ("/courses/small/needle", "/courses/small/missing", "/studio"):
            with pytest.raises(Invalid) as refused:
                subjects.find(session, NOBODY, path, own=OWN, now=NOW)
            assert refused.value.code == "no_subject"


def test_a_word_of_the_glossary_is_found_by_its_own_address(site: Site) -> None:
    site.folder.write("terms.toml", TERMS)
    site.install()

    with site.runtime.db.reading() as session:
        found = subjects.found(session, NOBODY, ["/glossary/nodule", "/glossary/nothing"], NOW)

    assert set(found) == {"/glossary/nodule"}


def test_a_self_check_of_a_draft_is_no_page_yet(site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == "touch")).one().state = PageState.DRAFT

    with site.runtime.db.reading() as session:
        assert not subjects.found(session, NOBODY, ["/quizzes/first"], NOW)


def test_an_entry_of_the_log_about_a_gated_page_tells_strangers_its_number_and_day_alone(site: Site) -> None:
    public = {"state": MessageState.ACCEPTED, "is_public": True, "answered_at": NOW, "changed": "GATED"}
    with site.runtime.db.writing() as session:
        add_message(session, NOW, path="/courses/small/needle", title="The needle", **public)
        add_message(session, NOW, path="/courses/small/removed", title="Removed", **public)

    with site.runtime.db.reading() as session:
        stranger = shown.log(session, NOBODY, 1, NOW).lines
        professional = shown.log(session, PROFESSIONAL, 1, NOW).lines

    assert [line.entry for line in stranger] == [None, None]
    assert [bool(line.entry) for line in professional] == [False, True]


def test_a_page_outside_courses_is_found_once_it_is_published(database: Database) -> None:
    common = {"kind": PageKind.QUESTION, "created_at": NOW, "updated_at": NOW, "published_at": NOW}
    with database.writing() as session:
        session.add(Page(slug="why", title="Why?", state=PageState.UNDER_CONSTRUCTION, **common))
        session.add(
            Page(slug="why", title="¿Por qué?", language="es", source_revision=1,
                 state=PageState.UNDER_CONSTRUCTION, **common)
        )  # fmt: skip
        session.add(Page(slug="draft", title="Draft", state=PageState.DRAFT, **common))

    with database.reading() as session:
        found = subjects.found(session, NOBODY, ["/questions/why", "/questions/draft", "/news/why"], NOW)

    assert {path: subject.title for path, subject in found.items()} == {"/questions/why": "Why?"}


def test_learners_look_after_nothing() -> None:
    rule = str(subjects.looked_after_by(Viewer(user_id=1, role=Role.LEARNER)))

    assert rule == "false"
