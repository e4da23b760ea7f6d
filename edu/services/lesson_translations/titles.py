"""Titles of lessons in lists, in the reader's language where a translation is there to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from edu.models import Course, Lesson, LessonTranslation, PageState
from edu.services import reviews
from edu.services.lesson_translations.reading import nearest


@dataclass(frozen=True, slots=True)
class Title:
    """What a lesson is called, and in which language; of a translation also what that is called today."""

    text: str
    language: str
    state: PageState | None = None


def of_course(session: Session, course_slug: str, language: str, today: date) -> Mapping[str, Title]:
    """The titles of a course's lessons that differ from what their originals have, by address; one statement.

    A list that holds a lesson has asked already whether its reader may know of it: nobody else asks here.
    """
    rows = session.execute(_asked(), {"course": course_slug, "tags": f"{language.split('-')[0]}%"})
    found: dict[str, dict[str, Title]] = {}
    for slug, own, tag, title, state, details in rows:
        if own.split("-")[0] != language.split("-")[0] or tag == language != own:
            found.setdefault(f"/courses/{course_slug}/{slug}", {})[tag] = Title(
                title, tag, reviews.standing(state, details, today).state
            )
    chosen = {url: nearest(language, sorted(titles)) for url, titles in found.items()}
    return {url: found[url][tag] for url, tag in chosen.items()}


@cache
def _asked() -> Select[str, str, str, str, PageState, dict[str, Any]]:
    return (
        select(
            Lesson.slug,
            Lesson.language,
            LessonTranslation.language,
            LessonTranslation.title,
            LessonTranslation.state,
            LessonTranslation.details,
        )
        .join(Lesson, Lesson.id == LessonTranslation.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            Course.slug == bindparam("course"),
            LessonTranslation.language.like(bindparam("tags")),
            LessonTranslation.state != PageState.DRAFT,
        )
    )
