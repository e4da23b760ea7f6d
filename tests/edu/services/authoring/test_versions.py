"""Versions: kept once each, compared, brought back as an edit that undoes no gate and no consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from edu.db import Database
from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Audience, AuditEntry, Lesson, Page, PageState, ReviewSubject, Term
from edu.policy import Viewer
from edu.services.authoring import review_rules, versions
from edu.services.pages import editing, translating

from .conftest import NOW, Desk

LATER = NOW + timedelta(days=1)
LESSON, PAGE, TERM = ReviewSubject.LESSON, ReviewSubject.PAGE, ReviewSubject.TERM


def edit(database: Database, desk: Desk, body: str) -> None:
    with database.writing() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        versions.keep_before(session, row, NOW)
        row.body, row.revision = body, row.revision + 1
        versions.keep(session, row, note="Clearer", maker_id=desk.bea.user_id, now=LATER)
        versions.keep(session, row, note="Twice", maker_id=None, now=LATER)


def test_each_revision_is_kept_once_and_the_first_edit_keeps_what_stood_there(
    database: Database, desk: Desk
) -> None:
    edit(database, desk, "Another text.")

    with database.reading() as session:
        found = versions.listing(session, desk.ada, LESSON, desk.lesson_id).lines
        compared = versions.compare(session, desk.ada, LESSON, desk.lesson_id, 1, 2)
    told = [(line.revision, line.note, line.maker, line.made_at, line.is_present) for line in found]
    assert told == [(2, "Clearer", "Bea", LATER, True), (1, "", "", NOW, False)]
    assert [field.name for field in compared.fields] == ["evidence"]
    assert not compared.is_same


def test_a_version_comes_back_as_an_edit_that_leaves_state_and_gate_alone(
    database: Database, desk: Desk
) -> None:
    edit(database, desk, "Another text [X].")
    with database.writing() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        row.audience, row.state = Audience.PRO, PageState.REVIEWED

    with database.writing() as session:
        versions.bring_back(session, desk.ada, LESSON, desk.lesson_id, 1, base=2, now=LATER)

    with database.reading() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        assert (row.body, row.evidence, row.revision) == ("Feel for it [C].\n\nThen roll it.", ["C"], 3)
        assert (row.audience, row.state) == (Audience.PRO, PageState.NEEDS_REVIEW)
        assert desk.ada.user_id in review_rules.editors(session, row)
        assert [entry.action for entry in session.query(AuditEntry)] == ["text.brought_back"]
        assert [line.revision for line in versions.listing(session, desk.ada, LESSON, row.id).lines] == [
            3,
            2,
            1,
        ]


def test_what_was_changed_meanwhile_or_names_what_is_gone_is_not_brought_back(
    database: Database, desk: Desk
) -> None:
    edit(database, desk, "It cites [@nobody].")
    edit(database, desk, "It cites nothing.")

    with database.writing() as session:
        with pytest.raises(Conflict):
            versions.bring_back(session, desk.ada, LESSON, desk.lesson_id, 1, base=2, now=LATER)
        with pytest.raises(Invalid, match="nobody"):
            versions.bring_back(session, desk.ada, LESSON, desk.lesson_id, 2, base=3, now=LATER)
        with pytest.raises(NotFound):
            versions.bring_back(session, desk.ada, LESSON, desk.lesson_id, 9, base=3, now=LATER)


def test_a_page_keeps_what_somebody_allowed_and_a_word_keeps_its_address(
    database: Database, desk: Desk
) -> None:
    with database.writing() as session:
        page, term = session.get_one(Page, desk.page_id), session.get_one(Term, desk.term_id)
        page.details, term.misheard = {"consent": "yes"}, ["module"]
        for row in (page, term):
            versions.keep_before(session, row, NOW)
        page.details, page.body, page.revision = {"consent": "withdrawn"}, "New.", 2
        term.details, term.misheard, term.revision = {"body": "Short."}, [], 2

        versions.bring_back(session, desk.ada, PAGE, page.id, 1, base=2, now=LATER)
        versions.bring_back(session, desk.ada, TERM, term.id, 1, base=2, now=LATER)

        assert (page.body, page.details["consent"]) == ("It is there.", "withdrawn")
        assert (term.details, term.misheard, term.slug) == ({"body": "Long."}, ["module"], "nodule")


def test_versions_are_for_who_may_edit_and_modules_have_none(database: Database, desk: Desk) -> None:
    with database.reading() as session:
        with pytest.raises(Forbidden):
            versions.listing(session, desk.bea, LESSON, desk.lesson_id)
        with pytest.raises(NotFound):
            versions.listing(session, Viewer(), LESSON, desk.lesson_id + 99)
        with pytest.raises(NotFound):
            versions.listing(session, desk.ada, ReviewSubject.MODULE, desk.module_id)


def test_an_old_draft_does_not_come_back_under_a_published_page(database: Database, desk: Desk) -> None:
    with database.writing() as session:
        page = session.get_one(Page, desk.page_id)
        page.body = "Perhaps [?]."
        versions.keep_before(session, page, NOW)
        page.body, page.revision = "It is there.", 2

    with database.writing() as session, pytest.raises(Invalid, match="Not so in line 1"):
        editing.bring_back(session, desk.ada, desk.page_id, 1, base=2, now=LATER)
    with database.writing() as session:
        session.get_one(Page, desk.page_id).state = PageState.DRAFT
        editing.bring_back(session, desk.ada, desk.page_id, 1, base=2, now=LATER)

    with database.reading() as session:
        assert session.get_one(Page, desk.page_id).body == "Perhaps [?]."


def test_old_words_of_a_translation_follow_the_original_of_then(database: Database, desk: Desk) -> None:
    with database.writing() as session:
        text = translating.begin(session, desk.ada, desk.page_id, "es", NOW)
        text.body, text.source_revision, text.revision = "Está ahí.", 2, 2

        versions.bring_back(session, desk.ada, PAGE, text.id, 1, base=2, now=LATER)

        assert (text.body, text.source_revision) == ("It is there.", 1)
