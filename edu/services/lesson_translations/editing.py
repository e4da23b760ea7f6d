"""Translating a lesson in the studio: begun with the original's words, saved, published, deleted.

Nothing is published that says more or less than its original: paragraphs, lists, boxes, grades, sources,
steps and numbers are held to be the same. What the words say is for its maker and a reviewer to answer for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid, InvalidFields, NotFound
from edu.models import Lesson, LessonTranslation, PageState
from edu.policy import Action, Facts, Viewer, can, require
from edu.services import audit, lesson_marks, typed
from edu.services.authoring import lesson_fields, reviewing
from edu.services.contents import facts
from edu.services.lesson_translations import following
from edu.services.lesson_translations.deeds import TranslationDeed


class State(StrEnum):
    """What a maker chooses; that a translation is reviewed is not the maker's to say."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class TranslationForm:
    """What the form says; `objectives` has one a line. `follows`: it says now what the original says now.

    `source_revision` is the original's that stood beside the form.
    """

    title: str
    summary: str
    objectives: str
    body: str
    state: str
    revision: str
    source_revision: str
    follows: bool = False


def begin(
    session: Session, viewer: Viewer, lesson_id: int, language: str, now: datetime
) -> LessonTranslation:
    """The translation of a lesson into a language: the one that is there, or a draft with its words.

    The draft begins with them so that grades, sources and steps are in it; it cannot be published as it is.
    Invalid for the lesson's own language.
    """
    row = original(session, viewer, lesson_id)
    tag = typed.language(language)
    if tag == row.language:
        raise Invalid("The lesson is written in this language.", code="same_language", field="language")
    if (known := session.get(LessonTranslation, (row.id, tag))) is not None:
        return known
    text = LessonTranslation(lesson_id=row.id, language=tag, source_revision=row.revision, revision=1)
    text.title, text.summary, text.body, text.details = row.title, row.summary, row.body, {}
    text.objectives, text.state = list(following.present(row).objectives), PageState.DRAFT
    text.maker_id, text.updated_at = viewer.user_id, now
    session.add(text)
    session.flush()
    _note(session, TranslationDeed.BEGUN, viewer, text, now)
    return text


def save(
    session: Session, viewer: Viewer, lesson_id: int, language: str, form: TranslationForm, now: datetime
) -> LessonTranslation:
    """Change a translation. Conflict when somebody saved it since; Invalid names what is wrong.

    Words that change after a review need another.
    """
    row, text = mine(session, viewer, lesson_id, language, locked=True)
    if form.revision != str(text.revision):
        raise Conflict(
            "Somebody else saved this translation while you wrote. Your text is below, unsaved: compare it "
            "with what stands there now, then save again to replace it.",
            code="translation_changed",
        )
    state, before = typed.word(form.state, State, "state"), (_words(text), text.state)
    _say(text, form)
    _follow(row, text, form)
    if state is State.PUBLISHED and (faults := list(_faults(session, row, text))):
        raise InvalidFields(faults)
    _stand(text, state, is_changed=_words(text) != before[0])
    if (_words(text), text.state) != before:
        text.revision, text.updated_at = text.revision + 1, now
        session.flush()
        _note(session, _deed(before[1], text.state), viewer, text, now)
    return text


def delete(session: Session, viewer: Viewer, lesson_id: int, language: str, now: datetime) -> None:
    """Delete a translation; the lesson stays."""
    _, text = mine(session, viewer, lesson_id, language, locked=True)
    _note(session, TranslationDeed.DELETED, viewer, text, now)
    session.delete(text)
    session.flush()


def original(session: Session, viewer: Viewer, lesson_id: int) -> Lesson:
    """The lesson that is translated, for instructors who may read it. NotFound."""
    row = session.get(Lesson, lesson_id)
    if row is None or not viewer.is_instructor:
        raise NotFound("there is no such lesson")
    require(viewer, Action.READ, facts(row))
    return row


