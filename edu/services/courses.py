"""Courses as pages: the list, and the table of contents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Course, Lesson, Module, PageState, Quiz, Video
from edu.policy import Action, Viewer, can
from edu.services.contents import LessonLink, contents, facts, lesson_link
from edu.services.delivery import Addresses
from edu.services.quizzing import drawing
from edu.services.videos import VideoLink, came_with, video_link


@dataclass(frozen=True, slots=True)
class CourseLink:
    """A course in a list."""

    slug: str
    title: str
    summary: str
    state: str
    url: str
    lesson_count: int


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice of the course."""

    slug: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PatientLink:
    """A page that somebody with a sore back should find at once."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class QuizLink:
    """A self-assessment of a whole module."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module in the table of contents."""

    code: str
    title: str
    summary: str
    minutes: int
    is_gated: bool
    lessons: tuple[LessonLink, ...]
    quiz: QuizLink | None


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A module that is announced and not written yet."""

    code: str
    title: str
    is_gated: bool
    quiz: QuizLink | None


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course with its table of contents; `evidence_summary` is Markdown and shown as it is, unsoftened."""

    slug: str
    title: str
    subtitle: str
    language: str
    summary: str
    evidence_summary: str
    state: str
    notices: tuple[NoticeView, ...]
    modules: tuple[ModuleView, ...]
    planned: tuple[PlannedView, ...]
    for_patients: tuple[PatientLink, ...]
    videos: tuple[VideoLink, ...]
    course_id: int


def everything(session: Session, viewer: Viewer) -> tuple[CourseLink, ...]:
    """The courses a viewer can find, with their published lessons counted; learners find no empty ones."""
    count = (
        select(func.count())
        .where(Lesson.course_id == Course.id, Lesson.state != PageState.DRAFT)
        .scalar_subquery()
    )
    asked = select(Course, count).order_by(Course.position, Course.title)
    return tuple(
        CourseLink(
            course.slug, course.title, course.summary, course.state.value, f"/courses/{course.slug}", lessons
        )
        for course, lessons in session.execute(asked)
        if viewer.is_instructor or (course.state is not PageState.DRAFT and lessons)
    )


def page(session: Session, viewer: Viewer, slug: str, addresses: Addresses) -> CoursePage:
    """A course's page; NotFound when there is none that the viewer may find."""
    course = _course(session, viewer, slug)
    lessons = contents(session, course.id, viewer)
    modules = session.scalars(
        select(Module).where(Module.course_id == course.id).order_by(Module.position)
    ).all()
    notices = course.notices
    planned = notices.get("planned", [])
    named = [str(module.details.get("quiz", "")) for module in modules]
    known = _quizzes(session, viewer, [*named, *(entry.get("quiz", "") for entry in planned)])
    return CoursePage(
        slug=course.slug,
        title=course.title,
        subtitle=str(notices.get("subtitle", "")),
        language=course.language,
        summary=course.summary,
        evidence_summary=course.evidence_summary,
        state=course.state.value,
        notices=tuple(
            NoticeView(entry["slug"], entry["title"], entry["text"]) for entry in notices.get("notices", [])
        ),
        modules=tuple(_module(course, module, lessons, viewer, known) for module in modules),
        planned=tuple(
            PlannedView(
                entry["code"],
                entry["title"],
                entry["audience"] == Audience.PRO,
                known.get(entry.get("quiz", "")),
            )
            for entry in planned
        ),
        for_patients=_for_patients(course, lessons),
        videos=_videos(session, viewer, addresses, course, lessons),
        course_id=course.id,
    )


def _course(session: Session, viewer: Viewer, slug: str) -> Course:
    course = session.scalar(select(Course).where(Course.slug == slug))
    if course is None or (course.state is PageState.DRAFT and not viewer.is_instructor):
        raise NotFound("there is no such course")
    return course


def _module(
    course: Course,
    module: Module,
    lessons: list[Lesson],
    viewer: Viewer,
    known: dict[str, QuizLink],
) -> ModuleView:
    mine = [row for row in lessons if row.module_id == module.id]
    return ModuleView(
        module.code,
        module.title,
        module.summary,
        module.minutes,
        module.audience is Audience.PRO,
        tuple(lesson_link(course.slug, row, viewer) for row in mine),
        known.get(str(module.details.get("quiz", ""))),
    )


PATIENTS = "patient"  # address name of the path that a course lays for them


def _for_patients(course: Course, lessons: list[Lesson]) -> tuple[PatientLink, ...]:
    """The lesson that the gate names for patients, then the first of the next module on their path."""
    code = str(course.notices.get("gate", {}).get("patient_lesson") or "")
    readable = [row for row in lessons if row.is_published and facts(row).audience is Audience.OPEN]
    first = next((row for row in readable if code and row.code == code), None)
    if first is None:
        return ()
    paths = course.notices.get("paths", [])
    way: list[str] = next((path["modules"] for path in paths if path["slug"] == PATIENTS), [])
    later = way[way.index(first.module.code) + 1 :] if first.module.code in way else []
    second = next((row for name in later for row in readable if row.module.code == name), None)
    found = (first, second) if second else (first,)
    return tuple(PatientLink(row.title, f"/courses/{course.slug}/{row.slug}") for row in found)


def _quizzes(session: Session, viewer: Viewer, slugs: list[str]) -> dict[str, QuizLink]:
    """Those of the quizzes that modules name which the viewer may take, by address name."""
    asked = select(Quiz, drawing.asked_in(Quiz)).where(Quiz.slug.in_(slugs), Quiz.current > 0)
    return {
        quiz.slug: QuizLink(quiz.title, f"/quizzes/{quiz.slug}")
        for quiz, count in session.execute(asked)
        if count and (quiz.audience is Audience.OPEN or viewer.passes_gate)
    }


def _videos(
    session: Session, viewer: Viewer, addresses: Addresses, course: Course, lessons: list[Lesson]
) -> tuple[VideoLink, ...]:
    """The videos of the lessons, and those that came with the course and wait for theirs."""
    used = {row.video_id for row in lessons if row.video_id is not None}
    came_with_it = came_with(course.id)
    asked = select(Video).where(Video.id.in_(used) | came_with_it.exists()).order_by(Video.code)
    found = session.scalars(asked).all()
    return tuple(video_link(video, viewer, addresses) for video in found if can(viewer, Action.FIND, video))
