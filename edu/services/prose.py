"""Markdown of lessons and notices as safe HTML, with the citations, steps and lessons it names."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import Session

from edu.courseware.course import Step as StepRecord
from edu.courseware.explaining import Lexicon
from edu.courseware.external import FRAME_ORIGIN
from edu.courseware.markdown import ENGLISH, Words, reference_list, render
from edu.courseware.marks import find_marks
from edu.courseware.reference import Reference as ReferenceRecord
from edu.models import (
    Audience,
    Course,
    Lesson,
    Module,
    PageState,
    Reference,
    Step,
    Term,
    Video,
    Visibility,
)
from edu.policy import Viewer
from edu.services import course_files, lexicons

MOST_KEPT = 400


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as HTML, and the numbered list of what it cites (empty when it cites nothing).

    `terms` are the words of the glossary explained in it, by their addresses; `lexicon` finds all that there
    are, where they were asked for.
    """

    html: str
    references: str
    terms: tuple[str, ...] = ()
    lexicon: Lexicon | None = field(default=None, compare=False)

    @property
    def frames(self) -> tuple[str, ...]:
        """The origins whose players its page may frame once somebody asks for them."""
        return (FRAME_ORIGIN,) if "<edu-external " in self.html else ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text names and its reader may see, by value: equal surroundings give the same HTML."""

    references: tuple[tuple[str, str], ...] = ()  # key, fields as JSON
    steps: tuple[tuple[StepRecord, str], ...] = ()  # with the address that plays it
    lessons: tuple[tuple[str, str], ...] = ()  # code, address; "" for one that the reader may not open
    terms: lexicons.Rows = ()
    language: str = ""  # of the texts in which the terms are looked for

    def reference(self, key: str) -> ReferenceRecord | None:
        """The library entry of a citation."""
        found = dict(self.references).get(key)
        return course_files.reference_record(json.loads(found)) if found else None

    def step(self, step_id: str) -> tuple[StepRecord, str] | None:
        """The step and the address that plays it."""
        return next((found for found in self.steps if found[0].id == step_id), None)

    def lesson(self, code: str) -> str | None:
        """The address of a lesson, "" for one that is there and not for this reader."""
        return dict(self.lessons).get(code)


def of(
    session: Session,
    viewer: Viewer,
    course_id: int,
    texts: tuple[str, ...],
    *,
    video_slug: str = "",
    words: Words = ENGLISH,
    explained: str = "",
    known: tuple[str, ...] = (),
) -> tuple[Prose, ...]:
    """Texts of one course as HTML. Steps of the video `video_slug`, which stands on the page, play in place.

    With a language in `explained`, words of the course's glossary in it lead there where they are first used,
    but for those `known` already, by their addresses. One statement looks up what the texts name; HTML that
    was made before of the same is not made again.
    """
    names = frozenset[tuple[str, str]]().union(*(_names(text) for text in texts))
    if explained:
        names |= {("term", explained)}
    around = _surroundings(session, viewer, course_id, names, video_slug)
    made: list[Prose] = []
    for text in texts:
        made.append(_rendered(text, around, words, known))
        known += made[-1].terms
    return tuple(made)


@lru_cache(maxsize=2000)
def line(text: str) -> str:
    """A short Markdown text, such as the words of an option, as HTML without blocks."""
    html = render(text, Surroundings()).html.strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner and html.startswith("<p>") else html


@lru_cache(maxsize=MOST_KEPT)
def _names(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((mark.kind, mark.value) for mark in find_marks(text) if mark.kind != "grade")


def _rendered(text: str, around: Surroundings, words: Words, known: tuple[str, ...]) -> Prose:
    key = (text, around, id(words), known)
    if kept := _kept.get(key):
        return kept[0]
    explaining = lexicons.lexicon(around.terms, around.language) if around.terms else None
    made = render(text, around, words=words, lexicon=explaining, known=known)
    prose = Prose(made.html, reference_list(made.citations, words=words), made.terms, explaining)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = (prose, words)
    return prose


# The words are kept with what was made from them, so that no others can come to have their id.
_kept: dict[tuple[str, Surroundings, int, tuple[str, ...]], tuple[Prose, Words]] = {}


def _surroundings(
    session: Session, viewer: Viewer, course_id: int, names: frozenset[tuple[str, str]], video_slug: str
) -> Surroundings:
    wanted: dict[str, list[str]] = {}
    for kind, name in sorted(names):
        wanted.setdefault(kind, []).append(name)
    if not wanted:
        return Surroundings()
    asked = _asked(frozenset(wanted), viewer.passes_gate, viewer.is_instructor)
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, *facts in sorted(session.execute(asked, {"course": course_id, **wanted})):
        found[kind].append(facts)
    return Surroundings(
        tuple((key, fields) for key, fields, *_ in found["citation"]),
        tuple(
            (StepRecord(name, title, start, end), f"{'' if slug == video_slug else f'/videos/{slug}'}#{name}")
            for name, title, slug, start, end in found["step"]
        ),
        tuple(
            (code, f"/courses/{course}/{slug}" if slug else "") for code, course, slug, *_ in found["lesson"]
        ),
        tuple((place, details, meaning) for place, details, meaning, *_ in found["term"]),
        next(iter(wanted.get("term", ())), ""),
    )


KINDS = ("citation", "step", "lesson", "term")


@lru_cache
def _asked(
    kinds: frozenset[str], passes_gate: bool, sees_drafts: bool
) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """The statement that looks these kinds of names up; its parameters are the course and the kinds."""
    parts = {
        "citation": _references(),
        "step": _steps(passes_gate),
        "lesson": _lessons(passes_gate, sees_drafts),
        "term": _terms(),
    }
    return sa.union_all(*(parts[kind] for kind in KINDS if kind in kinds))


def _references() -> sa.Select[*tuple[Any, ...]]:
    fields = sa.cast(Reference.fields, sa.Text)
    return select(literal("citation"), Reference.key, fields, literal(""), literal(0), literal(0)).where(
        Reference.course_id == bindparam("course"), Reference.key.in_(bindparam("citation", expanding=True))
    )


def _steps(passes_gate: bool) -> sa.Select[*tuple[Any, ...]]:
    end = sa.func.coalesce(Step.end_ms, Step.start_ms)
    open_to_all = () if passes_gate else (Video.audience == Audience.OPEN,)
    return (
        select(
            literal("step"),
            Step.identifier,
            Step.title,
            Video.slug,
            Step.start_ms,
            end,
        )
        .join(Video, Video.id == Step.video_id)
        .where(
            Step.identifier.in_(bindparam("step", expanding=True)),
            Step.start_ms.is_not(None),
            Video.visibility == Visibility.PUBLISHED,
            *open_to_all,
        )
    )


def _lessons(passes_gate: bool, sees_drafts: bool) -> sa.Select[*tuple[Any, ...]]:
    """Lessons by code; of what the reader may not open not even the address is told."""
    closed = []
    if not passes_gate:
        closed += [Lesson.audience == Audience.PRO, Module.audience == Audience.PRO]
    if not sees_drafts:
        closed += [Lesson.state == PageState.DRAFT]
    slug = sa.case((sa.or_(*closed), ""), else_=Lesson.slug) if closed else Lesson.slug
    return (
        select(literal("lesson"), Lesson.code, Course.slug, slug, literal(0), literal(0))
        .join(Course, Course.id == Lesson.course_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.course_id == bindparam("course"), Lesson.code.in_(bindparam("lesson", expanding=True)))
    )


def _terms() -> sa.Select[*tuple[Any, ...]]:
    return select(literal("term"), *lexicons.COLUMNS, literal(0), literal(0)).where(
        Term.course_id == bindparam("course"),
        Term.language.in_(bindparam("term", expanding=True)),
        Term.slug != "",
    )
