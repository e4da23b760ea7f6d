"""A lesson comes out by a worker at its time, and what holds it up fails the job in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.jobs.handlers import HANDLERS
from edu.jobs.worker import Worker
from edu.models import Course, Job, JobState, Lesson, Module, PageState, Role
from edu.policy import Viewer
from edu.queue import EmbeddedEngine
from edu.runtime import Runtime
from edu.services.authoring import publishing
from tests.people import add_user


def work(house: Runtime) -> None:
    worker = Worker(house, EmbeddedEngine(house.db, house.clock, lease_seconds=30), HANDLERS, name="w")
    while worker.run_one():
        pass
    worker.close()


@pytest.mark.parametrize(
    ("body", "state", "ended"),
    [
        ("Feel.", PageState.UNDER_CONSTRUCTION, JobState.DONE),
        ("[[V9-c01]]", PageState.DRAFT, JobState.FAILED),
    ],
)
def test_a_scheduled_lesson_is_published_by_the_worker_when_due(
    runtime: Runtime, clock: FixedClock, body: str, state: PageState, ended: JobState
) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        course = Course(slug="mice", title="Mice", created_at=now, updated_at=now)
        module = Module(course=course, code="M1", title="Finding")
        session.add_all([course, module])
        session.flush()
        made = {"created_at": now, "updated_at": now}
        lesson = Lesson(course_id=course.id, module=module, slug="feel", title="Feel", **made)
        session.add(lesson)
        session.flush()
        viewer = Viewer(user_id=add_user(session, now=now).id, role=Role.ADMINISTRATOR)
        publishing.at_a_time(session, viewer, lesson.id, now + timedelta(hours=1), now)
        lesson.body = body

    work(runtime)
    with runtime.db.reading() as session:
        assert session.scalars(select(Lesson.state)).one() is PageState.DRAFT
    clock.advance(timedelta(hours=1))
    work(runtime)

    with runtime.db.reading() as session:
        assert session.scalars(select(Lesson.state)).one() is state
        assert session.scalars(select(Job.state)).one() is ended
