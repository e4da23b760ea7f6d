"""Translations of lessons: installed from their course's files, and read back as those files say them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware import course as files
from edu.courseware.source import source_hash
from edu.courseware.translations import translation_path, translation_text
from edu.models import Lesson, LessonTranslation, PageState
from edu.services.ledger import Ledger


def take(
    session: Session, ledger: Ledger, row: Lesson, entry: files.LessonTranslation, now: datetime
) -> None:
    """Install a translation unless it was changed here since. It is taken to be one of what is there."""

    def find() -> LessonTranslation | None:
        return session.get(LessonTranslation, (row.id, entry.language))

    def row_hash() -> str | None:
        found = find()
        # that its original went on is not a change of the translation
        return source_hash(translation_text(replace(record(found, row), is_stale=False))) if found else None

    def write() -> None:
        found = find()
        if found is None:
            found = LessonTranslation(lesson_id=row.id, language=entry.language, revision=0, details={})
            session.add(found)
        found.revision += 1
        found.title, found.summary, found.body = entry.title, entry.summary, entry.body
        found.objectives, found.state = list(entry.objectives), PageState[entry.state.name]
        found.source_revision = row.revision - entry.is_stale
        found.details = {"review": _plain(entry.review)} if entry.review else {}
        found.updated_at = now

    ledger.take(entry.source.path, entry.source.hash, row_hash, write)


def of_course(session: Session, course_id: int) -> dict[int, tuple[files.LessonTranslation, ...]]:
    """The translations of a course by their lessons' ids, as its files say them now."""
    asked = select(LessonTranslation, Lesson).join(Lesson, Lesson.id == LessonTranslation.lesson_id)
    found = defaultdict(list)
    for text, row in session.execute(
        asked.where(Lesson.course_id == course_id).order_by(LessonTranslation.language)
    ):
        found[row.id].append(record(text, row))
    return {lesson_id: tuple(texts) for lesson_id, texts in found.items()}


def record(text: LessonTranslation, row: Lesson) -> files.LessonTranslation:
    """A translation as its file says it; it lies beside that of its lesson."""
    beside = row.details.get("path") or f"modules/{row.module.code}/{row.code}-{row.slug}.md"
    return files.LessonTranslation(
        language=text.language,
        title=text.title,
        body=text.body,
        source=files.Source(translation_path(beside, text.language), ""),
        summary=text.summary,
        objectives=tuple(map(str, text.objectives)),
        state=files.PageState[text.state.name],
        is_stale=text.source_revision < row.revision,
        review=_review(text.details.get("review")),
    )


def _plain(review: files.Review) -> dict[str, str]:
    said = asdict(review)
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in said.items()
    }


def _review(entry: dict[str, Any] | None) -> files.Review | None:
    if entry is None:
        return None
    dates = {name: date.fromisoformat(entry[name]) for name in ("reviewed_on", "due_on")}
    return files.Review(**{**entry, **dates})
