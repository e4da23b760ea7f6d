"""Places: the pages that everybody may find, each with the time when it last changed, for the site map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Course, Lesson, LessonTranslation, Module, Page, PageKind, PageState, Reference
from edu.policy import NOBODY, Action, can
from edu.services import glossary
from edu.services.contents import facts
from edu.services.coursing import paths
from edu.services.discovery import films
from edu.services.discovery.films import OpenFilm
from edu.services.lesson_translations.reading import addresses
from edu.services.library.readable import readable
from edu.services.pages.finding import ADDRESSES
from edu.services.stations import lists


@dataclass(frozen=True, slots=True)
class Place:
    """A page. `changed_at` is None where nobody notes that; `languages` are those of a page that has several,
    its original's first.
    """

    path: str
    changed_at: datetime | None = None
    languages: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()  # languages with paths, of what has one of its own for each
    film: OpenFilm | None = None


Source = Callable[[Session, datetime], Iterable[Place]]


def everything(session: Session, now: datetime) -> tuple[Place, ...]:
    """Every place once, in the order of the sources."""
    found: dict[str, Place] = {}
    for source in SOURCES:
        for place in source(session, now):
            found.setdefault(place.path, place)
    return tuple(found.values())


def _courses(session: Session, now: datetime) -> Iterator[Place]:
    """Courses with something to read, the open ways through them, and the lessons that are for everybody."""
    asked = (
        select(Lesson)
        .join(Lesson.module)
        .join(Module.course)
        .where(Course.state != PageState.DRAFT)
        .order_by(Course.position, Course.id, Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).contains_eager(Module.course), defer(Lesson.body))
    )
    by_course: dict[Course, list[Lesson]] = {}
    for row in session.scalars(asked):
        if can(NOBODY, Action.READ, facts(row)):
            by_course.setdefault(row.module.course, []).append(row)
    translated = _translated(session) if by_course else {}
    if by_course:
        yield Place("/courses", max(_newest(*pair) for pair in by_course.items()))
    for course, lessons in by_course.items():
        yield Place(f"/courses/{course.slug}", _newest(course, lessons))
        yield from (Place(way.url, course.updated_at) for way in paths.links(course) if not way.is_gated)
        for row in lessons:
            yield from _texts(f"/courses/{course.slug}/{row.slug}", row, translated.get(row.id, {}))


def _texts(path: str, row: Lesson, translated: dict[str, datetime]) -> Iterator[Place]:
    """A lesson in each of its languages."""
    texts = addresses(path, (row.language, *translated))
    yield Place(path, row.updated_at, texts=texts)
    yield from (Place(f"{path}/{tag}", changed_at, texts=texts) for tag, changed_at in translated.items())


def _translated(session: Session) -> dict[int, dict[str, datetime]]:
    """When the translations that can be read were changed, by lesson and language."""
    asked = select(LessonTranslation.lesson_id, LessonTranslation.language, LessonTranslation.updated_at)
    found: dict[int, dict[str, datetime]] = {}
    for lesson_id, tag, at in session.execute(
        asked.where(LessonTranslation.state != PageState.DRAFT).order_by(LessonTranslation.language)
    ):
        found.setdefault(lesson_id, {})[tag] = at
    return found


def _newest(course: Course, lessons: Iterable[Lesson]) -> datetime:
    return max(course.updated_at, *(row.updated_at for row in lessons))


def _films(session: Session, now: datetime) -> Iterator[Place]:
    found = films.everything(session)
    yield Place("/videos", max((film.changed_at for film in found), default=None))
    yield from (Place(film.url, film.changed_at, film=film) for film in found)


def _checklists(session: Session, now: datetime) -> Iterator[Place]:
    yield Place("/checklists")
    for row in lists.listing(session, NOBODY):
        if row.is_open_to_viewer:
            yield Place(f"/checklists/{row.slug}")


def _glossary(session: Session, now: datetime) -> Iterator[Place]:
    yield Place("/glossary")
    yield from (Place(word.url) for word in glossary.everything(session))


def _library(session: Session, now: datetime) -> Iterator[Place]:
    yield from (Place("/library"), Place("/library/timeline"))
    keys = session.scalars(select(Reference.key).where(readable(NOBODY)).order_by(Reference.key))
    yield from (Place(f"/library/{key}") for key in keys)


LISTS = {
    PageKind.QUESTION: "/questions",
    PageKind.STORY: "/stories",
    PageKind.NEWS: "/news",
    PageKind.CONTRIBUTOR: "/contributors",
}


def _pages(session: Session, now: datetime) -> Iterator[Place]:
    """Questions, stories, news, people, and what the site says of itself; a translation with its original."""
    asked = (
        select(Page.kind, Page.slug, Page.language, Page.source_revision, Page.updated_at)
        .where(Page.state != PageState.DRAFT, Page.published_at <= now)
        .order_by(Page.kind, Page.position, Page.slug, Page.source_revision.is_not(None), Page.language)
    )
    found: dict[tuple[PageKind, str], Place] = {}
    for kind, slug, language, source, updated_at in session.execute(asked):
        known = found.get((kind, slug))
        if known is None and source is not None:
            continue  # there is no original to be read
        place = known or Place(f"{ADDRESSES[kind]}{slug}")
        newest = max(place.changed_at or updated_at, updated_at)
        found[kind, slug] = Place(place.path, newest, (*place.languages, language))
    for kind, path in LISTS.items():
        times = [place.changed_at for (of, _), place in found.items() if of is kind and place.changed_at]
        yield Place(path, max(times, default=None))
    yield from found.values()


def _forms(session: Session, now: datetime) -> Iterator[Place]:
    yield from (Place(path) for path in ("/contact", "/corrections"))


# Another kind of page is another line here.
SOURCES: tuple[Source, ...] = (_courses, _films, _checklists, _glossary, _library, _pages, _forms)
