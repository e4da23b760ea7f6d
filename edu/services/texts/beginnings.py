"""How a track begins: empty, with the times of another to be translated, or brought into other times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from captions import Cue, TextTrack
from edu.errors import Conflict, Invalid, NotFound
from edu.models import DraftOrigin, Track, TrackKind, Video
from edu.policy import Viewer
from edu.services.texts import drafts, track_editing, tracks
from edu.services.texts.editor_pages import SPOKEN
from edu.services.texts.rows import Edit


@dataclass(frozen=True, slots=True)
class Wanted:
    """A track as its maker names it."""

    kind: TrackKind
    language: str
    label: str


def begin(session: Session, video: Video, wanted: Wanted, viewer: Viewer, now: datetime) -> Track:
    """The track to work on; made, with an empty working copy, where there is none. Invalid for chapters."""
    if wanted.kind not in SPOKEN:
        raise Invalid("Chapters are made on a page of their own.", code="not_spoken", field="kind")
    return drafts.begun(session, video, wanted.kind, wanted.language, wanted.label, now)


def translate(
    session: Session, video: Video, wanted: Wanted, source_id: int, viewer: Viewer, now: datetime
) -> Track:
    """A track with the times of another one and no words yet, to be written beside it.

    Raises Conflict when the track has words already, NotFound for another video's source.
    """
    source, _ = track_editing.mine(session, viewer, source_id)
    if source.video_id != video.id or source.kind not in SPOKEN:
        raise NotFound("there is no such track")
    track = begin(session, video, wanted, viewer, now)
    if track.id == source.id:
        raise Invalid(
            "That is the track itself: choose another language.", code="same_track", field="track_language"
        )
    if drafts.of(session, track).rows:
        raise Conflict(
            "There is such a track already: open it, and choose the other one beside it.",
            code="track_exists", field="track_language",
        )  # fmt: skip
    cues = tuple(Cue(row.cue.start, row.cue.end, "") for row in drafts.of(session, source).rows)
    drafts.replace_all(
        session, track, cues, origin=DraftOrigin.TRANSLATION, viewer=viewer, now=now,
        report={"beside": source.id},
    )  # fmt: skip
    return track


def reopen(session: Session, track: Track, number: int, viewer: Viewer, now: datetime) -> None:
    """Begin the working copy with an earlier version; learners get what they got before.

    NotFound for chapters and for a version that there is not, Conflict for one of another film.
    """
    tracks.locked(session, track)
    version = tracks.version_of(session, track, number)
    if version is None or track.kind not in SPOKEN:
        raise NotFound("there is no such version")
    video = session.get_one(Video, track.video_id)
    session.refresh(video)
    tracks.require_times_of(session, video, version)
    drafts.replace_all(
        session, track, drafts.without_regions(version.document), origin=DraftOrigin.TRACK, viewer=viewer,
        now=now,
    )  # fmt: skip


def retime(
    session: Session, track: Track, moved: TextTrack, revision: int, viewer: Viewer, now: datetime
) -> int:
    """Give the rows of the working copy the times of `moved`, whose cues are theirs in the same order.

    A copy that was worked on is put by first: times that were wrong in different ways are not got back from
    those that all were moved. Raises Conflict when the copy has changed since `revision`. Gives how many rows
    were moved.
    """
    draft = drafts.of(session, track)
    if draft.revision != revision:
        raise Conflict("Somebody changed these captions since you looked.", code="draft_changed")
    edits = [
        Edit(row.key, row.revision, replace(cue, line=0), row.cue)
        for row, cue in zip(draft.rows, moved.cues, strict=True)
        if cue != row.cue
    ]
    before = drafts.keep(session, track, viewer, now) if draft.is_kept and edits else None
    drafts.save(session, track, edits, draft.revision, viewer, now)
    if edits:
        drafts.tell(session, track, put_by=before.number if before else draft.based_on)
    return len(edits)
