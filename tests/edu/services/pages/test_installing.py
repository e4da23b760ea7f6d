"""Pages of a course: installed by the ledger, kept by revision, exported as they are now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from edu.courseware.course import Source
from edu.courseware.pages import page_text, read_page
from edu.models import Course, Page, PageKind, PageState, PageVersion
from edu.services.ledger import Ledger
from edu.services.pages import installing
from tests.edu.conftest import Site

WHY = "pages/question/why.md"
SPANISH = "pages/question/why.es.md"
TEXT = """\
+++
title = "Why?"
language = "en"
state = "under construction"
published = 2026-03-01
position = 3
summary = "Nobody knows."
evidence = ["C", "?"]
group = "nature"
known = "cases"
lessons = ["L1.1"]
+++

Something was seen [@known2001] [C].

::: open Why?
It is open [?].
:::
"""


def row(site: Site, language: str = "en") -> Page:
    with site.runtime.db.reading() as session:
        return session.scalars(select(Page).where(Page.slug == "why", Page.language == language)).one()


def exported(site: Site) -> dict[str, str]:
    """The files of the pages as they would be written now."""
    with site.runtime.db.reading() as session:
        course = session.scalars(select(Course)).one()
        return {page.source.path: page_text(page) for page in installing.of_course(session, course.id)}


@pytest.fixture
def paged(site: Site) -> Site:
    """The small course with a question and its translation."""
    site.folder.write(WHY, TEXT)
    site.folder.write(SPANISH, TEXT.replace('"Why?"', '"¿Por qué?"').replace('"en"', '"es"'))
    assert site.install().added == [WHY, SPANISH]
    return site


def test_a_page_is_installed_once_with_its_first_version(paged: Site) -> None:
    again = paged.install()

    assert (again.added, again.updated, again.conflicts) == ([], [], [])
    why = row(paged)
    assert (why.kind, why.state, why.position) == (PageKind.QUESTION, PageState.UNDER_CONSTRUCTION, 3)
    assert (why.revision, why.source_revision, row(paged, "es").source_revision) == (1, None, 1)
    with paged.runtime.db.reading() as session:
        versions = session.scalars(select(PageVersion).order_by(PageVersion.page_id)).all()
    assert [(version.revision, version.title) for version in versions] == [(1, "Why?"), (1, "¿Por qué?")]


def test_a_changed_file_makes_the_next_revision_and_its_translation_stale(paged: Site) -> None:
    paged.folder.change(WHY, "Nobody knows.", "Nobody knows yet.")

    report = paged.install()

    assert (report.updated, report.conflicts) == ([WHY], [])
    assert (row(paged).revision, row(paged, "es").source_revision) == (2, 1)
    written = exported(paged)
    assert written[WHY] == paged.folder.text(WHY)
    assert 'translation = "stale"' in written[SPANISH]
    assert paged.install().conflicts == []


def test_a_translation_that_changed_with_its_original_is_current(paged: Site) -> None:
    for path in (WHY, SPANISH):
        paged.folder.change(path, "Nobody knows.", "Nobody knows yet.")

    paged.install()

    assert (row(paged).revision, row(paged, "es").source_revision) == (2, 2)


def test_a_page_edited_here_is_never_written_over_and_is_exported_as_it_is(paged: Site) -> None:
    with paged.runtime.db.writing() as session:
        why = session.get_one(Page, row(paged).id)
        why.body, why.revision = "Words of the studio.\n", 2
    paged.folder.change(WHY, "Nobody knows.", "Nobody knows yet.")

    report = paged.install()

    assert (report.updated, report.conflicts) == ([], [WHY])
    assert row(paged).body == "Words of the studio.\n"
    assert exported(paged)[WHY].endswith("+++\n\nWords of the studio.\n")


def test_an_export_of_what_was_not_touched_is_the_very_same_files(paged: Site) -> None:
    assert exported(paged) == {path: paged.folder.text(path) for path in (WHY, SPANISH)}


def test_a_stale_file_comes_into_an_empty_site_as_stale(site: Site) -> None:
    site.folder.write(WHY, TEXT)
    spanish = TEXT.replace('"en"', '"es"').replace("summary", 'translation = "stale"\nsummary')
    site.folder.write(SPANISH, spanish)

    site.install()

    assert (row(site).revision, row(site, "es").source_revision) == (1, 0)
    assert exported(site)[SPANISH] == spanish
    assert site.install().conflicts == []


def test_a_page_under_an_address_that_another_course_has_is_left_alone(paged: Site) -> None:
    now = paged.runtime.clock.now()
    entry = replace(read_page(paged.folder.path, WHY), source=Source(WHY, "another"), summary="Other.")

    with paged.runtime.db.writing() as session:
        other = Course(slug="other", title="Other", created_at=now, updated_at=now)
        session.add(other)
        session.flush()
        ledger = Ledger(session, other.id, now)
        installing.take(session, ledger, entry, other.id, now)

    assert ledger.report.conflicts == [WHY]
    assert row(paged).summary == "Nobody knows."
