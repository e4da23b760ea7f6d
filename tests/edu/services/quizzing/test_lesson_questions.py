"""The questions of a lesson's self-assessment: each change is a new version, the last removal closes it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from edu.errors import Forbidden, NotFound
from edu.models import Course, Lesson, Module, Quiz, Role
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import lesson_questions, questions
from quizzes import Kind
from tests.people import add_user
from tests.quizzes.samples import sample


def add_lesson(session: Session, now: datetime, owner_id: int) -> Lesson:
    course = Course(slug="back", title="Back", created_at=now, updated_at=now)
    module = Module(course=course, code="M1", title="Basics")
    session.add_all([course, module])
    session.flush()
    lesson = Lesson(
        course_id=course.id, module_id=module.id, slug="palpation", code="L1.1", title="Palpation"
    )
    lesson.owner_id, lesson.created_at, lesson.updated_at = owner_id, now, now
    session.add(lesson)
    session.flush()
    return lesson


def test_questions_are_added_once_and_removed_until_none_is_left(runtime: Runtime) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        user = add_user(session, now=now, role=Role.INSTRUCTOR)
        maker = Viewer(user_id=user.id, role=Role.INSTRUCTOR)
        other = Viewer(user_id=user.id + 1, role=Role.INSTRUCTOR)
        lesson = add_lesson(session, now, user.id)
        kept = [
            questions.keep(session, sample(Kind.TRUEFALSE, id=f"T-{n}", stem=f"{n}"), now=now)[0]
            for n in range(2)
        ]

        for question in (*kept, kept[0]):
            lesson_questions.add(session, maker, lesson.id, question, now)
        quiz = session.query(Quiz).one()
        assert [row.stem for row in lesson_questions.of_lesson(session, lesson.id)] == ["0", "1"]
        assert quiz.current == 2

        with pytest.raises(Forbidden):
            lesson_questions.remove(session, other, lesson.id, kept[0].id, now)
        lesson_questions.remove(session, maker, lesson.id, kept[0].id, now)
        assert quiz.current == 3
        with pytest.raises(NotFound):
            lesson_questions.remove(session, maker, lesson.id, kept[0].id, now)
        lesson_questions.remove(session, maker, lesson.id, kept[1].id, now)
        assert (quiz.current, lesson_questions.of_lesson(session, lesson.id)) == (0, ())

        lesson_questions.add(session, maker, lesson.id, kept[1], now)
        assert [row.stem for row in lesson_questions.of_lesson(session, lesson.id)] == ["1"]
        assert quiz.current == 3  # the same place as before it was emptied
