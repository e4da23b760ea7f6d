"""What the tests of the queue share: an engine, and ways to promise and look at jobs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from edu import queue
from edu.clock import FixedClock
from edu.db import Database
from edu.models.job import Job
from edu.queue import Engine


@pytest.fixture
def engine(make_engine: Callable[..., Engine], database: Database, clock: FixedClock) -> Engine:
    """The engine under test, with a lease of 30 seconds on the clock of the test."""
    return make_engine(database, clock, lease_seconds=30)


@pytest.fixture
def ask(database: Database, clock: FixedClock) -> Callable[..., int]:
    """Promises a job and gives its number."""

    def promised(key: str = "film:1", kind: str = "film", **more: object) -> int:
        with database.writing() as session:
            values = {"payload": {"video": 1}, "now": clock.now(), **more}
            return queue.promise(session, kind, key=key, **values).id

    return promised


@pytest.fixture
def look(database: Database) -> Callable[[int], Job]:
    """Reads a job as a page would."""

    def seen(job_id: int) -> Job:
        with database.reading() as session:
            job = session.get_one(Job, job_id)
            session.expunge(job)
            return job

    return seen


@pytest.fixture
def published(database: Database) -> Callable[[], list[int]]:
    """A table of results without any constraint, so that a job published twice would show."""
    with database.writing() as session:
        session.execute(sa.text("CREATE TABLE published (job INTEGER)"))

    def rows() -> list[int]:
        with database.reading() as session:
            return list(session.scalars(sa.text("SELECT job FROM published ORDER BY job")))

    return rows
