"""Notes at moments of a film: kept, changed, taken away. Of two changes made apart, both are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid, NotFound
from edu.models import Film, Note, Video
from edu.policy import Action, Viewer, require
from edu.services import typed, videos
from edu.services.film_times_between import ENDLESS, Standing, films_of, place

MOST_TEXT = 5000
"""Characters of one note."""
MOST_NOTES = 2000
"""Notes of one account. What is kept because it was changed in two places may come on top, as many again."""
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_VERSION = 14  # the place in a UUID where its version stands (RFC 9562, section 4.2)


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as a browser sends it: at a moment (milliseconds) of the film of that number.

    `base` is the revision that was changed; empty for a note of which the browser knows none yet.
    """

    at_ms: int
    film: int
    text: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as its owner sees it; `place_ms` is its moment in the film that is shown, where it is in it.

    `is_other_version`: it was written while the same note was changed on another device, and kept beside it.
    """

    uid: str
    at_ms: int
    film: int
    place_ms: int
    standing: Standing
    text: str
    revision: str
    created_at: datetime
    updated_at: datetime
    is_other_version: bool

    @property
    def is_bookmark(self) -> bool:
        """Whether it has no words."""
        return not self.text

    @property
    def is_cut(self) -> bool:
        """Whether the film leaves its moment out."""
        return self.standing is Standing.CUT


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept now; `other` is what was sent, kept beside a note that was changed elsewhere meanwhile."""

    note: NoteView
    other: NoteView | None = None


def of_film(session: Session, viewer: Viewer, slug: str) -> tuple[NoteView, ...]:
    """The viewer's notes at a film, by time, those that were cut out last; NotFound, or GateClosed."""
    video = videos.named(session, slug)
    require(viewer, Action.READ, video)
    asked = select(Note).where(Note.user_id == viewer.user_id, Note.video_id == video.id)
    rows = list(session.scalars(asked.order_by(Note.at_ms, Note.id)))
    return _views(session, video, rows)


def save(session: Session, viewer: Viewer, slug: str, uid: str, draft: Draft, now: datetime) -> Kept:
    """Keep a note under the name that its browser gave it, as often as it is sent.

    One that was changed elsewhere since `draft.base` stays, and what was sent is kept beside it as another
    note. Invalid for what cannot be kept; NotFound for a note of another film; GateClosed for a new note at a
    film for professionals.
    """
    # before the film is looked for: what is wrong with a note must not tell whether there is such a film
    text = typed.text(draft.text, "text", most=MOST_TEXT, optional=True)
    row = _mine(session, viewer, uid)
    video = videos.named(session, slug)
    if row is None:
        require(viewer, Action.READ, video)
        row = _new(session, viewer, video, uid, draft, text, now)
    elif row.video_id != video.id:
        raise NotFound("there is no such note")
    elif row.text != text:
        if draft.base != revision(row) and (draft.base or row.updated_at != row.created_at):
            other = _beside(session, row, text, now)
            note, kept = _views(session, video, [row])[0], _views(session, video, [other])[0]
            return Kept(note, kept)
        row.text, row.updated_at = text, _later(row.updated_at, now)
    session.flush()
    return Kept(_views(session, video, [row])[0])


def remove(session: Session, viewer: Viewer, uid: str, *, base: str = "", slug: str = "") -> None:
    """Take a note away. NotFound for none of the viewer's; Conflict when it was changed since `base`."""
    row = _mine(session, viewer, uid)
    if row is None or (slug and row.video_id != videos.named(session, slug).id):
        raise NotFound("there is no such note")
    if base and base != revision(row):
        raise Conflict("this note was changed elsewhere meanwhile, so it was kept", code="note_changed")
    session.delete(row)
    session.flush()


def revision(row: Note) -> str:
    """What tells one state of a note from the next; no two states of it have the same."""
    return row.updated_at.isoformat()


def view(row: Note, video: Video, films: Sequence[Film]) -> NoteView:
    """A note as its owner sees it; a note of the film that is shown needs no `films`."""
    found = place(video, films, row.film, row.at_ms)
    return NoteView(
        uid=row.uid,
        at_ms=row.at_ms,
        film=row.film,
        place_ms=found.ms,
        standing=found.standing,
        text=row.text,
        revision=revision(row),
        created_at=row.created_at,
        updated_at=row.updated_at,
        is_other_version=row.uid[_VERSION] == "5",
    )


def in_order(views: Iterable[NoteView]) -> tuple[NoteView, ...]:
    """By their time in the film; those that it leaves out come last."""
    return tuple(sorted(views, key=lambda note: (note.is_cut, note.place_ms)))


def _views(session: Session, video: Video, rows: list[Note]) -> tuple[NoteView, ...]:
    is_moved = any(row.film != video.film for row in rows)
    films = films_of(session, [video.id] if is_moved else []).get(video.id, ())
    return in_order(view(row, video, films) for row in rows)


def _mine(session: Session, viewer: Viewer, uid: str) -> Note | None:
    """The viewer's note of that name, held until the transaction ends; Invalid for what is no name."""
    if not _UID.fullmatch(uid):
        raise Invalid("a note is named by a random UUID in small letters", code="note_name")
    asked = select(Note).where(Note.user_id == viewer.user_id, Note.uid == uid)
    return session.scalar(asked.with_for_update())


def _new(
    session: Session, viewer: Viewer, video: Video, uid: str, draft: Draft, text: str, now: datetime
) -> Note:
    if not 0 <= draft.at_ms <= ENDLESS or not 0 <= draft.film <= video.film:
        raise Invalid("there is no such moment in this film", code="note_moment", field="at_ms")
    if viewer.user_id is None:
        raise NotFound("there is no such note")
    _require_room(session, viewer.user_id, MOST_NOTES)
    row = Note(user_id=viewer.user_id, uid=uid, video_id=video.id, film=draft.film, at_ms=draft.at_ms)
    row.text, row.created_at, row.updated_at = text, now, now
    session.add(row)
    return row


def _require_room(session: Session, user_id: int, most: int) -> None:
    held = session.scalar(select(func.count(Note.id)).where(Note.user_id == user_id)) or 0
    if held >= most:
        raise Invalid(
            "You have %(most)s notes, the most that an account keeps. Delete some first.",
            code="too_many_notes",
            most=most,
        )


def _beside(session: Session, row: Note, text: str, now: datetime) -> Note:
    """What was written while the note was changed elsewhere, as a note of its own.

    Its name follows from the note's and from the text (a UUID of version 5), so that a resend finds it again,
    and tells what it is: no browser makes names of that version.
    """
    uid = str(uuid5(UUID(row.uid), text))
    asked = select(Note).where(Note.user_id == row.user_id, Note.uid == uid)
    found = session.scalar(asked)
    if found is None:
        _require_room(session, row.user_id, 2 * MOST_NOTES)
        found = Note(user_id=row.user_id, uid=uid, video_id=row.video_id, film=row.film, at_ms=row.at_ms)
        found.text, found.created_at, found.updated_at = text, now, now
        session.add(found)
        session.flush()
    return found


def _later(before: datetime, now: datetime) -> datetime:
    """Now, and after the state before, whatever the clock says: a moment is the name of a state."""
    return max(now, before + timedelta(microseconds=1))
