"""Stations of a course: installed from its files, and written to them again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from edu.courseware.course import ChecklistEntry, Source
from edu.courseware.source import source_hash
from edu.services.ledger import Ledger
from edu.services.stations import lists
from quizzes import checklist as stations


def take(session: Session, ledger: Ledger, entry: ChecklistEntry, course_id: int, now: datetime) -> None:
    """Install a station unless it was changed here since, or its address name is another list's."""

    def row_hash() -> str | None:
        found = lists.by_slug(session, entry.checklist.slug)
        return source_hash(_document(lists.checklist_of(found))) if found else None

    def write() -> None:
        lists.keep(session, entry.checklist, course_id=course_id, now=now)

    ledger.take(entry.source.path, entry.source.hash, row_hash, write)


def of_course(session: Session, course_id: int) -> tuple[ChecklistEntry, ...]:
    """The stations that came with a course, as its files say them now, by their ids."""
    return tuple(
        ChecklistEntry(checklist, _document(checklist), Source(f"checklists/{checklist.id}.toml", ""))
        for checklist in lists.of_course(session, course_id)
    )


def _document(checklist: stations.Checklist) -> str:
    return stations.write(checklist).decode()
