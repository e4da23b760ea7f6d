"""Coming out: at once, or at a moment that can be taken back and that what is amiss holds up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Forbidden, Invalid
from edu.models import AuditEntry, Course, Job, JobState, Lesson, Page, PageState, ReviewSubject
from edu.services.authoring import publishing

from .conftest import NOW, Desk

LESSON, PAGE = ReviewSubject.LESSON, ReviewSubject.PAGE
THEN = NOW + timedelta(days=3)


def draft(database: Database, desk: Desk, **changes: object) -> None:
    with database.writing() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        row.state = PageState.DRAFT
        for name, value in changes.items():
            setattr(row, name, value)


def schedule(database: Database, desk: Desk, at: datetime) -> None:
    with database.writing() as session:
        publishing.at_a_time(session, desk.ada, LESSON, desk.lesson_id, at, NOW)


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
        publishing.not_yet(session, desk.ada, LESSON, desk.lesson_id, NOW)
    assert not due(database, desk, THEN)
    with database.writing() as session:
        at = NOW + timedelta(minutes=1)
        publishing.at_a_time(session, desk.ada, LESSON, desk.lesson_id, THEN, at)

    assert jobs(database) == [(JobState.CANCELLED, THEN), (JobState.READY, THEN)]
    assert due(database, desk, THEN)


def test_what_is_signed_once_comes_out_in_need_of_review(database: Database, desk: Desk) -> None:
    review = {"reviewer": "Dr", "reviewed_on": "2026-01-01", "due_on": "2027-01-01", "conflicts": "none"}
    draft(database, desk, details={"review": review})

    with database.writing() as session:
        publishing.now(session, desk.ada, LESSON, desk.lesson_id, NOW)

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


def test_a_page_comes_out_by_its_own_day_and_goes_back_to_a_draft(database: Database, desk: Desk) -> None:
    def stands() -> tuple[PageState, datetime | None]:
        with database.reading() as session:
            row = session.get_one(Page, desk.page_id)
            return row.state, row.published_at

    with database.writing() as session, pytest.raises(Forbidden):
        publishing.take_back(session, desk.bea, PAGE, desk.page_id, NOW)
    with database.writing() as session:
        publishing.take_back(session, desk.ada, PAGE, desk.page_id, NOW)
        publishing.at_a_time(session, desk.ada, PAGE, desk.page_id, THEN, NOW)
    assert stands() == (PageState.UNDER_CONSTRUCTION, THEN)
    with database.writing() as session:
        publishing.now(session, desk.ada, PAGE, desk.page_id, NOW)
    assert stands() == (PageState.UNDER_CONSTRUCTION, NOW)
    with database.writing() as session:
        publishing.not_yet(session, desk.ada, PAGE, desk.page_id, NOW)
    assert stands() == (PageState.DRAFT, None)
    assert jobs(database) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-03-05T09:30", "2026-03-05T09:30:00+00:00"),
        ("2026-03-05T09:30+02:00", "2026-03-05T07:30:00+00:00"),
    ],
)
def test_a_moment_is_typed_in_utc_unless_it_says_otherwise(typed: str, read: str) -> None:
    assert publishing.moment(typed).isoformat() == read
    with pytest.raises(Invalid):
        publishing.moment("tomorrow")
