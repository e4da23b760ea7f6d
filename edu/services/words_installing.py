"""What a course and its glossary say in other languages, installed from their files unless changed here."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from edu.courseware import course as files
from edu.courseware.course_languages import course_words_text, glossary_words_text
from edu.courseware.course_words import CourseWords, GlossaryWords
from edu.courseware.source import source_hash
from edu.models import Course
from edu.services import course_words, glossary_words
from edu.services.ledger import Ledger


def take_all(session: Session, ledger: Ledger, row: Course, course: files.Course) -> None:
    """Install the words that the course brings; its originals are installed already."""
    for words in course.words:
        _course(ledger, row, course, words)
    originals = {entry.slug: entry for entry in course.terms if entry.has_page}
    for glossary in course.glossaries:

        def write(glossary: GlossaryWords = glossary) -> None:
            glossary_words.keep(session, row, glossary, originals)

        _glossary(session, ledger, row, glossary, write)


def _course(ledger: Ledger, row: Course, course: files.Course, words: CourseWords) -> None:
    def row_hash() -> str | None:
        kept = {each.language: each for each in course_words.of_course(row)}.get(words.language)
        return source_hash(course_words_text(kept)) if kept else None

    def write() -> None:
        course_words.keep(row, words, course)

    _take(ledger, words.path, source_hash(course_words_text(words)), row_hash, write)


def _glossary(
    session: Session, ledger: Ledger, row: Course, glossary: GlossaryWords, write: Callable[[], None]
) -> None:
    def row_hash() -> str | None:
        kept = {each.language: each for each in glossary_words.of_course(session, row)}.get(glossary.language)
        return source_hash(glossary_words_text(kept)) if kept else None

    _take(ledger, glossary.path, source_hash(glossary_words_text(glossary)), row_hash, write)


def _take(
    ledger: Ledger, path: str, source: str, row_hash: Callable[[], str | None], write: Callable[[], None]
) -> None:
    """As every file; the words are taken to fit the original beside them, though that may be another now."""
    ledger.take(path, source, row_hash, write)
    if row_hash() == source:
        write()
