"""The worker: what becomes of a job when its handler ends well, ends badly, or is not let end."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from edu import queue
from edu.errors import Invalid, NoRoom
from edu.jobs.worker import Worker
from edu.models.job import Job, JobState
from edu.queue import EmbeddedEngine
from edu.storage import StoreUnavailable

ROOT = Path(__file__).parents[3]


@pytest.fixture
def engine(runtime):
    return EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=30)


@pytest.fixture
def job(runtime):
    """The number of a promised job of the kind `film`."""
    with runtime.db.writing() as session:
        return queue.promise(session, "film", key="film:1", payload={"video": 7}, now=runtime.clock.now()).id


@pytest.fixture
def work(runtime, engine):
    """Runs one job with a handler, and tells whether there was one."""
    workers = []

    def one(handler, kind="film"):
        workers.append(Worker(runtime, engine, {kind: handler}, name="w"))
        return workers[-1].run_one()

    yield one
    for worker in workers:
        worker.close()


def look(runtime, job_id):
    with runtime.db.reading() as session:
        job = session.get_one(Job, job_id)
        session.expunge(job)
        return job


def scratch(runtime):
    return list((runtime.settings.data_dir / "tmp").glob("*"))


def raising(error):
    def handler(runtime, claim, progress):
        progress.folder().joinpath("half").write_text("half")
        raise error

    return handler


def test_a_handler_that_returns_has_done_its_job(runtime, job, work):
    seen = []

    assert work(lambda runtime, claim, progress: seen.append(claim.payload["video"]))

    assert seen == [7]
    assert look(runtime, job).state is JobState.DONE
    assert not work(lambda *_: seen.append("again"))


def test_a_worker_leaves_kinds_it_has_no_handler_for(job, work):
    assert not work(lambda *_: None, kind="mail")


def test_results_and_the_end_of_the_job_are_one_transaction(runtime, job, work):
    def handler(runtime, claim, progress):
        with runtime.db.writing() as session:
            queue.promise(session, "next", key="next:1", payload={}, now=runtime.clock.now())
            progress.finish(session)

    work(handler)

    assert look(runtime, job).state is JobState.DONE
    assert work(lambda *_: None, kind="next")


def test_what_was_published_for_a_cancelled_job_is_undone(runtime, job, work):
    def handler(runtime, claim, progress):
        with runtime.db.writing() as session:
            queue.cancel(session, claim.id)
        with runtime.db.writing() as session:
            queue.promise(session, "next", key="next:1", payload={}, now=runtime.clock.now())
            progress.finish(session)

    work(handler)

    assert look(runtime, job).state is JobState.CANCELLED
    assert not work(lambda *_: None, kind="next")


def test_a_handler_learns_of_the_cancelling_at_its_next_progress(runtime, job):
    told = []

    def handler(runtime, claim, progress):
        progress(0.1, "first")
        told.append(progress.cancelled())
        with runtime.db.writing() as session:
            queue.cancel(session, claim.id)
        give_up = time.monotonic() + 20
        while not progress.cancelled() and time.monotonic() < give_up:
            progress(0.2)
        told.append(progress.cancelled())

    hasty = EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=0.4)  # so that it beats often
    worker = Worker(runtime, hasty, {"film": handler})

    worker.run_one()

    worker.close()
    assert told == [False, True]
    assert (look(runtime, job).state, look(runtime, job).message) == (JobState.CANCELLED, "first")


@pytest.mark.parametrize(
    ("error", "state", "code", "told"),
    [
        (Invalid("this is no video", code="unreadable"), JobState.FAILED, "unreadable", "this is no video"),
        (StoreUnavailable("no answer"), JobState.READY, "store_unavailable", "no answer"),
        (RuntimeError("a mistake of ours"), JobState.READY, "internal", "RuntimeError: a mistake of ours"),
        (NoRoom("the disk is full"), JobState.READY, "no_room", ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_error_ends_the_attempt_in_its_way(runtime, job, work, error, state, code, told):
    work(raising(error))

    ended = look(runtime, job)
    assert (ended.state, ended.error_code) == (state, code)
    assert told in ended.error
    assert scratch(runtime) == []


def test_a_full_disk_makes_jobs_wait_and_never_fail(runtime, job, work):
    for _ in range(12):
        assert work(raising(NoRoom("the disk is full")))
        assert look(runtime, job).message == "the disk is full"
        runtime.clock.advance(timedelta(minutes=1))

    assert work(lambda *_: None)
    assert look(runtime, job).state is JobState.DONE


def test_a_job_that_always_breaks_fails_after_five_attempts(runtime, job, work):
    attempts = 0
    while look(runtime, job).state is not JobState.FAILED:
        runtime.clock.advance(timedelta(minutes=10))
        attempts += work(raising(RuntimeError("always")))

    assert attempts == 5


def test_the_folder_of_an_attempt_is_its_own_and_gone_afterwards(runtime, job, work):
    folders = []

    def handler(runtime, claim, progress):
        folders.append(progress.folder())
        assert progress.folder().is_dir()
        assert claim.token in str(progress.folder())

    work(handler)

    assert not folders[0].exists()


def test_a_worker_loads_no_web_framework():
    program = (
        "import sys, edu.jobs.worker; "
        "print(sorted({'flask', 'werkzeug', 'jinja2', 'gunicorn', 'obstore', 'av'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


def test_without_work_it_looks_ever_less_often_until_it_is_stopped(runtime, engine):
    waits = []

    class Bell:
        def wait(self, seconds, also):
            waits.append(seconds)
            if len(waits) == 6:
                worker.stop()

    worker = Worker(runtime, engine, {"film": lambda *_: None})

    worker.run(Bell())

    worker.close()
    assert waits == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0]


def test_work_is_done_without_a_pause_between_jobs(runtime, engine):
    done, waits = [], []
    with runtime.db.writing() as session:
        for number in range(4):
            queue.promise(session, "film", key=f"film:{number}", payload={}, now=runtime.clock.now())

    class Bell:
        def wait(self, seconds, also):
            waits.append(len(done))
            worker.stop()

    worker = Worker(runtime, engine, {"film": lambda runtime, claim, progress: done.append(claim.key)})

    worker.run(Bell())

    worker.close()
    assert waits == [4]


def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(runtime, job):
    class Faltering(EmbeddedEngine):
        calls = 0

        def claim(self, worker, kinds):
            self.calls += 1
            if self.calls == 1:
                raise OperationalError("SELECT", {}, Exception("server closed the connection"))
            return super().claim(worker, kinds)

    class Bell:
        waits = 0

        def wait(self, seconds, also):
            self.waits += 1
            if self.waits == 2:
                worker.stop()

    worker = Worker(runtime, Faltering(runtime.db, runtime.clock), {"film": lambda *_: None})

    worker.run(Bell())

    worker.close()
    assert look(runtime, job).state is JobState.DONE


# A worker process whose one handler starts a tool that would run for ever, and says so.
PROCESS = """
import subprocess, sys
from edu.jobs.worker import serve
from edu.runtime import build
from edu.settings import Settings

