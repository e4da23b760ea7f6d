"""Caption files looked at before they are taken: read as they are guessed, or as their sender says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import captions
from captions import CaptionError, Cue, RepairCode, TextTrack
from captions.reading import Look
from captions.webvtt.cuetext import plain_text
from edu.errors import Invalid, NotFound
from edu.models import DraftOrigin, Track, TrackImport, TrackKind, Video
from edu.policy import Action, Viewer, require
from edu.services.texts import caption_files, drafts, track_editing, tracks
from edu.services.texts.caption_files import Judged

KEPT_FOR = timedelta(days=2)
MOST_KEPT = 20
"""Files of one sender that are not taken yet, of up to 5 MB each."""
MOST_SHOWN = 30
MOST_FINDINGS = 200
GUESSED = (RepairCode.ENCODING, RepairCode.BAD_BYTES)


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file that was sent: as what it was read, and what it would become. `refusal`: why it cannot."""

    id: int
    video_id: int
    video_title: str
    kind: str
    language: str
    label: str
    name: str
    look: Look
    encoding: str
    cues: tuple[Cue, ...]
    cue_count: int
    refusal: CaptionError | Invalid | None
    replaces: int  # the version that is served now in its place; 0: none


def needs_a_look(track: TextTrack) -> bool:
    """Whether a person should see how a file was read before it is taken: its letters were guessed."""
    return any(repair.code in GUESSED for repair in track.repairs)


def stage(
    session: Session,
    video: Video,
    data: bytes,
    *,
    kind: TrackKind,
    language: str,
    label: str,
    name: str,
    viewer: Viewer,
    now: datetime,
) -> TrackImport:
    """Keep a file until it is taken. Those that nobody took in time go, and the oldest of a sender's many."""
    session.execute(delete(TrackImport).where(TrackImport.created_at < now - KEPT_FOR))
    row = TrackImport(
        video_id=video.id, kind=kind, language=language, label=label, name=name[:300], data=data,
        author_id=viewer.user_id, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    theirs = TrackImport.author_id == viewer.user_id
    newest = select(TrackImport.id).where(theirs).order_by(TrackImport.id.desc()).limit(MOST_KEPT)
    session.execute(delete(TrackImport).where(theirs, TrackImport.id.not_in(list(session.scalars(newest)))))
    return row


def page(session: Session, viewer: Viewer, import_id: int, encoding: str = "") -> ImportPage:
    """How a file is read, in the encoding that was chosen or the one that is guessed."""
    row, video = mine(session, viewer, import_id)
    look = captions.look(row.data, encoding=encoding or None, language=row.language)
    refusal: CaptionError | Invalid | None = look.refusal
    cues: tuple[Cue, ...] = ()
    if look.track is not None:
        try:
            cues = read(row, video, encoding).cues
        except (CaptionError, Invalid) as error:
            refusal = error
    served = tracks.find(session, video.id, row.kind, row.language)
    return ImportPage(
        id=row.id,
        video_id=video.id,
        video_title=video.title,
        kind=row.kind.value,
        language=row.language,
        label=row.label,
        name=row.name,
        look=look,
        encoding=encoding or look.encoding,
        cues=tuple(Cue(cue.start, cue.end, plain_text(cue.text)) for cue in cues[:MOST_SHOWN]),
        cue_count=len(cues),
        refusal=refusal,
        replaces=served.current if served else 0,
    )


def read(row: TrackImport, video: Video, encoding: str = "") -> TextTrack:
    """The track in a file, held inside the film. Raises as track_editing.read_file and require_titles do."""
    found = track_editing.read_file(
        row.data, video.duration_ms, encoding=encoding or None, language=row.language
    )
    if row.kind is TrackKind.CHAPTERS:
        track_editing.require_titles(found)
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: the track, the file as it was read, and what the rules said of it; None where it
    was taken into the working copy, whatever they say.
    """

    track: Track
    found: TextTrack
    judged: Judged | None

    @property
    def is_served(self) -> bool:
        """Whether learners get it from now on."""
        return self.judged is not None and not self.judged.errors


def take(
    session: Session, viewer: Viewer, import_id: int, encoding: str, now: datetime, *, as_draft: bool = False
) -> Taken:
    """Serve what the file says when no rule keeps it from learners, else, or when that is wanted, begin the
    working copy with it; the file is forgotten.

    Of two who take it at once, the second finds it gone.
    """
    row, video = mine(session, viewer, import_id, locked=True)
    found = read(row, video, encoding)
    judged = None
    if as_draft and row.kind is not TrackKind.CHAPTERS:
        track = drafts.begun(session, video, row.kind, row.language, row.label, now)
        drafts.replace_all(
            session, track, found.cues, origin=DraftOrigin.FILE, viewer=viewer, now=now,
            report={"name": row.name},
        )  # fmt: skip
    else:
        judged = caption_files.judge(session, video, found, row.kind, row.language)
        track = caption_files.take(
            session, video, judged, kind=row.kind, language=row.language, label=row.label, name=row.name,
            viewer=viewer, now=now,
        )  # fmt: skip
    session.delete(row)
    return Taken(track, found, judged)


def drop(session: Session, viewer: Viewer, import_id: int) -> int:
    """Forget a file; gives the id of its video."""
    row, video = mine(session, viewer, import_id, locked=True)
    session.delete(row)
    return video.id


def mine(
    session: Session, viewer: Viewer, import_id: int, *, locked: bool = False
) -> tuple[TrackImport, Video]:
    """A file that was sent for a video the viewer may edit; `locked` holds the video's row and the file's."""
    row = session.get(TrackImport, import_id)
    if row is None:
        raise _gone()
    video = session.get_one(Video, row.video_id, with_for_update=locked or None, populate_existing=locked)
    require(viewer, Action.EDIT, video)
    asked = select(TrackImport.id).where(TrackImport.id == import_id).with_for_update()
    if locked and session.scalar(asked) is None:
        raise _gone()
    return row, video


def _gone() -> NotFound:
    return NotFound(
        "This file was taken or left already, or waited too long: its captions are with the video's tracks. "
        "If they are not, send it again.",
        code="no_import",
    )
