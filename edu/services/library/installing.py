"""Installing the library of a course: what is new is added, what was edited in the studio is left alone.

Entries are many and small, so that a ledger line for each would say little: what an entry was installed from
is noted in its own row instead.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.courseware import course as files
from edu.courseware.library.judgements import LIBRARY
from edu.courseware.read import REFERENCES
from edu.courseware.reference import Judgement
from edu.courseware.reference import Reference as Record
from edu.models import Reference
from edu.services.ledger import Report
from edu.services.library import records
from edu.services.library.records import ENTRY, JUDGEMENT


def take(session: Session, report: Report, course: files.Course, course_id: int) -> None:
    """Bring the rows to what the files say; entries that the studio changed are conflicts of the report."""
    asked = select(Reference).where(Reference.course_id == course_id)
    known = {row.key: row for row in session.scalars(asked)}
    judged = {judgement.key: judgement for judgement in course.judgements}
    for entry in course.references:
        judgement = judged.get(entry.key, Judgement(entry.key))
        row = known.pop(entry.key, None)
        if row is None:
            row = Reference(course_id=course_id, key=entry.key)
            records.write(row, entry, judgement, records.hashes(entry, judgement))
            session.add(row)
        else:
            _renew(row, entry, judgement, report)
    _remove(session, list(known.values()), report)


def _renew(row: Reference, entry: Record, judgement: Judgement, report: Report) -> None:
    """Take from the files what nobody touched here since."""
    source = records.hashes(entry, judgement)
    here = records.hashes(records.record(row), records.judgement(row))
    noted = _noted(row, here)
    entry = entry if _is_taken(ENTRY, source, here, noted) else records.record(row)
    judgement = judgement if _is_taken(JUDGEMENT, source, here, noted) else records.judgement(row)
    kept = records.hashes(entry, judgement)
    for part, path in ((ENTRY, REFERENCES), (JUDGEMENT, LIBRARY)):
        if source[part] == kept[part]:
            noted[part] = source[part]
        elif noted.get(part) != source[part]:
            report.conflicts.append(f"{path}: {row.key}")
    records.write(row, entry, judgement, noted)


def _noted(row: Reference, here: dict[str, str]) -> dict[str, str]:
    """What the row was installed from. One of an earlier edu could not be edited, so that it is its file."""
    installed = row.details.get("installed", here)
    return dict(installed or {})


def _is_taken(part: str, source: dict[str, str], here: dict[str, str], noted: dict[str, str]) -> bool:
    """Whether the file's words go into the row: nobody changed it, and the file is another than before."""
    return here[part] == noted.get(part) and source[part] != here[part]


def _remove(session: Session, gone: list[Reference], report: Report) -> None:
    """Remove entries that left the file, unless the studio brought or changed them."""
    removed = []
    for row in gone:
        here = records.hashes(records.record(row), records.judgement(row))
        noted = _noted(row, here)
        if not noted:
            continue
        if noted == here:
            removed.append(row.id)
        else:
            report.conflicts.append(f"{REFERENCES}: {row.key}")
    if removed:
        session.execute(delete(Reference).where(Reference.id.in_(removed)))
