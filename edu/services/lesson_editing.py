"""A lesson as its maker works on it: place, text, video, state; two editors lose no words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.courseware.marks import grades_of
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Lesson, Module, PageState, Quiz, ReviewSubject, Video
from edu.policy import Action, Viewer, can, require
from edu.services import audit, lesson_audience, lesson_marks, lesson_places, slugs, typed
from edu.services.audit import Deed
from edu.services.authoring import lesson_fields, preview, publishing, reviewing, versions
from edu.services.authoring.forgetting import forget
from edu.services.authoring.lesson_fields import LessonForm, Said, State
from edu.services.contents import facts


def mine(session: Session, viewer: Viewer, lesson_id: int, *, locked: bool = False) -> Lesson:
    """A lesson the viewer may edit; NotFound, or Forbidden for somebody else's."""
    asked = (
        select(Lesson)
        .where(Lesson.id == lesson_id)
        .options(joinedload(Lesson.module, innerjoin=True).joinedload(Module.course, innerjoin=True))
    )
    row = session.scalar(asked.with_for_update(of=Lesson) if locked else asked)
    if row is None:
        raise NotFound("there is no such lesson")
    require(viewer, Action.EDIT, facts(row))
    return row


def standing_of(row: Lesson) -> str:
    """What beside its words can be changed under an editor's hands: state and the moment it comes out."""
    return f"{row.state.value}{row.publish_at:@%Y%m%dT%H%M}" if row.publish_at else row.state.value


def create(session: Session, viewer: Viewer, form: LessonForm, now: datetime) -> Lesson:
    """A new lesson. Invalid names the field that is wrong."""
    row = Lesson(owner_id=viewer.user_id, created_at=now, revision=0, state=PageState.DRAFT, details={})
    _write(session, viewer, row, form, now)
    _note(session, Deed.LESSON_CREATED, viewer, row, now)
    return row


def save(session: Session, viewer: Viewer, lesson_id: int, form: LessonForm, now: datetime) -> Lesson:
    """Change a lesson. Conflict when somebody saved it since the form was opened; nothing is changed then.

    What says the same as before is no new version.
    """
    row = mine(session, viewer, lesson_id, locked=True)
    if form.revision != str(row.revision) or form.standing not in ("", standing_of(row)):
        raise Conflict(
            "Somebody else saved this lesson while you wrote. Your text is below, unsaved: compare it with "
            "the lesson as it is now, then save again to replace it.",
            code="lesson_changed",
        )
    versions.keep_before(session, row, now)
    before = row.revision
    _write(session, viewer, row, form, now)
    if row.revision != before:
        audit.record(
            session, Deed.LESSON_CHANGED, now=now, actor_id=viewer.user_id, subject=f"lesson:{row.id}",
            revision=row.revision,
        )  # fmt: skip
    return row


def delete(session: Session, viewer: Viewer, lesson_id: int, now: datetime) -> None:
    """Delete a lesson. Its video stays; its self-assessment takes no new attempts, those made are kept."""
    row = mine(session, viewer, lesson_id, locked=True)
    for quiz in session.scalars(select(Quiz).where(Quiz.lesson_id == row.id)):
        quiz.current = 0
    publishing.drop_time(session, row, now)
    reviewing.edited(session, row, viewer, now)
    _note(session, Deed.LESSON_DELETED, viewer, row, now)
    forget(session, ReviewSubject.LESSON, [row.id])
    session.delete(row)
    session.flush()


def _write(session: Session, viewer: Viewer, row: Lesson, form: LessonForm, now: datetime) -> None:
    said = lesson_fields.read(form, row.objectives or [])
    video = _video(session, viewer, form.video)
    before, words, left = (facts(row).audience, _words(row), row.module) if row.id else (None, None, None)
    module = lesson_places.take(
        session, viewer, form.place, course_title=form.course_title, module_title=form.module_title,
        language=said.language, now=now,
    )  # fmt: skip
    if said.state is not State.DRAFT:
        lesson_marks.require_known(session, module.course_id, said.body)
    row.title = said.title
    _stand(session, row, module)
    _say(row, said, video, with_video=publishing.brings_video(viewer, video, form.publish_video))
    if words != _words(row):
        row.updated_at, row.revision = now, row.revision + 1
        session.add(row)
        reviewing.edited(session, row, viewer, now)
        versions.keep(session, row, note=said.note, maker_id=viewer.user_id, now=now)
    if left is not None and left is not module:
        reviewing.edited(session, left, viewer, now)
    if typed.is_opened(before, facts(row).audience, is_meant=form.open_to_all):
        _note(session, Deed.LESSON_OPENED, viewer, row, now)
    if before not in (None, facts(row).audience):
        lesson_audience.follow(session, row, "audience")
    _come_out(session, viewer, row, said, now)


def _say(row: Lesson, said: Said, video: Video | None, *, with_video: bool) -> None:
    """Write what was said into the row; grades and steps are those of the text."""
    row.summary, row.body, row.language = said.summary, said.body, said.language
    row.minutes, row.objectives, row.audience = said.minutes, said.objectives, said.audience
    row.video_id = video.id if video else None
    written = grades_of(said.body)
    if set(written) != set(row.evidence or ()):
        row.evidence = list(written)  # else the order of a course file stays
    steps = dict.fromkeys([*row.details.get("steps", ()), *preview.steps(said.body)])
    row.details = {**row.details, **({"steps": list(steps)} if steps else {}), "with_video": with_video}


def _words(row: Lesson) -> tuple[Any, ...]:
    """What a reader reads of it, and where: a change of these is a new revision."""
    return (
        row.title, row.summary, row.body, row.language, row.minutes, row.objectives, row.audience,
        row.video_id, row.module_id,
    )  # fmt: skip


def _come_out(session: Session, viewer: Viewer, row: Lesson, said: Said, now: datetime) -> None:
    """Bring the lesson into the state that was chosen."""
    if said.state is State.PUBLISHED:
        publishing.drop_time(session, row, now)
        publishing.come_out(session, viewer, row, now)
    elif said.state is State.SCHEDULED and said.publish_at is not None:
        if row.publish_at != said.publish_at:
            publishing.require_to_come(said.publish_at, now)
        publishing.set_time(session, row, said.publish_at, now)
        publishing.require_out(session, row)
    else:
        publishing.drop_time(session, row, now)
        row.state = PageState.DRAFT
    session.flush()


def _note(session: Session, deed: Deed, viewer: Viewer, row: Lesson, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"lesson:{row.id}")


def _stand(session: Session, row: Lesson, module: Module) -> None:
    """Put the lesson into its module; in another course it needs an address name and a code of its own."""
    if row.course_id != module.course_id:
        taken = set(session.scalars(select(Lesson.slug).where(Lesson.course_id == module.course_id)))
        row.slug = slugs.free(row.slug or slugs.stem(row.title, "lesson"), taken)
        row.code = lesson_places.free_code(module, session)
    if row.module_id != module.id:
        row.position = lesson_places.next_position(session, module)
    row.course_id, row.module_id, row.module = module.course_id, module.id, module


def _video(session: Session, viewer: Viewer, value: str) -> Video | None:
    if not value:
        return None
    number = typed.row_id(value)
    video = session.get(Video, number) if number else None
    if video is None or not can(viewer, Action.FIND, video):
        raise Invalid("Choose a video of the list.", code="no_video", field="video")
    return video
