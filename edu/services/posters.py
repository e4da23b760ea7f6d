"""Posters: the picture that stands for a video until it plays, chosen by its maker among those made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Video, VideoFile
from edu.policy import Viewer
from edu.services import audit
from edu.services.audit import Deed
from edu.services.delivery import Addresses
from edu.services.video_editing import mine

CANDIDATE = "poster-candidate"


@dataclass(frozen=True, slots=True)
class PosterChoice:
    """A picture that may stand for the video, and the moment of the film that it shows."""

    name: str
    url: str
    time_ms: int
    is_chosen: bool


def choices(session: Session, video: Video, addresses: Addresses) -> tuple[PosterChoice, ...]:
    """The pictures of the version that is served, in order of time."""
    media = addresses.media(video)
    found = [
        PosterChoice(
            row.name,
            f"{media}/{row.version}/{row.name}",
            int(row.detail.get("time", 0)),
            row.name == video.poster,
        )
        for row in _candidates(session, video)
    ]
    return tuple(sorted(found, key=lambda choice: choice.time_ms))


def choose(session: Session, viewer: Viewer, video_id: int, name: str, now: datetime) -> None:
    """Show this picture from now on; an empty name leaves the choice to us. NotFound for another file."""
    video = mine(session, viewer, video_id, locked=True)
    if not name:
        video.poster, video.poster_ms = "", None
    else:
        row = next((each for each in _candidates(session, video) if each.name == name), None)
        if row is None:
            raise NotFound("there is no such picture")
        video.poster, video.poster_ms = row.name, int(row.detail.get("time", 0))
    audit.record(session, Deed.POSTER_CHOSEN, now=now, actor_id=viewer.user_id, subject=f"video:{video.id}")


def find_again(session: Session, video: Video) -> None:
    """After a new version was published: choose the picture nearest to the moment that was chosen before."""
    found = _candidates(session, video)
    if video.poster_ms is None or not found:
        video.poster = ""
        return
    wanted = video.poster_ms
    video.poster = min(found, key=lambda row: abs(int(row.detail.get("time", 0)) - wanted)).name


def _candidates(session: Session, video: Video) -> list[VideoFile]:
    asked = select(VideoFile).where(
        VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role == CANDIDATE
    )
    return list(session.scalars(asked))
