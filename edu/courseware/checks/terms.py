"""Checking the glossary: each name leads to one page, and what the entries cite and link is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edu.courseware.course import Audience, CalloutKind, Course, Grade
from edu.courseware.finding import Finding
from edu.courseware.glossary import Entry, address, name_addresses
from edu.courseware.marks import Mark, find_marks
from edu.courseware.terms import TERMS

_OPEN_BOX = re.compile(rf"^::: {CalloutKind.OPEN.value}\b.*?^:::$", re.MULTILINE | re.DOTALL)


def check_terms(course: Course) -> Iterator[Finding]:
    """What the terms of a course say of each other and of things that are elsewhere, or are not."""
    yield from _check_addresses(course)
    slugs = {entry.slug for entry in course.terms if entry.has_page}
    for entry in course.terms:
        for slug in entry.see:
            if slug not in slugs or slug == entry.slug:
                message = f'"{entry.term.text}" leads to "{slug}", which is no other entry'
                yield _at(entry, "unknown-entry", message, "Write the slug of another entry")
        marks = find_marks(entry.body)
        yield from _check_citations(course, entry, marks)
        yield from _check_links(course, entry, marks)
        yield from _check_open_questions(entry)


def _at(entry: Entry, rule: str, message: str, remedy: str, line: int = 0) -> Finding:
    """A finding at the entry, or in its text on a line that counts from 1."""
    place = entry.body_line + line - 1 if line else entry.line
    return Finding(TERMS, place, rule, message, remedy)


def _check_addresses(course: Course) -> Iterator[Finding]:
    """No address leads to two entries, and none is empty."""
    taken: dict[str, Entry] = {}
    for entry in course.terms:
        for way in entry.addresses:
            other = taken.setdefault(way, entry)
            if other is not entry:
                message = f'"{way}" leads to "{other.term.text}" and to "{entry.term.text}"'
                yield _at(entry, "duplicate", message, "Remove the name, the form or the slug at one of them")
        ways = [name_addresses(name) for name in entry.names]
        twice = [way for number, way in enumerate(ways) if way in ways[:number]]
        for first, *_ in twice:
            message = f'"{entry.term.text}" has the name "{first}" twice'
            yield _at(entry, "duplicate", message, "Remove one of the two")
        empty = [text for text in (*entry.forms, *(name.text for name in entry.names)) if not address(text)]
        for text in empty:
            yield _at(entry, "address", f'"{text}" holds no letter or digit', "Correct it")


def _check_citations(course: Course, entry: Entry, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    known = {reference.key for reference in course.references}
    cited = [(key, 0) for name in entry.names for key in name.references]
    cited += [(mark.value, mark.line) for mark in marks if mark.kind == "citation"]
    for key, line in cited:
        if key not in known:
            message = f'"{entry.term.text}" cites "{key}", which is not in the library'
            yield _at(
                entry, "unknown-reference", message, "Add it to references.bib or correct the key", line
            )


def _check_links(course: Course, entry: Entry, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    """The glossary is open: it links to open lessons and shows open steps only."""
    gated = {lesson.code: lesson.audience is Audience.PRO for lesson in course.lessons}
    steps = {step: video.audience is Audience.PRO for step, video in course.steps.items()}
    for mark in marks:
        known = {"lesson": gated, "step": steps}.get(mark.kind)
        if known is None:
            continue
        if mark.value not in known:
            message = f"there is no {mark.kind} {mark.value}"
            yield _at(entry, f"unknown-{mark.kind}", message, "Correct the code", mark.line)
        elif known[mark.value]:
            message = f"the glossary is open and names the {mark.kind} {mark.value}, which is behind the gate"
            yield _at(entry, "gate", message, "Leave it out", mark.line)


def _check_open_questions(entry: Entry) -> Iterator[Finding]:
    """What is tagged [?] stands in a box for open questions, as on every other page."""
    outside = _OPEN_BOX.sub(lambda box: "\n" * box[0].count("\n"), entry.body)
    for mark in find_marks(outside):
        if mark.kind == "grade" and mark.value == Grade.OPEN_QUESTION:
            message = f'in "{entry.term.text}" a statement tagged [?] stands outside a box for open questions'
            yield _at(entry, "open-question", message, 'Put it between "::: open" and ":::"', mark.line)
