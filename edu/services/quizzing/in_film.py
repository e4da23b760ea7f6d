"""Questions that stand in a film: when each is asked, and which of them a viewer answered; no word of them.

They are few and always optional, and are asked unless the viewer switches that off. Questions between the
parts of a recorded lecture cut mind wandering and raised what was learnt (Szpunar 2013, PNAS; again with 703
students, PMC11965562), though not everywhere (no effect on learning with 195 students, Welhaf 2022,
10.1186/s41235-022-00372-y). Who would gain most does not ask for them beforehand; one key passes one over.
Only quizzes for practice without a limit of time are asked so: an answer is explained at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ScalarSelect,
    String,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from edu.errors import NotFound
from edu.models import Attempt, AttemptState, Question, Quiz, QuizSlot, QuizVersion, Video
from edu.policy import Action, Viewer, require
from edu.services.quizzing import allowances, film_places, questions, reach
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.film_places import Asked
from quizzes import Mode, Settings

GATE = "passes_gate"  # parameter of statements that hold `times`: whether the viewer passes it
_SLOT, _QUESTION = aliased(QuizSlot), aliased(Question)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the film at which a question is asked; `number` counts them from 1.

    `url` leads to that moment, `question_url` to the question in the attempt that the viewer is in.
    """

    number: int
    at_ms: int
    url: str
    quiz_url: str
    question_url: str = ""
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class FilmQuestions:
    """The times at which a film asks; `url` is the page that tells how the viewer stands."""

    url: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class FilmQuiz:
    """A quiz in the film. `is_over`: the viewer has handed it in and has not begun it again.

    `attempt_url` leads to their attempt, open or closed; `start_url` is empty where they may not begin one.
    """

    title: str
    url: str
    start_url: str
    attempt_url: str
    is_over: bool
    moments: tuple[Moment, ...]

    @property
    def answered_count(self) -> int:
        """How many questions have an answer."""
        return sum(moment.is_answered for moment in self.moments)


@dataclass(frozen=True, slots=True)
class FilmQuestionsPage:
    """The quizzes in a film with how the viewer stands in each."""

    title: str
    film_url: str
    quizzes: tuple[FilmQuiz, ...]


def times(video_id: Any) -> ScalarSelect[str | None]:
    """Part of a statement about a film, or about what shows one: its times, as `moments` reads them.

    `video_id` is a column of the statement around. It takes the parameter GATE.
    """
    entry = cast(_SLOT.at_ms, String) + " " + Quiz.slug
    asked = select(func.aggregate_strings(entry, ",")).select_from(Quiz).join(QuizVersion, _is_current())
    asked = asked.join(_SLOT, _SLOT.quiz_version_id == QuizVersion.id)
    asked = asked.outerjoin(_QUESTION, _QUESTION.id == _SLOT.question_id)
    return asked.where(Quiz.video_id == video_id, _is_asked(), _may_see()).scalar_subquery()


def moments(film: str, written: str | None) -> FilmQuestions | None:
    """The times that `times` found in the film of that address name; None without any."""
    if not written:
        return None
    entries = sorted((int(at), slug) for at, _, slug in (each.partition(" ") for each in written.split(",")))
    found = (
        Moment(number, at, film_places.address(film, at), f"/quizzes/{slug}")
        for number, (at, slug) in enumerate(entries, start=1)
    )
    return FilmQuestions(f"/videos/{film}/questions", tuple(found))


def page(session: Session, viewer: Viewer, film: str) -> FilmQuestionsPage:
    """How the viewer stands in the quizzes of a film; NotFound for a film without any, or GateClosed."""
    video = session.scalar(select(Video).where(Video.slug == film)) if "\0" not in film else None
    if video is None:
        raise NotFound("there is no such video")
    require(viewer, Action.READ, video)
    slots, settings = _slots(session, viewer, video)
    if not any(slot.at_ms is not None for its in slots.values() for slot in its):
        raise NotFound("no questions stand in this video")
    attempts = _attempts(session, viewer, list(slots))
    shown = {quiz_id: found[0] for quiz_id, found in attempts.items()}
    answered = film_places.asked_in(session, [attempt.id for attempt in shown.values()])
    found = []
    for quiz, its in slots.items():
        attempt = shown.get(quiz.id)
        view = _quiz(film, quiz, its, attempt, answered.get(attempt.id, ()) if attempt else ())
        number = len(attempts.get(quiz.id, ()))
        if not _may_begin(session, viewer, quiz, settings[quiz.id], number):
            view = replace(view, start_url="")
        found.append(view)
    return FilmQuestionsPage(video.title, f"/videos/{film}", _numbered(found))


