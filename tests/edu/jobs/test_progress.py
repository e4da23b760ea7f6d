"""Progress: what reaches the database, and how often."""

from datetime import timedelta

import pytest

from edu import queue
from edu.jobs.progress import Progress
from edu.models.job import Job
from edu.queue import EmbeddedEngine


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
