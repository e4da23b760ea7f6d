"""Forms of pages: which fields each kind has, and what was typed into them, tidied, or refused by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from edu.courseware.lessons import LESSON_CODE
from edu.courseware.page_details import DEFAULTS, Group, Known, PageDetails, Subject
from edu.courseware.page_details import PageKind as FileKind
from edu.courseware.pages import READERS
from edu.courseware.terms import KEY
from edu.errors import Invalid, InvalidFields
from edu.models import Page, PageKind, PageState
from edu.services import typed

MOST_BODY, MOST_SUMMARY, MOST_LINE, MOST_LINES, MOST_NOTE = 200_000, 600, 500, 20, 200
TRANSLATED = frozenset({"author", "told_from", "consent", "roles", "conflicts", "awaits"})
"""The details that are words; a translation has the others as its original has them."""
ORDERED = frozenset({PageKind.STORY, PageKind.QUESTION, PageKind.CONTRIBUTOR})
"""The kinds whose list has an order of its own."""
MINUTE = "%Y-%m-%dT%H:%M"
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII | re.IGNORECASE)
T = TypeVar("T")


class State(StrEnum):
    """What a maker chooses; whether a page counts as reviewed is not the maker's to say."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Tick(StrEnum):
    """What a maker says by a tick."""

    STATED = "is_stated"  # of a story: whoever it is about agreed, or only what was published is told
    SLIP = "is_slip"  # of the terms: the meaning is the same, and with it the version
    FOLLOWS = "follows"  # of a translation: it says what the original says now


@dataclass(frozen=True, slots=True)
class PageForm:
    """What a form says, all of it unchecked. `said` holds the details by name, lists with one on a line.

    `samples` are the sentences that the form itself begins with, in every language of the site.
    `publish_on` is a moment in UTC, `revision` that of the page which was seen, and `source_revision`, of a
    translation, that of the original beside which it was written; `message` is the number of a story that
    somebody sent.
    """

    title: str = ""
    summary: str = ""
    body: str = ""
    language: str = "en"
    state: str = State.DRAFT.value
    publish_on: str = ""
    position: str = ""
    note: str = ""
    revision: str = ""
    source_revision: str = ""
    message: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    ticks: frozenset[str] = frozenset()
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """The same, tidied; `details` holds every field that the form has, also those that say nothing."""

    title: str
    summary: str
    body: str
    note: str
    state: State
    publish_on: datetime | None
    position: int
    details: dict[str, Any]


def names_of(kind: PageKind, *, is_translation: bool = False) -> tuple[str, ...]:
    """The details that its form has, in their order; the version of the terms is counted for their maker."""
    found = tuple(name for name in READERS[FileKind(kind.value)] if name != "version")
    return tuple(name for name in found if name in TRANSLATED) if is_translation else ("subject", *found)


def of_row(row: Page) -> PageForm:
    """The form as the page stands."""
    details = PageDetails.of(row.details)
    values = {name: getattr(details, name) for name in names_of(row.kind)}
    return PageForm(
        title=row.title,
        summary=row.summary,
        body=row.body,
        language=row.language,
        state=(State.DRAFT if row.state is PageState.DRAFT else State.PUBLISHED).value,
        publish_on=minute(row.published_at),
        position=str(row.position or ""),
        revision=str(row.revision),
        source_revision=str(row.source_revision or ""),
        message=str(row.details.get("message", "")),
        said={name: "\n".join(v) if isinstance(v, tuple) else v for name, v in values.items()},
        ticks=frozenset({Tick.STATED.value}) if row.details.get("is_stated") else frozenset(),
    )


