"""Offers: subtitles and chapters that lay inside a file, taken over as tracks by one press, or left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from babel.core import get_global
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import captions
from captions import CaptionError, Cue, TextTrack
from captions.webvtt import cuetext
from edu.errors import NotFound
from edu.models import Track, TrackKind, TrackOffer, Video
from edu.policy import Viewer
from edu.services import film_moves, typed
from edu.services.texts import tracks
from edu.services.video_editing import mine
from media import Chapter

MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A text inside a file: its kind, the language and title written beside it, and the cues."""

    kind: TrackKind
    language: str
    label: str
    track: TextTrack


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as the video's page shows it."""

    id: int
    kind: str
    language: str
    label: str
    count: int


def read_subtitles(data: bytes, language: str, label: str) -> Found | None:
    """The subtitles of a file as we would serve them; None when there is nothing in them to read."""
    try:
        track = captions.read(data)
    except CaptionError:
        return None
    return Found(TrackKind.CAPTIONS, language, label, track) if track.cues else None


def read_chapters(written: Iterable[Chapter]) -> Found | None:
    """The chapters of a file as a track; None when there is not one with a title and a length."""
    cues = tuple(
        Cue(chapter.start, chapter.end, cuetext.escape(" ".join(chapter.title.split())))
        for chapter in written
        if chapter.title.strip() and chapter.end > chapter.start
    )
    if not cues:
        return None
    return Found(TrackKind.CHAPTERS, "", "", TextTrack(captions.TrackKind.CHAPTERS, "", cues))


def keep(session: Session, video: Video, found: Iterable[Found], now: datetime) -> None:
    """Offer what lies inside the present original, in place of what lay inside the one before."""
    session.execute(delete(TrackOffer).where(TrackOffer.video_id == video.id))
    for entry in list(found)[:MOST_OFFERED]:
        session.add(
            TrackOffer(
                video_id=video.id,
                kind=entry.kind,
                language=tag(entry.language)[:35],
                label=entry.label[:80],
                count=len(entry.track.cues),
                document=captions.write(entry.track, "vtt").decode(),
                created_at=now,
            )
        )


def tag(written: str) -> str:
    """The language tag for what a media file says: those name languages by three letters (ISO 639-2).

    Empty for the words that name none: undetermined, several, no language at all.
    """
    first, _, rest = written.partition("-")
    if first.lower() in ("", "und", "mul", "zxx"):
        return ""
    found = str(get_global("language_aliases").get(first.lower(), first.lower()))
    return f"{found}-{rest}" if rest else found


def rows(session: Session, video_id: int) -> tuple[OfferRow, ...]:
    """What is offered for a video."""
    found = session.scalars(select(TrackOffer).where(TrackOffer.video_id == video_id).order_by(TrackOffer.id))
    return tuple(OfferRow(row.id, row.kind.value, row.language, row.label, row.count) for row in found)


def take(
    session: Session, viewer: Viewer, offer_id: int, *, kind: str, language: str, now: datetime
) -> Track:
    """Make the offer a track of its video, in the language that the maker says it is in.

    Its times are those of the recording: they are moved into the film that is shown, and what that leaves
    out is set aside.
    """
    offer, video = _mine(session, viewer, offer_id, locked=True)
    chosen = TrackKind.CHAPTERS if offer.kind is TrackKind.CHAPTERS else typed.word(kind, TrackKind, "kind")
    track = captions.read(offer.document.encode(), format="vtt")
    inside, aside = film_moves.into_film(session, video, track.cues)
    track = replace(track, cues=inside)
    if video.duration_ms:
        track = captions.clamp(track, video.duration_ms)
    row = tracks.keep(
        session,
        video,
        track,
        kind=chosen,
        language=typed.language(language),
        label=offer.label,
        author_id=viewer.user_id,
        now=now,
    )
    if aside and (version := tracks.version_of(session, row, row.current)):
        version.aside = aside
    session.delete(offer)
    return row


def video_of(session: Session, viewer: Viewer, offer_id: int) -> int:
    """The video that the offer belongs to; NotFound, or Forbidden for somebody else's."""
    return _mine(session, viewer, offer_id)[1].id


def decline(session: Session, viewer: Viewer, offer_id: int) -> int:
    """Offer it no more; tells the video."""
    offer, video = _mine(session, viewer, offer_id)
    session.delete(offer)
    return video.id


def _mine(
    session: Session, viewer: Viewer, offer_id: int, *, locked: bool = False
) -> tuple[TrackOffer, Video]:
    offer = session.get(TrackOffer, offer_id)
    if offer is None:
        raise NotFound("there is no such offer")
    return offer, mine(session, viewer, offer.video_id, locked=locked)
