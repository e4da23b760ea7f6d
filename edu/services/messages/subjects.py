"""Subjects: the pages that a message can be about, found by their path as far as a viewer may read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, true
from sqlalchemy.orm import Session, defer, joinedload

from edu.errors import Invalid
from edu.models import (
    Audience,
    Checklist,
    Course,
    Lesson,
    LessonTranslation,
    Message,
    Module,
    Page,
    PageKind,
    PageState,
    Quiz,
    QuizVersion,
    Reference,
    Video,
)
from edu.policy import Action, Facts, Viewer, can
from edu.services import glossary
from edu.services.contents import facts
from edu.services.library.readable import readable
from edu.services.pages.finding import ADDRESSES
from edu.services.quizzing import quizzes, reach
from edu.services.stations import lists

MOST_PATH = 250
STORIES = "/stories"
# Pages that stand by themselves. Addresses that hold a secret, or show one person's things, are not here.
FIXED = {
    "/": "Front page",
    "/courses": "Courses",
    "/videos": "Videos",
    "/checklists": "Checklists",
    "/library": "Library",
    "/library/timeline": "Timeline of the library",
    "/glossary": "Glossary",
    "/questions": "Open questions",
    STORIES: "Stories",
    "/news": "News",
    "/contributors": "Contributors",
    "/professionals": "For professionals",
    "/corrections": "Corrections",
    "/about": "About",
    "/terms": "Terms",
    "/privacy": "Privacy",
    "/accessibility": "Accessibility",
}
_PATH = re.compile(r"/|(?:/[A-Za-z0-9][A-Za-z0-9._:+-]*){1,4}", re.ASCII)
Finder = Callable[[Session, Viewer, datetime, Collection[str]], Iterator["Subject"]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A page by its path, with its title as it is now."""

    path: str
    title: str


def find(session: Session, viewer: Viewer, written: str, *, own: str, now: datetime) -> Subject:
    """The page of an address as people write it: a path, or the whole address on this site (`own`).

    Invalid with the field `page`, in the same words for what is missing and what the viewer may not read.
    """
    path = path_of(written, own)
    subject = found(session, viewer, [path], now).get(path) if path else None
    if subject is None:
        raise Invalid(
            "There is no page at this address that you can read. Look at the address once more.",
            code="no_subject",
            field="page",
        )
    return subject


def path_of(written: str, own: str) -> str:
    """The path of an address; empty for what can be none of ours, such as a path with dots in it."""
    text = written.strip()
    if text.startswith(f"{own}/") or text == own:
        text = text[len(own) :] or "/"
    try:
        parts = urlsplit(text)
        path = unquote(parts.path, errors="strict")
    except ValueError:  # a bracket that is not closed, a sign that is no UTF-8
        return ""
    path = path.rstrip("/") or "/"
    if parts.scheme or parts.netloc or not text.startswith("/") or len(path) > MOST_PATH:
        return ""
    return path if _PATH.fullmatch(path) else ""


def found(session: Session, viewer: Viewer, paths: Collection[str], now: datetime) -> dict[str, Subject]:
    """Those of the paths that lead to a page which the viewer may read; one statement for each kind."""
    wanted = set(paths)
    result = {path: Subject(path, FIXED[path]) for path in wanted & FIXED.keys()}
    for prefix, finder in _FINDERS:
        names = [path for path in wanted - FIXED.keys() if _lies_under(path, prefix)]
        if names:
            last = [path.rpartition("/")[2] for path in names]
            made = finder(session, viewer, now, last)
            result.update({subject.path: subject for subject in made if subject.path in wanted})
    return result


