"""Pages outside the lessons: pages/<kind>/<slug>.md, TOML between +++ lines and then Markdown, both ways.

A translation is `<slug>.<language>.md` beside its original.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from edu.courseware.course import Grade, Page, PageState
from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.lessons import LANGUAGE, LESSON_CODE, SLUG, read_review, split_front_matter
from edu.courseware.page_details import Freshness, Group, Known, PageDetails, PageKind, Subject
from edu.courseware.source import read_text
from edu.courseware.toml_text import fields_text, table_text

PAGES = "pages"
VERSION = r"[0-9]+(?:\.[0-9]+)*"
ORCID = r"(?:\d{4}-){3}\d{3}[\dX]"
_NAME = re.compile(rf"({SLUG})(?:\.({LANGUAGE}))?\.md")


def read_pages(folder: Path, lost: list[Finding]) -> tuple[Page, ...]:
    """The pages of a course folder by kind, place and address; what cannot be read is added to `lost`."""
    pages = []
    for file in sorted((folder / PAGES).glob("*/*.md")):
        try:
            pages.append(read_page(folder, file.relative_to(folder).as_posix()))
        except CourseError as error:
            lost.extend(error.findings)
    kinds = list(PageKind)
    return tuple(sorted(pages, key=lambda p: (kinds.index(p.kind), p.position, p.slug, p.is_translation)))


def read_page(folder: Path, path: str) -> Page:
    """One page. Raises CourseError with file, line and remedy."""
    text, source = read_text(folder, path)
    kind, slug, language = _place(path)
    try:
        front, body, body_line = split_front_matter(text, path)
    except CourseError as error:  # it speaks of lessons, which these are not
        said = [replace(found, message=found.message.replace("lesson", "page")) for found in error.findings]
        raise CourseError(said) from error
    fields = parse(front, path, first_line=2)
    page = Page(
        kind=kind,
        slug=slug,
        title=fields.text("title"),
        language=fields.name("language", LANGUAGE, "en", language or "en"),
        summary=fields.text("summary"),
        body=body,
        source=source,
        state=fields.choice("state", PageState, PageState.UNDER_CONSTRUCTION),
        published_at=_published(fields),
        position=fields.integer("position", 0),
        evidence=tuple(fields.one_of("evidence", tag, Grade) for tag in fields.texts("evidence")),
        details=_details(fields, kind),
        is_translation=bool(language),
        is_stale=bool(language) and _is_stale(fields),
        review=read_review(fields),
        body_line=body_line,
    )
    fields.close()
    if language and page.language != language:
        raise fields.wrong("language", f'is "{page.language}"', f'The name of the file says "{language}"')
    return page


def page_path(page: Page) -> str:
    """Where a page lies in its course folder."""
    tail = f".{page.language}" if page.is_translation else ""
    return f"{PAGES}/{page.kind.value}/{page.slug}{tail}.md"


def page_text(page: Page) -> str:
    """The file of a page, always in the same bytes."""
    said = {
        "title": page.title,
        "language": page.language,
        "state": page.state.value,
        "published": _written(page.published_at),
        "position": page.position,
        "translation": Freshness.STALE.value if page.is_stale else "",
        "summary": page.summary,
        "evidence": tuple(grade.value for grade in page.evidence),
    }
    front = fields_text({name: value for name, value in said.items() if value} | page.details.plain())
    if page.review is not None:
        review = page.review
        front += table_text(
            "review",
            {
                "reviewer": review.reviewer,
                "reviewed_on": review.reviewed_on,
                "due_on": review.due_on,
                "conflicts": review.conflicts,
            },
        )
    return f"+++\n{front}+++\n\n{page.body}"


def _place(path: str) -> tuple[PageKind, str, str]:
    """The kind and the address that the place of a file says, and the language of a translation."""
    _, folder, name = path.rsplit("/", 2)
    kinds = ", ".join(kind.value for kind in PageKind)
    if folder not in tuple(PageKind):
        raise broken(path, 0, f'there is no kind of page "{folder}"', f"Put it into one of {kinds}")
    found = _NAME.fullmatch(name)
    if found is None:
        raise broken(path, 0, "the name of the file is no address", "Name it like why-it-hurts.md")
    return PageKind(folder), found[1], found[2] or ""


def _is_stale(fields: Fields) -> bool:
    return fields.choice("translation", Freshness, Freshness.CURRENT) is Freshness.STALE


def _published(fields: Fields) -> datetime | None:
    """From when readers find the page: a day, which begins at 00:00 UTC, or a moment with its zone."""
    if not fields.has("published"):
        return None
    value = fields.day("published")
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    if value.tzinfo is None:
        raise fields.wrong("published", "is a moment without its zone", "Write 2026-03-02T09:00:00Z")
    return value.astimezone(UTC)


def _written(moment: datetime | None) -> date | str:
    """The day alone where the page is there from its beginning on."""
    if moment is None:
        return ""
    return moment.date() if moment.timetz() == time(tzinfo=UTC) else moment


Reader = Callable[[Fields, str], "str | tuple[str, ...]"]


def _text(fields: Fields, name: str) -> str:
    return fields.text(name, "")


def _needed(fields: Fields, name: str) -> str:
    return fields.text(name)


def _lessons(fields: Fields, name: str) -> tuple[str, ...]:
    codes = fields.texts(name)
    for code in codes:
        if not re.fullmatch(LESSON_CODE, code):
            raise fields.wrong(name, f"names {code!r}", 'Write codes like "L3.2"')
    return codes


# What each kind must say, and what it may say, besides what every page says.
READERS: dict[PageKind, dict[str, Reader]] = {
    PageKind.NEWS: {"author": _needed},
    PageKind.STORY: {
        "told_from": _needed,
        "reference": _text,
        "lessons": _lessons,
        "consent": _needed,
        "awaits": Fields.texts,
    },
    PageKind.QUESTION: {
        "group": lambda fields, name: fields.choice(name, Group).value,
        "known": lambda fields, name: fields.choice(name, Known).value,
        "lessons": _lessons,
    },
    PageKind.CONTRIBUTOR: {
        "roles": Fields.texts,
        "orcid": lambda fields, name: fields.name(name, ORCID, "0000-0002-1825-0097", ""),
        "link": lambda fields, name: fields.name(name, r"https://\S+", "https://example.org/", ""),
        "conflicts": _needed,
        "consent": _needed,
        "awaits": Fields.texts,
    },
    PageKind.SITE: {
        "version": lambda fields, name: fields.name(name, VERSION, "1", ""),
        "awaits": Fields.texts,
    },
}


def _details(fields: Fields, kind: PageKind) -> PageDetails:
    subject = fields.choice("subject", Subject, Subject.MEDICINE).value
    found = {name: read(fields, name) for name, read in READERS[kind].items()}
    return PageDetails.of({"subject": subject, **found})
