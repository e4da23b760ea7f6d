"""A translation as its maker works on it: beside its original, with what is to be mended; a lesson's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.parallel import Difference
from edu.models import Audience, Lesson, LessonTranslation, PageState
from edu.policy import Viewer
from edu.services import reviews
from edu.services.authoring.differing import Comparison
from edu.services.contents import facts
from edu.services.lesson_translations import editing, following
from edu.services.lesson_translations.editing import State, TranslationForm
from edu.services.lesson_translations.following import Followed
from edu.services.pages.translating import Status


@dataclass(frozen=True, slots=True)
class TranslationWork:
    """A translation in the studio. `original` is the lesson as it stands, `changes` what of it is new to the
    translation, `lacks` what the text that was typed or is kept has otherwise than what it is held to.
    """

    lesson_id: int
    course_id: int
    module_id: int
    language: str
    title: str
    url: str
    state: PageState
    is_gated: bool
    is_stale: bool
    original: Followed
    original_language: str
    changes: Comparison | None
    lacks: tuple[Difference, ...]
    form: TranslationForm


@dataclass(frozen=True, slots=True)
class TranslationLine:
    """A translation of a lesson in a list."""

    language: str
    status: Status
    is_editable: bool


def page(
    session: Session,
    viewer: Viewer,
    lesson_id: int,
    language: str,
    now: datetime,
    typed: TranslationForm | None = None,
) -> TranslationWork:
    """A translation with its form as it stands; with what was `typed`, that is what is looked at."""
    row, text = editing.mine(session, viewer, lesson_id, language)
    is_held_to_now = typed is not None and typed.follows
    source = following.present(row) if is_held_to_now else following.followed(session, row, text)
    return TranslationWork(
        lesson_id=row.id,
        course_id=row.course_id,
        module_id=row.module_id,
        language=text.language,
        title=text.title,
        url=f"/courses/{row.module.course.slug}/{row.slug}/{text.language}",
        state=reviews.standing(text.state, text.details, now.date()).state,
        is_gated=facts(row).audience is Audience.PRO,
        is_stale=following.is_stale(row, text),
        original=following.present(row),
        original_language=row.language,
        changes=following.changes(session, row, text),
        lacks=source.lacks(typed.body.replace("\r\n", "\n") if typed else text.body),
        form=typed or _form(row, text),
    )


def of_lesson(session: Session, viewer: Viewer, lesson_id: int) -> tuple[TranslationLine, ...]:
    """The translations of a lesson, by language."""
    row = editing.original(session, viewer, lesson_id)
    asked = select(LessonTranslation).where(LessonTranslation.lesson_id == row.id)
    return tuple(
        TranslationLine(text.language, status_of(row, text), editing.is_editable(viewer, row, text))
        for text in session.scalars(asked.order_by(LessonTranslation.language))
    )


def status_of(row: Lesson, text: LessonTranslation | None) -> Status:
    """How far a lesson is in a language."""
    if text is None:
        return Status.MISSING
    if following.is_stale(row, text):
        return Status.STALE
    return Status.DRAFT if text.state is PageState.DRAFT else Status.CURRENT


def _form(row: Lesson, text: LessonTranslation) -> TranslationForm:
    return TranslationForm(
        title=text.title,
        summary=text.summary,
        objectives="\n".join(map(str, text.objectives)),
        body=text.body,
        state=State.DRAFT if text.state is PageState.DRAFT else State.PUBLISHED,
        revision=str(text.revision),
        source_revision=str(row.revision),
    )
