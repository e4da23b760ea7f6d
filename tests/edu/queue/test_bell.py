"""The bell: an idle worker hears of a promise when it is committed, and not before."""

import os
import select
import threading
import time
from contextlib import suppress

import pytest
import sqlalchemy as sa

from edu import queue
from edu.models.job import Job
from edu.queue import open_bell

LONG = 20.0


@pytest.fixture
def stop():
    """A pipe: what is written to the second end can be read from the first."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def bell(database, stop):
    made = open_bell(database)
    made.wait(0, stop[0])  # from here on it listens
    yield made
    made.close()


def waited(bell, seconds: float, also: int) -> float:
    began = time.monotonic()
    bell.wait(seconds, also)
    return time.monotonic() - began


def promise(database, clock, key="a"):
    with database.writing() as session:
        queue.promise(session, "film", key=key, payload={}, now=clock.now())


def test_a_promise_rings_at_once(database, bell, clock, stop):
    ringer = threading.Timer(0.2, promise, (database, clock))
    ringer.start()

    seconds = waited(bell, LONG, stop[0])

    ringer.join()
    assert 0.1 < seconds < LONG / 2


def test_a_ring_before_the_wait_is_heard_too_and_only_once(database, bell, clock, stop):
    promise(database, clock, "a")
    promise(database, clock, "b")

    assert waited(bell, LONG, stop[0]) < LONG / 2
    assert waited(bell, 0.3, stop[0]) >= 0.3


def test_a_promise_that_is_rolled_back_does_not_ring(database, bell, clock, stop):
    with suppress(ZeroDivisionError), database.writing() as session:
        queue.promise(session, "film", key="a", payload={}, now=clock.now())
        _ = 1 / 0

    assert waited(bell, 0.3, stop[0]) >= 0.3


def test_a_retry_rings(database, bell, clock, stop):
    promise(database, clock)
    bell.wait(LONG, stop[0])

    with database.writing() as session:
        job_id = session.scalars(sa.select(Job.id)).one()
        queue.retry(session, job_id, clock.now())

    assert waited(bell, LONG, stop[0]) < LONG / 2


def test_whoever_waits_can_be_called_away(bell, stop):
    os.write(stop[1], b".")

    assert waited(bell, LONG, stop[0]) < LONG / 2
    assert select.select([stop[0]], [], [], 0)[0]


def test_ringing_without_a_listener_is_no_error(database, clock):
    promise(database, clock)


def test_a_listener_that_loses_its_connection_waits_and_listens_again(database, bell, clock, stop):
    if database.is_sqlite:
        pytest.skip("a pipe has no connection to lose")
    with database.writing() as session:
        session.connection().exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    assert waited(bell, 0.3, stop[0]) >= 0.3  # no busy loop at a dead connection
    bell.wait(0, stop[0])
    promise(database, clock)
    assert waited(bell, LONG, stop[0]) < LONG / 2
