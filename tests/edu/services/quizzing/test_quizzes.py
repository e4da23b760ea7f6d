"""Quizzes: versions, what they ask, and who may come to them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.db import Database
from edu.errors import Conflict, GateClosed, Invalid, NotFound
from edu.models import Audience, Course, PageState, Question, QuestionVersion, QuizSlot, QuizVersion, Role
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import attempts, drawing, publishing, questions, quizzes
from quizzes import Pool, Settings
from tests.quizzing import SINGLE, TRUEFALSE, add_lesson, item, items, publish, visitor
from tests.statements import Counter

INSTRUCTOR = Viewer(user_id=1, role=Role.INSTRUCTOR)
PROFESSIONAL = Viewer(visitor_hash="p", is_professional=True)


def drawn(session: Session, version: QuizVersion) -> list[tuple[QuizSlot, QuestionVersion]]:
    return drawing.drawn(session, version, Random(1), is_gated=False)


def count_versions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(QuizVersion)) or 0


def test_publishing_the_same_again_adds_no_version(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        publish(session, clock.now())
        quiz = publish(session, clock.now())

        assert (quiz.current, count_versions(session)) == (1, 1)


@pytest.mark.parametrize("change", [{"pass_mark": 80}, {"document": SINGLE}, {"marks": (2.0, 1.0, 1.0)}])
def test_another_setting_question_or_mark_is_the_next_version(
    database: Database, clock: FixedClock, change: dict[str, Any]
) -> None:
    with database.writing() as session:
        publish(session, clock.now())
        quiz = publish(session, clock.now(), **change)

        assert (quiz.current, count_versions(session)) == (2, 2)


def test_a_waiting_quiz_is_found_by_nobody_but_those_who_make_it(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        kept = [publishing.Place(questions.keep(session, one, now=clock.now())[0]) for one in items()]
        for _ in range(2):  # the second time adds nothing
            publishing.publish(
                session,
                slug="w",
                title="W",
                places=kept,
                settings=Settings(),
                now=clock.now(),
                is_waiting=True,
            )

        assert count_versions(session) == 1
        assert quizzes.named(session, INSTRUCTOR, "w").current == 0
        with pytest.raises(NotFound):
            quizzes.named(session, visitor(), "w")


def test_a_quiz_needs_a_question(database: Database, clock: FixedClock) -> None:
    with database.writing() as session, pytest.raises(Invalid, match="at least one"):
        publish(session, clock.now(), document="")


def test_an_open_quiz_takes_no_question_for_professionals(database: Database, clock: FixedClock) -> None:
    document = SINGLE.replace("critical = true", 'critical = true\naudience = "pro"')

    with database.writing() as session, pytest.raises(Invalid, match="professionals"):
        publish(session, clock.now(), document=document)


def test_a_quiz_of_which_nothing_can_be_asked_says_so_and_cannot_be_begun(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        quiz = publish(session, clock.now(), document="", pools=(Pool(lesson="nowhere"),))

        with pytest.raises(Conflict, match="no question yet"):
            attempts.start(session, visitor(), quiz, now=clock.now())


def test_a_slot_asks_the_newest_ready_wording_unless_it_pins_one(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        quiz = publish(session, clock.now(), document=SINGLE + TRUEFALSE)
        version = quizzes.current_version(session, quiz)
        version.slots[1].pinned_version_id = drawn(session, version)[1][1].id
        changed = {"?": "??"}
        questions.keep(session, item(SINGLE, changed), now=clock.now())
        questions.keep(session, item(TRUEFALSE, {"nodule": "back mouse"}), now=clock.now())

        wordings = [wording.number for _, wording in drawn(session, version)]

    assert wordings == [2, 1]


def test_an_archived_question_is_asked_no_more(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        quiz = publish(session, clock.now())
        session.scalars(select(Question).where(Question.uid == "T-single")).one().archived_at = clock.now()

        assert drawing.asked_count(session, quizzes.current_version(session, quiz)) == 2


def test_drawing_a_quiz_takes_two_statements_however_long_it_is(
    runtime: Runtime, statements: Counter
) -> None:
    with runtime.db.writing() as session:
        version = quizzes.current_version(session, publish(session, runtime.clock.now()))

        with statements() as seen:
            asked = drawn(session, version)

    assert (len(seen), len(asked)) == (2, 3)


def gate_quiz(session: Session, clock: FixedClock) -> None:
    publish(session, clock.now(), audience=Audience.PRO)


def gate_lesson(session: Session, clock: FixedClock) -> None:
    lesson = add_lesson(session, clock.now(), audience=Audience.PRO)
    publish(session, clock.now(), lesson_id=lesson.id)


def gate_module(session: Session, clock: FixedClock) -> None:
    lesson = add_lesson(session, clock.now())
    lesson.module.audience = Audience.PRO
    publish(session, clock.now(), lesson_id=lesson.id)


def gate_question(session: Session, clock: FixedClock) -> None:
    publish(session, clock.now())
    session.scalars(select(Question)).first().audience = Audience.PRO


@pytest.mark.parametrize("gate", [gate_quiz, gate_lesson, gate_module, gate_question])
def test_a_quiz_is_gated_as_soon_as_anything_of_it_is(
    database: Database, clock: FixedClock, gate: Callable[[Session, FixedClock], None]
) -> None:
    with database.writing() as session:
        gate(session, clock)

    with database.reading() as session:
        assert quizzes.named(session, PROFESSIONAL, "crest")
        assert quizzes.named(session, INSTRUCTOR, "crest")
        for viewer in (Viewer(), visitor(), Viewer(user_id=7, role=Role.LEARNER)):
            with pytest.raises(GateClosed):
                quizzes.named(session, viewer, "crest")


@pytest.mark.parametrize("what", ["lesson", "course"])
def test_the_quiz_of_a_lesson_that_is_a_draft_is_not_found(
    database: Database, clock: FixedClock, what: str
) -> None:
    with database.writing() as session:
        lesson = add_lesson(session, clock.now())
        draft = lesson if what == "lesson" else session.get_one(Course, lesson.course_id)
        draft.state = PageState.DRAFT
        publish(session, clock.now(), lesson_id=lesson.id)

    with database.reading() as session, pytest.raises(NotFound):
        quizzes.named(session, visitor(), "crest")


@pytest.mark.parametrize("slug", ["no-such", "", "a\0b"])
def test_an_unknown_name_is_not_found(database: Database, slug: str) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        quizzes.named(session, visitor(), slug)


def test_the_page_leads_to_the_attempt_that_is_open_even_at_an_older_version(
    database: Database, clock: FixedClock
) -> None:
    who = visitor()
    with database.writing() as session:
        quiz = publish(session, clock.now())
        attempt = attempts.start(session, who, quiz, now=clock.now())
        publish(session, clock.now(), pass_mark=90)

        page = quizzes.page(session, who, "crest")

    assert page.open_url == f"/attempts/{attempt.id}"
    assert (page.question_count, page.pass_mark, page.past) == (3, 90, ())


def test_the_page_lists_what_one_did_before_and_what_is_left(database: Database, clock: FixedClock) -> None:
    who = visitor()
    with database.writing() as session:
        lesson = add_lesson(session, clock.now())
        quiz = publish(session, clock.now(), attempts=3, lesson_id=lesson.id)
        attempt = attempts.start(session, who, quiz, now=clock.now())
        attempts.submit(session, attempt, now=clock.now())

    with database.reading() as session:
        page = quizzes.page(session, who, "crest")
        foreign = quizzes.page(session, visitor(), "crest")
        nobody = quizzes.page(session, Viewer(), "crest")

    assert [past.url for past in page.past] == [f"/attempts/{attempt.id}"]
    assert (page.attempts_left, foreign.attempts_left, nobody.attempts_left) == (2, 3, 3)
    assert (page.lesson_title, page.lesson_url) == ("L", "/courses/c/l")
    assert not foreign.past
    assert not nobody.past
