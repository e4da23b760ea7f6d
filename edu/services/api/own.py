"""What programs read of their owner: the account, how far it has come, and its attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from edu.errors import NotFound, SignInNeeded
from edu.models import REVIEW_QUIZ, Attempt, AttemptState, Quiz, QuizVersion, User
from edu.services.api import courses
from edu.services.api.listing import Asked, Listed, bad_cursor, cut
from edu.services.quizzing import results
from edu.services.quizzing.results import Score
from edu.services.watching import completion
from edu.services.watching.answering import QuizProgress
from edu.services.watching.completion import FilmProgress, LessonProgress

BETWEEN = " "  # the two parts of a mark


@dataclass(frozen=True, slots=True)
class Me:
    """The owner of the token; whether what is for professionals is open to it."""

    name: str
    passes_gate: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WatchedBody:
    """How much of a film was truly watched; `missing` are the paths that play the steps still missing."""

    percent: int
    step_count: int
    is_done: bool
    missing: tuple[str, ...]
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A self-assessment that counts; `standing` is not_begun, open, not_passed or done."""

    title: str
    standing: str
    done_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class LessonProgressBody:
    """A lesson with what counts in it; `is_done` is null where nothing can be counted."""

    slug: str
    code: str
    title: str
    is_done: bool | None
    watched: WatchedBody | None
    quizzes: tuple[QuizStanding, ...]
    url: str


@dataclass(frozen=True, slots=True)
class CourseProgressBody:
    """How far the account has come; lessons that are closed to it are counted and not asked for."""

    slug: str
    title: str
    part_count: int
    done_count: int
    closed_count: int
    is_complete: bool
    lessons: tuple[LessonProgressBody, ...]
    exams: tuple[QuizStanding, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ScoreBody:
    """What an attempt came to; `percent` is rounded down."""

    earned: float
    possible: float
    percent: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class AttemptItem:
    """An attempt in the list; no score while it is open. `state` is open, submitted, expired or abandoned."""

    id: str
    quiz: str
    title: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None
    score: ScoreBody | None
    url: str


def me(session: Session, asked: Asked) -> Me:
    """The account of the token."""
    user = session.get_one(User, user_id(asked))
    return Me(user.name, asked.viewer.passes_gate, user.created_at)


def progress(session: Session, asked: Asked) -> Listed[CourseProgressBody]:
    """The published courses with how far the account has come; some nine statements for each."""
    part = courses.slugs(session, asked)
    return Listed(tuple(_course(session, asked, slug) for slug in part.items), part.mark)


def attempts(session: Session, asked: Asked) -> Listed[AttemptItem]:
    """The account's attempts, those begun last first; two statements, however many there are."""
    found = session.execute(_after(asked).limit(asked.limit + 1)).all()
    part = cut(found, lambda row: _mark(row[0]), asked)
    closed = [row[0].id for row in part.items if row[0].state is not AttemptState.OPEN]
    known = results.scores(session, closed)
    return Listed(tuple(_attempt(*row, known) for row in part.items), part.mark)


def require_quiz(session: Session, attempt: Attempt) -> None:
    """NotFound for the attempt at a review of one's own, which is no quiz that one takes."""
    asked = select(Quiz.slug).join(QuizVersion).where(QuizVersion.id == attempt.quiz_version_id)
    if session.scalar(asked) == REVIEW_QUIZ:
        raise NotFound("there is no such attempt")


def user_id(asked: Asked) -> int:
    """The account that reads; SignInNeeded without one."""
    if asked.viewer.user_id is None:
        raise SignInNeeded("send a token of your account, as in “Authorization: Bearer edu_…”")
    return asked.viewer.user_id


def _after(asked: Asked) -> Select[Attempt, str, str]:
    statement = (
        select(Attempt, Quiz.slug, Quiz.title)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.user_id == user_id(asked), Quiz.slug != REVIEW_QUIZ)
        .order_by(Attempt.started_at.desc(), Attempt.id)
    )
    if not asked.after:
        return statement
    moment, _, last = asked.after.partition(BETWEEN)
    try:
        told = datetime.fromisoformat(moment)
        at = told.astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad_cursor() from None
    if told.tzinfo is None or "\0" in last:
        raise bad_cursor()
    is_later = and_(Attempt.started_at == at, Attempt.id > last)
    return statement.where(or_(Attempt.started_at < at, is_later))


def _attempt(row: Attempt, quiz: str, title: str, known: dict[str, Score]) -> AttemptItem:
    return AttemptItem(
        id=row.id,
        quiz=quiz,
        title=title,
        number=row.number,
        state=row.state.value,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        score=_score(known.get(row.id)),
        url=f"/attempts/{row.id}",
    )


def _mark(attempt: Attempt) -> str:
    return f"{attempt.started_at.isoformat()}{BETWEEN}{attempt.id}"


def _course(session: Session, asked: Asked, slug: str) -> CourseProgressBody:
    found = completion.progress(session, asked.viewer, slug)
    return CourseProgressBody(
        slug=found.slug,
        title=found.title,
        part_count=found.part_count,
        done_count=found.done_count,
        closed_count=found.closed_count,
        is_complete=found.is_complete,
        lessons=tuple(_lesson(lesson) for module in found.modules for lesson in module.lessons),
        exams=tuple(map(_quiz, found.exams)),
        url=f"/courses/{found.slug}",
    )


def _lesson(found: LessonProgress) -> LessonProgressBody:
    return LessonProgressBody(
        slug=found.url.rpartition("/")[2],
        code=found.code,
        title=found.title,
        is_done=found.is_done if found.is_counted else None,
        watched=_watched(found.film) if found.film else None,
        quizzes=tuple(map(_quiz, found.quizzes)),
        url=found.url,
    )


def _watched(film: FilmProgress) -> WatchedBody:
    missing = tuple(step.url for step in film.missing)
    return WatchedBody(film.percent, film.step_count, film.is_done, missing, film.completed_at)


def _quiz(found: QuizProgress) -> QuizStanding:
    return QuizStanding(found.title, found.standing.value, found.done_at, found.url)


def _score(found: Score | None) -> ScoreBody | None:
    return ScoreBody(found.earned, found.possible, found.percent, found.is_passed) if found else None
