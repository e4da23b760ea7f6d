"""Layers over a film: kept as the metadata track of its video, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import layers
from captions.layer_faults import LayersError
from edu.models import Track, TrackKind, Video
from edu.services.texts import tracks

LABEL = "layers"


@dataclass(frozen=True, slots=True)
class LayersRow:
    """The layers of a video as its maker sees them; `names` are those a viewer can switch on and off."""

    track_id: int
    version: int
    names: tuple[str, ...]


def row(session: Session, video: Video) -> LayersRow | None:
    """What layers a video has; None without any. A document that cannot be read has no names."""
    found = next((e for e in tracks.of_video(session, video.id) if e.track.kind is TrackKind.METADATA), None)
    if found is None:
        return None
    try:
        cues = layers.of(captions.read(found.document.encode(), format="vtt")).cues
    except LayersError:
        cues = ()
    return LayersRow(found.track.id, found.track.current, tuple(dict.fromkeys(cue.label for cue in cues)))


def keep(session: Session, video: Video, data: bytes, *, author_id: int | None, now: datetime) -> Track:
    """Make the layers of a WebVTT file those of the video. LayersError tells the line that is wrong.

    There is one document of layers for a video, whatever language its labels are in.
    """
    document = layers.read(data)
    known = select(Track.language).where(Track.video_id == video.id, Track.kind == TrackKind.METADATA)
    language = session.scalar(known.order_by(Track.current.desc(), Track.id).limit(1))
    return tracks.keep(
        session, video, layers.to_track(document), kind=TrackKind.METADATA,
        language=language or video.language, label=LABEL, author_id=author_id, now=now,
    )  # fmt: skip


def remove(session: Session, video: Video, now: datetime) -> Track | None:
    """Take the layers off the film; the track, or None when there were none. Its versions stay.

    The row stays, too, so that a number, and with it an address, is never given to another document.
    """
    found = next((e for e in tracks.of_video(session, video.id) if e.track.kind is TrackKind.METADATA), None)
    if found is None:
        return None
    track = tracks.locked(session, found.track)
    track.current, track.updated_at = 0, now
    session.flush()
    return track
