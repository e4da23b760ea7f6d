"""Ledger: which files of a course were installed, and so which pages may be written anew from theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import InstalledFile


@dataclass(slots=True)
class Report:
    """What an installation did, by path; `conflicts` are files whose page was changed in the studio."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


class Ledger:
    """The files of one course as they were last installed, and what this installation does with each."""

    def __init__(self, session: Session, course_id: int, now: datetime) -> None:
        asked = select(InstalledFile).where(InstalledFile.course_id == course_id)
        self._session, self._course_id, self._now = session, course_id, now
        self._notes = {note.path: note for note in session.scalars(asked)}
        self.report = Report()

    def take(
        self, path: str, source: str, row_hash: Callable[[], str | None], write: Callable[[], None]
    ) -> None:
        """Write one file's row unless nothing changed, or the row was edited since it was installed.

        `source` is the hash of the file; `row_hash` that of the file the row would be written to, before and
        after writing (None: there is no row).
        """
        note, before = self._notes.get(path), row_hash()
        if before == source or (note is not None and note.source_hash == source and before is not None):
            self.report.unchanged.append(path)  # the file is the one of before, or says what the page says
            if note is None:
                self._remember(path, source, source)
        elif before != (note.row_hash if note else None):
            self.report.conflicts.append(path)  # edited, removed or made in the studio
        else:
            write()
            self._session.flush()
            (self.report.updated if note else self.report.added).append(path)
            self._remember(path, source, row_hash() or "")

    def knows(self, path: str) -> bool:
        """Whether the file was installed before."""
        return path in self._notes

    def _remember(self, path: str, source: str, row_hash: str) -> None:
        note = self._notes.get(path)
        if note is None:
            note = self._notes[path] = InstalledFile(course_id=self._course_id, path=path)
            self._session.add(note)
        note.source_hash, note.row_hash, note.installed_at = source, row_hash, self._now
