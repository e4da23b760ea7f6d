"""The quizzes of a pack: frozen as an attempt freezes them, and kept to be marked when they come home."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

import quizzes
from edu.models import Pack, Quiz, QuizVersion
from edu.policy import Viewer
from edu.services.quizzing import drawing, reach
from edu.services.quizzing import quizzes as quiz_service
from quizzes import Kind, Mode, Settings

# A time in a film is looked for with the site's own player of clips.
ON_THE_SITE = frozenset({Kind.MOMENT, Kind.INTERVAL})
SAME_FOR = timedelta(days=30)  # so long the same questions go out under the same pack
_LOOKED_AT = 20


class WhyOut(StrEnum):
    """Why a quiz of the lesson is in no pack."""

    TEST = "test"
    TIMED = "timed"
    EMPTY = "empty"  # all its questions need the site


@dataclass(frozen=True, slots=True)
class Frozen:
    """A question as it went out. Its position is its own in the whole pack; `body` has nothing of the key."""

    position: int
    version_id: int
    question_id: int
    order: tuple[str, ...]
    max_mark: float
    body: dict[str, Any]

    @property
    def is_asked(self) -> bool:
        """Whether it can be answered in the pack; the others wait for the site."""
        return Kind(self.body["kind"]) not in ON_THE_SITE


@dataclass(frozen=True, slots=True)
class FrozenQuiz:
    """A quiz in a pack."""

    version_id: int
    slug: str
    title: str
    intro: str
    settings: Settings
    is_gated: bool
    questions: tuple[Frozen, ...]

    @property
    def asked(self) -> tuple[Frozen, ...]:
        """The questions that can be answered in the pack."""
        return tuple(question for question in self.questions if question.is_asked)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quiz of the lesson that is taken on the site only."""

    title: str
    url: str
    why: WhyOut


def of_lesson(
    session: Session, viewer: Viewer, lesson_id: int
) -> tuple[tuple[FrozenQuiz, ...], tuple[LeftOut, ...]]:
    """The quizzes of a lesson which this person may take, those for a pack and those that stay out.

    The draw hangs on the lesson and the version alone, so that as long as nothing changes all packs are
    alike.
    """
    frozen: list[FrozenQuiz] = []
    left: list[LeftOut] = []
    position = 1
    for quiz, version, is_gated in session.execute(_published(lesson_id)):
        if is_gated and not viewer.passes_gate:
            continue
        made = _frozen(session, lesson_id, quiz, version, is_gated=is_gated, position=position)
        if why := _why_out(made):
            left.append(LeftOut(quiz.title, f"/quizzes/{quiz.slug}", why))
        elif made.questions:
            frozen.append(made)
            position += len(made.questions)
    return tuple(frozen), tuple(left)


def keep(session: Session, lesson_id: int, frozen: Sequence[FrozenQuiz], *, now: datetime) -> Pack:
    """The pack under which these questions go out: the one that held the same lately, or a new one."""
    slots = [_written(quiz) for quiz in frozen]
    asked = (
        select(Pack)
        .where(Pack.lesson_id == lesson_id, Pack.made_at > now - SAME_FOR)
        .order_by(Pack.made_at.desc(), Pack.id)
        .limit(_LOOKED_AT)
    )
    for before in session.scalars(asked):
        if before.slots == slots:
            return before
    pack = Pack(id=secrets.token_hex(16), lesson_id=lesson_id, slots=slots, made_at=now)
    session.add(pack)
    session.flush()
    return pack


def _published(lesson_id: int) -> Any:
    is_current = and_(QuizVersion.quiz_id == Quiz.id, QuizVersion.number == Quiz.current)
    asked = select(Quiz, QuizVersion, reach.is_gated()).join(QuizVersion, is_current)
    return asked.where(Quiz.lesson_id == lesson_id, Quiz.current > 0).order_by(Quiz.id)


def _frozen(
    session: Session, lesson_id: int, quiz: Quiz, version: QuizVersion, *, is_gated: bool, position: int
) -> FrozenQuiz:
    settings = quiz_service.settings_of(version)
    seed = int.from_bytes(hashlib.sha256(f"{lesson_id}:{version.id}".encode()).digest()[:4])
    rng = Random(seed)  # noqa: S311 (an order of options, not a secret)
    drawn = drawing.drawn(session, version, rng, is_gated=is_gated)
    questions = (
        Frozen(
            position=at,
            version_id=wording.id,
            question_id=wording.question_id,
            order=quizzes.option_order(wording.body, rng, shuffle=settings.shuffle),
            max_mark=slot.max_mark,
            body=wording.body,
        )
        for at, (slot, wording) in enumerate(drawn, start=position)
    )
    intro = str(quiz.details.get("intro", ""))
    return FrozenQuiz(version.id, quiz.slug, quiz.title, intro, settings, is_gated, tuple(questions))


def _why_out(quiz: FrozenQuiz) -> WhyOut | None:
    if quiz.settings.mode is Mode.TEST:
        return WhyOut.TEST
    if quiz.settings.time_limit_ms:
        return WhyOut.TIMED
    return WhyOut.EMPTY if quiz.questions and not quiz.asked else None


def _written(quiz: FrozenQuiz) -> dict[str, Any]:
    return {
        "quiz": quiz.version_id,
        "slots": [
            [one.position, one.version_id, list(one.order), one.max_mark, one.is_asked]
            for one in quiz.questions
        ],
    }


@dataclass(frozen=True, slots=True)
class KeptSlot:
    """A slot of a pack that went out."""

    position: int
    version_id: int
    order: tuple[str, ...]
    max_mark: float
    is_asked: bool


def kept(pack: Pack) -> Iterator[tuple[int, tuple[KeptSlot, ...]]]:
    """The quizzes of a pack: the id of the version and its slots."""
    for quiz in pack.slots:
        yield (
            quiz["quiz"],
            tuple(
                KeptSlot(position, version_id, tuple(order), max_mark, is_asked)
                for position, version_id, order, max_mark, is_asked in quiz["slots"]
            ),
        )
