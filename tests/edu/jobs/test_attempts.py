"""Attempts that nobody came back to are closed by a job, and marked from what was saved in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select

from edu.jobs.attempts import expire_attempt
from edu.jobs.worker import Worker
from edu.models import Attempt, AttemptState, Job, JobState
from edu.queue import EmbeddedEngine
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.attempts import EXPIRE
from tests.quizzing import Crest, visitor


def work(house: Crest) -> bool:
    """Run what is due; whether anything was."""
    engine = EmbeddedEngine(house.runtime.db, house.clock, lease_seconds=30)
    worker = Worker(house.runtime, engine, {EXPIRE: expire_attempt}, name="w")
    try:
        return worker.run_one()
    finally:
        worker.close()


def state_of(house: Crest, attempt_id: str) -> AttemptState:
    with house.runtime.db.reading() as session:
        return session.get_one(Attempt, attempt_id).state


def test_the_job_closes_an_attempt_after_its_grace_and_not_before(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "2"))

    house.clock.advance(timedelta(seconds=90))
    assert not work(house)
    house.clock.advance(timedelta(seconds=6))
    assert work(house)

    assert state_of(house, attempt) is AttemptState.EXPIRED
    assert house.marks(attempt) == [(1, 0, 1.0), (2, 0, 0.0), (3, 0, 0.0)]


def test_an_attempt_that_was_handed_in_is_left_as_it_is(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)
    house.hand_in(who, attempt)
    before = house.marks(attempt)

    house.clock.advance(timedelta(minutes=5))
    work(house)

    assert (state_of(house, attempt), house.marks(attempt)) == (AttemptState.SUBMITTED, before)


def test_where_the_deadline_was_moved_the_job_comes_back(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)
    with house.runtime.db.writing() as session:
        session.get_one(Attempt, attempt).deadline_at = house.clock.now() + timedelta(minutes=10)

    house.clock.advance(timedelta(minutes=2))
    work(house)
    assert state_of(house, attempt) is AttemptState.OPEN
    house.clock.advance(timedelta(minutes=10))
    work(house)

    assert state_of(house, attempt) is AttemptState.EXPIRED


def test_an_attempt_that_was_erased_fails_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    house.begin(who)
    with house.runtime.db.writing() as session:
        session.execute(delete(Attempt))

    house.clock.advance(timedelta(minutes=5))
    work(house)

    with house.runtime.db.reading() as session:
        assert session.scalars(select(Job.state)).one() is JobState.DONE
