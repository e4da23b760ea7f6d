"""Coming out: at once, or at a moment that can be taken back and that what is amiss holds up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Forbidden, Invalid
from edu.models import (
    Audience,
    AuditEntry,
    Course,
    Job,
    JobState,
    Lesson,
    PageState,
    Step,
    Video,
    VideoState,
    Visibility,
)
from edu.services.authoring import publishing

from .conftest import NOW, Desk

THEN = NOW + timedelta(days=3)


def draft(database: Database, desk: Desk, **changes: object) -> None:
    with database.writing() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        row.state = PageState.DRAFT
        for name, value in changes.items():
            setattr(row, name, value)


def schedule(database: Database, desk: Desk, at: datetime) -> None:
    with database.writing() as session:
        publishing.at_a_time(session, desk.ada, desk.lesson_id, at, NOW)


def due(database: Database, desk: Desk, at: datetime) -> bool:
    with database.writing() as session:
        return publishing.come_out_when_due(session, desk.lesson_id, at)


def jobs(database: Database) -> list[tuple[JobState, datetime]]:
    with database.reading() as session:
        found = session.scalars(select(Job).order_by(Job.id)).all()
        return [(job.state, job.run_at) for job in found]


def test_a_lesson_comes_out_when_its_moment_has_come_and_its_course_with_it(
    database: Database, desk: Desk
) -> None:
    draft(database, desk)
    schedule(database, desk, THEN)

    assert not due(database, desk, THEN - timedelta(seconds=1))
    assert due(database, desk, THEN)
    assert not due(database, desk, THEN)

    with database.reading() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        assert (row.state, row.publish_at) == (PageState.UNDER_CONSTRUCTION, None)
        assert session.get_one(Course, desk.course_id).state is PageState.UNDER_CONSTRUCTION
        assert [entry.action for entry in session.query(AuditEntry)] == ["text.scheduled", "text.published"]


def test_another_moment_cancels_the_first_and_the_first_may_be_taken_again(
    database: Database, desk: Desk
) -> None:
    draft(database, desk)
    schedule(database, desk, THEN)
    schedule(database, desk, THEN)
    assert jobs(database) == [(JobState.READY, THEN)]

    with database.writing() as session:
        publishing.not_yet(session, desk.ada, desk.lesson_id, NOW)
    assert not due(database, desk, THEN)
    with database.writing() as session:
        at = NOW + timedelta(minutes=1)
        publishing.at_a_time(session, desk.ada, desk.lesson_id, THEN, at)

    assert jobs(database) == [(JobState.CANCELLED, THEN), (JobState.READY, THEN)]
    assert due(database, desk, THEN)


def test_what_is_signed_once_comes_out_in_need_of_review(database: Database, desk: Desk) -> None:
    review = {"reviewer": "Dr", "reviewed_on": "2026-01-01", "due_on": "2027-01-01", "conflicts": "none"}
    draft(database, desk, details={"review": review})

    with database.writing() as session:
        publishing.now(session, desk.ada, desk.lesson_id, NOW)

    with database.reading() as session:
        assert session.get_one(Lesson, desk.lesson_id).state is PageState.NEEDS_REVIEW


def test_a_lesson_that_names_nothing_that_is_there_is_held_up_and_stays_a_draft(
    database: Database, desk: Desk
) -> None:
    draft(database, desk)
    schedule(database, desk, THEN)
    draft(database, desk, body="See [[V9-c01]].")

    with pytest.raises(Invalid, match="V9-c01"):
        due(database, desk, THEN)

    with database.reading() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        assert (row.state, row.publish_at) == (PageState.DRAFT, THEN)
        assert publishing.hindrance(session, row) is not None


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=800)])
def test_a_moment_is_one_to_come(database: Database, desk: Desk, at: datetime) -> None:
    with pytest.raises(Invalid):
        schedule(database, desk, at)


def test_a_lesson_that_is_taken_back_does_not_come_out_at_its_moment(database: Database, desk: Desk) -> None:
    draft(database, desk)
    schedule(database, desk, THEN)

    with database.writing() as session, pytest.raises(Forbidden):
        publishing.take_back(session, desk.bea, desk.lesson_id, NOW)
    with database.writing() as session:
        publishing.take_back(session, desk.ada, desk.lesson_id, NOW)

    assert not due(database, desk, THEN)
    assert jobs(database) == [(JobState.CANCELLED, THEN)]


def test_a_film_of_somebody_else_stays_taken_back_when_the_lesson_comes_out(
    database: Database, desk: Desk
) -> None:
    with database.writing() as session:
        film = Video(slug="film", title="Film", original_key="k", version="1", is_wordless=True)
        film.owner_id, film.visibility = desk.bea.user_id, Visibility.PUBLISHED
        film.created_at = film.state_at = NOW
        session.add(film)
        session.flush()
        film_id = film.id
    draft(database, desk, video_id=film_id)
    schedule(database, desk, THEN)
    with database.writing() as session:
        session.get_one(Video, film_id).visibility = Visibility.DRAFT

    assert due(database, desk, THEN)

    with database.reading() as session:
        assert not session.get_one(Video, film_id).is_published


def test_a_lesson_for_everybody_does_not_come_out_with_a_step_for_professionals(
    database: Database, desk: Desk
) -> None:
    draft(database, desk, body="See [[V7-c01]].")
    with database.writing() as session:
        film = Video(
            slug="f", title="A film", original_key="k", original_sha256="0" * 64, original_name="f",
            original_bytes=1, state=VideoState.READY, state_at=NOW, created_at=NOW, audience=Audience.PRO,
        )  # fmt: skip
        session.add(film)
        session.flush()
        session.add(Step(identifier="V7-c01", video_id=film.id, title="In", start_ms=1000, end_ms=2000))

    for publish in (lambda: schedule(database, desk, THEN), lambda: out(database, desk)):
        with pytest.raises(Invalid, match="it names what is for professionals"):
            publish()
    draft(database, desk, audience=Audience.PRO)
    out(database, desk)


def out(database: Database, desk: Desk) -> None:
    with database.writing() as session:
        publishing.now(session, desk.ada, desk.lesson_id, NOW)
