"""What each thing says: its title, its head and its sections, as search reads them from its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from edu.courseware.headings import Section, sections, sentences
from edu.models import (
    Checklist,
    Course,
    Lesson,
    LessonTranslation,
    Page,
    PageKind,
    Quiz,
    Reference,
    Shelf,
    Term,
    ThingKind,
)

SHELVES: Final = {
    PageKind.NEWS: Shelf.NEWS,
    PageKind.STORY: Shelf.NEWS,
    PageKind.QUESTION: Shelf.QUESTIONS,
    PageKind.CONTRIBUTOR: Shelf.ABOUT,
    PageKind.SITE: Shelf.ABOUT,
}
LAST: Final = 9999  # of years: what has none comes after what has one


@dataclass(frozen=True, slots=True)
class Said:
    """A thing as it is read. `titles` are its title or names, `head` is found before the text of sections."""

    shelf: Shelf
    language: str
    titles: tuple[str, ...]
    head: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    position: int = 0
    hidden: tuple[str, ...] = ()  # by which it is found, and which is not shown


def of(row: Any) -> Said:
    """What the row says."""
    reading: Callable[[Any], Said] = READING[type(row)][1]
    return reading(row)


def _course(row: Course) -> Said:
    return Said(Shelf.LESSONS, row.language, (row.title,), (row.summary,), _above(row.summary), row.position)


def _lesson(row: Lesson) -> Said:
    objectives = [f"{entry['verb']} {entry['text']}" for entry in row.objectives]
    parts = sections(row.body)
    head = (row.code, row.summary, *objectives, *(part.heading for part in parts))
    place = row.module.position * 1000 + row.position
    above = _above(row.summary, *objectives)
    return Said(Shelf.LESSONS, row.language, (row.title,), head, (*above, *parts), place)


def of_translation(row: Lesson, text: LessonTranslation) -> Said:
    """What a lesson says in another language: the thing is the lesson, which has its place and its gate."""
    parts = sections(text.body)
    head = (row.code, text.summary, *map(str, text.objectives), *(part.heading for part in parts))
    place = row.module.position * 1000 + row.position
    above = _above(text.summary, *map(str, text.objectives))
    return Said(Shelf.LESSONS, text.language, (text.title,), head, (*above, *parts), place)


def _term(row: Term) -> Said:
    names = [str(name["text"]) for name in row.details.get("names", ())]
    titles = (row.text, *row.details.get("forms", ()), *names)
    parts = sections(str(row.details.get("body", "")))
    return Said(Shelf.GLOSSARY, row.language, titles, (row.meaning,), (*_above(row.meaning), *parts))


def _reference(row: Reference) -> Said:
    """Titles in both languages, authors and year, and our own summary; found by all that the library is."""
    original = str(row.fields.get("original_title", ""))
    return Said(
        shelf=Shelf.LIBRARY,
        language=str(row.fields.get("language", "")) or "en",
        titles=(row.title, original),
        head=(row.authors, row.year),
        sections=_above(original, str(row.details.get("summary", ""))),
        position=LAST - (int(row.year) if row.year.isdecimal() else 0),
        hidden=(str(row.details.get("words", "")),),
    )


def _page(row: Page) -> Said:
    when = int(row.published_at.timestamp()) // 60 if row.published_at else 0
    place = -when if row.kind is PageKind.NEWS else row.position
    parts = sections(row.body)
    head = (row.summary, *(part.heading for part in parts))
    return Said(SHELVES[row.kind], row.language, (row.title,), head, (*_above(row.summary), *parts), place)


def _quiz(row: Quiz) -> Said:
    """Its title alone: what it asks is for its own page to say."""
    return Said(Shelf.PRACTICE, str(row.details.get("language", "en")), (row.title,))


def _checklist(row: Checklist) -> Said:
    return Said(Shelf.PRACTICE, row.language, (row.title,))


def _above(*texts: str) -> tuple[Section, ...]:
    lines = [line for text in texts for line in sentences(text)]
    return (Section("", "", tuple(lines)),) if lines else ()


READING: Final[dict[type[Any], tuple[ThingKind, Callable[[Any], Said]]]] = {
    Course: (ThingKind.COURSE, _course),
    Lesson: (ThingKind.LESSON, _lesson),
    Term: (ThingKind.TERM, _term),
    Reference: (ThingKind.REFERENCE, _reference),
    Page: (ThingKind.PAGE, _page),
    Quiz: (ThingKind.QUIZ, _quiz),
    Checklist: (ThingKind.CHECKLIST, _checklist),
}


def names(row: Term) -> Iterable[tuple[str, str, bool]]:
    """Each name of a term with its language, and whether it names the thing itself."""
    for text in (row.text, *row.details.get("forms", ())):
        yield text, row.language, True
    for name in row.details.get("names", ()):
        yield str(name["text"]), str(name.get("language", "en")), name.get("means", "same") == "same"