def mine(
    session: Session, viewer: Viewer, lesson_id: int, language: str, *, locked: bool = False
) -> tuple[Lesson, LessonTranslation]:
    """A lesson with its translation, for who may change that. NotFound; Forbidden for somebody else's."""
    row, key = original(session, viewer, lesson_id), (lesson_id, language)
    text = session.get(LessonTranslation, key, with_for_update=locked or None, populate_existing=locked)
    if text is None:
        raise NotFound("there is no such translation")
    if not is_editable(viewer, row, text):
        require(viewer, Action.EDIT, _facts(row, text))
    return row, text


def is_editable(viewer: Viewer, row: Lesson, text: LessonTranslation) -> bool:
    """Whether the viewer may change it: whose it is, and whose the lesson is."""
    return can(viewer, Action.EDIT, _facts(row, text)) or can(viewer, Action.EDIT, facts(row))


def _facts(row: Lesson, text: LessonTranslation) -> Facts:
    return Facts(facts(row).audience, text.state is not PageState.DRAFT, text.maker_id)


def _words(text: LessonTranslation) -> tuple[object, ...]:
    return text.title, text.summary, text.body.rstrip(), list(text.objectives), text.source_revision


def _say(text: LessonTranslation, form: TranslationForm) -> None:
    text.title = typed.line(form.title, "title", most=200)
    text.summary = typed.line(form.summary, "summary", most=lesson_fields.MOST_SUMMARY, optional=True)
    body = typed.text(form.body, "body", most=lesson_fields.MOST_BODY)
    text.body = text.body if body == text.body.rstrip() else body  # a course file ends with a line end
    lines = (" ".join(line.split()) for line in form.objectives.splitlines())
    said = typed.text("\n".join(filter(None, lines)), "objectives", most=4000, optional=True)
    text.objectives = said.splitlines()


def _follow(row: Lesson, text: LessonTranslation, form: TranslationForm) -> None:
    """Let it be a translation of what the lesson says now, if its maker says so."""
    if not form.follows or not following.is_stale(row, text):
        return
    if form.source_revision != str(row.revision):
        raise Invalid(
            "The original was changed again while you wrote. Look at it once more, then tick this.",
            code="original_changed", field="follows",
        )  # fmt: skip
    text.source_revision = row.revision


def _faults(session: Session, row: Lesson, text: LessonTranslation) -> Iterator[Invalid]:
    """What keeps it from being published."""
    source = following.followed(session, row, text)
    if text.body.strip() == source.body.strip():
        yield Invalid("This is still the text of the original.", code="untranslated", field="body")
    elif source.lacks(text.body):
        yield Invalid(
            "It does not say all that the original says, or more: see what is to be mended above the text.",
            code="not_parallel", field="body",
        )  # fmt: skip
    if len(text.objectives) != len(source.objectives):
        yield Invalid(
            "The original has %(count)s objectives: translate each, one on a line.",
            code="objectives", field="objectives", count=len(source.objectives),
        )  # fmt: skip
    lesson_marks.require_known(session, row.course_id, text.body)


def _stand(text: LessonTranslation, state: State, *, is_changed: bool) -> None:
    """Bring it into the state that was chosen; what was reviewed and is as it was stays so."""
    if state is State.DRAFT:
        text.state = PageState.DRAFT
    elif text.state is PageState.DRAFT:
        text.state = reviewing.published_state(text.details)
    elif text.state is PageState.REVIEWED and is_changed:
        text.state = PageState.NEEDS_REVIEW


def _deed(before: PageState, after: PageState) -> TranslationDeed:
    if PageState.DRAFT not in (before, after) or before is after:
        return TranslationDeed.CHANGED
    return TranslationDeed.TAKEN_BACK if after is PageState.DRAFT else TranslationDeed.PUBLISHED


def _note(
    session: Session, deed: TranslationDeed, viewer: Viewer, text: LessonTranslation, now: datetime
) -> None:
    audit.record(
        session, deed, now=now, actor_id=viewer.user_id, subject=f"lesson:{text.lesson_id}",
        language=text.language, revision=text.revision,
    )  # fmt: skip
