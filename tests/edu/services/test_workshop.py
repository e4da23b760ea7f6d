"""The workshop: what a full disk is, and when nobody works."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest

from edu import queue
from edu.errors import Invalid, NoRoom
from edu.models import Job, JobState
from edu.queue import EmbeddedEngine
from edu.services import workshop
from edu.services.workshop import Disk, Outlook

WIDE = Disk(total=25_000_000_000, free=9_000_000_000)
WELL, ROOMLESS, WORKERLESS = Outlook(False, False), Outlook(True, False), Outlook(False, True)


@pytest.mark.parametrize(
    ("total", "free", "needed", "has_room"),
    [
        (25_000_000_000, 500_000_000, 0, True),
        (25_000_000_000, 499_999_999, 0, False),
        (25_000_000_000, 900_000_000, 400_000_000, True),
        (25_000_000_000, 900_000_000, 400_000_001, False),
        (120_000_000, 6_000_000, 0, True),
        (120_000_000, 5_999_999, 0, False),
    ],
)
def test_a_reserve_is_kept_that_is_small_on_a_small_disk(total, free, needed, has_room):
    assert Disk(total, free).has_room_for(needed) is has_room


def test_the_disk_under_a_folder_is_measured(tmp_path):
    disk = workshop.disk_of(tmp_path)

    assert 0 < disk.free <= disk.total


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (NoRoom("the disk is full"), True),
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (OSError(errno.EACCES, "x"), False),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), True),
        (Invalid("no film"), False),
        (None, False),
    ],
)
def test_an_error_tells_whether_the_disk_is_full(error, is_full):
    assert workshop.is_full(error) is is_full


def test_the_cause_of_an_error_counts_too():
    error = Invalid("the tool failed")
    error.__cause__ = OSError(errno.ENOSPC, "x")

    assert workshop.is_full(error)


@pytest.fixture
def look(database, clock):
    def seen(disk=WIDE):
        with database.reading() as session:
            return workshop.outlook(session, disk, clock.now())

    return seen


@pytest.fixture
def promise(database, clock):
    def promised(key="film:1", **more):
        with database.writing() as session:
            queue.promise(session, "film", key=key, payload={}, now=clock.now(), **more)

    return promised


def test_a_site_without_work_needs_no_worker(look):
    assert look() == WELL


def test_work_that_waits_for_a_minute_without_any_sign_of_life_has_no_worker(look, promise, clock):
    promise(run_at=clock.now() - timedelta(hours=1))  # a head start is no waiting
    assert look() == WELL
    clock.advance(timedelta(seconds=61))

    assert look() == WORKERLESS


def test_work_that_is_not_due_needs_no_worker(look, promise, clock):
    promise(run_at=clock.now() + timedelta(hours=13))
    clock.advance(timedelta(hours=1))

    assert look() == WELL


def test_a_worker_that_is_busy_is_seen_by_its_beats(database, look, promise, clock):
    engine = EmbeddedEngine(database, clock)
    promise("film:1")
    promise("film:2")
    claim = engine.claim("w", ["film"])
    clock.advance(timedelta(seconds=50))
    assert engine.beat(claim, 0.5, "")
    clock.advance(timedelta(seconds=50))

    assert look() == WELL
    clock.advance(timedelta(seconds=11))
    assert look() == WORKERLESS


def test_a_job_begun_again_by_hand_is_given_time(database, look, promise, clock):
    promise()
    clock.advance(timedelta(hours=1))
    with database.writing() as session:
        queue.retry(session, session.query(Job).one().id, clock.now())

    assert look() == WELL


def test_a_full_disk_is_told_here_and_on_the_worker_s_machine(database, look, promise, clock):
    assert look(Disk(WIDE.total, 400_000_000)) == ROOMLESS
    promise()
    engine = EmbeddedEngine(database, clock)
    engine.release(engine.claim("w", ["film"]), seconds=60, code=queue.NO_ROOM, message="full")

    assert look() == ROOMLESS
    with database.writing() as session:
        session.query(Job).one().state = JobState.DONE
    assert look() == WELL