def looked_after_by(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a message is this viewer's to answer.

    Administrators answer all. Instructors answer those about a course, lesson, video, quiz, checklist or page
    that is theirs; what belongs to nobody, such as questions to the site, is the administrators'.
    """
    if viewer.is_administrator:
        return true()
    if not viewer.is_instructor or viewer.user_id is None:
        return false()
    me = viewer.user_id
    course = literal("/courses/") + Course.slug
    within = or_(Message.path == course, Message.path.like(course + "/%"))
    lesson = literal("/courses/") + Course.slug + "/" + Lesson.slug
    of_lesson = (
        select(Lesson.id)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.owner_id == me, or_(Message.path == lesson, Message.path.like(lesson + "/%")))
        .correlate(Message)
        .exists()
    )
    of_course = select(Course.id).where(Course.owner_id == me, within).correlate(Message).exists()
    return or_(
        of_course,
        of_lesson,
        Message.path.in_(select(literal("/videos/") + Video.slug).where(Video.owner_id == me)),
        Message.path.in_(select(literal("/quizzes/") + Quiz.slug).where(Quiz.owner_id == me)),
        Message.path.in_(select(literal("/checklists/") + Checklist.slug).where(Checklist.owner_id == me)),
        *(
            Message.path.in_(
                select(literal(prefix) + Page.slug).where(Page.kind == kind, Page.owner_id == me)
            )
            for kind, prefix in ADDRESSES.items()
        ),
    )


def _lies_under(path: str, prefix: str) -> bool:
    """Whether the path has one name more than the prefix; `*` in a prefix stands for one name."""
    parts, shape = path.split("/"), prefix.split("/")
    return len(parts) == len(shape) and all(
        want in ("", "*") or want == part for part, want in zip(parts, shape, strict=True)
    )


def _courses(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    for row in session.scalars(select(Course).where(Course.slug.in_(names))):
        if row.state is not PageState.DRAFT or viewer.is_instructor:
            yield Subject(f"/courses/{row.slug}", row.title)


def _lessons(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    asked = (
        select(Lesson)
        .where(Lesson.slug.in_(names))
        .options(joinedload(Lesson.module).joinedload(Module.course))
    )
    for row in session.scalars(asked):
        course = row.module.course
        is_there = course.state is not PageState.DRAFT or viewer.is_instructor
        if is_there and can(viewer, Action.READ, facts(row)):
            yield Subject(f"/courses/{course.slug}/{row.slug}", row.title)


def _texts(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    """Lessons in the languages in which they have an address of their own."""
    asked = (
        select(Lesson, LessonTranslation)
        .outerjoin(
            LessonTranslation,
            and_(
                LessonTranslation.lesson_id == Lesson.id,
                LessonTranslation.language.in_(names),
                LessonTranslation.state != PageState.DRAFT,
            ),
        )
        .options(
            joinedload(Lesson.module).joinedload(Module.course),
            defer(Lesson.body),
            defer(LessonTranslation.body),
        )
        .where(or_(Lesson.language.in_(names), LessonTranslation.language.is_not(None)))
    )
    for row, text in session.execute(asked):
        course = row.module.course
        is_there = course.state is not PageState.DRAFT or viewer.is_instructor
        if is_there and can(viewer, Action.READ, facts(row)):
            yield Subject(f"/courses/{course.slug}/{row.slug}/{row.language}", row.title)
            if text is not None:
                yield Subject(f"/courses/{course.slug}/{row.slug}/{text.language}", text.title)


def _videos(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    for row in session.scalars(select(Video).where(Video.slug.in_(names))):
        if can(viewer, Action.READ, row):
            yield Subject(f"/videos/{row.slug}", row.title)


def _quizzes(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    asked = select(Quiz, reach.is_gated(), quizzes.is_drafted()).outerjoin(QuizVersion, quizzes.is_current())
    for row, is_gated, is_drafted in session.execute(asked.where(Quiz.slug.in_(names))):
        audience = Audience.PRO if is_gated else Audience.OPEN
        if can(viewer, Action.READ, Facts(audience, row.current > 0 and not is_drafted, row.owner_id)):
            yield Subject(f"/quizzes/{row.slug}", row.title)


def _checklists(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    asked = select(Checklist, Video).outerjoin(Video, Video.id == Checklist.video_id)
    for row, video in session.execute(asked.where(Checklist.slug.in_(names))):
        if can(viewer, Action.READ, lists.facts(row, video)):
            yield Subject(f"/checklists/{row.slug}", row.title)


def _references(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    asked = select(Reference).where(Reference.key.in_(names), readable(viewer))
    for row in session.scalars(asked):
        yield Subject(f"/library/{row.key}", (row.title or row.key)[:200])


def _words(session: Session, viewer: Viewer, now: datetime, names: Collection[str]) -> Iterator[Subject]:
    for word in glossary.everything(session):
        if word.entry.slug in names:
            yield Subject(word.url, word.text)


def _pages(
    kind: PageKind, session: Session, viewer: Viewer, now: datetime, names: Collection[str]
) -> Iterator[Subject]:
    asked = (
        select(Page)
        .where(
            Page.kind == kind,
            Page.slug.in_(names),
            and_(Page.state != PageState.DRAFT, Page.published_at <= now),
        )
        .order_by(Page.source_revision.is_(None))  # the original last, so that its title stands
    )
    for row in session.scalars(asked):
        yield Subject(f"{ADDRESSES[kind]}{row.slug}", row.title)


_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("/courses/", _courses),
    ("/courses/*/", _lessons),
    ("/courses/*/*/", _texts),
    ("/videos/", _videos),
    ("/quizzes/", _quizzes),
    ("/checklists/", _checklists),
    ("/library/", _references),
    ("/glossary/", _words),
    *((prefix, partial(_pages, kind)) for kind, prefix in ADDRESSES.items()),
)
