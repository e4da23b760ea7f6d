"""Moments: the seconds of a video that show a step, for those who may watch it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions.timecode import clock
from edu.models import Step, Video
from edu.policy import Action, Viewer, can


@dataclass(frozen=True, slots=True)
class Moment:
    """A step in its video: `url` plays just these milliseconds, `time` is where it begins."""

    step: str
    title: str
    url: str
    page_url: str
    start_ms: int
    end_ms: int
    time: str
    video_title: str


def moments(session: Session, viewer: Viewer, steps: Iterable[str]) -> dict[str, Moment]:
    """The moments of these steps by step id; those missing are gone, or not for the viewer."""
    wanted = {step for step in steps if step}
    if not wanted:
        return {}
    asked = (
        select(Step, Video)
        .join(Video, Video.id == Step.video_id)
        .where(Step.identifier.in_(wanted), Step.start_ms.is_not(None))
    )
    return {
        step.identifier: _moment(step, video)
        for step, video in session.execute(asked)
        if can(viewer, Action.READ, video)
    }


def _moment(step: Step, video: Video) -> Moment:
    start, end = step.start_ms or 0, step.end_ms or 0
    return Moment(
        step=step.identifier,
        title=step.title,
        url=f"/videos/{video.slug}?t={start / 1000:g},{end / 1000:g}",
        page_url=f"/videos/{video.slug}#{step.identifier}",
        start_ms=start,
        end_ms=end,
        time=clock(start),
        video_title=video.title,
    )
