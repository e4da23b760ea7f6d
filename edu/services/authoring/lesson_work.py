"""A lesson as its page in the studio shows it: its form, how it stands, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Audience, Lesson, LessonVersion, PageState, Video
from edu.policy import Action, Viewer, can
from edu.services import lesson_editing, lesson_marks, lesson_places, reviews
from edu.services.authoring import lesson_fields, publishing, reviewing
from edu.services.authoring.lesson_fields import LessonForm, State
from edu.services.authoring.reviewing import Waiting
from edu.services.contents import facts
from edu.services.lesson_places import Place
from edu.services.reviews import Standing


class Stage(StrEnum):
    """How far a lesson is; that a review is asked for comes on top."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LATE = "late"  # its moment came, and something kept it from coming out
    UNDER_CONSTRUCTION = "under_construction"
    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs_review"


@dataclass(frozen=True, slots=True)
class VideoChoice:
    """A video that can be attached."""

    id: int
    title: str
    is_published: bool
    is_gated: bool


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """How a lesson stands. `request` is the newest about it, `hindrance` what keeps it from coming out."""

    stage: Stage
    publish_at: datetime | None
    reviewed: Standing
    request: Waiting | None
    hindrance: Invalid | None

    @property
    def waiting(self) -> Waiting | None:
        """The request that waits."""
        return self.request if self.request and self.request.decision is None else None

    @property
    def returned(self) -> Waiting | None:
        """The request that came back with remarks, as long as none was made since."""
        is_returned = self.request is not None and bool(self.request.remarks)
        return self.request if is_returned else None


@dataclass(frozen=True, slots=True)
class LessonWork:
    """A lesson in the studio; `unknown` are the marks of its text that name nothing, as they are written."""

    id: int
    title: str
    url: str
    form: LessonForm
    is_published: bool
    is_gated: bool
    video: VideoChoice | None
    unknown: tuple[str, ...]
    evidence: tuple[str, ...]
    standing: LessonStanding
    versions: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    places: tuple[Place, ...]
    videos: tuple[VideoChoice, ...]


def choices(session: Session, viewer: Viewer) -> Choices:
    """The places and videos to choose from."""
    found = session.scalars(select(Video).order_by(Video.title, Video.id))
    return Choices(
        lesson_places.places(session),
        tuple(_choice(video) for video in found if can(viewer, Action.FIND, video)),
    )


def page(session: Session, viewer: Viewer, lesson_id: int, now: datetime) -> LessonWork:
    """A lesson with its form as it stands."""
    row = lesson_editing.mine(session, viewer, lesson_id)
    video = session.get(Video, row.video_id) if row.video_id else None
    asked = select(func.count()).select_from(LessonVersion).where(LessonVersion.lesson_id == row.id)
    return LessonWork(
        id=row.id,
        title=row.title,
        url=f"/courses/{row.module.course.slug}/{row.slug}",
        form=_form(row),
        is_published=row.is_published,
        is_gated=facts(row).audience is Audience.PRO,
        video=_choice(video) if video else None,
        unknown=lesson_marks.unknown(session, row.course_id, row.body),
        evidence=tuple(row.evidence),
        standing=standing(session, viewer, row, now),
        versions=session.scalar(asked) or 0,
    )


def standing(session: Session, viewer: Viewer, row: Lesson, now: datetime) -> LessonStanding:
    """How a lesson stands at a moment."""
    told = reviews.of_lesson(row, now.date())
    stage = Stage(told.state.value)
    if stage is Stage.DRAFT and row.publish_at is not None:
        stage = Stage.SCHEDULED if row.publish_at > now else Stage.LATE
    request = reviewing.last_request(session, row)
    return LessonStanding(
        stage=stage,
        publish_at=row.publish_at,
        reviewed=told,
        request=reviewing.page(session, viewer, request.id) if request else None,
        hindrance=publishing.hindrance(session, row) if row.state is PageState.DRAFT else None,
    )


def _form(row: Lesson) -> LessonForm:
    state = State.PUBLISHED if row.is_published else State.SCHEDULED if row.publish_at else State.DRAFT
    return LessonForm(
        place=lesson_places.place_of(row),
        course_title="",
        module_title="",
        title=row.title,
        body=row.body,
        language=row.language,
        audience=row.audience.value,
        state=state,
        video=str(row.video_id or ""),
        publish_video=bool(row.details.get("with_video", True)),
        revision=str(row.revision),
        summary=row.summary,
        minutes=str(row.minutes or ""),
        objectives=lesson_fields.objective_lines(row.objectives),
        publish_at=f"{row.publish_at:%Y-%m-%dT%H:%M}" if row.publish_at else "",
        standing=lesson_editing.standing_of(row),
    )


def _choice(video: Video) -> VideoChoice:
    return VideoChoice(video.id, video.title, video.is_published, video.audience is Audience.PRO)
