"""For translators: how far each lesson of the site is in a language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Course, Lesson, LessonTranslation, Module, PageState
from edu.policy import Action, Viewer, can
from edu.services import typed
from edu.services.contents import facts
from edu.services.lesson_translations import editing
from edu.services.lesson_translations.work import status_of
from edu.services.pages.translating import Status


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in the overview."""

    lesson_id: int
    code: str
    title: str
    language: str
    status: Status
    is_editable: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LessonsOverview:
    """What of the lessons is there in a language and what is lacking."""

    language: str
    rows: tuple[LessonRow, ...]

    def count(self, status: str) -> int:
        """How many lessons are so far."""
        return sum(row.status == status for row in self.rows)


def overview(session: Session, viewer: Viewer, language: str) -> LessonsOverview:
    """For each lesson that readers find how far it is in this language; one statement.

    What is written in the language itself is not in the list. Invalid for what is no language.
    """
    tag = typed.language(language)
    asked = (
        select(Lesson, LessonTranslation)
        .join(Lesson.module)
        .join(Course, Course.id == Lesson.course_id)
        .outerjoin(
            LessonTranslation,
            and_(LessonTranslation.lesson_id == Lesson.id, LessonTranslation.language == tag),
        )
        .where(Lesson.state != PageState.DRAFT, Course.state != PageState.DRAFT, Lesson.language != tag)
        .order_by(Course.position, Course.id, Module.position, Lesson.position)
        .options(contains_eager(Lesson.module), defer(Lesson.body), defer(LessonTranslation.body))
    )
    found = [(row, text) for row, text in session.execute(asked) if can(viewer, Action.READ, facts(row))]
    return LessonsOverview(tag, tuple(_row(viewer, row, text) for row, text in found))


def _row(viewer: Viewer, row: Lesson, text: LessonTranslation | None) -> LessonRow:
    return LessonRow(
        lesson_id=row.id,
        code=row.code,
        title=row.title,
        language=row.language,
        status=status_of(row, text),
        is_editable=text is None or editing.is_editable(viewer, row, text),
        updated_at=row.updated_at,
    )
