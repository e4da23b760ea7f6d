"""Entries: what a rater says about items, ratings, branches and errors, kept by revision.

An entry is known by its name: an item's id, `rating:<scale>`, `branch:<branch>`, `error:<number>`, or CLOCK.
Sending one twice keeps it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from edu.db import Base
from edu.errors import Conflict, Invalid
from edu.models import ChecklistMark, ChecklistRun, RaterRole, RunState
from edu.services import typed
from quizzes.checklist import FULL, Checklist, Scale, Use

CLOCK = "run:clock"
RATING, BRANCH, ERROR = "rating:", "branch:", "error:"
MOST_ENTRIES = 400
MOST_NOTE = 1000
LONGEST_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as the page gave it; `value` None takes it back. The higher `rev` is the later one."""

    name: str
    rev: int
    value: int | None
    at_ms: int | None = None
    recording_ms: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is now kept under the name. `is_stale`: something later than what was sent, from elsewhere."""

    entry: Entry
    is_stale: bool


def asked_scales(checklist: Checklist, role: RaterRole) -> tuple[Scale, ...]:
    """The scales that a rater of this role is asked: the patient's own word and entrustment only of others.

    How far somebody may be trusted in the workplace is said by a named teacher, never by a peer.
    """
    unasked = {
        RaterRole.SELF: {Use.PATIENT, Use.ENTRUSTMENT},
        RaterRole.PEER: {Use.ENTRUSTMENT},
        RaterRole.TEACHER: set[Use](),
    }[role]
    return tuple(scale for scale in checklist.scales if scale.use not in unasked)


def save(
    session: Session, run: ChecklistRun, checklist: Checklist, entries: list[Entry], *, now: datetime
) -> tuple[Kept, ...]:
    """Keep entries of a held run; gives what is now kept under each name.

    An older revision than the one kept changes nothing, nor does an equal one that says something else.
    Conflict when the run is finished; Invalid for a foreign name or value; and then nothing is kept.
    """
    if run.state is not RunState.OPEN:
        raise Conflict("this rating was finished and takes no more marks", code="run_finished")
    if len(entries) > MOST_ENTRIES:
        raise Invalid("too many marks at once", code="too_many_marks")
    known = _values(checklist, run.role)
    tidy = [_checked(entry, known) for entry in entries]
    return _put(session, run.id, tidy, now)


def kept(session: Session, run_ids: Iterable[str]) -> dict[str, dict[str, Entry]]:
    """All entries of these runs, by run and name."""
    ids = list(run_ids)
    found: dict[str, dict[str, Entry]] = {run_id: {} for run_id in ids}
    asked = select(ChecklistMark).where(ChecklistMark.run_id.in_(ids))
    # what was written past the session a moment ago is read anew
    for row in session.scalars(asked.execution_options(populate_existing=True)):
        found[row.run_id][row.name] = _entry(row)
    return found


def marks_of(checklist: Checklist, entries: Mapping[str, Entry]) -> dict[str, int]:
    """The marks by item id, in the list's order."""
    given = ((item.id, entries.get(item.id)) for item in checklist.items)
    return {name: entry.value for name, entry in given if entry and entry.value is not None}


def ratings_of(checklist: Checklist, entries: Mapping[str, Entry]) -> dict[str, int]:
    """The ratings by scale id."""
    given = ((scale.id, entries.get(f"{RATING}{scale.id}")) for scale in checklist.scales)
    return {name: entry.value for name, entry in given if entry and entry.value is not None}


def errors_of(checklist: Checklist, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The errors that the rater saw, in words."""
    return tuple(
        words
        for number, words in enumerate(checklist.errors)
        if (entry := entries.get(f"{ERROR}{number}")) and entry.value
    )


def comment(session: Session, run: ChecklistRun, name: str, note: str, *, now: datetime) -> None:
    """Write a note beside a mark of a finished run: what raters say who are far apart. The mark stays."""
    row = session.get(ChecklistMark, (run.id, name))
    if row is None or run.state is not RunState.FINISHED:
        raise Invalid("there is no such mark to comment on", code="bad_mark")
    row.note = typed.text(note, "note", most=MOST_NOTE, optional=True)
    row.rev, row.saved_at = row.rev + 1, now


def _values(checklist: Checklist, role: RaterRole) -> dict[str, range]:
    """The names that this rater may use, with the values each may have."""
    return {
        CLOCK: range(0),
        **{item.id: range(FULL + 1) for item in checklist.items},
        **{f"{RATING}{scale.id}": range(1, 6) for scale in asked_scales(checklist, role)},
        **{f"{BRANCH}{branch.id}": range(2) for branch in checklist.branches},
        **{f"{ERROR}{number}": range(2) for number in range(len(checklist.errors))},
    }


def _checked(entry: Entry, known: Mapping[str, range]) -> Entry:
    if entry.name not in known:
        raise Invalid("there is no such step in this checklist", code="foreign_mark")
    if entry.value is not None and entry.value not in known[entry.name]:
        raise Invalid("a step is done, done in part or not done", code="bad_mark")
    for moment in (entry.at_ms, entry.recording_ms):
        if moment is not None and not 0 <= moment <= LONGEST_MS:
            raise Invalid("this is no time within a day", code="bad_mark")
    note = typed.text(entry.note, "note", most=MOST_NOTE, optional=True)
    return Entry(entry.name, entry.rev, entry.value, entry.at_ms, entry.recording_ms, note)


def _put(session: Session, run_id: str, entries: list[Entry], now: datetime) -> tuple[Kept, ...]:
    """Write what is later than what is kept; nobody else writes while the run is held."""
    sent = {entry.name: entry for entry in sorted(entries, key=lambda entry: entry.rev)}
    before = kept(session, [run_id])[run_id]
    later = [entry for entry in sent.values() if entry.rev > _rev(before, entry.name)]
    if later:
        rows = [_row(run_id, entry, now) for entry in later]
        session.connection().execute(_upsert(session.get_bind().dialect.name), rows)
    said = []
    for name, entry in sorted(sent.items()):
        if entry.rev > _rev(before, name):
            said.append(Kept(entry, is_stale=False))
        else:
            said.append(Kept(before[name], is_stale=_says(before[name]) != _says(entry)))
    return tuple(said)


def _rev(before: Mapping[str, Entry], name: str) -> int:
    return before[name].rev if name in before else 0


def _says(entry: Entry) -> tuple[Any, ...]:
    return (entry.value, entry.at_ms, entry.recording_ms, entry.note)


def _entry(row: ChecklistMark) -> Entry:
    return Entry(row.name, row.rev, row.value, row.at_ms, row.recording_ms, row.note)


def _row(run_id: str, entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "name": entry.name,
        "value": entry.value,
        "at_ms": entry.at_ms,
        "recording_ms": entry.recording_ms,
        "note": entry.note,
        "rev": entry.rev,
        "saved_at": now,
    }


@cache
def _upsert(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Keep an entry unless the one that is there has a later revision."""
    table = Base.metadata.tables[ChecklistMark.__tablename__]
    rows = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    new = rows.excluded
    changed = ("value", "at_ms", "recording_ms", "note", "rev", "saved_at")
    return rows.on_conflict_do_update(
        index_elements=[table.c.run_id, table.c.name],
        set_={name: new[name] for name in changed},
        where=table.c.rev < new.rev,
    )