def _slots(
    session: Session, viewer: Viewer, video: Video
) -> tuple[dict[Quiz, list[QuizSlot]], dict[int, Settings]]:
    """The places of each quiz in a film, those without a time included, and its settings; one statement."""
    asked = select(Quiz, QuizVersion, _SLOT).join(QuizVersion, _is_current())
    asked = asked.join(_SLOT, _SLOT.quiz_version_id == QuizVersion.id)
    asked = asked.outerjoin(_QUESTION, _QUESTION.id == _SLOT.question_id)
    asked = asked.where(Quiz.video_id == video.id, _may_be_asked(), _may_see())
    found: dict[Quiz, list[QuizSlot]] = {}
    settings = {}
    for quiz, version, slot in session.execute(
        asked.order_by(Quiz.id, _SLOT.position), {GATE: viewer.passes_gate}
    ):
        found.setdefault(quiz, []).append(slot)
        settings[quiz.id] = quiz_service.settings_of(version)
    return found, settings


def _is_current() -> ColumnElement[bool]:
    return and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current)


def _is_asked() -> ColumnElement[bool]:
    return and_(_SLOT.at_ms.is_not(None), _may_be_asked())


def _may_be_asked() -> ColumnElement[bool]:
    """A place of a quiz for practice, without a limit of time, at which something can be asked now."""
    mode, limit = QuizVersion.settings["mode"].as_string(), QuizVersion.settings["time_limit_ms"].as_integer()
    is_there = and_(_QUESTION.archived_at.is_(None), _QUESTION.kind.in_(questions.ASKED))
    return and_(
        func.coalesce(mode, Mode.PRACTICE.value) == Mode.PRACTICE.value,
        func.coalesce(limit, 0) == 0,
        or_(_SLOT.question_id.is_(None), is_there),
        ~quiz_service.is_drafted(),
    )


def _may_see() -> ColumnElement[bool]:
    return or_(bindparam(GATE, type_=Boolean) == true(), ~reach.is_gated())


def _attempts(session: Session, viewer: Viewer, quizzes: Sequence[Quiz]) -> dict[int, list[Attempt]]:
    """The viewer's attempts at each quiz, an open one first, then the latest; one statement."""
    if viewer.user_id is None and viewer.visitor_hash is None:
        return {}
    asked = (
        select(Attempt, QuizVersion.quiz_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(QuizVersion.quiz_id.in_([quiz.id for quiz in quizzes]), quiz_service.made_by(viewer))
    )
    rows = session.execute(asked).all()
    found: dict[int, list[Attempt]] = {}
    for attempt, quiz_id in sorted(rows, key=lambda row: (row[0].state is AttemptState.OPEN, row[0].number)):
        found.setdefault(quiz_id, []).insert(0, attempt)
    return found


def _may_begin(session: Session, viewer: Viewer, quiz: Quiz, settings: Settings, number: int) -> bool:
    if not settings.attempts:
        return True
    own = allowances.of(session, viewer, quiz.id, settings)
    return number < allowances.attempts_allowed(settings, own)


def _quiz(
    film: str, quiz: Quiz, slots: Sequence[QuizSlot], attempt: Attempt | None, asked: Sequence[Asked]
) -> FilmQuiz:
    url = f"/quizzes/{quiz.slug}"
    if attempt is None:
        found = [
            Moment(0, s.at_ms, film_places.address(film, s.at_ms), url) for s in slots if s.at_ms is not None
        ]
    else:
        found = [
            Moment(
                0,
                slot.at_ms,
                film_places.address(film, slot.at_ms),
                url,
                f"/attempts/{attempt.id}/questions/{each.position}",
                each.is_answered,
            )
            for slot, each in film_places.placed(slots, asked)
            if slot.at_ms is not None
        ]
    return FilmQuiz(
        title=quiz.title,
        url=url,
        start_url=f"{url}/attempts",
        attempt_url=f"/attempts/{attempt.id}" if attempt else "",
        is_over=attempt is not None and attempt.state is not AttemptState.OPEN,
        moments=tuple(sorted(found, key=lambda moment: moment.at_ms)),
    )


def _numbered(quizzes: Iterable[FilmQuiz]) -> tuple[FilmQuiz, ...]:
    """The same with their questions counted through, in the order of the film."""
    found = list(quizzes)
    order = sorted((m.at_ms, q, i) for q, quiz in enumerate(found) for i, m in enumerate(quiz.moments))
    numbers = {(q, i): number for number, (_, q, i) in enumerate(order, start=1)}
    return tuple(
        replace(
            quiz,
            moments=tuple(replace(m, number=numbers[q, i]) for i, m in enumerate(quiz.moments)),
        )
        for q, quiz in enumerate(found)
    )
