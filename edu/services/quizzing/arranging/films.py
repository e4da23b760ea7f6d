"""Films that a quiz may stand in, and the steps after which it may ask."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Step, Video
from edu.policy import Action, Viewer, can
from edu.services.typed import row_id


@dataclass(frozen=True, slots=True)
class FilmChoice:
    """A video in the menu."""

    id: int
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class StepEnd:
    """A step of the chosen video and the time at which it is over, in milliseconds."""

    identifier: str
    title: str
    end_ms: int


def choices(session: Session, viewer: Viewer) -> tuple[FilmChoice, ...]:
    """The videos that can be watched, by their code and title."""
    found = session.scalars(select(Video).order_by(Video.code, Video.title, Video.id))
    return tuple(
        FilmChoice(video.id, video.code or f"v{video.id}", video.title)
        for video in found
        if video.is_playable and can(viewer, Action.READ, video)
    )


def chosen(session: Session, viewer: Viewer, value: str) -> Video | None:
    """The video of that number which the viewer may watch; None for none."""
    number = row_id(value)
    video = session.get(Video, number) if number else None
    return video if video is not None and can(viewer, Action.READ, video) else None


def steps(session: Session, video: Video | None) -> tuple[StepEnd, ...]:
    """The steps of a video in their order; one without an end lasts until the next, the last to the end."""
    if video is None:
        return ()
    asked = select(Step).where(Step.video_id == video.id, Step.start_ms.is_not(None))
    found = list(session.scalars(asked.order_by(Step.start_ms, Step.identifier)))
    starts = [step.start_ms or 0 for step in found]
    ends = [*starts[1:], video.duration_ms]
    return tuple(
        StepEnd(step.identifier, step.title, step.end_ms if step.end_ms is not None else end)
        for step, end in zip(found, ends, strict=True)
    )
