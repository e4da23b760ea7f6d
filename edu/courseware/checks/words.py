"""Checking what a course and its glossary say in other languages: each thing is there, and says no less."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.checks.translations import NAMES
from edu.courseware.course import Course
from edu.courseware.course_languages import original_texts
from edu.courseware.course_words import CourseWords, GlossaryWords, WordText
from edu.courseware.finding import Finding
from edu.courseware.glossary import Entry, address
from edu.courseware.parallel import differences

SAY = "Say what the original says, no more and no less"


def check_words(course: Course) -> Iterator[Finding]:
    """Where a translation names what is not there, or loses a grade, a source or a number of its original."""
    for words in course.words:
        yield from _check_language(course, words.language, words.path)
        yield from _check_course(course, words)
    for glossary in course.glossaries:
        yield from _check_language(course, glossary.language, glossary.path)
        yield from _check_glossary(course, glossary)


def _check_language(course: Course, language: str, path: str) -> Iterator[Finding]:
    if language == course.language:
        message = f'the translation is in "{language}", as its original is'
        yield Finding(path, 0, "translation", message, "Correct the name of the file, or remove it")


def _check_course(course: Course, words: CourseWords) -> Iterator[Finding]:
    originals = original_texts(course)
    known = {(part, name) for part, name, _ in originals}
    for part, name in dict.fromkeys((part, name) for part, name, _ in words.flat()):
        if (part, name) not in known:
            message = f'"{name}" is none of the {part} of the course'
            yield Finding(words.path, 0, "unknown-entry", message, "Correct it, or remove it here")
    for (part, name, key), text in words.flat().items():
        if (part, name) in known:
            where = ".".join(each for each in (part if part != "front" else "", name, key) if each)
            yield from _compared(words.path, 0, where, originals[part, name, key], text)


def _compared(path: str, line: int, where: str, original: str, text: str) -> Iterator[Finding]:
    """What a text has otherwise than its original; `line` is where it begins, 0 where that is not known."""
    if not original and text:
        yield Finding(path, line, "translation", f"{where} is not there in the original", "Remove it here")
        return
    for found in differences(original, text):
        place = line + found.line - 1 if line else 0
        state = "is missing in" if found.is_missing else "is one too many in"
        message = f"{NAMES[found.kind](found.value)} {state} {where}"
        yield Finding(path, place, "translation", message, SAY)


def _check_glossary(course: Course, glossary: GlossaryWords) -> Iterator[Finding]:
    originals = {entry.slug: entry for entry in course.terms if entry.has_page}
    ways = {way: entry.slug for entry in originals.values() for way in entry.addresses}
    for entry in glossary.entries:
        original = originals.get(entry.slug)
        if original is None:
            message = f'"{entry.slug}" is no page of the glossary'
            yield Finding(
                glossary.path, entry.line, "unknown-entry", message, "Correct it, or remove it here"
            )
            continue
        for way in map(address, (entry.text, *entry.forms)):
            if ways.setdefault(way, entry.slug) != entry.slug:
                message = f'"{way}" leads to "{ways[way]}" and to "{entry.slug}"'
                yield Finding(glossary.path, entry.line, "duplicate", message, "Remove it at one of them")
        yield from _check_entry(glossary.path, original, entry)


def _check_entry(path: str, original: Entry, entry: WordText) -> Iterator[Finding]:
    yield from _compared(path, 0, f"{entry.slug}.meaning", original.term.meaning, entry.meaning)
    if original.body and not entry.body:
        message = f'the text of "{entry.slug}" is not translated'
        yield Finding(path, entry.line, "translation", message, "Translate it whole")
    else:
        yield from _compared(path, entry.body_line, f"{entry.slug}.body", original.body, entry.body)
    names = {name.text for name in original.names}
    for name in entry.names:
        if name.text not in names:
            message = f'"{name.text}" is no name of "{entry.slug}"'
            yield Finding(path, entry.line, "unknown-entry", message, "Write it as the original has it")
