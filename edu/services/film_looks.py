"""Looks: a maker has seen what could not follow the last change of a film, and need not be told again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from edu.errors import Conflict
from edu.models import Video
from edu.policy import Viewer
from edu.services.video_editing import mine

NAME = "looked"
"""Under this name a video's report keeps the number of the film that was looked at."""


def is_looked_at(video: Video) -> bool:
    """Whether somebody has looked at what the film that is shown left behind."""
    return video.report.get(NAME) == video.film


def confirm(session: Session, viewer: Viewer, video_id: int, number: int) -> None:
    """Note that the film of that number was looked at; Conflict when another one is shown by now."""
    video = mine(session, viewer, video_id, locked=True)
    if video.film != number:
        raise Conflict("Another film is shown by now: look at what became of it first.", code="film_changed")
    video.report = {**video.report, NAME: number}
