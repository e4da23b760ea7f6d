"""The questions of a path and how an account answered them last.

Each question counts once, however often it is asked: by the last answer that was marked, in whichever quiz or
review that was. So nobody has to be right at the first go, and nobody keeps what they have forgotten since.
It counts when it is wholly right. Questions that were tried to do a similar one better count for nothing, as
in the quizzes. Of a pool as many places count as it draws, filled with the best of what was drawn there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from edu.models import (
    Attempt,
    AttemptSlot,
    Grading,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    QuizVersion,
    Response,
)
from edu.policy import Viewer
from edu.services.quizzing import drawing, questions, reach
from edu.services.quizzing import quizzes as quizzing
from edu.services.quizzing.results import NEARLY


@dataclass(frozen=True, slots=True)
class QuizTally:
    """A quiz of the path: how many of its questions the last answers have right."""

    title: str
    url: str
    total: int
    right: int
    critical: int
    critical_right: int


@dataclass(frozen=True, slots=True)
class Tally:
    """All questions of a path; one that two quizzes ask counts once."""

    quizzes: tuple[QuizTally, ...] = ()
    total: int = 0
    right: int = 0
    critical: int = 0
    critical_right: int = 0

    @property
    def percent(self) -> int:
        """The share that is right, in per cent rounded down; 0 without questions."""
        return 100 * self.right // self.total if self.total else 0

    def reaches(self, pass_mark: int) -> bool:
        """Whether so many per cent are right, before rounding; never without questions."""
        return self.total > 0 and 100 * self.right >= pass_mark * self.total


@dataclass(slots=True)
class _Answers:
    """The last marked answers: whether a question is right and critical; which were drawn in which quiz."""

    right: dict[int, bool] = field(default_factory=dict)
    critical: dict[int, bool] = field(default_factory=dict)
    drawn: dict[int, set[int]] = field(default_factory=dict)


def tally(session: Session, viewer: Viewer, lesson_ids: Collection[int], slugs: Collection[str]) -> Tally:
    """The questions of the published quizzes under these lessons and of these names; four statements.

    Of what the viewer may not take nothing is counted.
    """
    quizzes = _quizzes(session, viewer, lesson_ids, slugs)
    if not quizzes:
        return Tally()
    fixed = _fixed(session, list(quizzes))
    places = _pool_places(session, list(quizzes))
    answers = _answers(session, viewer)
    counted: dict[int, bool] = {}  # every question once, and whether it is critical
    blanks, found = 0, []
    for quiz_id, quiz in quizzes.items():
        asked, wanted = dict(fixed.get(quiz_id, {})), places.get(quiz_id, 0)
        drawn = _best(answers, quiz_id, set(asked), wanted)
        asked |= {question: answers.critical[question] for question in drawn}
        counted |= asked
        blanks += wanted - len(drawn)
        total, *rest = _count(asked, answers)
        if total + wanted:
            of_quiz = QuizTally(quiz.title, f"/quizzes/{quiz.slug}", total + wanted - len(drawn), *rest)
            found.append(of_quiz)
    total, *rest = _count(counted, answers)
    return Tally(tuple(found), total + blanks, *rest)


def _count(asked: dict[int, bool], answers: _Answers) -> tuple[int, int, int, int]:
    right = {question for question in asked if answers.right.get(question)}
    critical = {question for question, is_critical in asked.items() if is_critical}
    return len(asked), len(right), len(critical), len(critical & right)


def _best(answers: _Answers, quiz_id: int, fixed: set[int], places: int) -> list[int]:
    """Of what a quiz drew for this account as many as it has places: critical ones first, then right ones."""
    drawn = sorted(answers.drawn.get(quiz_id, set()) - fixed)
    return sorted(drawn, key=lambda q: (not answers.critical[q], not answers.right[q]))[:places]


def _quizzes(
    session: Session, viewer: Viewer, lesson_ids: Collection[int], slugs: Collection[str]
) -> dict[int, Quiz]:
    asked = (
        select(Quiz, reach.is_gated())
        .join(QuizVersion, quizzing.is_current())
        .where(or_(Quiz.lesson_id.in_(lesson_ids), Quiz.slug.in_(slugs)))
        .order_by(Quiz.id)
    )
    return {quiz.id: quiz for quiz, is_gated in session.execute(asked) if viewer.passes_gate or not is_gated}


def _current(quiz_ids: Collection[int]) -> Select[int]:
    """The versions of the quizzes that are given now."""
    return select(QuizVersion.id).join(Quiz, quizzing.is_current()).where(Quiz.id.in_(quiz_ids))


def _fixed(session: Session, quiz_ids: Collection[int]) -> dict[int, dict[int, bool]]:
    """By quiz, the questions that stand at places of their own, and whether they are critical."""
    is_latest = and_(QuizSlot.pinned_version_id.is_(None), drawing.is_newest())
    wording = or_(QuestionVersion.id == QuizSlot.pinned_version_id, is_latest)
    asked = (
        select(QuizVersion.quiz_id, Question.id, QuestionVersion.body["critical"].as_boolean())
        .select_from(QuizSlot)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .join(Question, Question.id == QuizSlot.question_id)
        .join(QuestionVersion, wording)
        .where(QuizVersion.id.in_(_current(quiz_ids)), QuestionVersion.kind.in_(questions.ASKED))
        .where(Question.archived_at.is_(None))
    )
    found: dict[int, dict[int, bool]] = {}
    for quiz_id, question_id, is_critical in session.execute(asked):
        found.setdefault(quiz_id, {})[question_id] = bool(is_critical)
    return found


def _pool_places(session: Session, quiz_ids: Collection[int]) -> dict[int, int]:
    """By quiz, how many questions its pools draw."""
    asked = (
        select(QuizVersion.quiz_id, QuizSlot.pool)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .where(QuizVersion.id.in_(_current(quiz_ids)), QuizSlot.question_id.is_(None))
    )
    found: dict[int, int] = {}
    for quiz_id, pool in session.execute(asked):
        if pool is not None:
            found[quiz_id] = found.get(quiz_id, 0) + drawing.pool_of(pool).count
    return found


def _answers(session: Session, viewer: Viewer) -> _Answers:
    """What the account answered, each question by its last marked answer under the newest key of it."""
    at_slot = and_(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
    newest = select(func.max(Grading.key_number)).where(at_slot).correlate(AttemptSlot).scalar_subquery()
    said = and_(Response.attempt_id == AttemptSlot.attempt_id, Response.position == AttemptSlot.position)
    asked = (
        select(
            QuizVersion.quiz_id,
            QuestionVersion.question_id,
            QuestionVersion.body["critical"].as_boolean(),
            Grading.fraction,
        )
        .select_from(Attempt)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Response, said)
        .join(Grading, and_(at_slot, Grading.key_number == newest))
        .where(Attempt.user_id == viewer.user_id, AttemptSlot.sibling_of.is_(None))
        .order_by(Response.saved_at, Grading.id)
    )
    found = _Answers()
    for quiz_id, question_id, is_critical, fraction in session.execute(asked):
        found.right[question_id] = fraction >= 1 - NEARLY
        found.critical[question_id] = bool(is_critical)
        found.drawn.setdefault(quiz_id, set()).add(question_id)
    return found
