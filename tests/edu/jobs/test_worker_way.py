"""A long job gives way: urgent jobs are done in between, by the same worker, and never harm it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from edu import queue
from edu.errors import Invalid
from edu.jobs.progress import Task
from edu.jobs.worker import Worker
from edu.models.job import Job, JobState
from edu.queue import EmbeddedEngine

ROOT = Path(__file__).parents[3]


@pytest.fixture
def promise(runtime):
    def promised(kind, priority, key=""):
        with runtime.db.writing() as session:
            values = {"payload": {}, "now": runtime.clock.now(), "priority": priority}
            return queue.promise(session, kind, key=key or f"{kind}:1", **values).id

    return promised


@pytest.fixture
def work(runtime):
    """Runs one long film, which asks for urgent work at once, among handlers of other kinds."""
    made = []

    def one(film, engine=None, **others):
        engine = engine or EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=30)
        handlers = {"film": Task(film, is_long=True), **others}
        made.append(Worker(runtime, engine, handlers, name="w"))
        return made[-1].run_one()

    yield one
    for worker in made:
        worker.close()


def look(runtime, job_id):
    with runtime.db.reading() as session:
        job = session.get_one(Job, job_id)
        session.expunge(job)
        return job


def test_what_is_urgent_is_done_in_between_and_the_long_job_goes_on(runtime, promise, work):
    film, order = promise("film", -5), []

    def long(runtime, claim, progress):
        order.append("film begins")
        assert progress.give_way() is None or order.count("mail")  # nothing is promised yet
        mail = promise("mail", 0)
        progress._next_look = 0.0
        urgent = progress.give_way()
        assert urgent is not None
        urgent()
        assert look(runtime, mail).state is JobState.DONE
        order.append("film ends")

    assert work(long, mail=lambda *_: order.append("mail"))

    assert order == ["film begins", "mail", "film ends"]
    assert look(runtime, film).state is JobState.DONE


def interrupted(runtime, claim, progress):
    """A long job that meets urgent work at its first look."""
    urgent = progress.give_way()
    if urgent is not None:
        urgent()


def test_neither_an_equal_nor_a_long_job_is_done_in_between(runtime, promise, work):
    film = promise("film", 5)
    equal, longer = promise("mail", 5), promise("film", 9, "film:2")

    def long(runtime, claim, progress):
        if claim.id == longer:
            promise("other film", 20)
        assert progress.give_way() is None

    assert work(long, **{"mail": lambda *_: None, "other film": Task(lambda *_: None, is_long=True)})

    states = [look(runtime, job).state for job in (longer, film, equal)]
    assert states == [JobState.DONE, JobState.READY, JobState.READY]


def test_a_short_job_is_not_interrupted(runtime, promise, work):
    promise("check", 10)

    def check(runtime, claim, progress):
        promise("mail", 20)
        assert progress.give_way() is None

    assert work(lambda *_: None, check=check, mail=lambda *_: None)


@pytest.mark.parametrize("error", [Invalid("no film"), RuntimeError("a mistake"), OSError(28, "full")])
def test_an_error_in_between_is_the_urgent_jobs_own(runtime, promise, work, error):
    film = promise("film", -5)

    def long(runtime, claim, progress):
        promise("check", 10)
        interrupted(runtime, claim, progress)

    def check(runtime, claim, progress):
        (progress.folder() / "half").write_text("half")
        raise error

    assert work(long, check=check)

    assert look(runtime, film).state is JobState.DONE
    with runtime.db.reading() as session:
        check_job = session.query(Job).filter(Job.kind == "check").one()
    assert check_job.state in (JobState.FAILED, JobState.READY)
    assert check_job.error_code in ("invalid", "internal", "no_room")
    assert list((runtime.settings.data_dir / "tmp").glob("*")) == []


def test_a_database_that_is_away_in_between_does_not_harm_the_long_job(runtime, promise, work):
    class Away(EmbeddedEngine):
        def claim(self, worker, kinds, *, above=None):
            if above is not None:
                raise OperationalError("SELECT", {}, Exception("server closed the connection"))
            return super().claim(worker, kinds)

    film = promise("film", -5)

    def long(runtime, claim, progress):
        promise("mail", 0)
        interrupted(runtime, claim, progress)

    assert work(long, engine=Away(runtime.db, runtime.clock), mail=lambda *_: None)

    assert look(runtime, film).state is JobState.DONE


def test_the_long_job_is_kept_while_an_urgent_one_says_nothing(runtime, promise, work):
    """Its lease is renewed although neither handler calls."""
    film, seen = promise("film", -5), []
    runtime.clock.advance(timedelta(0))

    def mail(runtime, claim, progress):
        before = look(runtime, film).lease_until
        runtime.clock.advance(timedelta(seconds=20))
        give_up = time.monotonic() + 20
        while look(runtime, film).lease_until == before and time.monotonic() < give_up:
            threading.Event().wait(0.02)
        seen.append(look(runtime, film).lease_until - before)

    def long(runtime, claim, progress):
        promise("mail", 0)
        interrupted(runtime, claim, progress)

    hasty = EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=0.4)
    assert work(long, engine=hasty, mail=mail)

    assert seen == [timedelta(seconds=20)]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("job-")]


def test_a_long_job_cancelled_in_between_ends_and_the_urgent_one_is_done(runtime, promise, work):
    film, after = promise("film", -5), []

    def mail(runtime, claim, progress):
        with runtime.db.writing() as session:
            queue.cancel(session, film)
        progress(0.5)
        give_up = time.monotonic() + 20
        while not progress._outer.cancelled() and time.monotonic() < give_up:
            progress(0.5)

    def long(runtime, claim, progress):
        promise("mail", 0)
        interrupted(runtime, claim, progress)
        after.append("the film went on")

    hasty = EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=0.4)
    assert work(long, engine=hasty, mail=mail)

    assert after == []
    assert look(runtime, film).state is JobState.CANCELLED
    with runtime.db.reading() as session:
        assert session.query(Job).filter(Job.kind == "mail").one().state is JobState.DONE


# A worker process whose long job asks for urgent work ten times a second, with an urgent one that lasts.
PROCESS = """
import sys, time
from edu.jobs.progress import Task
from edu.jobs.worker import serve
from edu.runtime import build
from edu.settings import Settings

