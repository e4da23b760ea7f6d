"""A small quiz for tests, with words that must not be seen before an answer is in, and people who take it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import quizzes
from edu.clock import FixedClock
from edu.db import Base
from edu.models import (
    Audience,
    Course,
    Grading,
    Lesson,
    Module,
    PageState,
    Quiz,
    Reference,
    Role,
    Step,
    Video,
    Visibility,
)
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import answers, attempt_pages, attempts, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.answers import Answer, Kept
from edu.services.quizzing.attempt_pages import AttemptPage
from edu.services.quizzing.publishing import Place
from edu.services.quizzing.publishing import publish as publish_quiz
from quizzes import Item, Pool, Settings
from tests.people import add_user

SECRET = "PLANTED"  # every word of the key, the feedback and what hangs on it carries this mark
STEP = "V9-c05"

SINGLE = f"""
[[questions]]
id = "T-single"
kind = "single"
stem = "Where is the crest?"
critical = true
key = "B"
grade = "C"
evidence = "{STEP}"
references = ["{SECRET}2001"]
why = "{SECRET} why the crest"
options = {{A = "At the neck", B = "At the waist", C = "At the knee"}}
feedback = {{A = "{SECRET} about the neck", B = "{SECRET} about the waist"}}
"""
MULTIPLE = f"""
[[questions]]
id = "T-multiple"
kind = "multiple"
stem = "Which are landmarks?"
key = ["A", "C"]
why = "{SECRET} why these two"
options = {{A = "The spine", B = "The belt", C = "The dimple", D = "The sock"}}
"""
TRUEFALSE = f"""
[[questions]]
id = "T-true"
kind = "truefalse"
stem = "A nodule slips under the finger."
key = true
why = "{SECRET} why it slips"
"""
NUMERIC = """
[[questions]]
id = "T-number"
kind = "numeric"
stem = "How deep?"
key = 20
unit = "mm"
"""
THREE = SINGLE + MULTIPLE + TRUEFALSE


def items(document: str = THREE) -> tuple[Item, ...]:
    """The questions of a document."""
    return quizzes.read_bank(document.encode()) if document else ()


def item(document: str, changes: dict[str, str] | None = None) -> Item:
    """One question with some of its text replaced: `item(SINGLE, {'key = "B"': 'key = "C"'})`."""
    for old, new in (changes or {}).items():
        assert old in document
        document = document.replace(old, new)
    return items(document)[0]


def publish(
    session: Session,
    now: datetime,
    *,
    document: str = THREE,
    slug: str = "crest",
    audience: Audience = Audience.OPEN,
    lesson_id: int | None = None,
    marks: tuple[float, ...] = (),
    pools: tuple[Pool, ...] = (),
    **settings: Any,
) -> Quiz:
    """Keep the questions and publish a quiz of them; unshuffled, unless `settings` say otherwise."""
    kept = [questions.keep(session, one, now=now)[0] for one in items(document)]
    weights = marks or (1.0,) * len(kept)
    places = [Place(question, mark) for question, mark in zip(kept, weights, strict=True)]
    return publish_quiz(
        session,
        slug=slug,
        title="About the crest",
        places=[*places, *(Place(pool=pool) for pool in pools)],
        settings=Settings(**{"shuffle": False, **settings}),
        audience=audience,
        lesson_id=lesson_id,
        now=now,
    )


def visitor() -> Viewer:
    """Somebody without an account, known by a cookie."""
    return Viewer(visitor_hash=hashlib.sha256(secrets.token_bytes(8)).hexdigest())


def add_lesson(session: Session, now: datetime, *, audience: Audience = Audience.OPEN) -> Lesson:
    """A lesson in a course with a film whose step the questions point to, and the work they cite."""
    course = Course(slug="c", title="C", state=PageState.UNDER_CONSTRUCTION, created_at=now, updated_at=now)
    session.add(course)
    session.flush()
    video = Video(
        slug="film",
        code="V9",
        title="The film",
        version="v",
        visibility=Visibility.PUBLISHED,
        state_at=now,
        created_at=now,
        original_key="originals/x",
    )
    module = Module(course_id=course.id, code="M1", title="M", audience=Audience.OPEN)
    session.add_all([video, module])
    session.flush()
    session.add_all(
        [
            Step(identifier=STEP, video_id=video.id, title=f"{SECRET} step", start_ms=31200, end_ms=39800),
            Reference(
                course_id=course.id,
                key=f"{SECRET}2001",
                kind="article",
                authors=f"{SECRET} and others",
                year="2001",
                fields={"link": "https://example.org/paper"},
            ),
        ]
    )
    lesson = Lesson(
        course_id=course.id,
        module=module,
        slug="l",
        title="L",
        audience=audience,
        state=PageState.UNDER_CONSTRUCTION,
        created_at=now,
        updated_at=now,
    )
    session.add(lesson)
    session.flush()
    return lesson


@dataclass(frozen=True)
class Crest:
    """The published quiz, and what people do with it."""

    runtime: Runtime
    clock: FixedClock

    def quiz(self, session: Session) -> Quiz:
        """The quiz as this session sees it."""
        return quiz_service.named(session, Viewer(is_professional=True), "crest")

    def learner(self) -> Viewer:
        """Somebody with an account."""
        with self.runtime.db.writing() as session:
            return Viewer(user_id=add_user(session, now=self.clock.now()).id, role=Role.LEARNER)

    def republish(self, **settings: Any) -> None:
        """Publish it again with other settings or another document."""
        with self.runtime.db.writing() as session:
            publish(session, self.clock.now(), lesson_id=self.quiz(session).lesson_id, **settings)

    def begin(self, who: Viewer) -> str:
        """Begin or go on; gives the attempt's id."""
        with self.runtime.db.writing() as session:
            return attempts.start(session, who, self.quiz(session), now=self.clock.now()).id

    def give(self, who: Viewer, attempt_id: str, *given: Answer) -> tuple[Kept, ...]:
        """Save answers."""
        with self.runtime.db.writing() as session:
            found = attempts.held(session, who, attempt_id)
            return answers.save(session, found, list(given), now=self.clock.now())

    def check(self, who: Viewer, attempt_id: str, position: int) -> None:
        """Check one question."""
        with self.runtime.db.writing() as session:
            attempts.check(session, attempts.held(session, who, attempt_id), position, now=self.clock.now())

    def hand_in(self, who: Viewer, attempt_id: str) -> bool:
        """Hand in; whether this call did it."""
        with self.runtime.db.writing() as session:
            return attempts.submit(session, attempts.held(session, who, attempt_id), now=self.clock.now())

    def look(self, who: Viewer, attempt_id: str) -> AttemptPage:
        """The page as it is now."""
        with self.runtime.db.reading() as session:
            found = attempts.mine(session, who, attempt_id)
            return attempt_pages.page(session, who, found, now=self.clock.now())

    def marks(self, attempt_id: str) -> list[tuple[int, int, float]]:
        """Position, number of the key and fraction of every mark, in the order they were given."""
        asked = select(Grading.position, Grading.key_number, Grading.fraction)
        with self.runtime.db.reading() as session:
            found = session.execute(asked.where(Grading.attempt_id == attempt_id).order_by(Grading.id))
            return [(position, number, fraction) for position, number, fraction in found]

    def count(self, model: type[Base]) -> int:
        """How many rows there are."""
        with self.runtime.db.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


def together(number: int, deed: Callable[[int], Any]) -> list[Any]:
    """What a deed gives when so many threads do it at the same moment; the first error is raised."""
    barrier = Barrier(number)

    def run(which: int) -> Any:
        barrier.wait()
        return deed(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


@pytest.fixture
def crest(runtime: Runtime, clock: FixedClock) -> Callable[..., Crest]:
    """Publishes the quiz: `crest()`, `crest(mode=Mode.TEST, time_limit_ms=60_000)`."""

    def make(**settings: Any) -> Crest:
        now = runtime.clock.now()
        with runtime.db.writing() as session:
            lesson = add_lesson(session, now)
            publish(session, now, lesson_id=lesson.id, **settings)
        return Crest(runtime, clock)

    return make
