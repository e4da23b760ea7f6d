"""How the pages of a course stand: state, author, dates, reviewer, interests and next review of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer

from edu.courseware.page_details import PageDetails
from edu.models import Course, Lesson, Module, Page, PageKind, PageState
from edu.policy import Action, Viewer, can
from edu.services import reviews
from edu.services.contents import contents, facts, lesson_link
from edu.services.course_words import Wording, wording
from edu.services.coursing import outline
from edu.services.pages.finding import ADDRESSES
from edu.services.reviews import Standing


@dataclass(frozen=True, slots=True)
class StateRow:
    """A page and how it stands; without address while nobody can read it. `is_medical`: a clinician has to
    review it.
    """

    code: str
    title: str
    url: str
    language: str
    standing: Standing
    is_medical: bool = True


@dataclass(frozen=True, slots=True)
class ModuleStates:
    """A module with its lessons; nothing is told of `locked_count` of them, which are for professionals."""

    head: StateRow
    is_gated: bool
    rows: tuple[StateRow, ...]
    locked_count: int


@dataclass(frozen=True, slots=True)
class StatesPage:
    """All pages of a course by where they stand; `counts` are of all of them, whatever was asked for."""

    slug: str
    title: str
    language: str
    state: str
    wanted: str
    counts: dict[str, int]
    modules: tuple[ModuleStates, ...]
    pages: tuple[tuple[PageKind, tuple[StateRow, ...]], ...]


def page(
    session: Session, viewer: Viewer, slug: str, now: datetime, *, wanted: str = "", language: str = ""
) -> StatesPage:
    """The pages in the state that is wanted, or all; NotFound for a course that the viewer may not find.

    `language` is the reader's.
    """
    course = outline.course_of(session, viewer, slug)
    said = wording(course, language)
    today = now.date()
    lessons = contents(session, course.id, viewer)
    open_rows = [row for row in lessons if can(viewer, Action.READ, facts(row))]
    stands = {row.id: _lesson(course, row, viewer, reviews.of_lesson(row, today)) for row in open_rows}
    pages = [(row.kind, _page(row, now)) for row in _pages(session, viewer, course, now)]
    counts = Counter(row.standing.state.value for row in (*stands.values(), *(row for _, row in pages)))
    return StatesPage(
        slug=course.slug,
        title=course.title,
        language=course.language,
        state=course.state.value,
        wanted=wanted,
        counts={state.value: counts[state.value] for state in PageState if counts[state.value]},
        modules=tuple(
            ModuleStates(
                head=_module(course, said, module, reviews.of_module(module, today)),
                is_gated=outline.is_gated(module),
                rows=_of(wanted, (stands[row.id] for row in open_rows if row.module_id == module.id)),
                locked_count=sum(row.module_id == module.id and row.id not in stands for row in lessons),
            )
            for module in outline.modules_of(session, course)
        ),
        pages=tuple(
            (kind, rows)
            for kind in PageKind
            if (rows := _of(wanted, (row for its, row in pages if its is kind)))
        ),
    )


def _of(wanted: str, rows: Iterable[StateRow]) -> tuple[StateRow, ...]:
    return tuple(row for row in rows if wanted in ("", row.standing.state))


def _lesson(course: Course, row: Lesson, viewer: Viewer, standing: Standing) -> StateRow:
    link = lesson_link(course.slug, row, viewer)
    return StateRow(link.code, link.title, link.url, row.language, standing)


def _module(course: Course, said: Wording, module: Module, standing: Standing) -> StateRow:
    url = f"/courses/{course.slug}#{module.code}"
    title = outline.of_module(said, module, "title", module.title)
    return StateRow(module.code, title, url, title.language, standing)


def _page(row: Page, now: datetime) -> StateRow:
    is_out = row.state is not PageState.DRAFT and row.published_at is not None and row.published_at <= now
    return StateRow(
        code="",
        title=row.title,
        url=f"{ADDRESSES[row.kind]}{row.slug}" if is_out else "",
        language=row.language,
        standing=reviews.standing(row.state, row.details, now.date(), row.updated_at),
        is_medical=PageDetails.of(row.details).is_medical,
    )


def _pages(session: Session, viewer: Viewer, course: Course, now: datetime) -> list[Page]:
    """The pages around the course; drafts and those of later days for instructors only."""
    asked = select(Page).where(or_(Page.course_id == course.id, Page.course_id.is_(None)))
    if not viewer.is_instructor:
        asked = asked.where(Page.state != PageState.DRAFT, Page.published_at <= now)
    asked = asked.order_by(Page.position, Page.title, Page.language)
    return list(session.scalars(asked.options(defer(Page.body), defer(Page.summary))))
