"""Completion: what of a course an account has truly watched and answered, and what is missing.

A lesson's film is done when 95 % of each step was watched at real speed, a quiz when it was handed in and
passed. A lesson with neither has nothing to be counted; what is closed to the viewer is not asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from edu.errors import NotFound
from edu.models import Course, Lesson, PageState, Video, Watching
from edu.policy import Action, Viewer, can
from edu.services.contents import contents, facts
from edu.services.course_words import Worded, wording
from edu.services.watching import answering, keeping, parts
from edu.services.watching.answering import QuizProgress
from media.spans import share


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step of which not enough was watched; the address plays it. Without a title it is the whole film."""

    title: str
    url: str
    is_begun: bool


@dataclass(frozen=True, slots=True)
class FilmProgress:
    """How much of a film was watched, in per cent rounded down, and which steps are missing.

    `completed_at` is when all of it was first watched; the film may have been changed since.
    """

    percent: int
    step_count: int
    missing: tuple[StepLink, ...]
    completed_at: datetime | None
    language: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing here."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """A lesson that the viewer may read, with what counts in it."""

    code: str
    title: str
    url: str
    film: FilmProgress | None
    quizzes: tuple[QuizProgress, ...]

    @property
    def is_counted(self) -> bool:
        """Whether there is anything in it that can be counted."""
        return self.film is not None or bool(self.quizzes)

    @property
    def is_done(self) -> bool:
        """Whether all that counts in it is done."""
        return (self.film is None or self.film.is_done) and all(quiz.is_done for quiz in self.quizzes)


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A module with its lessons and, perhaps, a self-assessment of the whole; some lessons may be closed."""

    code: str
    title: Worded
    lessons: tuple[LessonProgress, ...]
    quiz: QuizProgress | None
    closed_count: int


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """How far an account has come with a course."""

    slug: str
    title: str
    language: str
    state: str
    modules: tuple[ModuleProgress, ...]

    @property
    def lessons(self) -> tuple[LessonProgress, ...]:
        """Those in which something counts."""
        return tuple(each for module in self.modules for each in module.lessons if each.is_counted)

    @property
    def exams(self) -> tuple[QuizProgress, ...]:
        """The self-assessments of whole modules."""
        return tuple(module.quiz for module in self.modules if module.quiz)

    @property
    def part_count(self) -> int:
        """How many lessons and self-assessments count: the rows that are complete or not."""
        return len(self.lessons) + len(self.exams)

    @property
    def done_count(self) -> int:
        """How many of them are done."""
        return sum(each.is_done for each in self.lessons) + sum(exam.is_done for exam in self.exams)

    @property
    def missing_count(self) -> int:
        """How many of them are not done yet."""
        return self.part_count - self.done_count

    @property
    def closed_count(self) -> int:
        """Lessons that are not open to the viewer, and so are not asked for."""
        return sum(module.closed_count for module in self.modules)

    @property
    def is_complete(self) -> bool:
        """Whether all that is open to the viewer is done; of nothing one cannot have done all."""
        return 0 < self.part_count == self.done_count

    @property
    def dates(self) -> tuple[datetime, ...]:
        """When each thing was done, in order."""
        films = [lesson.film.completed_at for lesson in self.lessons if lesson.film]
        quizzes = [quiz.done_at for lesson in self.lessons for quiz in lesson.quizzes]
        exams = [exam.done_at for exam in self.exams]
        return tuple(sorted(at for at in (*films, *quizzes, *exams) if at))


def progress(session: Session, viewer: Viewer, slug: str, *, language: str = "") -> CourseProgress:
    """How far the viewer has come; NotFound for a course that they may not find. Nine statements at most.

    `language` is the reader's.
    """
    asked = select(Course).where(Course.slug == slug).options(selectinload(Course.modules))
    course = session.scalar(asked) if "\0" not in slug else None
    if course is None or (course.state is PageState.DRAFT and not viewer.is_instructor):
        raise NotFound("there is no such course")
    rows = [row for row in contents(session, course.id, viewer) if row.is_published]
    readable = [row for row in rows if can(viewer, Action.READ, facts(row))]
    films = _films(session, viewer, {row.video_id for row in readable if row.video_id is not None})
    exams = {module.id: str(module.details.get("quiz", "")) for module in course.modules}
    quizzes = answering.counted(session, viewer, [row.id for row in readable], [*exams.values()])
    said, modules = wording(course, language), []
    for module in course.modules:
        mine = [row for row in rows if row.module_id == module.id]
        lessons = tuple(_lesson(course, row, films, quizzes) for row in mine if row in readable)
        under = {quiz.url for lesson in lessons for quiz in lesson.quizzes}
        exam = quizzes.by_slug.get(exams[module.id])
        modules.append(
            ModuleProgress(
                module.code,
                said.say("modules", module.code, "title", module.title),
                lessons,
                exam if exam and exam.url not in under else None,
                len(mine) - len(lessons),
            )
        )
    return CourseProgress(course.slug, course.title, course.language, course.state.value, tuple(modules))


def _lesson(
    course: Course, row: Lesson, films: dict[int, FilmProgress], quizzes: answering.Counted
) -> LessonProgress:
    return LessonProgress(
        code=row.code,
        title=row.title,
        url=f"/courses/{course.slug}/{row.slug}",
        film=films.get(row.video_id) if row.video_id is not None else None,
        quizzes=quizzes.by_lesson.get(row.id, ()),
    )


def _films(session: Session, viewer: Viewer, video_ids: set[int]) -> dict[int, FilmProgress]:
    """Those of the films that the viewer can watch; two statements, and one for each that was cut since."""
    mine = (Watching.video_id == Video.id) & (Watching.user_id == viewer.user_id)
    asked = select(Video, Watching).outerjoin(Watching, mine).where(Video.id.in_(video_ids))
    steps = parts.steps(session, video_ids)
    return {
        video.id: _film(session, video, row, steps.get(video.id, []))
        for video, row in session.execute(asked)
        if video.is_playable and can(viewer, Action.READ, video)
    }


def _film(session: Session, video: Video, row: Watching | None, steps: list[parts.Row]) -> FilmProgress:
    spans = keeping.in_shown(session, video, row)[0] if row else ()
    of_film = parts.of(video, steps)
    of_each = parts.shares(spans, of_film)
    start, end = of_film[0].start, max(part.end for part in of_film)
    return FilmProgress(
        percent=int(100 * share(spans, start, end)),
        step_count=len(steps),
        missing=tuple(
            StepLink(
                part.title,
                f"/videos/{video.slug}#{part.id}" if part.id else f"/videos/{video.slug}",
                parts.seen(of_each[part.id]) is parts.Seen.HALF,
            )
            for part in parts.missing(of_each, of_film)
        ),
        completed_at=row.completed_at if row else None,
        language=video.language,
    )
