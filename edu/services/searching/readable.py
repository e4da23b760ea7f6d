"""Which things a viewer may find, as part of a statement: asked of their own rows, at the moment of asking.

This says policy.RULES once more as SQL, with what each room adds to them. A thing for professionals is not
found, counted or suggested for anybody else, and a draft or a page of a later day for instructors alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from edu.models import (
    Audience,
    Checklist,
    Course,
    Lesson,
    LessonTranslation,
    Module,
    Page,
    PageState,
    Quiz,
    QuizVersion,
    Reference,
    Term,
    ThingKind,
    Video,
    Visibility,
)
from edu.models import SearchThing as Thing
from edu.services.quizzing import quizzes, reach

Sight = tuple[bool, bool]
"""Whether a viewer sees drafts, and whether the viewer passes the gate: what decides."""


def readable(sight: Sight) -> ColumnElement[bool]:
    """Part of a statement about things, with parameters `now`, `today` and `language` (such as `es`).

    Of a page, lesson or word and its translations one is found: that in the language, or else the original.
    """
    rules = {
        ThingKind.COURSE: exists().where(Course.id == Thing.course_id, *_found(sight, Course)),
        ThingKind.LESSON: _lesson(sight),
        ThingKind.TERM: _term(),
        ThingKind.REFERENCE: _reference(sight),
        ThingKind.PAGE: _page(),
        ThingKind.QUIZ: _quiz(sight),
        ThingKind.CHECKLIST: _checklist(sight),
    }
    return case(*((Thing.kind == kind, rule) for kind, rule in rules.items()), else_=false())


def _found(sight: Sight, *tables: Any) -> list[ColumnElement[bool]]:
    """That none of the rows is a draft."""
    sees_drafts, _ = sight
    return [] if sees_drafts else [table.state != PageState.DRAFT for table in tables]


def _lesson(sight: Sight) -> ColumnElement[bool]:
    sees_drafts, passes_gate = sight
    rules = _found(sight, Lesson, Course)
    if not passes_gate:
        rules += [Lesson.audience == Audience.OPEN, Module.audience == Audience.OPEN]
    elif not sees_drafts:
        # of a module that is closed until its next review (see services/reviews) no word is shown
        due = Module.details["review"]["due_on"].as_string()
        rules.append(or_(Module.audience == Audience.OPEN, due.is_(None), due >= bindparam("today")))
    return exists().where(
        Lesson.id == Thing.lesson_id,
        Module.id == Lesson.module_id,
        Course.id == Lesson.course_id,
        *rules,
        _is_in_words(),
    )


def _is_in_words() -> ColumnElement[bool]:
    """Of a lesson's texts the one in the language, of several such that which comes first; else the original.

    Drafts of translations are found by nobody: their makers have a list of them.
    """
    other = aliased(LessonTranslation)
    spoken = select(func.min(other.language)).where(
        other.lesson_id == Lesson.id, other.state != PageState.DRAFT, _speaks(other.language)
    )
    chosen = spoken.correlate(Lesson).scalar_subquery()
    return case(
        (Thing.language == Lesson.language, or_(_speaks(Lesson.language), chosen.is_(None))),
        else_=and_(~_speaks(Lesson.language), Thing.language == chosen),
    )


def _term() -> ColumnElement[bool]:
    """Of a word and its translations the one in the language, else the original."""
    other = aliased(Term)
    translated = exists().where(
        other.course_id == Term.course_id,
        other.slug == Term.slug,
        other.language != Course.language,
        other.details["is_stale"].as_boolean().is_not(True),
        _speaks(other.language),
    )
    is_own, speaks_own = Term.language == Course.language, _speaks(Course.language)
    fresh = Term.details["is_stale"].as_boolean().is_not(True)
    return exists().where(
        Term.id == Thing.term_id,
        Course.id == Term.course_id,
        Course.state != PageState.DRAFT,
        case(
            (is_own, or_(speaks_own, ~translated.correlate(Term, Course))),
            else_=and_(~speaks_own, _speaks(Term.language), fresh),
        ),
    )


def _reference(sight: Sight) -> ColumnElement[bool]:
    """A key that two courses have is the entry that came first, as in the library.

    The sum keeps SQLite from going through all ids below for each entry: it shall use course and key.
    """
    one, home = aliased(Reference), aliased(Course)
    earlier = exists().where(
        one.course_id == home.id, one.key == Reference.key, one.id + 0 < Reference.id, *_found(sight, home)
    )
    return exists().where(
        Reference.id == Thing.reference_id, Course.id == Reference.course_id, *_found(sight, Course), ~earlier
    )


def _page() -> ColumnElement[bool]:
    """As readers of every role find them: makers of pages have their own list of drafts."""
    first, other, thing = aliased(Page), aliased(Page), aliased(Thing)
    translated = select(thing.original_id).where(
        thing.original_id > 0,  # as IS NOT NULL says, but SQLite answers it by the index
        other.id == thing.page_id,
        _speaks(thing.language),
        *_is_out(other),
    )
    chosen = case(
        (Thing.original_id.is_(None), Thing.page_id.not_in(translated)),
        else_=and_(_speaks(Thing.language), exists().where(first.id == Thing.original_id, *_is_out(first))),
    )
    # a translation without its original is nowhere to be read
    is_whole = or_(Page.source_revision.is_(None), Thing.original_id.is_not(None))
    return and_(exists().where(Page.id == Thing.page_id, is_whole, *_is_out(Page)), chosen)


def _is_out(page: Any) -> list[ColumnElement[bool]]:
    return [
        page.state != PageState.DRAFT,
        page.published_at <= bindparam("now", type_=Page.published_at.type),
    ]


def _speaks(language: Any) -> ColumnElement[bool]:
    wanted = bindparam("language", type_=String)
    return or_(language == wanted, func.substr(language, 1, 3) == func.substr(wanted, 1, 2) + "-")


def _quiz(sight: Sight) -> ColumnElement[bool]:
    """As a list of all: quizzes are few, and what makes one gated is asked of them in quizzing."""
    sees_drafts, passes_gate = sight
    version = and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current)
    found = select(Quiz.id).outerjoin(QuizVersion, version)
    if not sees_drafts:
        found = found.where(Quiz.current > 0, ~quizzes.is_drafted())
    return Thing.quiz_id.in_(found if passes_gate else found.where(~reach.is_gated()))


def _checklist(sight: Sight) -> ColumnElement[bool]:
    """The stricter of the list and its video; a list that lost its video is for its makers only."""
    sees_drafts, passes_gate = sight
    film: list[ColumnElement[bool]] = [Video.id == Checklist.video_id]
    itself: list[ColumnElement[bool]] = [Checklist.video_id.is_(None)]
    gate: list[ColumnElement[bool]] = []
    if not sees_drafts:
        film.append(Video.visibility == Visibility.PUBLISHED)
        itself.append(Checklist.is_published.is_(True))
    if not passes_gate:
        film.append(Video.audience == Audience.OPEN)
        gate.append(Checklist.audience == Audience.OPEN)
    shown = or_(and_(*itself), exists().where(*film).correlate(Checklist))
    return exists().where(Checklist.id == Thing.checklist_id, shown, *gate)
