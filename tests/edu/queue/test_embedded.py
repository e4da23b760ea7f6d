"""The embedded engine keeps the contract, on SQLite and PostgreSQL; and what is its own."""

from datetime import UTC, datetime, timedelta

import pytest

from edu import queue
from edu.clock import SystemClock
from edu.models.job import Job
from edu.queue import EmbeddedEngine
from tests.edu.queue.contract import EngineContract
from tests.edu.queue.contract_of_ends import EndingContract


class TestEmbeddedEngine(EngineContract, EndingContract):
    factory = "edu.queue:EmbeddedEngine"

    @pytest.fixture
    def make_engine(self):
        return EmbeddedEngine


def test_on_postgresql_the_server_tells_the_time(database):
    """Workers whose own clocks differ agree about leases."""

    class WrongClock(SystemClock):
        def now(self) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    if database.is_sqlite:
        pytest.skip("SQLite has no server")
    now = SystemClock().now()
    with database.writing() as session:
        job_id = queue.promise(session, "film", key="a", payload={}, now=now - timedelta(seconds=9)).id

    claim = EmbeddedEngine(database, WrongClock(), lease_seconds=30).claim("a", ["film"])

    assert claim.id == job_id
    with database.reading() as session:
        lease = session.get_one(Job, job_id).lease_until - now
    assert timedelta(seconds=20) < lease < timedelta(seconds=60)


def test_looking_for_work_in_vain_takes_no_write_lock(database, clock):
    """An idle worker must not stand in the way of a writer, which on SQLite has the database to itself."""
    engine = EmbeddedEngine(database, clock)

    with database.writing() as session:
        queue.promise(session, "film", key="a", payload={}, now=clock.now())
        session.flush()
        assert engine.claim("a", ["film"]) is None  # would wait ten seconds for the lock, and fail
