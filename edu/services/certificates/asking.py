"""What a certificate of a path asks, and what of it an account has met: thing by thing, each with its way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import (
    Checklist,
    ChecklistPerformance,
    ChecklistRun,
    GateMode,
    Lesson,
    Module,
    PageState,
    RaterRole,
    RunState,
)
from edu.policy import Action, Viewer, can
from edu.services import gate
from edu.services.certificates.questions import QuizTally, Tally, tally
from edu.services.contents import facts
from edu.services.coursing.outline import ModuleView
from edu.services.coursing.paths import PathPage
from edu.services.watching.completion import LessonProgress


class Demand(StrEnum):
    """What can be asked, in the order in which it is told."""

    MODULES = "modules"  # every module of the path is written and open to the account
    QUESTIONS = "questions"  # so many per cent of them are right
    CRITICAL = "critical"  # and of the critical ones all
    FILMS = "films"
    GATE = "gate"
    CHECKLISTS = "checklists"  # each was rated by oneself and handed in


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking, with the way to it; `have` of `need` where that can be counted.

    `title` is in the language of the course; without one it goes by its `code`. `is_gated`: it opens to those
    who have confirmed that they are professionals.
    """

    code: str
    title: str
    url: str
    have: int | None = None
    need: int | None = None
    is_gated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand: how much of it there is and how much is met, and what is lacking."""

    demand: Demand
    have: int
    need: int
    lacking: tuple[Lack, ...]
    is_met: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands with the certificate of a path."""

    asked: tuple[Asked, ...]
    questions: Tally
    film_count: int

    @property
    def is_met(self) -> bool:
        """Whether nothing is lacking."""
        return all(asked.is_met for asked in self.asked)


def standing(session: Session, viewer: Viewer, page: PathPage, modes: frozenset[GateMode]) -> Standing | None:
    """How the viewer stands; None for a visitor, and for a path that has no certificate.

    `modes` are the ways through the gate in force. Seven statements at most besides those of the page.
    """
    if page.certificate is None or page.counted is None:
        return None
    known = {module.code for module in page.modules}
    lessons = [each for module in page.counted.modules if module.code in known for each in module.lessons]
    counted = tally(session, viewer, *_of_path(session, viewer, page.course_id, known))
    films = [lesson for lesson in lessons if lesson.film is not None]
    asked = [
        _modules(page),
        _questions(counted, page.certificate.pass_mark),
        _critical(counted),
        _films(films),
        *([_gate(session, viewer, modes)] if page.is_gated else []),
        *([_checklists(session, viewer, page)] if page.checklists else []),
    ]
    return Standing(tuple(part for part in asked if part.need), counted, len(films))


def _of_path(
    session: Session, viewer: Viewer, course_id: int, codes: Collection[str]
) -> tuple[list[int], list[str]]:
    """The lessons of the path that the viewer may read, and the self-assessments that its modules name."""
    modules = session.scalars(
        select(Module).where(Module.course_id == course_id, Module.code.in_(codes))
    ).all()
    rows = session.scalars(
        select(Lesson)
        .where(Lesson.module_id.in_([module.id for module in modules]))
        .where(Lesson.state != PageState.DRAFT)
    )
    readable = [row.id for row in rows if can(viewer, Action.READ, facts(row))]
    return readable, [slug for module in modules if (slug := str(module.details.get("quiz", "")))]


def _modules(page: PathPage) -> Asked:
    """Written, with a lesson in it, none that the gate keeps from the account, no review that is over."""
    lacking = [
        Lack(
            module.code,
            module.title,
            f"/courses/{page.course_slug}#{module.code}",
            is_gated=module.locked_count > 0,
        )
        for module in page.modules
        if not _is_open(module)
    ]
    lacking += [Lack(code, "", f"/courses/{page.course_slug}") for code in page.planned]
    need = len(page.modules) + len(page.planned)
    return Asked(Demand.MODULES, need - len(lacking), need, tuple(lacking), not lacking)


def _is_open(module: ModuleView) -> bool:
    return module.lesson_count > 0 and module.locked_count == 0 and module.closed_by is None


def _questions(counted: Tally, pass_mark: int) -> Asked:
    lacking = tuple(
        _quiz(quiz, quiz.right, quiz.total) for quiz in counted.quizzes if quiz.right < quiz.total
    )
    is_met = counted.reaches(pass_mark)
    return Asked(Demand.QUESTIONS, counted.right, max(1, counted.total), () if is_met else lacking, is_met)


def _critical(counted: Tally) -> Asked:
    lacking = tuple(
        _quiz(quiz, quiz.critical_right, quiz.critical)
        for quiz in counted.quizzes
        if quiz.critical_right < quiz.critical
    )
    return Asked(Demand.CRITICAL, counted.critical_right, counted.critical, lacking, not lacking)


def _quiz(quiz: QuizTally, have: int, need: int) -> Lack:
    return Lack("", quiz.title, quiz.url, have, need)


def _films(lessons: list[LessonProgress]) -> Asked:
    lacking = tuple(
        Lack(lesson.code, lesson.title, lesson.url, lesson.film.percent, 100)
        for lesson in lessons
        if lesson.film is not None and not lesson.film.is_done
    )
    return Asked(Demand.FILMS, len(lessons) - len(lacking), len(lessons), lacking, not lacking)


def _gate(session: Session, viewer: Viewer, modes: frozenset[GateMode]) -> Asked:
    """Confirmed by the account itself: that instructors pass by their role is no declaration."""
    is_met = gate.has_declared(session, user_id=viewer.user_id, visitor_hash=None, modes=modes)
    lacking = () if is_met else (Lack("", "", "/professionals"),)
    return Asked(Demand.GATE, int(is_met), 1, lacking, is_met)


def _checklists(session: Session, viewer: Viewer, page: PathPage) -> Asked:
    """Each list of the path with a rating of oneself that was handed in, whatever it came to."""
    done = set(
        session.scalars(
            select(Checklist.slug)
            .join(ChecklistPerformance, ChecklistPerformance.checklist_id == Checklist.id)
            .join(ChecklistRun, ChecklistRun.performance_id == ChecklistPerformance.id)
            .where(ChecklistRun.rater_id == viewer.user_id, ChecklistRun.role == RaterRole.SELF)
            .where(ChecklistRun.state == RunState.FINISHED)
        )
    )
    lacking = tuple(
        Lack(entry.code, entry.title, entry.url)
        for entry in page.checklists
        if entry.url.removeprefix("/checklists/") not in done
    )
    need = len(page.checklists)
    return Asked(Demand.CHECKLISTS, need - len(lacking), need, lacking, not lacking)
