"""What a translation follows: its lesson as it stood when it was translated, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.courseware.parallel import Difference, differences
from edu.models import Lesson, LessonTranslation, LessonVersion
from edu.services.authoring import versions
from edu.services.authoring.differing import Comparison
from edu.services.lesson_translations.reading import objectives


@dataclass(frozen=True, slots=True)
class Followed:
    """A state of the original that a translation is held to: its words at that revision."""

    revision: int
    title: str
    summary: str
    body: str
    objectives: tuple[str, ...]

    def lacks(self, body: str) -> tuple[Difference, ...]:
        """What of its frame a translated text has otherwise."""
        return differences(self.body, body)


def is_stale(row: Lesson, text: LessonTranslation) -> bool:
    """Whether the original went on."""
    return text.source_revision < row.revision


def present(row: Lesson) -> Followed:
    """The lesson as it stands now."""
    return Followed(row.revision, row.title, row.summary, row.body, objectives(row.objectives))


def followed(session: Session, row: Lesson, text: LessonTranslation) -> Followed:
    """The lesson as it stood when it was translated; as it stands now where that was not kept."""
    kept = session.get(LessonVersion, (row.id, text.source_revision)) if is_stale(row, text) else None
    if kept is None:
        return present(row)
    said: Sequence[object] = kept.details.get("objectives", ())
    return Followed(kept.revision, kept.title, kept.summary, kept.body, objectives(said))


def changes(session: Session, row: Lesson, text: LessonTranslation) -> Comparison | None:
    """What the original says otherwise since; None for nothing, and where it was not kept."""
    if not is_stale(row, text):
        return None
    found = versions.between(session, row, text.source_revision, row.revision)
    return None if found is None or found.is_same else found
