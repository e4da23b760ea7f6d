"""BibTeX into the library of a course: looked at first, then taken entry by entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.finding import Finding
from edu.courseware.library.bibtex_in import Brought, bring
from edu.courseware.library.cite import cite
from edu.courseware.library.csl_json import UNCONFIRMED
from edu.courseware.reference import Judgement
from edu.courseware.reference import Reference as Record
from edu.errors import Invalid, TooLarge
from edu.models import Reference
from edu.policy import Viewer
from edu.services import audit, course_editing
from edu.services.library import records
from edu.services.library.deeds import LibraryDeed

MOST_LETTERS, MOST_ENTRIES = 200_000, 500


class Meeting(StrEnum):
    """What an entry of the text is to the library."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that would become another; both empty values are shown as such."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the text: where it stands, what it would do, and which of its fields are not kept."""

    key: str
    line: int
    cited: str
    meeting: Meeting
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What taking a text would do; `refused` are entries that cannot be kept, with line and remedy."""

    lines: tuple[Line, ...]
    refused: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done."""

    added: int
    changed: int


def look(session: Session, viewer: Viewer, course_id: int, text: str) -> Look:
    """What is in the text, before any of it is taken. NotFound, Forbidden; TooLarge, Invalid for the text."""
    course_editing.mine(session, viewer, course_id)
    brought = _brought(text)
    known = _known(session, course_id)
    lines = []
    for entry in brought.references:
        before = known.get(entry.key)
        merged = _merged(entry, records.record(before) if before else None)
        changes = _changes(records.record(before), merged) if before else ()
        meeting = Meeting.NEW if before is None else Meeting.CHANGED if changes else Meeting.SAME
        left = brought.left_out.get(entry.key, ())
        cited = cite(merged, unconfirmed=UNCONFIRMED)
        lines.append(Line(entry.key, entry.line, cited, meeting, changes, left))
    return Look(tuple(lines), brought.findings)


def take(
    session: Session, viewer: Viewer, course_id: int, text: str, keys: Collection[str], now: datetime
) -> Taken:
    """Take the entries of these keys; what the library says of known ones stays."""
    course_editing.mine(session, viewer, course_id, locked=True)
    chosen = [entry for entry in _brought(text).references if entry.key in keys]
    if not chosen:
        raise Invalid("Tick the entries that you want to take.", code="none_ticked", field="take")
    known = _known(session, course_id)
    added = changed = 0
    for entry in chosen:
        row = known.get(entry.key)
        if row is None:
            row = Reference(course_id=course_id, key=entry.key)
            records.write(row, entry, Judgement(entry.key), None)
            session.add(row)
            added += 1
        else:
            merged = _merged(entry, records.record(row))
            changed += records.write(row, merged, records.judgement(row), row.details.get("installed"))
    if added or changed:
        audit.record(
            session, LibraryDeed.TAKEN, now=now, actor_id=viewer.user_id, subject=f"course:{course_id}",
            added=added, changed=changed,
        )  # fmt: skip
    return Taken(added, changed)


def _brought(text: str) -> Brought:
    if len(text) > MOST_LETTERS:
        raise TooLarge(
            "The text is too long: at most %(most)s characters are read.",
            code="too_large", field="text", most=MOST_LETTERS,
        )  # fmt: skip
    if not text.strip():
        raise Invalid("Paste BibTeX here, or choose a file.", code="blank", field="text")
    brought = bring(text)
    if len(brought.references) > MOST_ENTRIES:
        raise TooLarge(
            "There are too many entries: at most %(most)s are taken at a time.",
            code="too_large", field="text", most=MOST_ENTRIES,
        )  # fmt: skip
    return brought


def _known(session: Session, course_id: int) -> dict[str, Reference]:
    asked = select(Reference).where(Reference.course_id == course_id)
    return {row.key: row for row in session.scalars(asked)}


def _merged(entry: Record, before: Record | None) -> Record:
    """The entry as it would be kept.

    Collections stay where it brings none. So does the note, if nothing else changes: nobody has noted that
    other words were seen.
    """
    if before is None:
        return entry
    entry = replace(entry, collections=entry.collections or before.collections)
    told = replace(entry, note=before.note, verification=before.verification)
    return told if not entry.note and told == before else entry


_SHOWN = (
    *("kind", "authors", "more_authors", "title", "original_title", "year", "container", "address", "volume"),
    *("number", "pages", "doi", "pmid", "pmcid", "url", "language", "collections", "note"),
)


def _changes(before: Record, after: Record) -> tuple[Change, ...]:
    told = ((name, _shown(before, name), _shown(after, name)) for name in _SHOWN)
    changes = [Change(name, was, becomes) for name, was, becomes in told if was != becomes]
    if before.verification is not after.verification:
        changes.append(Change("verification", before.verification.value, after.verification.value))
    return tuple(changes)


def _shown(record: Record, name: str) -> str:
    value = getattr(record, name)
    if name == "authors":
        return "; ".join(", ".join(part for part in (a.family, a.given) if part) for a in value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
