"""The names of what questions test: the step of a film with its seconds, else the lesson."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from edu.models import Course, Lesson, Module, PageState, ReviewCard, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.quizzing.attempt_feedback import ClipView


@dataclass(frozen=True, slots=True)
class OutcomeName:
    """What a card is about, in words of the course; all empty where nothing is known or may be told."""

    title: str = ""
    language: str = ""
    lesson_title: str = ""
    lesson_url: str = ""
    clip: ClipView | None = None
    lesson_language: str = ""


def names_of(session: Session, viewer: Viewer, cards: Iterable[ReviewCard]) -> Mapping[str, OutcomeName]:
    """The names of the outcomes of these cards; two statements.

    The name of a step that the viewer may not watch is not told, nor that of a lesson they may not read.
    """
    first = {card.outcome: card for card in cards}
    steps = _steps(session, viewer, {card.step for card in first.values() if card.step})
    lessons = _lessons(session, viewer, {card.lesson for card in first.values() if card.lesson})
    return {outcome: _name(card, steps, lessons) for outcome, card in first.items()}


def is_under_construction(session: Session, code: str) -> bool:
    """Whether a lesson of this code, or its course, was not yet reviewed; of several one is enough."""
    unfinished = PageState.UNDER_CONSTRUCTION
    asked = (
        select(Lesson.id)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.code == code, or_(Lesson.state == unfinished, Course.state == unfinished))
        .limit(1)
    )
    return bool(code) and session.scalar(asked) is not None


def _name(
    card: ReviewCard, steps: Mapping[str, tuple[ClipView, str]], lessons: Mapping[str, OutcomeName]
) -> OutcomeName:
    lesson = lessons.get(card.lesson, OutcomeName())
    if card.step not in steps:
        return lesson
    clip, language = steps[card.step]
    return replace(lesson, title=clip.title, language=language, clip=clip)


def _steps(session: Session, viewer: Viewer, names: set[str]) -> dict[str, tuple[ClipView, str]]:
    if not names:
        return {}
    asked = (
        select(Step, Video)
        .join(Video, Video.id == Step.video_id)
        .where(Step.identifier.in_(names), Step.start_ms.is_not(None), Video.version != "")
    )
    found = {}
    for step, video in session.execute(asked):
        if can(viewer, Action.READ, video):
            start, end = step.start_ms or 0, step.end_ms or 0
            url = f"/videos/{video.slug}?t={start / 1000:g},{end / 1000:g}"
            clip = ClipView(url, step.title, start, end, step.identifier)
            found[step.identifier] = (clip, video.language)
    return found


def _lessons(session: Session, viewer: Viewer, codes: set[str]) -> dict[str, OutcomeName]:
    if not codes:
        return {}
    asked = (
        select(Lesson, Module, Course.slug)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.code.in_(codes))
        .order_by(
            Course.position.desc(), Course.id.desc()
        )  # of two courses with that code the first is named
    )
    found = {}
    for lesson, module, course in session.execute(asked):
        if can(viewer, Action.READ, lesson) and (module.audience == "open" or viewer.passes_gate):
            url = f"/courses/{course}/{lesson.slug}"
            spoken = lesson.language
            found[lesson.code] = OutcomeName(lesson.title, spoken, lesson.title, url, lesson_language=spoken)
    return found
