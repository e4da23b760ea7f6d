"""How a lesson comes out: at once, or at a time by a job when it is due; a page carries its day itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Invalid
from edu.models import Audience, Job, JobState, Lesson, Module, PageState, ReviewSubject, Video
from edu.policy import Action, Viewer, can
from edu.services import audit, contents, lesson_marks, videos
from edu.services.audit import Deed
from edu.services.authoring import reviewing, subjects
from edu.services.authoring.deeds import AuthoringDeed
from edu.services.texts import gate
from edu.services.texts.gate import Lack

JOB = "publish"
FURTHEST = timedelta(days=731)
LACKING = {
    Lack.NO_CAPTIONS: (
        "Its video has no approved captions in its language (%(language)s): add them, say on the page of the "
        "video that nobody speaks in it, or take this tick away."
    ),
    Lack.BROKEN: ("%(count)s captions of its video cannot be shown: mend them, or take this tick away."),
}


def now(session: Session, viewer: Viewer, lesson_id: int, at: datetime) -> None:
    """Publish at once, as under construction or in need of review; Invalid for what has to be mended."""
    row = _mine(session, viewer, lesson_id)
    drop_time(session, row, at)
    come_out(session, viewer, row, at)
    _note(session, AuthoringDeed.PUBLISHED, viewer, row, at)


def at_a_time(session: Session, viewer: Viewer, lesson_id: int, at: datetime, now: datetime) -> None:
    """Publish at a moment to come; Invalid for a moment that is past or further off than two years."""
    row = _mine(session, viewer, lesson_id)
    require_to_come(at, now)
    video = session.get(Video, row.video_id) if row.video_id else None
    brings = brings_video(viewer, video, bool(row.details.get("with_video", True)))
    row.details = {**row.details, "with_video": brings}
    require_out(session, row)
    set_time(session, row, at, now)
    _note(session, AuthoringDeed.SCHEDULED, viewer, row, now)


def not_yet(session: Session, viewer: Viewer, lesson_id: int, now: datetime) -> None:
    """Take the moment back: it stays a draft."""
    row = _mine(session, viewer, lesson_id)
    drop_time(session, row, now)
    _note(session, AuthoringDeed.UNSCHEDULED, viewer, row, now)


def take_back(session: Session, viewer: Viewer, lesson_id: int, now: datetime) -> None:
    """Make it a draft again: readers find it no more, at no time, and a request for review is over."""
    row = _mine(session, viewer, lesson_id)
    drop_time(session, row, now)
    row.state = PageState.DRAFT
    if (request := reviewing.open_request(session, row)) is not None:
        reviewing.withdraw(session, viewer, request.id, now)
    _note(session, AuthoringDeed.TAKEN_BACK, viewer, row, now)


def require_to_come(at: datetime, now: datetime, field: str = "publish_at") -> None:
    """Invalid for a moment that is past, or so far off that it must be a slip."""
    if not now < at <= now + FURTHEST:
        raise Invalid("Choose a moment to come, within two years.", code="not_to_come", field=field)


def set_time(session: Session, row: Lesson, at: datetime, now: datetime) -> None:
    """Let a lesson come out then; the same moment once more changes nothing."""
    if row.publish_at == at and row.state is PageState.DRAFT and _jobs(session, row):
        return
    drop_time(session, row, now)
    row.state, row.publish_at = PageState.DRAFT, at
    key = f"{_prefix(row)}{at:%Y%m%dT%H%M}:{now.timestamp():.6f}"
    queue.promise(session, JOB, key=key, payload={"lesson_id": row.id}, now=now, run_at=at)


def drop_time(session: Session, row: Lesson, now: datetime) -> None:
    """Let a lesson come out at no time of its own."""
    row.publish_at = None
    for job in _jobs(session, row):
        queue.cancel(session, job.id, now)


def come_out_when_due(session: Session, lesson_id: int, now: datetime) -> bool:
    """What the job does: publish the lesson if its time has come and stands; whether it did.

    Raises Invalid when the text or the film cannot be shown; then it stays a draft, and its page says so.
    """
    row = session.get(Lesson, lesson_id, with_for_update=True)
    if row is None or row.is_published or row.publish_at is None or row.publish_at > now:
        return False
    row.publish_at = None
    come_out(session, None, row, now)
    audit.record(session, AuthoringDeed.PUBLISHED, now=now, subject=f"lesson:{row.id}")
    return True


def come_out(session: Session, viewer: Viewer | None, row: Lesson, now: datetime) -> None:
    """Publish a lesson, and its course with it; Invalid when its text names what is not there.

    The film comes out too where the lesson's details want it and the viewer may edit it; nobody in `viewer`
    is a job, which does what was decided when the time was set.
    """
    _require_text(session, row)
    if not row.is_published:
        row.state, row.updated_at = reviewing.published_state(row.details), now
    session.flush()
    _open_course(row.module, now)
    wanted = row.video_id if row.details.get("with_video", True) else None
    video = session.get(Video, wanted) if wanted else None
    if video is not None and (viewer is None or can(viewer, Action.EDIT, video)):
        _publish_video(session, viewer, row, video, now)


def brings_video(viewer: Viewer, video: Video | None, is_wanted: bool) -> bool:
    """Whether a lesson brings its film out with it: only where that is the viewer's to publish.

    That a film is public now is not asked: its maker may take it back before the lesson comes out.
    """
    return is_wanted and (video is None or can(viewer, Action.EDIT, video))


def hindrance(session: Session, row: Lesson) -> Invalid | None:
    """What keeps a lesson from coming out."""
    try:
        require_out(session, row)
    except Invalid as error:
        return error
    return None


def require_out(session: Session, row: Lesson) -> None:
    """Invalid when a lesson could not come out as it stands: for its text, or for its film."""
    _require_text(session, row)
    wanted = row.video_id if row.details.get("with_video", True) else None
    video = session.get(Video, wanted) if wanted else None
    if video is not None and not video.is_published and video.is_playable:
        _require_captions(session, video)


def _require_text(session: Session, row: Lesson) -> None:
    lesson_marks.require_known(session, row.course_id, row.body)
    if contents.facts(row).audience is not Audience.PRO:
        lesson_marks.require_open(session, row.body)


def _publish_video(session: Session, viewer: Viewer | None, row: Lesson, video: Video, now: datetime) -> None:
    """Publish the draft that is attached, for those the lesson is for.

    A film that comes out with a lesson for professionals is not open to everybody at an address of its own.
    """
    if video.is_published or not video.is_playable:
        return
    _require_captions(session, video)
    videos.publish(session, video, now)
    if contents.facts(row).audience is Audience.PRO:
        video.audience = Audience.PRO
    actor_id = viewer.user_id if viewer else None
    audit.record(session, Deed.VIDEO_PUBLISHED, now=now, actor_id=actor_id, subject=f"video:{video.id}")


def _require_captions(session: Session, video: Video) -> None:
    try:
        gate.require_captions(session, video)
    except Invalid as error:
        told = {**error.parameters, "field": "publish_video"}
        raise Invalid(LACKING[Lack(error.code)], code=error.code, **told) from error


def _open_course(module: Module, now: datetime) -> None:
    """A course is found from its first published lesson on."""
    if module.course.state is PageState.DRAFT:
        module.course.state = PageState.UNDER_CONSTRUCTION
    module.course.updated_at = now


def _mine(session: Session, viewer: Viewer, lesson_id: int) -> Lesson:
    return cast(Lesson, subjects.mine(session, viewer, ReviewSubject.LESSON, lesson_id, locked=True))


def _prefix(row: Lesson) -> str:
    return f"{JOB}:lesson:{row.id}:"


def _jobs(session: Session, row: Lesson) -> list[Job]:
    is_wanted = (Job.kind == JOB) & (Job.state == JobState.READY) & Job.key.startswith(_prefix(row))
    return list(session.scalars(select(Job).where(is_wanted)))


def _note(session: Session, deed: AuthoringDeed, viewer: Viewer, row: Lesson, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"lesson:{row.id}")
