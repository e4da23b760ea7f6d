"""terms.toml: the words of a subject, how they are misheard, what they mean and are called, both ways."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from captions.terms import Term
from edu.courseware.course import Grade
from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding
from edu.courseware.glossary import Entry, Meant, Name
from edu.courseware.lessons import LANGUAGE, SLUG
from edu.courseware.source import read_text
from edu.courseware.toml_text import Inline, Scalar, fields_text

TERMS = "terms.toml"
Value: TypeAlias = Scalar | tuple[str, ...] | tuple[Inline, ...]
KEY = r"[A-Za-z0-9_.:-]+(?:; [A-Za-z0-9_.:-]+)*"


def read_terms(folder: Path, lost: list[Finding]) -> tuple[Entry, ...]:
    """The terms of a course folder, none where there is no such file; what is wrong goes into `lost`."""
    if not (folder / TERMS).is_file():
        return ()
    try:
        text, _ = read_text(folder, TERMS)
        fields = parse(text, TERMS)
        found: list[Entry] = []
        for table in fields.tables("terms"):
            entry = _entry(table)
            if any(other.term.text.casefold() == entry.term.text.casefold() for other in found):
                raise table.wrong("text", f"{entry.term.text} stands here twice", "Remove one of the two")
            found.append(entry)
        fields.close()
    except CourseError as error:
        lost.extend(error.findings)
        return ()
    return tuple(found)


def terms_text(entries: tuple[Entry, ...]) -> str:
    """terms.toml of the terms."""
    return "".join(f"\n[[terms]]\n{fields_text(_said(entry))}" for entry in entries).lstrip("\n")


def _entry(table: Fields) -> Entry:
    entry = Entry(
        term=Term(table.text("text"), table.texts("misheard"), table.text("meaning", "")),
        slug=table.name("slug", SLUG, "back-mice", ""),
        forms=table.texts("forms"),
        body=table.text("body", ""),
        names=tuple(_name(name) for name in table.tables("names")),
        see=table.texts("see"),
        line=table.line(""),
        body_line=table.line("body") + 1,  # after the three quotes
    )
    if entry.has_page and not entry.term.meaning:
        raise table.wrong("meaning", f"is missing, and {entry.slug} has a page", 'Write meaning = "…"')
    for name in ("forms", "body", "names", "see"):
        if table.has(name) and not entry.has_page:
            raise table.wrong(name, "belongs to a page of the glossary", 'Write slug = "…" for its address')
    return entry


def _name(table: Fields) -> Name:
    cited = table.name("reference", KEY, "herz1945; hucherson1948", "")
    grade = table.text("grade", "")
    return Name(
        text=table.text("text"),
        language=table.name("language", LANGUAGE, "fr", "en"),
        who=table.text("who", ""),
        year=table.integer("year", 0),
        references=tuple(cited.split("; ")) if cited else (),
        grade=table.one_of("grade", grade, Grade).value if grade else "",
        means=table.choice("means", Meant, Meant.SAME),
        note=table.text("note", ""),
    )


def _said(entry: Entry) -> dict[str, Value]:
    """The fields of a term; those of its page only where there are any."""
    more: dict[str, Value] = {
        "slug": entry.slug,
        "forms": entry.forms,
        "see": entry.see,
        "names": tuple(_said_of(name) for name in entry.names),
        "body": f"{entry.body}\n" if entry.body and "\n" not in entry.body else entry.body,
    }
    heard: dict[str, Value] = {
        "text": entry.term.text,
        "misheard": entry.term.misheard,
        "meaning": entry.term.meaning,
    }
    return {**heard, **{name: value for name, value in more.items() if value}}


def _said_of(name: Name) -> Inline:
    said: dict[str, Scalar] = {
        "who": name.who,
        "year": name.year,
        "reference": "; ".join(name.references),
        "grade": name.grade,
        "means": name.means.value if name.means is not Meant.SAME else "",
        "note": name.note,
    }
    return {
        "text": name.text,
        "language": name.language,
        **{key: value for key, value in said.items() if value},
    }