def read(kind: PageKind, form: PageForm, *, is_translation: bool = False) -> Typed:
    """What the form says, with plain line ends and single spaces. InvalidFields names all that is wrong."""
    faults: list[Invalid] = []

    def checked(reading: Callable[[], T], instead: T) -> T:
        try:
            return reading()
        except Invalid as error:
            faults.append(error)
            return instead

    details = {
        name: checked(partial(_detail, name, form.said.get(name, "")), DEFAULTS[name])
        for name in names_of(kind, is_translation=is_translation)
    }
    made = Typed(
        title=checked(lambda: typed.line(form.title, "title", most=200), ""),
        summary=checked(lambda: typed.line(form.summary, "summary", most=MOST_SUMMARY), ""),
        body=checked(lambda: typed.text(form.body, "body", most=MOST_BODY, optional=True), ""),
        note=checked(lambda: typed.line(form.note, "note", most=MOST_NOTE, optional=True), ""),
        state=checked(lambda: typed.word(form.state, State, "state"), State.DRAFT),
        publish_on=checked(
            lambda: typed.moment(form.publish_on, "publish_on") if form.publish_on.strip() else None, None
        ),
        position=checked(lambda: _position(form.position), 0),
        details=details,
    )
    if faults:
        raise InvalidFields(faults)
    return made


def minute(moment: datetime | None) -> str:
    """A moment as a form writes it: in UTC, to the minute; "" for none."""
    return moment.astimezone(UTC).strftime(MINUTE) if moment else ""


def lines(value: str) -> tuple[str, ...]:
    """The lines of a text that say something, each with single spaces."""
    return tuple(" ".join(line.split()) for line in value.splitlines() if line.strip())


def orcid(value: str) -> str:
    """An ORCID iD in its four groups, "" for none; Invalid when it is none or its check digit is wrong.

    The last sign is the ISO 7064 MOD 11-2 digit of the fifteen before it (ORCID, "Structure of the ORCID
    Identifier").
    """
    if not value.strip():
        return ""
    found = _ORCID.fullmatch(value.strip())
    if found is None:
        raise Invalid("Write the ORCID as 0000-0002-1825-0097.", code="not_orcid", field="orcid")
    groups = found[1].upper()
    signs = groups.replace("-", "")
    total = 0
    for digit in signs[:-1]:
        total = (total + int(digit)) * 2
    if signs[-1] != "0123456789X"[(12 - total % 11) % 11]:
        raise Invalid(
            "This is no ORCID: its last digit does not fit the others. Compare it with the person’s page.",
            code="orcid_digit", field="orcid",
        )  # fmt: skip
    return groups


def _detail(name: str, value: str) -> Any:
    reading = _READING.get(name)
    return reading(value) if reading else typed.line(value, name, most=MOST_LINE)


def _several(name: str) -> Callable[[str], tuple[str, ...]]:
    def reading(value: str) -> tuple[str, ...]:
        found = lines(typed.text(value, name, most=MOST_LINES * MOST_LINE, optional=True))
        if len(found) > MOST_LINES or any(len(line) > MOST_LINE for line in found):
            raise Invalid(
                "At most %(lines)s lines of %(most)s characters each are kept.",
                code="too_many", field=name, lines=MOST_LINES, most=MOST_LINE,
            )  # fmt: skip
        return found

    return reading


def _codes(value: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(value.replace(",", " ").split()))
    if not all(re.fullmatch(LESSON_CODE, code) for code in codes):
        raise Invalid("Write codes of lessons such as L3.2, L4.1.", code="not_codes", field="lessons")
    return codes


def _key(value: str) -> str:
    key = typed.line(value, "reference", most=80, optional=True)
    if key and (";" in key or not re.fullmatch(KEY, key)):
        raise Invalid("Write one key of the library, such as ries1937.", code="not_key", field="reference")
    return key


def _link(value: str) -> str:
    link = typed.line(value, "link", most=MOST_LINE, optional=True)
    if link and not re.fullmatch(r"https://[^\s/]+\S*", link):
        raise Invalid("Write an address that begins with https://", code="not_https", field="link")
    return link


def _position(value: str) -> int:
    if not value.strip():
        return 0
    if not re.fullmatch(r"[0-9]{1,4}", value.strip(), re.ASCII):
        raise Invalid("Write a number from 1 to 9999.", code="not_number", field="position")
    return int(value)


_READING: dict[str, Callable[[str], Any]] = {
    "subject": lambda value: typed.word(value or Subject.MEDICINE.value, Subject, "subject").value,
    "group": lambda value: typed.word(value, Group, "group").value,
    "known": lambda value: typed.word(value, Known, "known").value,
    "roles": _several("roles"),
    "awaits": _several("awaits"),
    "lessons": _codes,
    "reference": _key,
    "orcid": orcid,
    "link": _link,
}
