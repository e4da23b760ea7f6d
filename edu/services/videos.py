"""Videos: received, listed, shown, and the states people see while they are processed."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, defer

from edu import queue
from edu.errors import Invalid, NotFound
from edu.models import (
    Audience,
    Course,
    InstalledFile,
    Job,
    JobState,
    Lesson,
    Module,
    PageState,
    Video,
    VideoState,
    Visibility,
)
from edu.policy import Action, Viewer, can, require
from edu.services import players, reviews, video_jobs
from edu.services.contents import LessonLink, facts, lesson_link
from edu.services.delivery import Addresses
from edu.services.quizzing import in_film
from edu.services.video_jobs import URGENT
from edu.storage import StoredObject, original_key

OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A video in a list; a locked one shows its title and no picture."""

    code: str
    title: str
    url: str
    duration_ms: int
    state: str
    poster_url: str | None
    is_gated: bool
    is_locked: bool
    is_published: bool
    is_unreviewed: bool = False  # of a course under construction; only the list of all videos asks


@dataclass(frozen=True, slots=True)
class VideoPage:
    """A video by itself, with the lessons that use it."""

    title: str
    description: str
    language: str
    is_gated: bool
    is_published: bool
    is_unreviewed: bool
    screening: players.Screening
    asked: in_film.FilmQuestions | None
    lessons: tuple[LessonLink, ...]
    edit_url: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the work on a video is: `progress` from 0 to 1 where it is known.

    `since`: when the state began. `last_sign`: of the worker that has it, or had it last. `place`: how many
    jobs come before it, for one that waits. `is_stalled`: its worker has been silent for longer than its
    lease. `is_without_room`: it waits for room on the disk.
    """

    state: VideoState
    progress: float | None
    message: str
    problem: Mapping[str, Any]  # code, sentence and parameters; empty when all is well
    is_playable: bool
    is_over: bool
    seconds_left: int | None
    job_id: int | None
    since: datetime
    last_sign: datetime | None
    place: int | None
    is_stalled: bool
    is_without_room: bool


def video_link(
    video: Video, viewer: Viewer, addresses: Addresses, *, is_unreviewed: bool = False
) -> VideoLink:
    """A video as a list shows it."""
    may_see = can(viewer, Action.READ, video)
    name = video.poster or "poster.jpg"
    poster = f"{addresses.media(video)}/{video.version}/{name}" if may_see and video.version else None
    return VideoLink(
        code=video.code,
        title=video.title,
        url=f"/videos/{video.slug}",
        duration_ms=video.duration_ms,
        state=video.state.value,
        poster_url=poster,
        is_gated=video.audience is Audience.PRO,
        is_locked=not may_see,
        is_published=video.is_published,
        is_unreviewed=is_unreviewed,
    )


def everything(session: Session, viewer: Viewer, addresses: Addresses) -> tuple[VideoLink, ...]:
    """The videos that a viewer can find."""
    asked = select(Video, _in_unreviewed_course()).order_by(Video.code, Video.title)
    return tuple(
        video_link(video, viewer, addresses, is_unreviewed=is_unreviewed)
        for video, is_unreviewed in session.execute(asked)
        if can(viewer, Action.FIND, video)
    )


def page(
    session: Session, viewer: Viewer, slug: str, addresses: Addresses, *, words: str = "", start: str = ""
) -> VideoPage:
    """A video's page; NotFound, or GateClosed for what is for professionals.

    `words` is the language of the transcript and `start` the time to begin at, as a link asks for them.
    """
    times = in_film.times(Video.id).correlate(Video)
    wanted = select(Video, _in_unreviewed_course(), times).where(Video.slug == slug)
    found = session.execute(wanted, {in_film.GATE: viewer.passes_gate}).first()
    if found is None:
        raise NotFound("there is no such video")
    video, is_unreviewed, asked = found
    require(viewer, Action.READ, video)
    if video.audience is Audience.PRO:
        reviews.require_film_open(session, viewer, video.id, addresses.now.date())
    shown = players.screening(session, video, addresses, language=video.language, words=words)
    return VideoPage(
        title=video.title,
        description=video.description,
        language=video.language,
        is_gated=video.audience is Audience.PRO,
        is_published=video.is_published,
        is_unreviewed=is_unreviewed,
        screening=players.starting(shown, start),
        asked=in_film.moments(video.slug, asked),
        lessons=_lessons(session, viewer, video.id),
        edit_url=f"/studio/videos/{video.id}" if can(viewer, Action.EDIT, video) else None,
    )


def came_with(course_id: int | InstrumentedAttribute[int]) -> Select[str]:
    """The file by which an (outer) video came with that course; for `exists`."""
    path = "videos/" + Video.slug + ".toml"
    return select(InstalledFile.path).where(InstalledFile.course_id == course_id, InstalledFile.path == path)


def _in_unreviewed_course() -> ColumnElement[bool]:
    """Whether an (outer) video is shown in a lesson of a course under construction, or came with one."""
    shown = select(Lesson.id).where(Lesson.course_id == Course.id, Lesson.video_id == Video.id)
    belongs = shown.correlate(Course, Video).exists() | came_with(Course.id).correlate(Course, Video).exists()
    asked = select(Course.id).where(Course.state == PageState.UNDER_CONSTRUCTION, belongs)
    return asked.correlate(Video).exists()


def _lessons(session: Session, viewer: Viewer, video_id: int) -> tuple[LessonLink, ...]:
    """The lessons that use the video, as far as the viewer may know of them and of their courses."""
    asked = (
        select(Lesson)
        .join(Lesson.module)
        .join(Module.course)
        .where(Lesson.video_id == video_id)
        .order_by(Course.position, Course.id, Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).contains_eager(Module.course), defer(Lesson.body))
    )
    return tuple(
        lesson_link(row.module.course.slug, row, viewer)
        for row in session.scalars(asked)
        if can(viewer, Action.FIND, facts(row))
        and (viewer.is_instructor or row.module.course.state is not PageState.DRAFT)
    )


def named(session: Session, slug: str) -> Video:
    """The video of that address name; NotFound without."""
    video = session.scalar(select(Video).where(Video.slug == slug))
    if video is None:
        raise NotFound("there is no such video")
    return video


def receive(
    session: Session,
    original: StoredObject,
    *,
    title: str,
    name: str,
    now: datetime,
    owner_id: int | None = None,
    slug: str = "",
) -> Video:
    """Note an original that the store has already kept, and promise to process it."""
    if original.size == 0:
        raise Invalid("The file is empty. Choose the recording again.", code="empty_file")
    title = title.strip()[:200] or "Untitled"
    video = Video(
        slug=slug or free_slug(session, title),
        title=title,
        owner_id=owner_id,
        original_key=original_key(original.sha256),
        original_name=clean_name(name),
        original_bytes=original.size,
        original_sha256=original.sha256,
        state=VideoState.RECEIVED,
        state_at=now,
        created_at=now,
    )
    session.add(video)
    session.flush()
    video_jobs.promise_check(session, video, now)
    return video


def replace_original(
    session: Session, video: Video, original: StoredObject, *, name: str, now: datetime
) -> None:
    """Take another film for the video and promise to process it; the one served until then goes on.

    For those who bring the text tracks along: nothing is moved. Makers use films.replace.
    """
    if film := video_jobs.next_film(session, video, None, now):
        film.original_key, film.original_sha256 = original_key(original.sha256), original.sha256
        film.original_name, film.original_bytes, film.edit = clean_name(name), original.size, {}
        video_jobs.promise_film(session, video, film, now)
        return
    video.original_key, video.original_sha256 = original_key(original.sha256), original.sha256
    video.original_name, video.original_bytes = clean_name(name), original.size
    video.state, video.state_at = VideoState.RECEIVED, now
    # a film that comes back has jobs that are done: what they made was replaced since
    keys = video_jobs.keys(session, video)
    session.execute(delete(Job).where(Job.key.in_(keys), Job.state.in_(OVER)))
    video_jobs.promise_check(session, video, now)


def standing(session: Session, video: Video, now: datetime) -> Standing:
    """How far the work is, from the jobs of the present original."""
    asked = select(Job).where(Job.key.in_(video_jobs.keys(session, video))).order_by(Job.id.desc())
    jobs = list(session.scalars(asked))
    job = next((entry for entry in jobs if not entry.is_over), jobs[0] if jobs else None)
    running = job if job and job.state is JobState.RUNNING else None
    waiting = job if job and job.state is JobState.READY else None
    state, problem = _outcome(video, job)
    return Standing(
        state=state,
        progress=running.progress if running else None,
        message=job.message if job and not job.is_over else "",
        problem=problem,
        is_playable=video.is_playable,
        is_over=job is None or job.is_over,
        seconds_left=_seconds_left(running, now),
        job_id=job.id if job else None,
        since=max(video.state_at, job.finished_at) if job and job.finished_at else video.state_at,
        last_sign=job.beat_at if job else None,
        place=_place(session, waiting, now) if waiting else None,
        is_stalled=running is not None and running.lease_until is not None and running.lease_until < now,
        is_without_room=waiting is not None and waiting.error_code == queue.NO_ROOM,
    )


def _place(session: Session, job: Job, now: datetime) -> int:
    """How many jobs come before one that waits: those due that go first, and those at work.

    A long job that is at work stands still for what is urgent, and does not count before that.
    """
    earlier = or_(Job.run_at < job.run_at, and_(Job.run_at == job.run_at, Job.id < job.id))
    first = or_(Job.priority > job.priority, and_(Job.priority == job.priority, earlier))
    due = and_(Job.state == JobState.READY, Job.run_at <= now, first)
    running = Job.state == JobState.RUNNING
    if job.priority >= URGENT:
        running = and_(running, Job.priority >= job.priority)
    return session.scalar(select(func.count(Job.id)).where(or_(due, running))) or 0


def _outcome(video: Video, job: Job | None) -> tuple[VideoState, Mapping[str, Any]]:
    """The state, and what is wrong.

    A job may fail where nobody could note it beside the video: with a worker that was killed too often, say,
    or an original that is no longer there.
    """
    if job is None or job.state is not JobState.FAILED or video.problem:
        return video.state, video.problem
    state = VideoState.WATCHABLE if video.is_playable else VideoState.FAILED
    return state, {"code": job.error_code, "sentence": BROKEN_OFF, "parameters": {}}


BROKEN_OFF = "The work on this video was broken off. Try again; if that does not help, upload the file anew."


def publish(session: Session, video: Video, now: datetime) -> None:
    """Let people find a video that can be watched; Invalid while there is nothing to watch."""
    if not video.is_playable:
        raise Invalid("The video cannot be watched yet: wait until it is processed.", code="not_playable")
    video.visibility = Visibility.PUBLISHED
    video.published_at = video.published_at or now


def free_slug(session: Session, title: str) -> str:
    """An address name made from a title that no video has yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "video"
    taken = set(session.scalars(select(Video.slug).where(Video.slug.startswith(wanted))))
    if wanted not in taken and wanted != "new":
        return wanted
    return f"{wanted}-{secrets.token_hex(3)}"


def clean_name(name: str) -> str:
    """A file name fit to be shown: without folders, control characters and marks that turn text round."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))[:255]


def _seconds_left(job: Job | None, now: datetime) -> int | None:
    if job is None or job.started_at is None or not 0.02 < job.progress < 1:
        return None
    spent = (now - job.started_at).total_seconds()
    return max(1, round(spent * (1 - job.progress) / job.progress))
