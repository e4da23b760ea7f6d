"""Where an entry is used: what cites it among lessons, self-checks, checklists and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager

from edu.courseware.marks import find_marks
from edu.models import (
    Checklist,
    Lesson,
    Module,
    Page,
    PageKind,
    PageState,
    QuestionVersion,
    Quiz,
    QuizSlot,
    QuizVersion,
    Reference,
    VersionStatus,
    Video,
)
from edu.policy import NOBODY, Action, Viewer, can
from edu.services.contents import facts
from edu.services.library.readable import courses
from edu.services.pages.finding import ADDRESSES
from edu.services.quizzing import quizzes, reach
from edu.services.stations import lists

KINDS = (PageKind.NEWS, PageKind.STORY, PageKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Use:
    """What cites the entry; `count` says how often where it has parts. A gated one is for professionals."""

    title: str
    url: str
    language: str
    count: int = 1
    steps: tuple[str, ...] = ()
    is_gated: bool = False
    code: str = ""  # of a lesson


@dataclass(frozen=True, slots=True)
class Uses:
    """Everything that cites an entry and that the reader may see."""

    lessons: tuple[Use, ...] = ()
    quizzes: tuple[Use, ...] = ()
    checklists: tuple[Use, ...] = ()
    pages: tuple[Use, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lessons or self.quizzes or self.checklists or self.pages)


def of(session: Session, viewer: Viewer, key: str, now: datetime) -> Uses:
    """What cites the entry of that key; four statements.

    What is for professionals is told only to those who pass the gate. Of a self-check the reader learns how
    many of its questions rest on the entry, not which: that could hint at their answers.
    """
    return Uses(
        tuple(_lessons(session, viewer, key)),
        tuple(_quizzes(session, viewer, key)),
        tuple(_checklists(session, viewer, key)),
        tuple(_pages(session, key, now)),
    )


def _of_the_course(key: str) -> Select[int]:
    """The courses that have the entry: a text of another one cites its own of the same key."""
    return select(Reference.course_id).where(Reference.key == key)


def _cites(body: InstrumentedAttribute[str], key: str) -> ColumnElement[bool]:
    return body.contains(f"@{key}", autoescape=True)


def _is_cited(body: str, key: str) -> bool:
    return any(mark.kind == "citation" and mark.value == key for mark in find_marks(body))


def _lessons(session: Session, viewer: Viewer, key: str) -> Iterator[Use]:
    asked = (
        select(Lesson)
        .join(Lesson.module)
        .where(Lesson.course_id.in_(_of_the_course(key)), Lesson.course_id.in_(courses(viewer)))
        .where(_cites(Lesson.body, key))
        .order_by(Lesson.course_id, Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).joinedload(Module.course))
    )
    for row in session.scalars(asked):
        if can(viewer, Action.READ, facts(row)) and _is_cited(row.body, key):
            url = f"/courses/{row.module.course.slug}/{row.slug}"
            is_gated = not can(NOBODY, Action.READ, facts(row))
            yield Use(row.title, url, row.language, is_gated=is_gated, code=row.code)


def _quizzes(session: Session, viewer: Viewer, key: str) -> Iterator[Use]:
    """Published self-checks with the number of their questions, newest wording, that name the entry."""
    newer = QuestionVersion.__table__.alias("newer")
    is_newest = ~exists().where(
        newer.c.question_id == QuestionVersion.question_id,
        newer.c.number > QuestionVersion.number,
        newer.c.status == VersionStatus.READY.value,
    )
    references = QuestionVersion.secret["references"].as_string()
    gated = reach.is_gated()
    slot = aliased(QuizSlot)  # the statement about the gate speaks of slots too
    asked = (
        select(Quiz, func.count(), gated)
        .join(QuizVersion, quizzes.is_current())
        .join(slot, slot.quiz_version_id == QuizVersion.id)
        .join(QuestionVersion, QuestionVersion.question_id == slot.question_id)
        .where(QuestionVersion.status == VersionStatus.READY, is_newest)
        .where(references.contains(f'"{key}"', autoescape=True))
        .group_by(Quiz.id, QuizVersion.id)
        .order_by(Quiz.title, Quiz.id)
    )
    if not viewer.is_instructor:
        asked = asked.where(~quizzes.is_drafted())
    for quiz, count, is_gated in session.execute(asked):
        if not is_gated or viewer.passes_gate:
            language = str(quiz.details.get("language", "en"))
            yield Use(quiz.title, f"/quizzes/{quiz.slug}", language, count, is_gated=is_gated)


def _checklists(session: Session, viewer: Viewer, key: str) -> Iterator[Use]:
    document = cast(Checklist.document, Text)
    asked = (
        select(Checklist, Video)
        .outerjoin(Video, Video.id == Checklist.video_id)
        .where(Checklist.is_published, document.contains(f'"{key}"', autoescape=True))
        .order_by(Checklist.title, Checklist.id)
    )
    for row, video in session.execute(asked):
        seen = lists.facts(row, video)
        named = [item for item in row.document.get("items", ()) if key in item.get("references", ())]
        if named and can(viewer, Action.READ, seen):
            # a step that hangs on what the patient says is not told: it would give the station away
            steps = tuple(
                Counter(item["step"] for item in named if item.get("step") and not item.get("branch"))
            )
            is_gated = not can(NOBODY, Action.READ, seen)
            yield Use(row.title, f"/checklists/{row.slug}", row.language, len(named), steps, is_gated)


def _pages(session: Session, key: str, now: datetime) -> Iterator[Use]:
    """Pages outside the lessons, each in its original language."""
    asked = (
        select(Page)
        .where(Page.kind.in_(KINDS), Page.source_revision.is_(None), _cites(Page.body, key))
        .where(Page.state != PageState.DRAFT, Page.published_at <= now)
        .order_by(Page.kind, Page.position, Page.id)
    )
    for row in session.scalars(asked):
        if _is_cited(row.body, key):
            yield Use(row.title, f"{ADDRESSES[row.kind]}{row.slug}", row.language)
