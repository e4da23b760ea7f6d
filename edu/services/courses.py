"""Courses as pages: the list, and the page by which each kind of reader finds the way into a course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.courseware.course import Grade
from edu.models import Audience, Course, Lesson, PageState, Video
from edu.policy import Action, Viewer, can
from edu.services.contents import LessonLink, contents, facts
from edu.services.course_words import Worded, Wording, wording
from edu.services.coursing import changes, outline, paths, visits
from edu.services.coursing.changes import Change
from edu.services.coursing.outline import ModuleView, QuizLink
from edu.services.coursing.paths import PathLink
from edu.services.coursing.visits import Visit
from edu.services.delivery import Addresses
from edu.services.videos import VideoLink, came_with, video_link

MOST_NEWS = 5


@dataclass(frozen=True, slots=True)
class CourseLink:
    """A course in a list."""

    slug: str
    title: str
    summary: Worded
    state: str
    url: str
    lesson_count: int


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice of the course."""

    slug: str
    title: Worded
    text: Worded


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A module that is announced and not written yet."""

    code: str
    title: Worded
    is_gated: bool
    quiz: QuizLink | None


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many lessons carry a statement of that grade."""

    letter: str
    count: int


@dataclass(frozen=True, slots=True)
class Return:
    """Where somebody stopped, and what is new to them after `since`; `news` is the newest of that."""

    last: LessonLink | None
    next: LessonLink | None
    since: datetime | None
    news: tuple[Change, ...]
    news_count: int


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course with its doors and its table of contents.

    `evidence_summary` and `evidence_line` are Markdown and shown as they are, unsoftened. `grade` is that by
    which the lessons were filtered; `seen_at` when the account was last noted as here. What the course says
    of itself is in the reader's language where it can be, and knows its own.
    """

    course_id: int
    slug: str
    title: str
    subtitle: Worded
    language: str
    summary: Worded
    evidence_line: Worded
    evidence_summary: Worded
    state: str
    notices: tuple[NoticeView, ...]
    paths: tuple[PathLink, ...]
    urgent: LessonLink | None
    back: Return | None
    modules: tuple[ModuleView, ...]
    grade: str
    grades: tuple[GradeCount, ...]
    planned: tuple[PlannedView, ...]
    videos: tuple[VideoLink, ...]
    seen_at: datetime | None

    @property
    def doors(self) -> tuple[PathLink, ...]:
        """The paths that say whom they are for."""
        return tuple(path for path in self.paths if path.door)


def everything(session: Session, viewer: Viewer, *, language: str = "") -> tuple[CourseLink, ...]:
    """The courses a viewer can find, with their published lessons counted; learners find no empty ones."""
    count = (
        select(func.count())
        .where(Lesson.course_id == Course.id, Lesson.state != PageState.DRAFT)
        .scalar_subquery()
    )
    asked = select(Course, count).order_by(Course.position, Course.title)
    return tuple(
        CourseLink(
            course.slug,
            course.title,
            wording(course, language).front("summary", course.summary),
            course.state.value,
            f"/courses/{course.slug}",
            lessons,
        )
        for course, lessons in session.execute(asked)
        if viewer.is_instructor or (course.state is not PageState.DRAFT and lessons)
    )


def page(
    session: Session,
    viewer: Viewer,
    slug: str,
    addresses: Addresses,
    *,
    grade: str = "",
    language: str = "en",
) -> CoursePage:
    """A course's page; NotFound when there is none that the viewer may find.

    With a grade of evidence, the lessons that carry a statement of it; `language` is the reader's.
    """
    course, now = outline.course_of(session, viewer, slug), addresses.now
    said = wording(course, language)
    lessons = contents(session, course.id, viewer)
    modules = outline.modules_of(session, course)
    planned = course.notices.get("planned", [])
    named = [*map(outline.quiz_of, modules), *(entry.get("quiz", "") for entry in planned)]
    known = outline.quizzes(session, viewer, named)
    grade = grade if grade in set(Grade) else ""
    kept = [row for row in lessons if grade in row.evidence and _may_read(viewer, row)] if grade else lessons
    views = outline.views(session, viewer, course, modules, kept, known, now.date(), language=language)
    visit = visits.of(session, viewer, course.id, now)
    return CoursePage(
        course_id=course.id,
        slug=course.slug,
        title=course.title,
        subtitle=said.front("subtitle", str(course.notices.get("subtitle", ""))),
        language=course.language,
        summary=said.front("summary", course.summary),
        evidence_line=said.front("evidence_line", str(course.notices.get("evidence_line", ""))),
        evidence_summary=said.front("honest_summary", course.evidence_summary),
        state=course.state.value,
        notices=_notices(course, said),
        paths=paths.links(course, language),
        urgent=paths.urgent_link(course, lessons, viewer),
        back=_return(session, viewer, course, lessons, visit, language=language, now=now),
        modules=tuple(view for view in views if view.lessons) if grade else views,
        grade=grade,
        grades=_grades(viewer, lessons),
        planned=_planned(planned, known, said),
        videos=_videos(session, viewer, addresses, course, lessons),
        seen_at=visit.seen_at,
    )


def _may_read(viewer: Viewer, row: Lesson) -> bool:
    return can(viewer, Action.READ, facts(row))


def _notices(course: Course, said: Wording) -> tuple[NoticeView, ...]:
    def words(entry: dict[str, str], field: str) -> Worded:
        return said.say("notices", entry["slug"], field, entry[field])

    found = course.notices.get("notices", [])
    return tuple(NoticeView(entry["slug"], words(entry, "title"), words(entry, "text")) for entry in found)


def _planned(
    entries: list[dict[str, str]], known: dict[str, QuizLink], said: Wording
) -> tuple[PlannedView, ...]:
    return tuple(
        PlannedView(
            entry["code"],
            said.say("modules", entry["code"], "title", entry["title"]),
            entry["audience"] == Audience.PRO,
            known.get(entry.get("quiz", "")),
        )
        for entry in entries
    )


def _grades(viewer: Viewer, lessons: Sequence[Lesson]) -> tuple[GradeCount, ...]:
    found = Counter(letter for row in lessons if _may_read(viewer, row) for letter in row.evidence)
    return tuple(GradeCount(grade.value, found[grade.value]) for grade in Grade if found[grade.value])


def _return(
    session: Session,
    viewer: Viewer,
    course: Course,
    lessons: Sequence[Lesson],
    visit: Visit,
    *,
    language: str,
    now: datetime,
) -> Return | None:
    """What somebody finds who was here before; two statements from the second visit on."""
    last, following = paths.last_and_next(course, lessons, viewer, visit)
    if visit.since is None:
        return Return(last, following, None, (), 0) if last else None
    news = changes.everything(session, viewer, course, lessons, language=language, now=now, since=visit.since)
    return Return(last, following, visit.since, news[:MOST_NEWS], len(news))


def _videos(
    session: Session, viewer: Viewer, addresses: Addresses, course: Course, lessons: Sequence[Lesson]
) -> tuple[VideoLink, ...]:
    """The videos of the lessons that the viewer may watch, and those that came with the course."""
    used = {row.video_id for row in lessons if row.video_id is not None}
    came_with_it = came_with(course.id)
    asked = select(Video).where(Video.id.in_(used) | came_with_it.exists()).order_by(Video.code)
    found = session.scalars(asked).all()
    return tuple(video_link(video, viewer, addresses) for video in found if can(viewer, Action.READ, video))
