"""The outline of a course: its modules with their lessons and self-assessments, as one viewer sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Course, Lesson, Module, PageState, Quiz, QuizVersion
from edu.policy import Viewer
from edu.services import reviews
from edu.services.contents import LessonLink, links
from edu.services.course_words import Worded, Wording, wording
from edu.services.quizzing import drawing, reach
from edu.services.quizzing import quizzes as quizzing
from edu.services.reviews import Review, Standing


@dataclass(frozen=True, slots=True)
class QuizLink:
    """A self-assessment of a whole module; its title and questions are in `language`."""

    title: str
    url: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module in the table of contents.

    `closed_by` is the review that is over and closes the module to this viewer, who did not begin it in time.
    """

    code: str
    title: Worded
    summary: Worded
    minutes: int
    is_gated: bool
    standing: Standing
    closed_by: Review | None
    lessons: tuple[LessonLink, ...]
    quiz: QuizLink | None

    @property
    def locked_count(self) -> int:
        """How many of its lessons the viewer is not told of."""
        return sum(lesson.count for lesson in self.lessons if lesson.is_locked)

    @property
    def lesson_count(self) -> int:
        """How many lessons it has in all."""
        return sum(lesson.count for lesson in self.lessons)


def course_of(session: Session, viewer: Viewer, slug: str) -> Course:
    """The course of that address name; NotFound when there is none that the viewer may find."""
    course = session.scalar(select(Course).where(Course.slug == slug))
    if course is None or (course.state is PageState.DRAFT and not viewer.is_instructor):
        raise NotFound("there is no such course")
    return course


def modules_of(session: Session, course: Course) -> Sequence[Module]:
    """The modules in teaching order."""
    asked = select(Module).where(Module.course_id == course.id).order_by(Module.position)
    return session.scalars(asked).all()


def views(
    session: Session,
    viewer: Viewer,
    course: Course,
    modules: Iterable[Module],
    lessons: Sequence[Lesson],
    known: dict[str, QuizLink],
    today: date,
    *,
    language: str = "",
) -> tuple[ModuleView, ...]:
    """The modules with those of the lessons, and of the known quizzes, that stand in them; `language` is the
    reader's.

    A statement more for each module that is closed because its review is over.
    """
    said = wording(course, language)
    return tuple(
        ModuleView(
            code=module.code,
            title=of_module(said, module, "title", module.title),
            summary=of_module(said, module, "summary", module.summary),
            minutes=module.minutes,
            is_gated=is_gated(module),
            standing=reviews.of_module(module, today),
            closed_by=_closed_by(session, viewer, module, today),
            lessons=links(course.slug, [row for row in lessons if row.module_id == module.id], viewer, today),
            quiz=known.get(quiz_of(module)),
        )
        for module in modules
    )


def of_module(said: Wording, module: Module, field: str, original: str) -> Worded:
    """A text of a module, in the reader's language where it is there."""
    return said.say("modules", module.code, field, original, str(module.details.get("language", "")))


def is_gated(module: Module) -> bool:
    """Whether the module is for professionals."""
    return module.audience is Audience.PRO


def quiz_of(module: Module) -> str:
    """The address name of a module's self-assessment; empty without."""
    return str(module.details.get("quiz", ""))


def quizzes(session: Session, viewer: Viewer, slugs: Iterable[str]) -> dict[str, QuizLink]:
    """Those of the quizzes that modules name which the viewer may take, by address name; one statement."""
    asked = select(Quiz, drawing.asked_in(Quiz), reach.is_gated()).join(QuizVersion, quizzing.is_current())
    found = session.execute(asked.where(Quiz.slug.in_(list(slugs)), Quiz.current > 0))
    return {
        quiz.slug: QuizLink(quiz.title, f"/quizzes/{quiz.slug}", str(quiz.details.get("language") or "en"))
        for quiz, count, is_gated_quiz in found
        if count and (viewer.passes_gate or not is_gated_quiz)
    }


def _closed_by(session: Session, viewer: Viewer, module: Module, today: date) -> Review | None:
    review = reviews.closing(module, today)
    return None if review is None or reviews.may_read(session, viewer, module, today) else review
