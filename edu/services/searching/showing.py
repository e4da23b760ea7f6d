"""Things as a page shows them: title, address, and the places of their texts that are meant, marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from sqlalchemy import Integer, Select, bindparam, cast, func, literal, select
from sqlalchemy.orm import Session

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
    Reference,
    SearchSection,
    Term,
    ThingKind,
)
from edu.models import SearchThing as Thing
from edu.services.pages.finding import ADDRESSES
from edu.services.searching import counting, marking
from edu.services.searching.asking import Question
from edu.services.searching.found import Found, Hit

HITS_OF_A_THING: Final = 2


def shown(session: Session, question: Question, ids: tuple[int, ...]) -> tuple[Found, ...]:
    """These things, in this order; they must be such as the viewer may find. Two statements."""
    if not ids:
        return ()
    rows = {row.id: row for row in session.execute(_facts(), {"ids": ids})}
    places = _places(session, question, ids)
    return tuple(_found(question, rows[key], places[key]) for key in ids if key in rows)


def _found(question: Question, row: Any, places: list[Any]) -> Found:
    title, url, note = _HEADS[row.kind](row)
    hits = [_hit(question, url, row.language, place) for place in places]
    return Found(
        shelf=row.shelf,
        kind=(row.page_kind if row.kind is ThingKind.PAGE else row.kind).value,
        title=title,
        url=url,
        note=note,
        language=row.language,
        hits=tuple(hits),
        is_gated=Audience.PRO
        in (row.lesson_audience, row.module_audience, row.quiz_audience, row.list_audience),
        is_published=PageState.DRAFT not in (row.lesson_state, row.course_state),
    )


def _hit(question: Question, url: str, language: str, place: Any) -> Hit:
    """The sentences of a part of a text; of one that has none its heading is enough."""
    lines = place.lines or [place.heading]
    _, pieces = marking.excerpt(question, [(0, 0, line) for line in lines])
    target = f"{url}#{place.anchor}" if place.anchor else url
    return Hit(pieces, language, target, heading=place.heading if place.lines else "")


def _lesson(row: Any) -> tuple[str, str, str]:
    path = f"/courses/{row.course_slug}/{row.lesson_slug}"
    if row.translated_title is not None:
        return row.translated_title, f"{path}/{row.language}", row.lesson_code
    return row.lesson_title, path, row.lesson_code


def _reference(row: Any) -> tuple[str, str, str]:
    by = ", ".join(part for part in (row.authors, row.year) if part)
    return row.reference_title or row.key, f"/library/{row.key}", by


# Title, address and a note of each kind.
_HEADS: Final[dict[ThingKind, Callable[[Any], tuple[str, str, str]]]] = {
    ThingKind.COURSE: lambda row: (row.course_title, f"/courses/{row.course_slug}", ""),
    ThingKind.LESSON: _lesson,
    ThingKind.TERM: lambda row: (row.term_text, f"/glossary/{row.term_slug}", ""),
    ThingKind.REFERENCE: _reference,
    ThingKind.PAGE: lambda row: (row.page_title, f"{ADDRESSES[row.page_kind]}{row.page_slug}", ""),
    ThingKind.QUIZ: lambda row: (row.quiz_title, f"/quizzes/{row.quiz_slug}", ""),
    ThingKind.CHECKLIST: lambda row: (row.list_title, f"/checklists/{row.list_slug}", ""),
}


@cache
def _facts() -> Select[*tuple[Any, ...]]:
    """What is shown of things of every kind in one statement: each row has the columns of its own kind."""
    return (
        select(Thing.id, Thing.kind, Thing.shelf, Thing.language)
        .add_columns(Course.slug.label("course_slug"), Course.title.label("course_title"))
        .add_columns(Course.state.label("course_state"), Module.audience.label("module_audience"))
        .add_columns(Lesson.slug.label("lesson_slug"), Lesson.title.label("lesson_title"))
        .add_columns(Lesson.code.label("lesson_code"), Lesson.state.label("lesson_state"))
        .add_columns(Lesson.audience.label("lesson_audience"))
        .add_columns(LessonTranslation.title.label("translated_title"))
        .add_columns(Term.text.label("term_text"), Term.slug.label("term_slug"))
        .add_columns(Reference.key, Reference.authors, Reference.year)
        .add_columns(Reference.title.label("reference_title"))
        .add_columns(
            Page.kind.label("page_kind"), Page.slug.label("page_slug"), Page.title.label("page_title")
        )
        .add_columns(Quiz.slug.label("quiz_slug"), Quiz.title.label("quiz_title"))
        .add_columns(Quiz.audience.label("quiz_audience"))
        .add_columns(Checklist.slug.label("list_slug"), Checklist.title.label("list_title"))
        .add_columns(Checklist.audience.label("list_audience"))
        .select_from(Thing)
        .outerjoin(Lesson, Lesson.id == Thing.lesson_id)
        .outerjoin(
            LessonTranslation,
            (LessonTranslation.lesson_id == Lesson.id)
            & (LessonTranslation.language == Thing.language)
            & (LessonTranslation.language != Lesson.language),
        )
        .outerjoin(Module, Module.id == Lesson.module_id)
        .outerjoin(Course, Course.id == func.coalesce(Thing.course_id, Lesson.course_id))
        .outerjoin(Term, Term.id == Thing.term_id)
        .outerjoin(Reference, Reference.id == Thing.reference_id)
        .outerjoin(Page, Page.id == Thing.page_id)
        .outerjoin(Quiz, Quiz.id == Thing.quiz_id)
        .outerjoin(Checklist, Checklist.id == Thing.checklist_id)
        .where(Thing.id.in_(bindparam("ids", expanding=True)))
    )


def _places(session: Session, question: Question, ids: tuple[int, ...]) -> dict[int, list[Any]]:
    """The parts of each thing that meet most terms, in their order; at least its first."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ordered = tuple(term.needles for term in question.terms)
    asked = _places_asked(is_sqlite, tuple(map(len, ordered)))
    values = {**counting.needles(ordered), "ids": ids, "most": HITS_OF_A_THING}
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(asked, values):
        found[row.thing_id].append(row)
    for rows in found.values():
        best = max(row.met for row in rows)
        rows[:] = sorted((row for row in rows if row.met == best), key=lambda row: row.number)
        del rows[1 if not best else HITS_OF_A_THING :]
    return found


@cache
def _places_asked(is_sqlite: bool, shape: tuple[int, ...]) -> Select[*tuple[Any, ...]]:
    met = counting.holding(SearchSection.words, shape, is_sqlite=is_sqlite)
    score = sum((cast(one, Integer) for one in met), literal(0))
    place = func.row_number().over(
        partition_by=SearchSection.thing_id, order_by=(score.desc(), SearchSection.number)
    )
    best = (
        select(SearchSection.thing_id, SearchSection.number, score.label("met"), place.label("place"))
        .where(SearchSection.thing_id.in_(bindparam("ids", expanding=True)))
        .subquery()
    )
    return (
        select(SearchSection.thing_id, SearchSection.number, SearchSection.anchor)
        .add_columns(SearchSection.heading, SearchSection.lines, best.c.met)
        .join(
            best,
            (best.c.thing_id == SearchSection.thing_id) & (best.c.number == SearchSection.number),
        )
        .where(best.c.place <= bindparam("most"))
        .order_by(SearchSection.thing_id, best.c.place)
    )
