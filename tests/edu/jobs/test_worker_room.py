"""The worker and the disk: without room it leaves what writes, does the rest, and goes on by itself."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from edu import queue
from edu.errors import NotFound
from edu.jobs.progress import Task
from edu.jobs.worker import Worker
from edu.models.job import Job, JobState
from edu.queue import EmbeddedEngine
from edu.services.workshop import Disk

WIDE = Disk(total=25_000_000_000, free=9_000_000_000)
TIGHT = replace(WIDE, free=400_000_000)


@pytest.fixture
def disk():
    """The disk as the worker finds it: a list whose last entry counts."""
    return [WIDE]


@pytest.fixture
def promise(runtime):
    def promised(kind: str, key: str = "") -> int:
        with runtime.db.writing() as session:
            now = runtime.clock.now()
            return queue.promise(session, kind, key=key or f"{kind}:1", payload={}, now=now).id

    return promised


@pytest.fixture
def make_worker(runtime, disk):
    """Makes a worker over films, which need room, and mail, which needs none."""
    made = []

    def make(film, needed=0, engine=EmbeddedEngine):
        handlers = {
            "film": Task(film, room=lambda runtime, claim: needed),
            "mail": lambda *_: None,
        }
        worker = Worker(runtime, engine(runtime.db, runtime.clock), handlers, disk=lambda folder: disk[-1])
        made.append(worker)
        return worker

    yield make
    for worker in made:
        worker.close()


def look(runtime, job_id):
    with runtime.db.reading() as session:
        job = session.get_one(Job, job_id)
        session.expunge(job)
        return job


def test_while_the_disk_is_full_films_wait_with_the_reason_and_mail_goes_out(
    runtime, disk, promise, make_worker
):
    film, mail = promise("film"), promise("mail")
    worker = make_worker(lambda *_: None)
    disk.append(TIGHT)

    assert worker.run_one()
    assert not worker.run_one()

    waiting = look(runtime, film)
    assert look(runtime, mail).state is JobState.DONE
    assert (waiting.state, waiting.attempts, waiting.error_code) == (JobState.READY, 0, "no_room")
    assert waiting.message == "The disk is full; the work goes on when there is room."


def test_films_go_on_by_themselves_when_there_is_room(runtime, disk, promise, make_worker):
    film = promise("film")
    worker = make_worker(lambda *_: None)
    disk.append(TIGHT)
    assert not worker.run_one()
    disk.append(WIDE)

    assert worker.run_one()

    ended = look(runtime, film)
    assert (ended.state, ended.error_code, ended.attempts) == (JobState.DONE, "", 1)


def test_a_job_larger_than_the_room_lets_smaller_ones_go_first(runtime, disk, promise, make_worker):
    film, mail = promise("film"), promise("mail")
    worker = make_worker(lambda *_: None, needed=WIDE.free)

    assert worker.run_one()
    assert worker.run_one()
    assert not worker.run_one()

    assert (look(runtime, film).state, look(runtime, film).error_code) == (JobState.READY, "no_room")
    assert look(runtime, mail).state is JobState.DONE
    disk.append(Disk(WIDE.total * 2, WIDE.free * 2))
    runtime.clock.advance(timedelta(seconds=5))
    assert worker.run_one()
    assert look(runtime, film).state is JobState.DONE


def failing_as(error):
    def film(runtime, claim, progress):
        raise error

    return film


def chained(cause):
    error = NotFound("the package is not there")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("INSERT", {}, Exception("database or disk is full")),
        chained(RuntimeError("av_interleaved_write_frame(): No space left on device")),
    ],
    ids=["no space", "quota", "database", "tool"],
)
def test_a_disk_that_fills_meanwhile_costs_no_attempt(runtime, promise, make_worker, error):
    film = promise("film")
    worker = make_worker(failing_as(error))

    for _ in range(7):
        assert worker.run_one()
        job = look(runtime, film)
        assert (job.state, job.attempts, job.error_code) == (JobState.READY, 0, "no_room")
        runtime.clock.advance(timedelta(minutes=1))


def test_a_job_that_the_full_database_cannot_take_back_is_given_back_later(runtime, promise, make_worker):
    class Full(EmbeddedEngine):
        refusals = 2

        def release(self, *args, **more):
            if self.refusals:
                self.refusals -= 1
                raise OperationalError("UPDATE", {}, Exception("database or disk is full"))
            super().release(*args, **more)

    class Bell:
        waits = 0

        def wait(self, seconds, also):
            self.waits += 1
            if look(runtime, film).state is JobState.READY or self.waits > 5:
                worker.stop()

    film = promise("film")
    worker = make_worker(failing_as(OSError(errno.ENOSPC, "full")), engine=Full)

    worker.run(Bell())

    job = look(runtime, film)
    assert (job.state, job.attempts, job.error_code) == (JobState.READY, 0, "no_room")
