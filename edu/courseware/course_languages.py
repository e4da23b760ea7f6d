"""course.<language>.toml and terms.<language>.toml: what a course says in other languages, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from edu.courseware.course import Course
from edu.courseware.course_words import (
    FIELDS,
    FRONT,
    GATE,
    CourseWords,
    GlossaryWords,
    NameWords,
    Said,
    WordText,
)
from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding
from edu.courseware.lessons import LANGUAGE, MODULE_CODE, SLUG
from edu.courseware.source import read_text
from edu.courseware.toml_text import fields_text, table_text, tables_text

Made = TypeVar("Made")
LISTS = {"notices": ("slug", SLUG, "general"), "paths": ("slug", SLUG, "patient")}
LISTS["modules"] = ("code", MODULE_CODE, "M3")


def read_course_words(folder: Path, lost: list[Finding]) -> tuple[CourseWords, ...]:
    """The words of a course's own pages in other languages; what cannot be read is added to `lost`."""
    return _each(folder, "course", _course_words, lost)


def read_glossary_words(folder: Path, lost: list[Finding]) -> tuple[GlossaryWords, ...]:
    """The glossary in other languages; what cannot be read is added to `lost`."""
    return _each(folder, "terms", _glossary_words, lost)


def course_words_text(words: CourseWords) -> str:
    """course.<language>.toml, always in the same bytes."""
    lists = {"notices": words.notices, "paths": words.paths, "modules": words.modules}
    return (
        fields_text(_ordered(words.front, "front"))
        + (table_text("gate", _ordered(words.gate, "gate")) if words.gate else "")
        + "".join(
            tables_text(part, [{LISTS[part][0]: name, **_ordered(said, part)} for name, said in kept.items()])
            for part, kept in lists.items()
        )
    ).lstrip("\n")


def glossary_words_text(words: GlossaryWords) -> str:
    """terms.<language>.toml, always in the same bytes."""
    return "".join(f"\n[[terms]]\n{fields_text(_said(entry))}" for entry in words.entries).lstrip("\n")


def original_texts(course: Course) -> dict[tuple[str, str, str], str]:
    """What may be translated of a course's own pages: each text by its part, slug or code, and field."""
    front = {key: getattr(course, key) for key in ("subtitle", "summary", "evidence_line", "honest_summary")}
    gate = {key: getattr(course.gate, key) for key in ("text", "confirm", "refuse")}
    things = {("front", ""): front, ("gate", ""): gate}
    things |= {("notices", it.slug): {"title": it.title, "text": it.text} for it in course.notices}
    for path in course.paths:
        said = {"title": path.title, "note": path.note, "door": path.door, "door_text": path.door_text}
        things["paths", path.slug] = said
    things |= {("modules", it.code): {"title": it.title, "summary": ""} for it in course.planned}
    things |= {("modules", it.code): {"title": it.title, "summary": it.summary} for it in course.modules}
    return {(part, name, key): text for (part, name), said in things.items() for key, text in said.items()}


def _each(
    folder: Path, stem: str, read: Callable[[str, Fields], Made], lost: list[Finding]
) -> tuple[Made, ...]:
    found = []
    name = re.compile(rf"{stem}\.({LANGUAGE})\.toml")
    for file in sorted(folder.glob(f"{stem}.*.toml")):
        if (met := name.fullmatch(file.name)) is None:
            continue
        try:
            text, _ = read_text(folder, file.name)
            fields = parse(text, file.name)
            found.append(read(met[1], fields))
            fields.close()
        except CourseError as error:
            lost.extend(error.findings)
    return tuple(found)


def _course_words(language: str, fields: Fields) -> CourseWords:
    gate: Said = {}
    if fields.has("gate"):
        table = fields.table("gate")
        gate = _texts(table, GATE)
        table.close()
    return CourseWords(language, _texts(fields, FRONT), gate, **{part: _list(fields, part) for part in LISTS})


def _list(fields: Fields, part: str) -> dict[str, Said]:
    key, pattern, example = LISTS[part]
    found: dict[str, Said] = {}
    for table in fields.tables(part):
        name = table.name(key, pattern, example)
        if name in found:
            raise table.wrong(key, f"{name!r} stands here twice", "Remove one of the two")
        found[name] = _texts(table, FIELDS[part])
    return found


def _texts(fields: Fields, names: tuple[str, ...]) -> dict[str, str]:
    return {name: fields.text(name) for name in names if fields.has(name)}


def _glossary_words(language: str, fields: Fields) -> GlossaryWords:
    found: list[WordText] = []
    for table in fields.tables("terms"):
        entry = WordText(
            slug=table.name("slug", SLUG, "back-mice"),
            text=table.text("text"),
            meaning=table.text("meaning"),
            forms=table.texts("forms"),
            body=table.text("body", ""),
            names=tuple(_name(name) for name in table.tables("names")),
            line=table.line(""),
            body_line=table.line("body") + 1,  # after the three quotes
        )
        if any(entry.slug == other.slug for other in found):
            raise table.wrong("slug", f"{entry.slug!r} stands here twice", "Remove one of the two")
        found.append(entry)
    return GlossaryWords(language, tuple(found))


def _name(table: Fields) -> NameWords:
    return NameWords(table.text("text"), table.text("who", ""), table.text("note", ""))


def _ordered(said: Mapping[str, str], part: str) -> dict[str, str]:
    return {name: said[name] for name in FIELDS[part] if name in said}


def _said(entry: WordText) -> dict[str, Any]:
    names = [{"text": name.text, "who": name.who, "note": name.note} for name in entry.names]
    said: dict[str, Any] = {
        "slug": entry.slug,
        "text": entry.text,
        "meaning": entry.meaning,
        "forms": entry.forms,
        "names": [{key: text for key, text in name.items() if text} for name in names],
        "body": f"{entry.body}\n" if entry.body and "\n" not in entry.body else entry.body,
    }
    return {name: value for name, value in said.items() if value}