def film(runtime, claim, progress):
    print("film", flush=True)
    while True:
        progress(0.1)
        urgent = progress.give_way()
        if urgent:
            urgent()
            print("film goes on", flush=True)
        time.sleep(0.1)

def mail(runtime, claim, progress):
    print("mail", flush=True)

def check(runtime, claim, progress):
    print("check", flush=True)
    time.sleep(600)

settings = Settings.read(dict(pair.split("=", 1) for pair in sys.argv[1:]))
serve(build(settings), {"film": Task(film, is_long=True), "mail": mail, "check": check})
"""


@pytest.fixture
def process(runtime):
    """A worker process over the same database, in the middle of a long job."""
    settings = runtime.settings
    variables = [
        f"EDU_DATA_DIR={settings.data_dir}",
        f"EDU_DATABASE_URL={settings.database_url}",
        f"EDU_SECRET_KEY={settings.secret_key}",
        "EDU_LEASE_SECONDS=2",
    ]
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, *variables], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as started:
        yield started
        started.kill()


def begin_film(runtime, process, promise):
    runtime.clock.advance(timedelta(days=-3650))  # the process goes by the real clock
    film = promise("film", -5)
    assert process.stdout.readline() == "film\n"
    return film


def test_an_urgent_job_begins_within_a_second_of_its_promise(runtime, process, promise):
    film = begin_film(runtime, process, promise)
    waits = []

    for number in range(4):
        began = time.monotonic()
        promise("mail", 0, f"mail:{number}")
        assert process.stdout.readline() == "mail\n"
        waits.append(time.monotonic() - began)
        assert process.stdout.readline() == "film goes on\n"

    assert sorted(waits)[2] <= 1.0, waits  # a machine with other work may be late once
    job = look(runtime, film)
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)


def test_sigterm_in_between_gives_both_jobs_back(runtime, process, promise):
    film = begin_film(runtime, process, promise)
    check = promise("check", 10)
    assert process.stdout.readline() == "check\n"

    os.kill(process.pid, signal.SIGTERM)

    assert process.wait(timeout=10) == 0
    for job in (look(runtime, film), look(runtime, check)):
        assert (job.state, job.attempts, job.token) == (JobState.READY, 0, None)
