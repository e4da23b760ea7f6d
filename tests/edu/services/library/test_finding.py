"""The library's list: words, filters, orders, counts; few statements."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from edu.models import Course, PageState, Reference, Role
from edu.policy import NOBODY, Viewer
from edu.services.library import finding
from edu.services.library.finding import Asked, Order
from tests.edu.conftest import Site
from tests.statements import Counter

ALL = ["canis2021", "known2001", "nunez1945", "atlas"]


def test_each_question_finds_its_works_in_its_order(library: Site) -> None:
    questions: list[tuple[Asked, list[str]]] = [
        (Asked(), ALL),
        (Asked(words="canis PARÉRA"), ["canis2021"]),
        (Asked(words="nunez"), ["nunez1945"]),
        (Asked(words="okologie"), ["atlas"]),
        (Asked(words="lumb"), ["canis2021"]),
        (Asked(words="umbar"), []),
        (Asked(words="lipoma mujer"), ["nunez1945"]),
        (Asked(words="1945"), ["nunez1945"]),
        (Asked(words="house"), ["atlas"]),
        (Asked(words="canis2021"), ["canis2021"]),
        (Asked(words="%"), ALL),
        (Asked(collection="backmice"), ["canis2021", "nunez1945"]),
        (Asked(collection="back"), []),
        (Asked(collection='%"'), []),
        (Asked(period="1940"), ["nunez1945"]),
        (Asked(period="undated"), ["atlas"]),
        (Asked(language="es"), ["nunez1945"]),
        (Asked(design="review"), ["canis2021"]),
        (Asked(design="unknown"), ["known2001", "atlas"]),
        (Asked(direction="supports"), ["nunez1945"]),
        (Asked(direction="not-judged"), ["canis2021", "known2001", "atlas"]),
        (Asked(verified="yes"), ["canis2021", "known2001"]),
        (Asked(verified="no", collection="backmice"), ["nunez1945"]),
        (Asked(order=Order.OLDEST), ["nunez1945", "known2001", "canis2021", "atlas"]),
        (Asked(order=Order.AUTHOR), ["canis2021", "nunez1945", "known2001", "atlas"]),
        (Asked(order=Order.TITLE), ["known2001", "canis2021", "nunez1945", "atlas"]),
    ]
    with library.runtime.db.reading() as session:
        for asked, keys in questions:
            page = finding.page(session, NOBODY, asked)
            assert ([line.key for line in page.lines], page.found) == (keys, len(keys)), asked
            assert [entry.key for entry in finding.everything(session, NOBODY, asked)] == keys


def test_the_choices_are_counted_over_the_whole_library(library: Site, statements: Counter) -> None:
    with library.runtime.db.reading() as session, statements() as seen:
        choices = finding.page(session, NOBODY, Asked(words="canis")).choices

    assert len(seen) == 3
    assert choices.total == 4
    assert choices.collections == (("backmice", 2), ("fascia", 1), ("history", 1))
    assert choices.periods == (("1940", 1), ("2000", 1), ("2020", 1), ("undated", 1))
    assert choices.languages == (("en", 3), ("es", 1))
    assert choices.designs == (("historical", 1), ("review", 1), ("unknown", 2))
    assert choices.directions == (("not-judged", 3), ("supports", 1))
    assert choices.verified == (("no", 2), ("yes", 2))


def test_a_place_that_nobody_saw_is_marked_in_the_list(library: Site) -> None:
    with library.runtime.db.reading() as session:
        (line,) = finding.page(session, NOBODY, Asked(words="atlas"), unconfirmed="[?]").lines

    assert "House [?]" in line.cite
    assert line.verification == "none"


@pytest.mark.parametrize("number", [-3, 0, 1, 99])
def test_a_page_that_is_not_there_is_the_nearest(library: Site, number: int) -> None:
    with library.runtime.db.reading() as session:
        page = finding.page(session, NOBODY, Asked(), number=number)

    assert (page.number, page.last, len(page.lines)) == (1, 1, 4)


def test_works_of_a_draft_are_the_makers_alone_and_a_key_of_two_courses_is_one_work(library: Site) -> None:
    with library.runtime.db.writing() as session:
        first = session.scalars(select(Course)).one()
        draft = Course(slug="d", title="D", created_at=first.created_at, updated_at=first.created_at)
        session.add(draft)
        session.flush()
        for row in session.scalars(select(Reference).where(Reference.key.in_(["atlas", "known2001"]))).all():
            copy = Reference(course_id=draft.id, key=row.key, kind=row.kind, title=row.title)
            copy.fields, copy.details = row.fields, row.details
            session.add(copy)
        secret = Reference(course_id=draft.id, key="secret", kind="misc", title="Secret", fields=row.fields)
        secret.details = row.details
        session.add(secret)

    with library.runtime.db.reading() as session:
        assert finding.page(session, NOBODY, Asked()).found == 4
        assert finding.page(session, Viewer(1, Role.INSTRUCTOR), Asked()).found == 5
    with library.runtime.db.writing() as session:
        session.scalars(select(Course).where(Course.slug == "small")).one().state = PageState.DRAFT
    with library.runtime.db.reading() as session:
        assert finding.page(session, NOBODY, Asked()) == finding.LibraryPage(Asked(), (), 0, 1, 1)
