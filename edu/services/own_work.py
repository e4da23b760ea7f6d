"""What an instructor has made: videos with their state, lessons, courses, pages; what waits for review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from edu.models import Audience, Course, Job, JobState, Lesson, Module, Upload, User, Video
from edu.policy import Action, Viewer, can
from edu.services import course_editing, players, uploads, video_editing, videos
from edu.services.authoring import reviewing
from edu.services.authoring.reviewing import Waiting
from edu.services.contents import facts
from edu.services.messages import desk
from edu.services.pages import works
from edu.services.pages.works import PageRow
from edu.services.uploads import Quota
from edu.services.videos import Standing
from edu.settings import Settings


@dataclass(frozen=True, slots=True)
class VideoRow:
    """A video in the list of one's own."""

    id: int
    title: str
    is_published: bool
    is_gated: bool
    standing: Standing
    sentence: str  # what the state means to somebody who waits
    duration_ms: int
    is_mine: bool
    owner: str  # empty for what came with a course, or whose maker has left
    can_retry: bool
    tool_lines: str  # the last words of the program, where the work failed


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in the list of one's own."""

    id: int
    title: str
    state: str
    place: str
    updated_at: datetime
    is_mine: bool
    owner: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with how much stands in it."""

    id: int
    slug: str
    title: str
    state: str
    lesson_count: int
    is_editable: bool


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The first page of the studio."""

    videos: tuple[VideoRow, ...]
    lessons: tuple[LessonRow, ...]
    courses: tuple[CourseRow, ...]
    pages: tuple[PageRow, ...]
    reviews: tuple[Waiting, ...]  # that somebody asked for, also the viewer
    quota: Quota
    uploads_open: int
    new_messages: int  # of readers, which wait for the viewer


def page(session: Session, viewer: Viewer, settings: Settings, now: datetime) -> OwnWork:
    """All that the viewer may edit: one's own, and for administrators everything, with whose it is."""
    user_id = viewer.user_id or 0
    coming = select(func.count()).where(
        Upload.owner_id == user_id, Upload.video_id.is_(None), Upload.expires_at > now
    )
    return OwnWork(
        videos=_videos(session, viewer, now),
        lessons=_lessons(session, viewer),
        courses=_courses(session, viewer),
        pages=works.mine(session, viewer, now),
        reviews=reviewing.waiting(session, viewer),
        quota=uploads.quota_of(session, user_id, settings, now),
        uploads_open=session.scalar(coming) or 0,
        new_messages=desk.new_count(session, viewer),
    )


def _videos(session: Session, viewer: Viewer, now: datetime) -> tuple[VideoRow, ...]:
    owner = User.id == Video.owner_id
    asked = select(Video, User.name).outerjoin(User, owner).order_by(Video.created_at.desc())
    return tuple(
        _video(session, video, name or "", viewer, now)
        for video, name in session.execute(asked)
        if can(viewer, Action.EDIT, video)
    )


def _video(session: Session, video: Video, owner: str, viewer: Viewer, now: datetime) -> VideoRow:
    standing = videos.standing(session, video, now)
    job = session.get(Job, standing.job_id) if standing.job_id else None  # loaded a line above
    return VideoRow(
        id=video.id,
        title=video.title,
        is_published=video.is_published,
        is_gated=video.audience is Audience.PRO,
        standing=standing,
        sentence=players.state_sentence(video),
        duration_ms=video.duration_ms,
        is_mine=video.owner_id == viewer.user_id,
        owner=owner,
        can_retry=video_editing.can_retry(video, job),
        tool_lines=job.error if job and job.state is JobState.FAILED else "",
    )


def _lessons(session: Session, viewer: Viewer) -> tuple[LessonRow, ...]:
    asked = (
        select(Lesson, User.name)
        .outerjoin(User, User.id == Lesson.owner_id)
        .options(joinedload(Lesson.module).joinedload(Module.course))
        .order_by(Lesson.updated_at.desc(), Lesson.id.desc())
    )
    return tuple(
        LessonRow(
            row.id,
            row.title,
            row.state.value,
            f"{row.module.course.title} · {row.module.title}",
            row.updated_at,
            row.owner_id == viewer.user_id,
            name or "",
        )
        for row, name in session.execute(asked)
        if can(viewer, Action.EDIT, facts(row))
    )


def _courses(session: Session, viewer: Viewer) -> tuple[CourseRow, ...]:
    asked = (
        select(Course, func.count(Lesson.id))
        .outerjoin(Lesson, Lesson.course_id == Course.id)
        .group_by(Course.id)
        .order_by(Course.position, Course.title)
    )
    return tuple(
        CourseRow(
            course.id,
            course.slug,
            course.title,
            course.state.value,
            count,
            course_editing.is_editable(viewer, course),
        )
        for course, count in session.execute(asked)
    )
