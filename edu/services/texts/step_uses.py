"""What points to the steps of a video: questions, lessons and checklists, so that no step goes unnoticed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from edu.courseware.marks import find_marks
from edu.models import Checklist, Lesson, Question, QuestionVersion, Step, VersionStatus, Video
from edu.policy import Action, Facts, Viewer, can
from edu.services.contents import facts
from edu.services.quizzing import questions


@dataclass(frozen=True, slots=True)
class Use:
    """Something that points to a step; `id`: of its page in the studio, 0 where one may not edit it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class StepUses:
    """All that points to one step; `checklists` by the name in their address."""

    questions: tuple[Use, ...] = ()
    lessons: tuple[Use, ...] = ()
    checklists: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many things point to it."""
        return len(self.questions) + len(self.lessons) + len(self.checklists)


def of_video(session: Session, viewer: Viewer, video: Video) -> dict[str, StepUses]:
    """By step id, for the steps that something points to; a few statements, however many there are."""
    steps = set(session.scalars(select(Step.identifier).where(Step.video_id == video.id)))
    if not steps:
        return {}
    asked = _questions(session, viewer, steps)
    told = _lessons(session, viewer, steps)
    listed = _checklists(session, video)
    return {
        step: StepUses(
            tuple(asked.get(step, ())), tuple(told.get(step, ())), tuple(sorted(listed.get(step, ())))
        )
        for step in sorted({*asked, *told, *listed} & steps)
    }


def _prefixes(steps: set[str]) -> set[str]:
    return {step.rpartition("-c")[0] for step in steps}


def _questions(session: Session, viewer: Viewer, steps: set[str]) -> dict[str, list[Use]]:
    """Questions whose newest wording names a step as its evidence."""
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id, QuestionVersion.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    found: dict[str, list[Use]] = {}
    for prefix in sorted(_prefixes(steps)):
        rows = session.execute(
            select(Question, QuestionVersion.secret)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
            .where(
                Question.archived_at.is_(None),
                QuestionVersion.number == newest,
                cast(QuestionVersion.secret, String).contains(f'"{prefix}-c', autoescape=True),
            )
            .order_by(Question.uid)
        )
        for question, secret in rows:
            if (step := secret.get("evidence")) in steps:
                found.setdefault(str(step), []).append(_question(question, viewer))
    return found


def _question(question: Question, viewer: Viewer) -> Use:
    thing = Facts(question.audience, True, question.owner_id)
    is_open = question.kind in questions.ASKED and can(viewer, Action.EDIT, thing)
    return Use(question.id if is_open else 0, question.uid)


def _lessons(session: Session, viewer: Viewer, steps: set[str]) -> dict[str, list[Use]]:
    """Lessons whose text names a step."""
    found: dict[str, list[Use]] = {}
    for prefix in sorted(_prefixes(steps)):
        asked = select(Lesson).where(Lesson.body.contains(f"[[{prefix}-c", autoescape=True))
        for lesson in session.scalars(asked.order_by(Lesson.title, Lesson.id)):
            named = {mark.value for mark in find_marks(lesson.body) if mark.kind == "step"} & steps
            may_edit = can(viewer, Action.EDIT, facts(lesson))
            for step in named:
                found.setdefault(step, []).append(Use(lesson.id if may_edit else 0, lesson.title))
    return found


def _checklists(session: Session, video: Video) -> dict[str, list[str]]:
    """The list of this video, and stations, whose items may point to steps of several."""
    found: dict[str, list[str]] = {}
    asked = select(Checklist).where(or_(Checklist.video_id == video.id, Checklist.video_id.is_(None)))
    for row in session.scalars(asked):
        for item in row.document.get("items", ()):
            found.setdefault(str(item.get("step", "")), []).append(row.slug)
    return found
