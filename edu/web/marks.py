"""Marks of a checklist as they come from a browser: as JSON while they are given, or as form fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from captions.timecode import parse_clock
from edu.errors import Invalid
from edu.services.stations.entries import CLOCK, Entry
from edu.services.stations.forms import FormPage

HIGHEST_REV = 1_000_000
MOST_MS = 24 * 3600 * 1000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,71}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_FIELDS = {"item", "rev", "response"}
_SAID = {"value", "at_ms", "recording_ms", "note"}


def from_json(body: Mapping[str, Any]) -> list[Entry]:
    """The entries in {"marks": [{"item", "rev", "response": {"value", "at_ms", "recording_ms", "note"}}]}."""
    marks = body.get("marks")
    if not isinstance(marks, list) or not set(body) <= {"marks"}:
        raise Invalid("marks are sent as a list under the name marks", code="bad_marks")
    return [_one(mark) for mark in marks]


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as it is sent to a page."""
    said = {name: getattr(entry, name) for name in sorted(_SAID)}
    return {"item": entry.name, "rev": entry.rev, "response": said}


def from_form(form: MultiDict[str, str], page: FormPage) -> tuple[list[Entry], bool]:
    """The entries of a posted form that differ from what `page` shows as kept, as next revisions; and whether
    any is stale: given in a form that knew an older revision than the one kept.

    `v.<name>` is the value, `n.` the note, `t.` the time in the recording, `a.` the time on the clock in ms,
    `rev.` the revision that the form knew.
    """
    given, is_stale = [], False
    for name, kept in _kept(page).items():
        said = _said(form, name, kept)
        if said is None or _same(said, kept):
            continue
        known = _number(form.get(f"rev.{name}", "0"), HIGHEST_REV)
        if known < kept.rev:
            is_stale = True
        else:
            given.append(Entry(name, max(kept.rev + 1, known), *said))
    return given, is_stale


Said = tuple[int | None, int | None, int | None, str]


def _kept(page: FormPage) -> dict[str, Entry]:
    inside = (step for branch in page.branches for step in branch.steps)
    return {
        CLOCK: Entry(CLOCK, page.clock_rev, None, page.elapsed_ms or None),
        **{
            step.name: Entry(
                step.name, step.rev, step.value, step.at_ms, _clock(step.recording, step.name), step.note
            )
            for step in (*page.steps, *inside)
        },
        **{scale.name: Entry(scale.name, scale.rev, scale.value) for scale in page.scales},
        **{b.name: Entry(b.name, b.rev, int(b.is_open) if b.rev else None) for b in page.branches},
        **{error.name: Entry(error.name, error.rev, int(error.is_seen)) for error in page.errors},
    }


def _said(form: MultiDict[str, str], name: str, kept: Entry) -> Said | None:
    """What the fields under a name say; None when the form has none of them."""
    fields = {kind: form.get(f"{kind}.{name}") for kind in "vnta"}
    if all(value is None for value in fields.values()):
        # a box without its tick is not sent at all, but its revision is
        return (0, None, None, "") if name.startswith("error:") and f"rev.{name}" in form else None
    value, at = fields["v"], fields["a"]
    typed, note = fields["t"], fields["n"]
    return (
        kept.value if value is None else _number(value, 9),
        _number(at, MOST_MS) if at else kept.at_ms,
        kept.recording_ms if typed is None else _clock(typed, name),
        kept.note if note is None else note.replace("\r\n", "\n").strip(),
    )


def _same(said: Said, kept: Entry) -> bool:
    value, at_ms, recording_ms, note = said
    seconds = [None if ms is None else ms // 1000 for ms in (recording_ms, kept.recording_ms)]
    return (value, at_ms, note) == (kept.value, kept.at_ms, kept.note) and seconds[0] == seconds[1]


def _one(mark: Any) -> Entry:
    if not isinstance(mark, dict) or set(mark) != _FIELDS or not isinstance(mark["response"], dict):
        raise Invalid("a mark has the fields item, rev and response, and no others", code="bad_mark")
    name, rev, said = mark["item"], mark["rev"], mark["response"]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Invalid("there is no such step in this checklist", code="foreign_mark")
    if type(rev) is not int or not 0 < rev <= HIGHEST_REV or not set(said) <= _SAID:
        raise Invalid("a mark names a step of this checklist and a revision", code="bad_mark")
    value, at_ms, recording_ms = (_whole(said.get(field)) for field in ("value", "at_ms", "recording_ms"))
    note = said.get("note", "")
    if not isinstance(note, str):
        raise Invalid("a note is a text", code="bad_mark")
    return Entry(name, rev, value, at_ms, recording_ms, note)


def _whole(value: Any) -> int | None:
    if value is None or (type(value) is int and 0 <= value <= MOST_MS):
        return value
    raise Invalid("a mark is a small whole number", code="bad_mark")


def _number(value: str, most: int) -> int:
    if not _NUMBER.fullmatch(value) or int(value) > most:
        raise Invalid("this form is not as it was sent to you; reload the page", code="bad_mark")
    return int(value)


def _clock(value: str, name: str) -> int | None:
    if not value.strip():
        return None
    found = parse_clock(value)
    if found is None:
        raise Invalid("Write a time in the recording as 1:05.", code="bad_time", field=name)
    return found
