"""A lesson as its maker works on it: place, text, video, state; two editors lose no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.errors import Conflict, Invalid, NotFound
from edu.models import Audience, Lesson, Module, PageState, Question, Quiz, QuizSlot, Video
from edu.policy import Action, Viewer, can, require
from edu.services import audit, lesson_marks, lesson_places, slugs, typed, videos
from edu.services.audit import Deed
from edu.services.contents import facts
from edu.services.lesson_places import Place
from edu.services.quizzing import quizzes as quiz_service
from edu.services.texts import gate
from edu.services.texts.gate import Lack

MOST_BODY = 200_000
LACKING = {
    Lack.NO_CAPTIONS: (
        "Its video has no approved captions in its language (%(language)s): add them, say on the page of the "
        "video that nobody speaks in it, or take this tick away."
    ),
    Lack.BROKEN: ("%(count)s captions of its video cannot be shown: mend them, or take this tick away."),
}


class State(StrEnum):
    """What a maker chooses; whether a page counts as reviewed is not the maker's to say."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class LessonForm:
    """What the form says. `publish_video`: also publish the video that is attached, if it is a draft."""

    place: str
    course_title: str
    module_title: str
    title: str
    body: str
    language: str
    audience: str
    state: str
    video: str
    publish_video: bool
    revision: str
    open_to_all: bool = False  # the tick that opening what was for professionals is meant


EMPTY = LessonForm("", "", "", "", "", "en", "open", "draft", "", True, "")


@dataclass(frozen=True, slots=True)
class VideoChoice:
    """A video that can be attached."""

    id: int
    title: str
    is_published: bool
    is_gated: bool


@dataclass(frozen=True, slots=True)
class LessonWork:
    """A lesson in the studio; `unknown` are the marks of its text that name nothing, as they are written."""

    id: int
    title: str
    url: str
    form: LessonForm
    is_published: bool
    is_gated: bool
    page_state: str
    video: VideoChoice | None
    unknown: tuple[str, ...]


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


def page(session: Session, viewer: Viewer, lesson_id: int) -> LessonWork:
    """A lesson with its form as it stands."""
    row = mine(session, viewer, lesson_id)
    video = session.get(Video, row.video_id) if row.video_id else None
    form = LessonForm(
        place=lesson_places.place_of(row),
        course_title="",
        module_title="",
        title=row.title,
        body=row.body,
        language=row.language,
        audience=row.audience.value,
        state=State.PUBLISHED if row.is_published else State.DRAFT,
        video=str(row.video_id or ""),
        publish_video=True,
        revision=str(row.revision),
    )
    return LessonWork(
        id=row.id,
        title=row.title,
        url=f"/courses/{row.module.course.slug}/{row.slug}",
        form=form,
        is_published=row.is_published,
        is_gated=facts(row).audience is Audience.PRO,
        page_state=row.state.value,
        video=_choice(video) if video else None,
        unknown=lesson_marks.unknown(session, row.course_id, row.body),
    )


def create(session: Session, viewer: Viewer, form: LessonForm, now: datetime) -> Lesson:
    """A new lesson. Invalid names the field that is wrong."""
    row = Lesson(owner_id=viewer.user_id, created_at=now, revision=0)
    _write(session, viewer, row, form, now)
    _note(session, Deed.LESSON_CREATED, viewer, row, now)
    return row


def save(session: Session, viewer: Viewer, lesson_id: int, form: LessonForm, now: datetime) -> Lesson:
    """Change a lesson. Conflict when somebody saved it since the form was opened; nothing is changed then."""
    row = mine(session, viewer, lesson_id, locked=True)
    if form.revision != str(row.revision):
        raise Conflict(
            "Somebody else saved this lesson while you wrote. Your text is below, unsaved: compare it with "
            "the lesson as it is now, then save again to replace it.",
            code="lesson_changed",
        )
    _write(session, viewer, row, form, now)
    audit.record(
        session, Deed.LESSON_CHANGED, now=now, actor_id=viewer.user_id, subject=f"lesson:{row.id}",
        revision=row.revision,
    )  # fmt: skip
    return row


def delete(session: Session, viewer: Viewer, lesson_id: int, now: datetime) -> None:
    """Delete a lesson. Its video stays; its self-assessment takes no new attempts, those made are kept."""
    row = mine(session, viewer, lesson_id)
    for quiz in session.scalars(select(Quiz).where(Quiz.lesson_id == row.id)):
        quiz.current = 0
    _note(session, Deed.LESSON_DELETED, viewer, row, now)
    session.delete(row)
    session.flush()


