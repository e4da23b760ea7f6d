"""Notes as files to take along: Markdown, comma-separated values, JSON, and WebVTT for one film."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import captions
from captions import Cue, TextTrack
from captions.webvtt.cuetext import escape
from edu.services.film_times_between import Standing
from edu.services.notes.pages import Entry

FORMAT = "edu-notes-1"
SHOWN_MS = 5000
"""For how long a note is shown in a WebVTT file, where the next one does not come sooner."""
SHORTEST_MS = 1000
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by it spreadsheets know that the file is UTF-8
COLUMNS = ("course", "film", "title", "time", "at_ms", "standing", "text", "created_at", "updated_at", "url")
# A cell that begins so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a file says beside the notes, in the reader's language."""

    heading: str
    bookmark: str
    cut: str
    unsure: str
    other_version: str
    no_course: str
    no_film: str


def markdown(entries: Iterable[Entry], words: FileWords, base_url: str) -> bytes:
    """A heading for each course and film, and an item of a list for each note."""
    parts = [f"# {words.heading}"]
    for course, of_course in groupby(entries, key=lambda entry: entry.film.course):
        parts.append(f"## {course or words.no_course}")
        for film, own in groupby(of_course, key=lambda entry: entry.film):
            parts.append(f"### {film.title or words.no_film}")
            parts.append("\n".join(_item(entry, words, base_url) for entry in own))
    return ("\n\n".join(parts) + "\n").encode()


def comma_separated(entries: Iterable[Entry], base_url: str) -> bytes:
    """One record for each note, safe to open in a spreadsheet; times are ISO 8601 in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        record = _record(entry, base_url)
        writer.writerow([_safe(record[name]) for name in COLUMNS])
    return (MARK + out.getvalue()).encode()


def json_document(entries: Iterable[Entry], base_url: str, now: datetime) -> bytes:
    """Every note with all that is known of it."""
    notes = [
        {
            "uid": entry.note.uid,
            **_record(entry, base_url),
            "kept_at_ms": entry.note.at_ms,
            "kept_in_film": entry.note.film,
            "is_other_version": entry.note.is_other_version,
        }
        for entry in entries
    ]
    document = {"format": FORMAT, "exported_at": now.isoformat(), "notes": notes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def webvtt(entries: Iterable[Entry], words: FileWords) -> bytes:
    """The notes of one film as a text track; what the film leaves out stands in comments at the end."""
    listed = list(entries)
    timed = [entry for entry in listed if not entry.note.is_cut]
    starts = [entry.note.place_ms for entry in timed]
    cues = tuple(
        Cue(start, _end(start, starts), escape(_block(entry.note.text or words.bookmark)), entry.note.uid)
        for start, entry in zip(starts, timed, strict=True)
    )
    written = captions.write(TextTrack(kind=captions.TrackKind.METADATA, cues=cues), "vtt")
    left_out = (_comment(entry, words) for entry in listed if entry.note.is_cut)
    return written + "".join(left_out).encode()


def clock(ms: int) -> str:
    """72 400 -> 1:12, 3 725 000 -> 1:02:05."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _item(entry: Entry, words: FileWords, base_url: str) -> str:
    time = clock(entry.note.place_ms)
    told = {Standing.CUT: words.cut, Standing.UNSURE: words.unsure}.get(entry.note.standing, "")
    flags = [flag for flag in (told, words.other_version if entry.note.is_other_version else "") if flag]
    head = f"- [{time}]({base_url}{entry.url})" if entry.url else f"- {time}"
    tail = f" ({'; '.join(flags)})" if flags else ""
    text = (entry.note.text or words.bookmark).replace("\n", "\n  ")
    return f"{head}{tail} {text}"


def _record(entry: Entry, base_url: str) -> dict[str, str | int]:
    return {
        "course": entry.film.course,
        "film": entry.film.slug if entry.film.url else "",
        "title": entry.film.title,
        "time": clock(entry.note.place_ms),
        "at_ms": entry.note.place_ms,
        "standing": entry.note.standing.value,
        "text": entry.note.text,
        "created_at": entry.note.created_at.isoformat(),
        "updated_at": entry.note.updated_at.isoformat(),
        "url": f"{base_url}{entry.url}" if entry.url else "",
    }


def _comment(entry: Entry, words: FileWords) -> str:
    text = escape(_block(entry.note.text or words.bookmark))
    return f"\nNOTE {words.cut} ({clock(entry.note.at_ms)})\n{text}\n"


def _safe(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _end(start: int, starts: list[int]) -> int:
    after = next((other for other in starts if other > start), start + SHOWN_MS)
    return max(start + SHORTEST_MS, min(after, start + SHOWN_MS))


def _block(text: str) -> str:
    """Without blank lines, which would end a cue."""
    return "\n".join(line for line in text.splitlines() if line.strip())
