"""What readers find of the pages, in which language, and from when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from edu.errors import NotFound
from edu.models import Page, PageKind, PageState
from edu.runtime import Runtime
from edu.services.pages import finding, installing, related

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Make = Callable[..., Page]


@pytest.fixture
def make(runtime: Runtime) -> Make:
    """Make a page; what is not said is that of a published original in English."""

    def made(slug: str, **values: object) -> Page:
        page = Page(kind=PageKind.NEWS, slug=slug, title=slug, body=f"Words of {slug}.\n", language="en")
        page.state, page.published_at, page.details = PageState.UNDER_CONSTRUCTION, NOW, {}
        page.created_at = page.updated_at = NOW
        for name, value in values.items():
            setattr(page, name, value)
        with runtime.db.writing() as session:
            session.add(page)
            session.flush()
            installing.keep(session, page, note="", now=NOW)
        return page

    return made


def titles(runtime: Runtime, language: str = "en", kind: PageKind = PageKind.NEWS) -> list[str]:
    with runtime.db.reading() as session:
        return [link.title for link in finding.listed(session, kind, language, NOW)]


def found(runtime: Runtime, slug: str, language: str = "en") -> finding.PageView:
    with runtime.db.reading() as session:
        return finding.found(session, PageKind.NEWS, slug, language, NOW)


def test_drafts_and_what_comes_later_are_in_no_list_and_at_no_address(runtime: Runtime, make: Make) -> None:
    make("here")
    make("later", published_at=NOW + timedelta(seconds=1))
    make("draft", state=PageState.DRAFT)
    make("undated", published_at=None)

    assert titles(runtime) == ["here"]
    for slug in ("later", "draft", "undated", "nowhere"):
        with pytest.raises(NotFound, match="there is no such page"):
            found(runtime, slug)


def test_news_come_newest_first_and_other_pages_by_their_place(runtime: Runtime, make: Make) -> None:
    make("old", published_at=NOW - timedelta(days=2))
    make("new")
    make("second", kind=PageKind.STORY, position=2)
    make("first", kind=PageKind.STORY, position=1)

    assert titles(runtime) == ["new", "old"]
    assert titles(runtime, kind=PageKind.STORY) == ["first", "second"]


def test_a_translation_of_news_has_the_day_and_the_place_of_its_original(
    runtime: Runtime, make: Make
) -> None:
    make("old", published_at=NOW - timedelta(days=2))
    make("old", language="es", title="viejo", source_revision=1)
    make("new", published_at=NOW - timedelta(days=1))

    assert titles(runtime, "es") == ["new", "viejo"]
    assert found(runtime, "old", "es").link.published_at == NOW - timedelta(days=2)


def test_readers_get_their_language_else_the_original_visibly(runtime: Runtime, make: Make) -> None:
    make("post")
    make("post", language="es", title="entrada", source_revision=1)
    make("alone")

    assert titles(runtime, "es") == ["alone", "entrada"]
    assert titles(runtime, "es-MX") == ["alone", "entrada"]
    spanish, missing = found(runtime, "post", "es"), found(runtime, "alone", "fr")
    assert (spanish.link.language, spanish.is_missing_translation, spanish.languages) == (
        "es",
        False,
        ("en", "es"),
    )
    assert (missing.link.language, missing.is_missing_translation) == ("en", True)
    assert missing.link.url == "/news/alone"


def test_a_translation_behind_its_original_is_told_and_one_without_it_is_not_there(
    runtime: Runtime, make: Make
) -> None:
    original = make("post", revision=2)
    make("post", language="es", source_revision=1)

    assert found(runtime, "post", "es").is_stale
    assert not found(runtime, "post").is_stale

    with runtime.db.writing() as session:
        session.get_one(Page, original.id).state = PageState.DRAFT
    assert titles(runtime, "es") == []
    with pytest.raises(NotFound):
        found(runtime, "post", "es")


def test_each_version_of_the_terms_is_there_as_it_last_stood(runtime: Runtime, make: Make) -> None:
    terms = make("terms", kind=PageKind.SITE, details={"version": "1"})
    later = NOW + timedelta(days=1)
    with runtime.db.writing() as session:
        page = session.get_one(Page, terms.id)
        for revision, version, body in ((2, "1", "Mended."), (3, "2", "New.")):
            page.revision, page.details, page.body = revision, {"version": version}, body
            page.published_at = later if version == "2" else NOW
            installing.keep(session, page, note="", now=later)
            session.flush()
    make(
        "terms", kind=PageKind.SITE, language="es", source_revision=3, body="Nuevo.", details={"version": "2"}
    )

    with runtime.db.reading() as session:
        english = finding.versions(session, PageKind.SITE, "terms", "en")
        spanish = finding.versions(session, PageKind.SITE, "terms", "es")

    assert [(text.version, text.body, text.since) for text in english] == [
        ("2", "New.", later),
        ("1", "Mended.", NOW),
    ]
    assert {text.version: text.body for text in spanish} == {"1": "Mended.", "2": "Nuevo."}


def test_a_page_without_a_course_cites_the_first_course_that_readers_find(runtime: Runtime) -> None:
    with runtime.db.reading() as session:
        assert related.library_of(session, None) == related.NO_COURSE
        assert related.library_of(session, 7) == 7
