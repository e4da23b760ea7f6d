"""Which pages are told to search engines: those that everybody may read, with true times, and no other."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from edu.clock import FixedClock
from edu.models import Audience, Course, Lesson, Page, PageKind, PageState, Visibility
from edu.services.discovery import films, places
from edu.services.discovery.places import Place
from tests.edu.conftest import BEGINNING, Site

LATER = BEGINNING + timedelta(days=2)


def found(site: Site) -> dict[str, Place]:
    with site.runtime.db.reading() as session:
        return {place.path: place for place in places.everything(session, BEGINNING)}


def add_page(site: Site, slug: str, **values: object) -> None:
    page = Page(kind=PageKind.NEWS, slug=slug, title=slug, language="en", details={})
    page.state, page.published_at, page.created_at, page.updated_at = (
        PageState.UNDER_CONSTRUCTION, BEGINNING, BEGINNING, BEGINNING,
    )  # fmt: skip
    for name, value in values.items():
        setattr(page, name, value)
    with site.runtime.db.writing() as session:
        session.add(page)


def test_open_pages_are_there_and_nothing_that_is_for_professionals(site: Site) -> None:
    listed = found(site)

    assert {"/courses", "/courses/small", "/courses/small/touch", "/courses/small/paths/student"} <= set(
        listed
    )
    assert {"/videos", "/videos/find", "/library", "/library/known2001", "/glossary"} <= set(listed)
    assert listed["/videos/find"].film
    assert not [path for path in listed if "needle" in path or "inject" in path]


def test_a_draft_what_comes_later_and_a_translation_without_its_original_are_not_there(site: Site) -> None:
    add_page(site, "now")
    add_page(site, "now", language="es", source_revision=1, updated_at=LATER)
    add_page(site, "draft", state=PageState.DRAFT)
    add_page(site, "later", published_at=LATER)
    add_page(site, "alone", language="fr", source_revision=1)

    news = {path: place for path, place in found(site).items() if path.startswith("/news")}

    assert set(news) == {"/news", "/news/now"}
    assert news["/news/now"].languages == ("en", "es")
    assert news["/news/now"].changed_at == news["/news"].changed_at == LATER


def test_a_page_has_the_time_of_its_own_last_change_and_its_list_that_of_the_newest(site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).where(Lesson.code == "L1.1").values(updated_at=LATER))

    listed = found(site)

    assert listed["/courses/small/touch"].changed_at == listed["/courses/small"].changed_at == LATER
    assert listed["/courses/small/rest"].changed_at == BEGINNING
    assert listed["/library/known2001"].changed_at is None, "nobody notes when an entry changed"


def test_a_course_that_is_a_draft_takes_its_lessons_along(site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Course).values(state=PageState.DRAFT))

    assert not [path for path in found(site) if path.startswith(("/courses", "/library/known"))]


def test_a_film_is_open_while_everybody_may_watch_it(site: Site, clock: FixedClock) -> None:
    for change in ({"audience": Audience.PRO}, {"visibility": Visibility.DRAFT}, {"version": ""}):
        before = {name: getattr(site.video("V1"), name) for name in change}
        site.change_video("V1", **change)
        with site.runtime.db.reading() as session:
            course = session.scalars(select(Course)).one()
            assert films.everything(session) == films.of_course(session, course) == (), change
        site.change_video("V1", **before)

    with site.runtime.db.reading() as session:
        assert [film.slug for film in films.everything(session)] == ["find"]


def test_a_film_has_the_time_of_its_last_work_and_a_link_to_its_licence(site: Site) -> None:
    site.change_video("V1", state_at=LATER, details={"licence": "CC-BY-SA-4.0"})

    with site.runtime.db.reading() as session:
        film = films.named(session, "find")

    assert film.changed_at == LATER
    assert film.licence_url == "https://creativecommons.org/licenses/by-sa/4.0/"
