"""Bonds: what a question names in this site is there, and whoever must not see it is not asked it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid, InvalidFields
from edu.models import Audience, Lesson, Reference, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.contents import facts
from edu.services.quizzing.views import clock
from edu.services.quizzing.writing import still
from edu.services.quizzing.writing.sheet import Sheet
from quizzes import Audience as ItemAudience
from quizzes import Item
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window


def bound(session: Session, viewer: Viewer, typed: Sheet, item: Item, before: Item | None) -> Item:
    """The item for those who may see all that it names; what stood there before may stay.

    Raises InvalidFields for a step, a video, a picture, a reference or a lesson that is not there.
    """
    lesson = lesson_named(session, viewer, item.lesson)
    faults = [
        *_missing(session, viewer, item, before, lesson),
        *_missing_references(session, item, before, lesson),
    ]
    audience = _audience(session, item, before, lesson)
    if audience is ItemAudience.PRO and typed.said("audience") == "open" and _picture_is_pro(session, item):
        faults.append(_fault("The video is for professionals, and so must be the question.", "audience"))
    if faults:
        raise InvalidFields(faults)
    return replace(item, audience=audience)


def past_end(session: Session, item: Item) -> list[Invalid]:
    """What is wrong with a key that lies behind the end of its film; nothing where the length is unknown."""
    end = item.key.end if isinstance(item.key, Window | Interval) else 0
    video = video_named(session, item.video) if item.video else None
    if video is None or not video.duration_ms or end <= video.duration_ms:
        return []
    length = clock.written(video.duration_ms)
    return [Invalid("The video ends at %(end)s.", code="past_end", field="end", end=length)]


def lesson_named(session: Session, viewer: Viewer, code: str) -> Lesson | None:
    """The lesson with this code that the viewer may edit; None when there is none."""
    found = session.scalars(select(Lesson).where(Lesson.code == code).order_by(Lesson.id)) if code else ()
    return next((lesson for lesson in found if can(viewer, Action.EDIT, facts(lesson))), None)


def _missing(
    session: Session, viewer: Viewer, item: Item, before: Item | None, lesson: Lesson | None
) -> list[Invalid]:
    old = before or item
    faults = []
    if item.lesson and lesson is None and (before is None or item.lesson != old.lesson):
        faults.append(_fault("Choose one of your lessons.", "lesson"))
    if item.evidence and (before is None or item.evidence != old.evidence):
        step = session.get(Step, item.evidence)
        video = session.get(Video, step.video_id) if step and step.start_ms is not None else None
        if video is None or not can(viewer, Action.READ, video):
            faults.append(_fault("Choose a step of a video.", "evidence"))
    if item.video and (before is None or item.video != old.video):
        video = video_named(session, item.video)
        if video is None or not can(viewer, Action.READ, video):
            faults.append(_fault("Choose one of the videos.", "video"))
    return faults


def video_named(session: Session, code: str) -> Video | None:
    """The video whose steps begin with this: V1, or v7 for one without a code."""
    if found := session.scalar(select(Video).where(Video.code == code)):
        return found
    number = code.removeprefix("v")
    found = session.get(Video, int(number)) if number.isdecimal() and len(number) < 10 else None
    return found if found and not found.code else None


def _missing_references(
    session: Session, item: Item, before: Item | None, lesson: Lesson | None
) -> list[Invalid]:
    """References of the lesson's course, or of any course when there is no lesson."""
    wanted = set(item.references) - (set(before.references) if before else set())
    if not wanted:
        return []
    asked = select(Reference.key).where(Reference.key.in_(wanted))
    if lesson is not None:
        asked = asked.where(Reference.course_id == lesson.course_id)
    known = set(session.scalars(asked))
    return [
        _fault("The library has no reference %(key)s.", "references", key=key[:80])
        for key in item.references
        if key in wanted - known
    ]


def _audience(session: Session, item: Item, before: Item | None, lesson: Lesson | None) -> ItemAudience:
    """For professionals if the lesson, the picture or the question before was: words take nothing past."""
    if item.audience is ItemAudience.PRO or (before is not None and before.audience is ItemAudience.PRO):
        return ItemAudience.PRO
    if lesson is not None and facts(lesson).audience is Audience.PRO:
        return ItemAudience.PRO
    return ItemAudience.PRO if _picture_is_pro(session, item) else ItemAudience.OPEN


def _picture_is_pro(session: Session, item: Item) -> bool:
    video_id = still.video_of(item.picture.name) if item.picture else None
    video = session.get(Video, video_id) if video_id else None
    return video is not None and video.audience is Audience.PRO


def _fault(sentence: str, field: str, **parameters: str) -> Invalid:
    return Invalid(sentence, code="not_there", field=field, **parameters)