def film(runtime, claim, progress):
    progress(0.0, "starting")
    with subprocess.Popen(["sleep", "600"]) as tool:
        try:
            (progress.folder() / "half").write_text("half")
            print("tool", tool.pid, flush=True)
            tool.wait()
        finally:
            tool.kill()

serve(build(Settings.read(dict(pair.split("=", 1) for pair in sys.argv[1:]))), {"film": film})
"""


@pytest.fixture
def process(runtime):
    """A worker process over the same database and data folder."""
    settings = runtime.settings
    variables = [
        f"EDU_DATA_DIR={settings.data_dir}",
        f"EDU_DATABASE_URL={settings.database_url}",
        f"EDU_SECRET_KEY={settings.secret_key}",
        "EDU_LEASE_SECONDS=1",
    ]
    argv = [sys.executable, "-c", PROCESS, *variables]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        yield started
        started.kill()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_sigterm_gives_the_job_back_unharmed_and_ends_its_tool(runtime, process):
    with runtime.db.writing() as session:
        # a moment ago, for the process goes by the real clock
        past = runtime.clock.now() - timedelta(days=3650)
        job = queue.promise(session, "film", key="film:1", payload={}, now=past).id
    tool = int(process.stdout.readline().split()[1])

    os.kill(process.pid, signal.SIGTERM)

    assert process.wait(timeout=10) == 0
    given_back = look(runtime, job)
    assert (given_back.state, given_back.attempts, given_back.token) == (JobState.READY, 0, None)
    assert not is_alive(tool)
    assert scratch(runtime) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_ends_at_once(runtime, process, number):
    with runtime.db.writing() as session:
        past = runtime.clock.now() - timedelta(days=3650)
        job = queue.promise(session, "film", key="film:1", payload={}, now=past).id
    process.stdout.readline()  # it has started
    with runtime.db.writing() as session:
        queue.cancel(session, job)

    began = time.monotonic()
    os.kill(process.pid, number)

    assert process.wait(timeout=10) == 0
    assert time.monotonic() - began < 3
