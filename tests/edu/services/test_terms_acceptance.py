"""Which version of the terms is in force, and what accounts agreed to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from edu.db import Database
from edu.errors import Invalid
from edu.models import AuditEntry, Page, PageKind, PageState, TermsAcceptance
from edu.services import terms_acceptance
from edu.services.pages.installing import keep
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def publish(session: Session, version: str, language: str = "en", source: int | None = None) -> Page:
    """The terms in a first version, or in a later one."""
    row = session.query(Page).filter_by(kind=PageKind.SITE, slug="terms", language=language).one_or_none()
    if row is None:
        row = Page(kind=PageKind.SITE, slug="terms", language=language, title="Terms", revision=0)
        row.created_at, row.published_at, row.state = NOW, NOW, PageState.UNDER_CONSTRUCTION
        session.add(row)
    row.revision, row.updated_at = row.revision + 1, NOW
    row.details, row.source_revision = {"version": version}, source
    session.flush()
    keep(session, row, note="", now=NOW)
    return row


def agree(session: Session, user_id: int, number: str) -> None:
    terms = terms_acceptance.agreed(session, ticked=True, number=number, language="en", now=NOW)
    terms_acceptance.note(session, user_id, terms, NOW)


def test_a_site_without_terms_asks_nobody(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, now=NOW)

        assert terms_acceptance.in_force(session, "en", NOW) is None
        assert not terms_acceptance.is_due(session, user.id, NOW)
        assert terms_acceptance.agreed(session, ticked=False, number="", language="en", now=NOW) is None
        assert terms_acceptance.accepted(session, user.id, NOW) is None


def test_terms_of_a_later_day_and_drafts_are_not_in_force(database: Database) -> None:
    with database.writing() as session:
        row = publish(session, "1")

        assert terms_acceptance.in_force(session, "en", NOW - timedelta(days=1)) is None
        row.state = PageState.DRAFT
        session.flush()
        assert terms_acceptance.in_force(session, "en", NOW) is None


def test_a_later_version_is_asked_and_a_mended_word_is_not(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, now=NOW)
        publish(session, "1")
        assert terms_acceptance.is_due(session, user.id, NOW)

        agree(session, user.id, "1")
        publish(session, "1")

        assert not terms_acceptance.is_due(session, user.id, NOW)
        publish(session, "2")
        assert terms_acceptance.is_due(session, user.id, NOW)
        before = terms_acceptance.accepted(session, user.id, NOW)
        assert before == terms_acceptance.Accepted("1", NOW, is_current=False)
        agree(session, user.id, "3")
        agree(session, user.id, "3")
        assert terms_acceptance.accepted(session, user.id, NOW + timedelta(days=1)) == (
            terms_acceptance.Accepted("2", NOW, is_current=True)
        )
        assert [line["version"] for line in terms_acceptance.export(session, user.id)] == ["1", "2"]
        assert session.query(AuditEntry).filter_by(action="account.terms_accepted").count() == 2


@pytest.mark.parametrize(
    ("ticked", "number", "code"),
    [(False, "2", "terms"), (True, "", "terms"), (True, "1", "terms_changed"), (True, "x", "terms_changed")],
)
def test_without_the_tick_or_under_an_older_version_nobody_agrees(
    database: Database, ticked: bool, number: str, code: str
) -> None:
    with database.writing() as session:
        publish(session, "1")
        publish(session, "2")

        with pytest.raises(Invalid) as refused:
            terms_acceptance.agreed(session, ticked=ticked, number=number, language="en", now=NOW)

        assert (refused.value.code, refused.value.parameters["field"]) == (code, "terms")
        assert session.query(TermsAcceptance).count() == 0


def test_a_translation_is_read_and_the_originals_version_is_agreed_to(database: Database) -> None:
    with database.writing() as session:
        publish(session, "1", "es", source=1)
        publish(session, "2", "en")

        found = [terms_acceptance.in_force(session, language, NOW) for language in ("es", "fr")]

    assert [(one.number, one.version, one.language, one.url) for one in found if one] == [
        (1, "2", "es", "/terms/2"),
        (1, "2", "en", "/terms/2"),
    ]


def test_a_translation_of_an_earlier_version_is_not_what_is_agreed_to(database: Database) -> None:
    with database.writing() as session:
        publish(session, "1")
        publish(session, "1", "fr", source=1)
        publish(session, "2")

        found = terms_acceptance.in_force(session, "fr", NOW)

    assert found is not None
    assert (found.version, found.language) == ("2", "en")
