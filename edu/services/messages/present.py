"""Present: how the page that a message is about stands now, for the editor who says what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, literal, or_, select
from sqlalchemy.orm import Session

from edu.models import Course, Lesson, LessonTranslation, Page
from edu.services.pages.finding import ADDRESSES


@dataclass(frozen=True, slots=True)
class Present:
    """A page as it stands: its revision, and when it was changed last."""

    revision: int
    changed_at: datetime


def of(session: Session, path: str) -> Present | None:
    """How a lesson, its translation, or the original of a page stands; None for what has no revisions."""
    lessons = (
        select(Lesson.revision, Lesson.updated_at)
        .join(Course, Course.id == Lesson.course_id)
        .where(literal("/courses/") + Course.slug + "/" + Lesson.slug == path)
    )
    texts = (
        select(LessonTranslation.revision, LessonTranslation.updated_at)
        .join(Lesson, Lesson.id == LessonTranslation.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            literal("/courses/") + Course.slug + "/" + Lesson.slug == path.rpartition("/")[0],
            LessonTranslation.language == path.rpartition("/")[2],
        )
    )
    is_it = or_(
        *(and_(Page.kind == kind, literal(prefix) + Page.slug == path) for kind, prefix in ADDRESSES.items())
    )
    pages = select(Page.revision, Page.updated_at).where(is_it, Page.source_revision.is_(None))
    for asked in (lessons, texts, pages):
        if row := session.execute(asked).first():
            return Present(row[0], row[1])
    return None
