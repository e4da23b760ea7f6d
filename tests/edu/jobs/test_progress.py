"""Progress: what reaches the database, and how often."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from edu import queue
from edu.jobs.progress import Progress
from edu.models.job import Job
from edu.queue import EmbeddedEngine, LostLease


@pytest.fixture
def timer():
    """A stopwatch that the test moves: a list with the seconds in it."""
    return [100.0]


@pytest.fixture
def claimed(database, clock):
    with database.writing() as session:
        queue.promise(session, "film", key="film:1", payload={}, now=clock.now())
    engine = EmbeddedEngine(database, clock, lease_seconds=30)
    return engine, engine.claim("w", ["film"])


@pytest.fixture
def progress(claimed, timer, tmp_path):
    engine, claim = claimed
    return Progress(engine, claim, tmp_path / "scratch", timer=lambda: timer[0])


def shown(database):
    with database.reading() as session:
        job = session.query(Job).one()
        return job.progress, job.message


def test_the_first_call_is_shown_and_then_one_in_two_seconds(database, progress, timer):
    seen = []
    for tenth in range(41):
        timer[0] = 100 + tenth / 10
        progress(tenth / 100, f"step {tenth}")
        seen.append(shown(database)[1])

    assert sorted(set(seen), key=seen.index) == ["step 0", "step 20", "step 40"]


def test_a_short_lease_is_renewed_often_enough(database, clock, claimed, timer, tmp_path):
    _, claim = claimed
    progress = Progress(
        EmbeddedEngine(database, clock, lease_seconds=1), claim, tmp_path, timer=lambda: timer[0]
    )
    progress(0.1)
    timer[0] += 0.25
    progress(0.2)

    assert shown(database) == (0.2, "")


@pytest.mark.parametrize(("told", "kept"), [(-1, 0.0), (0.5, 0.5), (7, 1.0), (float("nan"), 0.0)])
def test_progress_lies_between_nothing_and_all(database, progress, told, kept):
    progress(told)

    assert shown(database)[0] == kept


def test_without_calls_nothing_renews_the_lease(claimed, progress, clock, timer):
    """A stuck tool loses its job, however alive its worker is."""
    engine, claim = claimed
    progress(0.1)
    timer[0] += 31
    clock.advance(timedelta(seconds=31))

    assert engine.claim("other", ["film"]).id == claim.id
    progress(0.2)
    assert progress.cancelled()


def test_a_lost_job_is_not_asked_about_again(database, claimed, progress, timer):
    _, claim = claimed
    progress(0.1)
    with database.writing() as session:
        queue.cancel(session, claim.id)
    timer[0] += 3
    progress(0.2)
    database.dispose()
    timer[0] += 3

    progress(0.3)

    assert progress.cancelled()


def threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("job-")]


def test_during_a_transfer_the_lease_is_renewed_and_no_thread_is_left(database, clock, claimed, tmp_path):
    _, claim = claimed
    engine = EmbeddedEngine(database, clock, lease_seconds=0.2)
    progress = Progress(engine, claim, tmp_path)
    progress(0.3, "fetching")
    give_up = time.monotonic() + 20

    with progress.alive(seconds=30):
        for _ in range(3):
            moment = clock.advance(timedelta(seconds=20))
            while beaten(database) != moment and time.monotonic() < give_up:
                threading.Event().wait(0.01)
            assert beaten(database) == moment

    assert shown(database) == (0.3, "fetching")
    assert threads() == []


def beaten(database):
    with database.reading() as session:
        return session.query(Job).one().beat_at


def test_a_transfer_of_a_lost_job_says_so_at_its_end(database, clock, claimed, tmp_path):
    _, claim = claimed
    progress = Progress(EmbeddedEngine(database, clock, lease_seconds=0.2), claim, tmp_path)
    left = []

    def transfer():
        with progress.alive(seconds=30):
            with database.writing() as session:
                queue.cancel(session, claim.id)
            give_up = time.monotonic() + 20
            while threads() and time.monotonic() < give_up:
                threading.Event().wait(0.01)
            left.extend(threads())

    with pytest.raises(LostLease):
        transfer()

    assert progress.cancelled()
    assert left == []


def test_a_transfer_that_never_ends_loses_its_job(database, clock, claimed, tmp_path):
    engine, claim = claimed
    progress = Progress(EmbeddedEngine(database, clock, lease_seconds=0.2), claim, tmp_path)
    give_up = time.monotonic() + 20

    with progress.alive(seconds=0.1):
        while threads() and time.monotonic() < give_up:
            threading.Event().wait(0.01)
        clock.advance(timedelta(seconds=31))
        assert engine.claim("other", ["film"]).id == claim.id


def test_what_goes_wrong_in_a_transfer_comes_out_as_it_is(progress):
    with pytest.raises(ZeroDivisionError), progress.alive():
        _ = 1 / 0

    assert threads() == []


def test_a_database_that_misses_a_beat_does_not_lose_the_job(database, clock, claimed, timer, tmp_path):
    class Faltering(EmbeddedEngine):
        beats = 0

        def beat(self, *args):
            self.beats += 1
            if self.beats == 1:
                raise OperationalError("UPDATE", {}, Exception("database is locked"))
            return super().beat(*args)

    _, claim = claimed
    progress = Progress(Faltering(database, clock), claim, tmp_path, timer=lambda: timer[0])
    progress(0.1)
    assert not progress.cancelled()
    timer[0] += 3

    progress(0.2)

    assert shown(database) == (0.2, "")


def test_the_queue_is_looked_at_twice_a_second_however_often_one_asks(claimed, timer, tmp_path):
    engine, claim = claimed
    looks = []
    progress = Progress(
        engine, claim, tmp_path, timer=lambda: timer[0], interrupted_by=lambda: looks.append(timer[0])
    )

    for tick in range(21):
        timer[0] = 100 + tick / 10
        assert progress.give_way() is None

    assert len(looks) == 5


def test_a_beat_of_what_is_done_in_between_keeps_the_long_job_too(database, clock, timer, tmp_path, claimed):
    engine, outer_claim = claimed
    with database.writing() as session:
        queue.promise(session, "mail", key="mail:1", payload={}, now=clock.now())
    outer = Progress(engine, outer_claim, tmp_path, timer=lambda: timer[0])
    outer(0.4, "720p")
    inner = Progress(engine, engine.claim("w", ["mail"]), tmp_path, timer=lambda: timer[0], outer=outer)
    for _ in range(4):
        clock.advance(timedelta(seconds=20))
        timer[0] += 20
        inner(0.5)

    assert engine.claim("other", ["film", "mail"]) is None
    with database.reading() as session:
        film = session.query(Job).filter(Job.kind == "film").one()
        assert (film.progress, film.message) == (0.4, "720p")