def _write(session: Session, viewer: Viewer, row: Lesson, form: LessonForm, now: datetime) -> None:
    row.title = typed.line(form.title, "title", most=200)
    row.body = typed.text(form.body, "body", most=MOST_BODY, optional=True)
    row.language = typed.language(form.language)
    audience = typed.word(form.audience, Audience, "audience")
    state = typed.word(form.state, State, "state")
    video = _video(session, viewer, form.video)
    before = facts(row).audience if row.id else None
    module = lesson_places.take(
        session, viewer, form.place, course_title=form.course_title, module_title=form.module_title,
        language=row.language, now=now,
    )  # fmt: skip
    if state is State.PUBLISHED:
        lesson_marks.require_known(session, module.course_id, row.body)
    _stand(session, row, module)
    row.audience, row.video_id = audience, video.id if video else None
    row.state = _state(row, state)
    row.updated_at, row.revision = now, row.revision + 1
    session.add(row)
    session.flush()
    if typed.is_opened(before, facts(row).audience, is_meant=form.open_to_all):
        _note(session, Deed.LESSON_OPENED, viewer, row, now)
    if before not in (None, facts(row).audience):
        _follow_gate(session, row)
    if row.is_published:
        _open_course(module, now)
        _publish_video(session, viewer, row, video, form, now)


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


def _state(row: Lesson, chosen: State) -> PageState:
    if chosen is State.DRAFT:
        return PageState.DRAFT
    if row.state in (PageState.REVIEWED, PageState.NEEDS_REVIEW):
        return PageState.NEEDS_REVIEW  # what a reviewer read is no longer what stands there
    return PageState.UNDER_CONSTRUCTION


def _follow_gate(session: Session, row: Lesson) -> None:
    """The self-assessment is for those the lesson is for. Questions for professionals cannot be opened so."""
    audience = facts(row).audience
    for quiz in session.scalars(select(Quiz).where(Quiz.lesson_id == row.id)):
        if audience is Audience.OPEN and quiz.audience is Audience.PRO and _holds_gated(session, quiz):
            raise Invalid(
                "Its self-assessment holds questions for professionals: remove them first.",
                code="gated_questions", field="audience",
            )  # fmt: skip
        quiz.audience = audience


def _holds_gated(session: Session, quiz: Quiz) -> bool:
    if not quiz.current:
        return False
    version = quiz_service.current_version(session, quiz)
    asked = (
        select(Question.id)
        .join(QuizSlot, QuizSlot.question_id == Question.id)
        .where(QuizSlot.quiz_version_id == version.id, Question.audience == Audience.PRO)
    )
    return session.scalar(asked.limit(1)) is not None


def _open_course(module: Module, now: datetime) -> None:
    """A course is found from its first published lesson on."""
    if module.course.state is PageState.DRAFT:
        module.course.state = PageState.UNDER_CONSTRUCTION
    module.course.updated_at = now


def _require_captions(session: Session, video: Video) -> None:
    try:
        gate.require_captions(session, video)
    except Invalid as error:
        told = {**error.parameters, "field": "publish_video"}
        raise Invalid(LACKING[Lack(error.code)], code=error.code, **told) from error


def _publish_video(
    session: Session, viewer: Viewer, row: Lesson, video: Video | None, form: LessonForm, now: datetime
) -> None:
    """Publish the draft that is attached, for those the lesson is for.

    A film that comes out with a lesson for professionals is not open to everybody at an address of its own.
    """
    if video is None or video.is_published or not form.publish_video or not video.is_playable:
        return
    if can(viewer, Action.EDIT, video):
        _require_captions(session, video)
        videos.publish(session, video, now)
        if facts(row).audience is Audience.PRO:
            video.audience = Audience.PRO
        audit.record(
            session, Deed.VIDEO_PUBLISHED, now=now, actor_id=viewer.user_id, subject=f"video:{video.id}"
        )


def _video(session: Session, viewer: Viewer, value: str) -> Video | None:
    if not value:
        return None
    number = typed.row_id(value)
    video = session.get(Video, number) if number else None
    if video is None or not can(viewer, Action.FIND, video):
        raise Invalid("Choose a video of the list.", code="no_video", field="video")
    return video


def _choice(video: Video) -> VideoChoice:
    return VideoChoice(video.id, video.title, video.is_published, video.audience is Audience.PRO)
