"""Which steps of a video are shown mirrored at first: as rows, and as a course file says it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from edu.courseware.course import VideoEntry
from edu.courseware.source import source_hash
from edu.models import Video
from edu.services.ledger import Ledger
from edu.services.texts import tracks


def mirrored_steps(session: Session, video_id: int) -> tuple[str, ...]:
    """The ids of the steps of a video that are shown mirrored until a viewer chooses, by time."""
    return tuple(step.identifier for step in tracks.steps_of(session, video_id) if step.is_mirrored)


def take(session: Session, ledger: Ledger, video: Video, entry: VideoEntry) -> None:
    """Mirror the steps that the file names, unless the studio said otherwise since.

    It is in the ledger for itself and taken after the chapters: before them there are no steps.
    """

    path = f"{entry.source.path}#mirrored"

    def row_hash() -> str | None:
        found = mirrored_steps(session, video.id)
        return source_hash(" ".join(found)) if found or ledger.knows(path) else None

    def write() -> None:
        for step in tracks.steps_of(session, video.id):
            step.is_mirrored = step.identifier in entry.mirrored

    if entry.mirrored or mirrored_steps(session, video.id):
        ordered = " ".join(step.id for step in entry.steps if step.id in entry.mirrored)
        ledger.take(path, source_hash(ordered), row_hash, write)
