"""Offers: what the form of a question lets one choose from: lessons, steps, videos."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Course, Lesson, Module, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.contents import facts


@dataclass(frozen=True, slots=True)
class LessonOffer:
    """A lesson that the viewer may edit, in teaching order."""

    id: int
    code: str
    title: str
    course: str


@dataclass(frozen=True, slots=True)
class VideoOffer:
    """A video with the steps it shows: (id, title, time at which it begins in milliseconds)."""

    code: str
    title: str
    is_playable: bool
    duration_ms: int
    steps: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """All that can be chosen; `lessons` are the viewer's own, `videos` those that the viewer may watch."""

    lessons: tuple[LessonOffer, ...]
    videos: tuple[VideoOffer, ...]

    @property
    def steps(self) -> frozenset[str]:
        """The ids of all steps."""
        return frozenset(step for video in self.videos for step, _, _ in video.steps)


def offers(session: Session, viewer: Viewer) -> Offers:
    """What this viewer may choose; three statements."""
    return Offers(_lessons(session, viewer), _videos(session, viewer))


def _lessons(session: Session, viewer: Viewer) -> tuple[LessonOffer, ...]:
    asked = (
        select(Lesson, Course.title)
        .join(Course, Course.id == Lesson.course_id)
        .join(Module, Module.id == Lesson.module_id)
        .order_by(Course.title, Module.position, Lesson.position, Lesson.id)
    )
    return tuple(
        LessonOffer(lesson.id, lesson.code, lesson.title, course)
        for lesson, course in session.execute(asked)
        if can(viewer, Action.EDIT, facts(lesson))
    )


def _videos(session: Session, viewer: Viewer) -> tuple[VideoOffer, ...]:
    steps: dict[int, list[tuple[str, str, int]]] = {}
    shown = select(Step).where(Step.start_ms.is_not(None)).order_by(Step.start_ms, Step.identifier)
    for step in session.scalars(shown):
        steps.setdefault(step.video_id, []).append((step.identifier, step.title, step.start_ms or 0))
    return tuple(
        VideoOffer(
            video.code or f"v{video.id}",
            video.title,
            video.is_playable,
            video.duration_ms,
            tuple(steps.get(video.id, ())),
        )
        for video in session.scalars(select(Video).order_by(Video.code, Video.title))
        if can(viewer, Action.READ, video)
    )
