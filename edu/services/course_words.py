"""A course's own words in a reader's language: kept beside the original's, shown while they fit it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.courseware.course import Course as CourseRecord
from edu.courseware.course_languages import original_texts
from edu.courseware.course_words import FIELDS, CourseWords
from edu.models import Course

KEPT = "words"
"""Where the notices of a course keep them: by language and part, a list of slugs or codes and their words."""


class Worded(str):
    """A text that knows its language."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Worded:
        """The text in that language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


@dataclass(frozen=True, slots=True)
class Wording:
    """What a course says to a reader of one language; in `home`, its own, what is not there in `language`."""

    home: str
    language: str
    kept: Mapping[str, Any]

    def say(self, part: str, name: str, field: str, original: str, home: str = "") -> Worded:
        """A text of the course, translated if there is a translation that was made of what it says now.

        `part` and `field` are those of `FIELDS` in edu/courseware/course_words.py, `name` the slug or code in
        it; `home` is the language of the original where that is not the course's.
        """
        found = self.kept.get(part, {}).get(name, {}).get(field)
        if found is None or found["of"] != print_of(original):
            return Worded(original, home or self.home)
        return Worded(found["text"], self.language)

    def front(self, field: str, original: str) -> Worded:
        """A text of the course's own page."""
        return self.say("front", "", field, original)


def wording(course: Course, language: str) -> Wording:
    """The words of a course for a reader of that language."""
    there: Mapping[str, Any] = course.notices.get(KEPT, {})
    main = language.split("-")[0]
    if main == course.language.split("-")[0]:
        return Wording(course.language, course.language, {})
    tags = [tag for tag in sorted(there) if tag.split("-")[0] == main]
    tag = language if language in there else next(iter(tags), "")
    return Wording(course.language, tag or course.language, _by_name(there.get(tag, {})))


def print_of(original: str) -> str:
    """By what a translation knows again what it was made of."""
    return hashlib.sha256(original.strip().encode()).hexdigest()[:12]


def keep(row: Course, words: CourseWords, source: CourseRecord) -> None:
    """Let these be the course's words in their language, made of what `source` says."""
    originals = original_texts(source)
    made: dict[str, dict[str, dict[str, Any]]] = {}
    for (part, name, field), text in words.flat().items():
        of = print_of(originals.get((part, name, field), ""))
        made.setdefault(part, {}).setdefault(name, {})[field] = {"text": text, "of": of}
    # as lists: PostgreSQL keeps no order of names
    kept = {
        part: [{"name": name, "said": said} for name, said in things.items()] for part, things in made.items()
    }
    row.notices = {**row.notices, KEPT: {**row.notices.get(KEPT, {}), words.language: kept}}


def of_course(row: Course) -> tuple[CourseWords, ...]:
    """The words of a course in other languages, as its files say them."""
    there = sorted(row.notices.get(KEPT, {}).items())
    return tuple(_record(language, _by_name(kept)) for language, kept in there)


def _by_name(kept: Mapping[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    return {part: {thing["name"]: thing["said"] for thing in things} for part, things in kept.items()}


def _record(language: str, kept: Mapping[str, Any]) -> CourseWords:
    parts = {part: {name: _texts(said) for name, said in kept.get(part, {}).items()} for part in FIELDS}
    lists = {part: said for part, said in parts.items() if part not in ("front", "gate")}
    return CourseWords(language, parts["front"].get("", {}), parts["gate"].get("", {}), **lists)


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {field: found["text"] for field, found in said.items()}
