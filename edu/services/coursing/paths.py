"""Paths: a way through the modules of a course for one kind of reader, and how far one has come on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Checklist, Course, Lesson
from edu.policy import Action, Viewer, can
from edu.services.contents import LessonLink, contents, facts, lesson_link
from edu.services.course_words import Worded, wording
from edu.services.coursing import outline, visits, walking
from edu.services.coursing.outline import ModuleView
from edu.services.coursing.visits import Visit
from edu.services.stations import lists
from edu.services.watching import completion
from edu.services.watching.answering import QuizProgress
from edu.services.watching.completion import CourseProgress, LessonProgress


@dataclass(frozen=True, slots=True)
class PathLink:
    """A path as a door on the course's page: what its reader would say, and what they find."""

    slug: str
    title: Worded
    url: str
    door: Worded
    door_text: Worded
    is_gated: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate of the path would ask: so many per cent of its questions, and all critical ones."""

    title: str
    note: str
    pass_mark: int


@dataclass(frozen=True, slots=True)
class ChecklistLink:
    """A checklist of the path; of one that is closed to the viewer only its letter is told."""

    code: str
    title: str
    url: str
    is_gated: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an account has come on a path: lessons opened, films watched, self-assessments passed.

    `last` is the lesson that it opened last, `next` the first one after it that it has not opened.
    """

    opened: frozenset[str]  # codes of lessons
    done: frozenset[str]  # codes of lessons in which all that counts is done
    film_count: int
    films_done: int
    quiz_count: int
    quizzes_done: int
    last: LessonLink | None
    next: LessonLink | None


@dataclass(frozen=True, slots=True)
class PathPage:
    """A path with its modules and lessons in order; `progress` is None for a visitor.

    `urgent` is what patients read before all else, `start` a few lessons to begin with.
    """

    course_id: int
    course_slug: str
    course_title: str
    language: str
    state: str
    slug: str
    title: Worded
    note: Worded
    is_gated: bool
    urgent: LessonLink | None
    start: tuple[LessonLink, ...]
    modules: tuple[ModuleView, ...]
    planned: tuple[str, ...]  # codes of modules that are not written yet
    minutes: int
    lesson_count: int
    start_minutes: int
    certificate: Certificate | None
    checklists: tuple[ChecklistLink, ...]
    others: tuple[PathLink, ...]
    progress: Progress | None
    counted: CourseProgress | None  # what the account watched and answered of the whole course
    evidence_line: Worded
    seen_at: datetime | None


def links(course: Course, language: str = "") -> tuple[PathLink, ...]:
    """The paths of a course, for a reader of that language."""

    def said(entry: dict[str, Any], field: str) -> Worded:
        return words.say("paths", entry["slug"], field, str(entry.get(field, "")))

    words = wording(course, language)
    return tuple(
        PathLink(
            slug=entry["slug"],
            title=said(entry, "title"),
            url=f"/courses/{course.slug}/paths/{entry['slug']}",
            door=said(entry, "door"),
            door_text=said(entry, "door_text"),
            is_gated=entry["audience"] == Audience.PRO,
        )
        for entry in _entries(course)
    )


PATIENT = "patient"  # address name of the path that a course lays for them


def urgent_link(course: Course, lessons: Iterable[Lesson], viewer: Viewer) -> LessonLink | None:
    """The lesson that the gate names for patients, where all may read it."""
    code = str(course.notices.get("gate", {}).get("patient_lesson") or "")
    readable = (row for row in lessons if row.is_published and facts(row).audience is Audience.OPEN)
    found = next((row for row in readable if code and row.code == code), None)
    return lesson_link(course.slug, found, viewer) if found else None


