"""An entry's page: where it is used, for whom; and nothing of the gated part for anybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.errors import NotFound
from edu.models import Checklist, Course, Lesson, Page, PageKind, PageState, Role
from edu.policy import NOBODY, Viewer
from edu.services.library import entry, timeline
from tests.edu.conftest import Site
from tests.statements import Counter

DOCTOR = Viewer(is_professional=True)
NEEDLE = "modules/M5/L5.1-needle.md"


def shown(library: Site, viewer: Viewer, key: str = "known2001") -> entry.EntryPage:
    with library.runtime.db.reading() as session:
        return entry.page(session, viewer, key, library.runtime.clock.now())


def test_an_entry_says_what_it_is_worth_and_where_it_is_used(library: Site, statements: Counter) -> None:
    with statements() as seen:
        page = shown(library, NOBODY)

    assert len(seen) <= 6
    assert [use.url for use in page.uses.lessons] == ["/courses/small/touch"]
    assert [(use.url, use.count) for use in page.uses.quizzes] == [("/quizzes/first", 1)]
    assert (page.judged.design, page.grades, page.edit_url) == ("unknown", (), "")
    review = shown(library, NOBODY, "canis2021")
    assert review.grades == ("A", "C")
    assert not review.uses


def test_what_is_for_professionals_is_told_to_them_alone(library: Site) -> None:
    library.folder.change(NEEDLE, "evidence = []", 'evidence = ["C"]')
    library.folder.change(NEEDLE, "GATED words", "GATED [@canis2021] [C] words")
    library.folder.change(
        "questions/Q003.toml", 'why = "It is."', 'why = "It is."\nreferences = ["canis2021"]'
    )
    library.install()
    with library.runtime.db.writing() as session:
        now = library.runtime.clock.now()
        items = [{"id": "B1", "text": "x", "references": ["canis2021"], "step": "V2-c01"}]
        session.add(
            Checklist(
                slug="b", title="B", audience="pro", is_published=True, document={"items": items},
                created_at=now, updated_at=now,
            )
        )  # fmt: skip

    assert not shown(library, NOBODY, "canis2021").uses
    uses = shown(library, DOCTOR, "canis2021").uses
    assert [(use.url, use.is_gated) for use in uses.lessons] == [("/courses/small/needle", True)]
    assert [(use.url, use.is_gated) for use in uses.quizzes] == [("/quizzes/inject", True)]
    assert [(use.url, use.steps, use.is_gated) for use in uses.checklists] == [
        ("/checklists/b", ("V2-c01",), True)
    ]


def test_a_self_check_of_a_draft_is_told_to_its_makers_alone(library: Site) -> None:
    with library.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == "touch")).one().state = PageState.DRAFT

    assert not shown(library, NOBODY).uses
    maker = Viewer(user_id=1, role=Role.INSTRUCTOR)
    assert [use.url for use in shown(library, maker).uses.quizzes] == ["/quizzes/first"]


def test_pages_count_once_they_are_published_and_a_key_inside_another_is_none(library: Site) -> None:
    now = library.runtime.clock.now()
    with library.runtime.db.writing() as session:
        for slug, body, state, at in (
            ("out", "As [@atlas] [C].", PageState.UNDER_CONSTRUCTION, now),
            ("later", "As [@atlas] [C].", PageState.UNDER_CONSTRUCTION, now + timedelta(days=1)),
            ("draft", "As [@atlas] [C].", PageState.DRAFT, now),
            ("undated", "As [@atlas] [C].", PageState.UNDER_CONSTRUCTION, None),
            ("longer", "As [@atlas2] [C].", PageState.UNDER_CONSTRUCTION, now),
        ):
            page = Page(kind=PageKind.NEWS, slug=slug, title=slug, body=body, state=state)
            page.published_at, page.created_at, page.updated_at = at, now, now
            session.add(page)

    assert [use.url for use in shown(library, NOBODY, "atlas").uses.pages] == ["/news/out"]


def test_what_nobody_may_find_is_not_there(library: Site) -> None:
    with pytest.raises(NotFound):
        shown(library, NOBODY, "nobody1900")
    with library.runtime.db.writing() as session:
        session.scalars(select(Course)).one().state = PageState.DRAFT
    with pytest.raises(NotFound):
        shown(library, NOBODY)


def test_the_timeline_has_each_dated_work_and_each_name_with_its_work(
    library: Site, statements: Counter
) -> None:
    with library.runtime.db.reading() as session, statements() as seen:
        page = timeline.page(session, NOBODY, 2026)

    assert len(seen) == 1
    assert list(page.works) == ["nunez1945", "known2001", "canis2021"]
    assert [(name.words, name.work.year) for name in page.names] == [("lipoma de la mujer", 1945)]
    assert page.undated == 1
    assert {lane.name for lane in page.picture.lanes} == {"backmice", "other"}
