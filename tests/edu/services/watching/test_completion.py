"""How far an account has come with a course: films, quizzes, the gate, and when all is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.errors import NotFound
from edu.models import Attempt, AttemptState, Audience, Course, Lesson, Module, PageState, Role, Step, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing.answers import Answer
from edu.services.watching import completion, keeping
from edu.services.watching.answering import Standing
from edu.services.watching.completion import CourseProgress
from edu.services.watching.telling import Told
from tests.people import add_user
from tests.quizzing import MULTIPLE, SINGLE, STEP, Crest, add_lesson, publish
from tests.statements import Counter


@dataclass(frozen=True)
class Class(Crest):
    """A course with one lesson: a film with one step, of which the quiz asks."""

    me: Viewer

    def progress(self, who: Viewer | None = None) -> CourseProgress:
        with self.runtime.db.reading() as session:
            return completion.progress(session, who or self.me, self.slug)

    @property
    def slug(self) -> str:
        with self.runtime.db.reading() as session:
            return session.scalars(select(Course.slug)).one()

    def watch(self, start: int, end: int) -> None:
        """Watch some of the film, at its own speed."""
        with self.runtime.db.writing() as session:
            keeping.keep(session, self.me, "film", Told(0, (), 0, 0), self.clock.now())
            self.clock.advance(timedelta(milliseconds=end - start))
            keeping.keep(session, self.me, "film", Told(0, ((start, end),), 0, end), self.clock.now())

    def take(self, response: object) -> str:
        attempt = self.begin(self.me)
        self.give(self.me, attempt, Answer(position=1, rev=1, response=response))
        self.hand_in(self.me, attempt)
        return attempt

    def change(self, model: type, **facts: object) -> None:
        with self.runtime.db.writing() as session:
            row = session.scalars(select(model)).first()
            for name, value in facts.items():
                setattr(row, name, value)


@pytest.fixture
def course(runtime: Runtime, clock: FixedClock) -> Iterator[Class]:
    with runtime.db.writing() as session:
        lesson = add_lesson(session, clock.now())
        video = session.scalars(select(Video)).one()
        video.duration_ms, lesson.video_id = 60_000, video.id
        session.scalars(select(Course)).one().state = PageState.UNDER_CONSTRUCTION
        publish(session, clock.now(), document=SINGLE, lesson_id=lesson.id)
        me = Viewer(user_id=add_user(session, now=clock.now()).id, role=Role.LEARNER, name="Ada")
    return Class(runtime, clock, me)


def test_at_first_all_is_missing_and_at_the_end_nothing(course: Class):
    (lesson,) = course.progress().lessons
    assert lesson.film is not None
    assert [step.url for step in lesson.film.missing] == [f"/videos/film#{STEP}"]
    assert [quiz.standing for quiz in lesson.quizzes] == [Standing.NOT_BEGUN]
    assert (course.progress().is_complete, course.progress().done_count) == (False, 0)

    course.watch(31_200, 39_800)
    watched_at = course.clock.now()
    course.clock.advance(timedelta(days=1))
    course.take("2")

    page = course.progress()
    assert (page.is_complete, page.done_count, page.closed_count) == (True, 1, 0)
    assert page.dates == (watched_at, course.clock.now())
    assert page.lessons[0].film is not None
    assert (page.lessons[0].film.percent, page.lessons[0].film.completed_at) == (100, watched_at)


def test_a_step_that_was_half_watched_is_said_to_be(course: Class):
    course.watch(31_200, 35_000)

    film = course.progress().lessons[0].film

    assert film is not None
    assert (film.percent, [step.is_begun for step in film.missing]) == (44, [True])


def test_a_quiz_must_be_handed_in_and_passed(course: Class):
    course.watch(31_200, 39_800)
    course.take("1")
    assert course.progress().lessons[0].quizzes[0].standing is Standing.NOT_PASSED
    attempt = course.begin(course.me)
    assert course.progress().lessons[0].quizzes[0].standing is Standing.OPEN

    course.give(course.me, attempt, Answer(position=1, rev=1, response="2"))
    assert not course.progress().is_complete
    course.hand_in(course.me, attempt)

    assert course.progress().is_complete


def test_without_a_pass_mark_it_must_be_handed_in_by_oneself(course: Class):
    course.republish(document=MULTIPLE, pass_mark=0)
    attempt = course.take(["2"])
    assert course.progress().lessons[0].quizzes[0].is_done

    with course.runtime.db.writing() as session:
        session.get_one(Attempt, attempt).state = AttemptState.EXPIRED

    assert not course.progress().lessons[0].quizzes[0].is_done


def test_what_is_for_professionals_is_asked_of_them_alone(course: Class):
    course.change(Module, audience=Audience.PRO)

    assert (course.progress().modules[0].closed_count, course.progress().lessons) == (1, ())
    assert not course.progress().is_complete  # of nothing, nobody has done all
    nurse = Viewer(user_id=course.me.user_id, role=Role.LEARNER, is_professional=True)
    assert len(course.progress(nurse).lessons[0].quizzes) == 1


def test_a_film_that_is_not_there_yet_is_not_asked_for(course: Class):
    course.change(Video, version="")

    assert course.progress().lessons[0].film is None


def test_a_lesson_of_text_alone_and_a_draft_count_for_nothing(course: Class):
    with course.runtime.db.writing() as session:
        row = session.scalars(select(Lesson)).one()
        for name, state in (("text", PageState.REVIEWED), ("draft", PageState.DRAFT)):
            session.add(
                Lesson(
                    course_id=row.course_id, module_id=row.module_id, slug=name, title=name, state=state,
                    position=5, created_at=row.created_at, updated_at=row.updated_at,
                )
            )  # fmt: skip

    page = course.progress()

    assert [lesson.title for lesson in page.modules[0].lessons] == ["L", "text"]
    assert [lesson.title for lesson in page.lessons] == ["L"]


def test_the_quiz_of_a_module_counts_once(course: Class):
    course.change(Module, details={"quiz": "crest"})
    assert course.progress().modules[0].quiz is None
    with course.runtime.db.writing() as session:
        publish(session, course.clock.now(), document=SINGLE, slug="exam")
    course.change(Module, details={"quiz": "exam"})

    exam = course.progress().modules[0].quiz

    assert exam is not None
    assert (exam.url, exam.is_done) == ("/quizzes/exam", False)
    page = course.progress()
    assert (page.part_count, page.missing_count) == (2, 2)  # it is one of the rows, and is counted as one


def test_a_film_that_was_changed_since_says_when_it_was_watched(course: Class):
    course.watch(31_200, 39_800)
    done_at = course.clock.now()
    with course.runtime.db.writing() as session:
        video = session.scalars(select(Video)).one()
        session.add(Step(identifier="V9-c06", video_id=video.id, title="New", start_ms=40_000, end_ms=50_000))

    film = course.progress().lessons[0].film

    assert film is not None
    assert (film.is_done, film.completed_at) == (False, done_at)
    assert [step.title for step in film.missing] == ["New"]


def test_a_course_that_cannot_be_found_has_no_progress(course: Class):
    course.change(Course, state=PageState.DRAFT)

    with pytest.raises(NotFound):
        course.progress()


def test_it_takes_few_statements(course: Class, statements: Counter):
    course.watch(31_200, 39_800)
    course.take("2")

    with statements() as seen:
        course.progress()

    assert len(seen) <= 11, seen
