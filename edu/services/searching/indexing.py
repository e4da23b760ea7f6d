"""The index: the places of each track that is served, written in the transaction that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

import captions
from captions.transcript import Line, transcript
from captions.webvtt.cuetext import plain_text
from edu.models import Track, TrackKind, TrackVersion
from edu.models.search import PLACES_OF_A_TRACK, SearchEntry
from edu.services.searching.words import words

STRETCH_MS: Final = 25_000
"""A place holds the lines that begin within this time: words that belong together are in one of them."""

SEARCHED: Final = (TrackKind.CAPTIONS, TrackKind.SUBTITLES, TrackKind.CHAPTERS)


def index_track(session: Session, row: Track, document: str) -> None:
    """Let this text, the WebVTT document of the track's current version, be what is found of the track.

    For a track that serves no version any more (`current` is 0) nothing is found from now on.
    """
    session.execute(delete(SearchEntry).where(SearchEntry.track_id == row.id))
    if not row.current or row.kind not in SEARCHED:
        return
    lines = _lines(document, row.kind)
    length = 0 if row.kind is TrackKind.CHAPTERS else STRETCH_MS
    places = [
        {
            "id": row.id * PLACES_OF_A_TRACK + number,
            "track_id": row.id,
            "version": row.current,
            "lines": [[line.start, line.end, line.text] for line in stretch],
            "words": f" {' '.join(words(' '.join(line.text for line in stretch)))} ",
        }
        for number, stretch in zip(range(PLACES_OF_A_TRACK), _stretches(lines, length), strict=False)
    ]
    if places:
        session.execute(insert(SearchEntry), places)


def mend(session: Session) -> int:
    """Index the tracks that are served and whose served version is not in the index; tells how many.

    After an upgrade of an older site these are all. A track without a word is among them each time.
    """
    found = session.execute(_stale()).all()
    for row, document in found:
        index_track(session, row, document)
    return len(found)


def unfound(session: Session) -> list[Track]:
    """The tracks that are served, have words, and are not in the index as they are served."""
    return [row for row, document in session.execute(_stale()) if _lines(document, row.kind)]


def rebuild(session: Session) -> int:
    """Make the index anew from the tracks that are served; tells how many they are."""
    session.execute(delete(SearchEntry))
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    found = session.execute(_served()).all()
    for row, document in found:
        index_track(session, row, document)
    return len(found)


def _stale() -> Select[Track, str]:
    return _served().where(
        ~select(SearchEntry.id)
        .where(SearchEntry.track_id == Track.id, SearchEntry.version == Track.current)
        .exists()
    )


def _lines(document: str, kind: TrackKind) -> list[Line]:
    """What is read in one go: a sentence, however many captions it goes over, or the title of one chapter."""
    read = captions.read(document.encode(), format="vtt")
    if kind is TrackKind.CHAPTERS:
        titles = ((cue, " ".join(plain_text(cue.text).split())) for cue in read.cues)
        return [Line(cue.start, cue.end, title) for cue, title in titles if title]
    return [line for paragraph in transcript(read) for line in paragraph.lines]


def _served() -> Select[Track, str]:
    return (
        select(Track, TrackVersion.document)
        .join(TrackVersion, (TrackVersion.track_id == Track.id) & (TrackVersion.number == Track.current))
        .where(Track.kind.in_(SEARCHED))
        .order_by(Track.id)
    )


def _stretches(lines: list[Line], length: int) -> Iterator[list[Line]]:
    """The lines in rows, each of those that begin within the length, in milliseconds, of its first."""
    held: list[Line] = []
    for line in lines:
        if held and line.start - held[0].start >= length:
            yield held
            held = []
        held.append(line)
    if held:
        yield held
