"""What of a script is in no caption of the working copy: told by its place, put in there, or forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from captions import Cue
from captions.webvtt.cuetext import escape
from edu.errors import Conflict
from edu.models import Track, Video
from edu.policy import Viewer
from edu.services.texts import drafts
from edu.services.texts.rows import Edit, Row

GAP_MS = 83
"""Two frames between one caption and the next."""
LEAST_MS, MOST_MS = 800, 7000
"""Room that a caption needs, and takes at most."""
LETTERS_A_SECOND = 15
LOOSE_MS = 10_000
"""Room after the last caption of a film whose length is not known."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the script: its line there, and how many captions stand before it."""

    id: int
    text: str
    speaker: str
    part: str
    line: int
    place: int


@dataclass(frozen=True, slots=True)
class PutIn:
    """Where a part of the script stands now: the row's key and number, and whether it was there before."""

    key: str
    number: int
    is_joined: bool


def of(report: Mapping[str, Any], rows: Sequence[Row]) -> tuple[Missing, ...]:
    """What of the script is in no caption, as the working copy tells it."""
    numbers = {row.key: number for number, row in enumerate(rows, start=1)}
    return tuple(
        Missing(
            part["id"], part["text"], part["speaker"], part["part"], part["line"], _place(part, numbers, rows)
        )
        for part in report.get("unfound", ())
    )


def put_in(session: Session, track: Track, number: int, viewer: Viewer, now: datetime) -> PutIn:
    """Make a caption of a part of the script where it belongs; where there is no room between two, it
    becomes part of the one before. Conflict when somebody did so, or forgot it, already.
    """
    draft = drafts.of(session, track)
    part = next((each for each in draft.report.get("unfound", ()) if each["id"] == number), None)
    if part is None:
        raise Conflict("That part of the script was put in, or forgotten, meanwhile.", code="not_missing")
    places = {row.key: place for place, row in enumerate(draft.rows, start=1)}
    place = _place(part, places, draft.rows)
    duration = session.get_one(Video, track.video_id).duration_ms
    edit = _edit(draft.rows, part, place, duration, f"u{draft.revision}-{number}")
    saved = drafts.save(session, track, [edit], draft.revision, viewer, now)
    if saved.clashes:
        raise Conflict("Somebody changed that caption at this moment: try again.", code="draft_clash")
    rest = [each for each in draft.report["unfound"] if each["id"] != number]
    drafts.tell(session, track, unfound=rest)
    keys = [row.key for row in saved.draft.rows]
    return PutIn(edit.key, keys.index(edit.key) + 1, is_joined=edit.key in places)


def forget(session: Session, track: Track) -> None:
    """Tell no more of what the script has beside the captions."""
    drafts.tell(session, track, unfound=[])


def _place(part: Mapping[str, Any], numbers: Mapping[str, int], rows: Sequence[Row]) -> int:
    """By the caption it follows; by its time where that one is gone."""
    if not part["key"]:
        return 0
    by_time = sum(row.cue.start < part["after"] for row in rows)
    return numbers.get(part["key"], by_time)


def _edit(rows: Sequence[Row], part: Mapping[str, Any], place: int, duration: int, key: str) -> Edit:
    above = rows[place - 1] if place else None
    below = rows[place] if place < len(rows) else None
    start = above.cue.end + GAP_MS if above else 0
    limit = below.cue.start - GAP_MS if below else (duration or start + LOOSE_MS)
    said = escape(part["text"])
    voiced = f"<v {escape(part['speaker'])}>{said}" if part["speaker"] else said
    wanted = min(max(len(part["text"]) * 1000 // LETTERS_A_SECOND, LEAST_MS), MOST_MS)
    row = above or below
    if row is None or limit - start >= min(wanted, LEAST_MS):
        return Edit(key, 0, Cue(start, min(start + wanted, limit), voiced))
    text = _joined(row.cue.text, voiced, part, is_before=row is not above)
    return Edit(row.key, row.revision, replace(row.cue, text=text), row.cue)


def _joined(text: str, said: str, part: Mapping[str, Any], *, is_before: bool) -> str:
    """The words of a caption with those that are missing: behind the word they follow, else at the edge."""
    if is_before:
        return f"{said} {text}"
    if said.startswith("<v "):
        return f"{text}\n{said}"
    follows = escape(part["follows"])
    at = text.rfind(follows) + len(follows) if follows and follows in text else len(text)
    return f"{text[:at]} {said}{text[at:]}"