def page(
    session: Session, viewer: Viewer, course_slug: str, slug: str, now: datetime, *, language: str = ""
) -> PathPage:
    """A path; NotFound for a course that the viewer may not find, and for a path that it has not.

    `language` is the reader's.
    """
    course = outline.course_of(session, viewer, course_slug)
    entry = next((entry for entry in _entries(course) if entry["slug"] == slug), None)
    if entry is None:
        raise NotFound("there is no such path")
    way: list[str] = entry["modules"]
    said = wording(course, language)
    rows = contents(session, course.id, viewer)
    on_it = [row for row in rows if row.module.code in way]
    modules = [module for module in outline.modules_of(session, course) if module.code in way]
    quizzes = outline.quizzes(session, viewer, map(outline.quiz_of, modules))
    seen = outline.views(session, viewer, course, modules, on_it, quizzes, now.date(), language=language)
    start = walking.start(course, entry, on_it, viewer)
    visit = visits.of(session, viewer, course.id, now)
    is_known = viewer.user_id is not None
    counted = completion.progress(session, viewer, course.slug) if is_known else None
    return PathPage(
        course_id=course.id,
        course_slug=course.slug,
        course_title=course.title,
        language=course.language,
        state=course.state.value,
        slug=slug,
        title=said.say("paths", slug, "title", entry["title"]),
        note=said.say("paths", slug, "note", str(entry.get("note", ""))),
        is_gated=entry["audience"] == Audience.PRO,
        urgent=urgent_link(course, rows, viewer) if slug == PATIENT else None,
        start=start,
        modules=seen,
        planned=tuple(code for code in way if code not in {module.code for module in modules}),
        minutes=sum(module.minutes for module in modules),
        lesson_count=len(on_it),
        start_minutes=sum(link.minutes for link in start),
        certificate=_certificate(entry),
        checklists=_checklists(session, viewer, course, entry),
        others=tuple(link for link in links(course, language) if link.slug != slug),
        progress=_progress(course, viewer, counted, on_it, visit) if counted else None,
        counted=counted,
        evidence_line=said.front("evidence_line", str(course.notices.get("evidence_line", ""))),
        seen_at=visit.seen_at,
    )


def last_and_next(
    course: Course, rows: Iterable[Lesson], viewer: Viewer, visit: Visit
) -> tuple[LessonLink | None, LessonLink | None]:
    """Of these lessons the one that was opened last, and the first after it that was never opened."""
    readable = [row for row in rows if row.is_published and can(viewer, Action.READ, facts(row))]
    by_id = {row.id: place for place, row in enumerate(readable)}
    places = [by_id[lesson_id] for lesson_id in visit.lesson_ids if lesson_id in by_id]
    if not places:
        return None, None
    after = (row for row in readable[places[0] + 1 :] if row.id not in visit.lesson_ids)
    following = next(after, None)
    return (
        lesson_link(course.slug, readable[places[0]], viewer),
        lesson_link(course.slug, following, viewer) if following else None,
    )


def _entries(course: Course) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = course.notices.get("paths", [])
    return found


def _certificate(entry: dict[str, Any]) -> Certificate | None:
    title = str(entry.get("certificate", ""))
    if not title:
        return None
    return Certificate(title, str(entry.get("certificate_note", "")), int(entry.get("pass_mark", 0)))


def _checklists(
    session: Session, viewer: Viewer, course: Course, entry: dict[str, Any]
) -> tuple[ChecklistLink, ...]:
    """Those of the course: other courses may have lists of the same letter."""
    wanted: list[str] = entry.get("checklists", [])
    if not wanted:
        return ()
    own = set(session.scalars(select(Checklist.slug).where(Checklist.course_id == course.id)))
    return tuple(
        ChecklistLink(
            row.code,
            row.title if row.is_open_to_viewer else "",
            f"/checklists/{row.slug}" if row.is_open_to_viewer else "",
            row.is_gated,
            not row.is_open_to_viewer,
        )
        for row in lists.listing(session, viewer)
        if row.code in wanted and row.slug in own
    )


def _progress(
    course: Course, viewer: Viewer, counted: CourseProgress, rows: list[Lesson], visit: Visit
) -> Progress:
    on_it = {row.module.code for row in rows}
    modules = [module for module in counted.modules if module.code in on_it]
    lessons: list[LessonProgress] = [lesson for module in modules for lesson in module.lessons]
    quizzes: set[QuizProgress] = {quiz for lesson in lessons for quiz in lesson.quizzes}
    quizzes |= {module.quiz for module in modules if module.quiz}
    films = [lesson.film for lesson in lessons if lesson.film]
    last, following = last_and_next(course, rows, viewer, visit)
    return Progress(
        opened=frozenset(row.code for row in rows if row.id in visit.lesson_ids),
        done=frozenset(lesson.code for lesson in lessons if lesson.is_counted and lesson.is_done),
        film_count=len(films),
        films_done=sum(film.is_done for film in films),
        quiz_count=len(quizzes),
        quizzes_done=sum(quiz.is_done for quiz in quizzes),
        last=last,
        next=following,
    )
