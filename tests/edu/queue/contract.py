"""The contract of every engine: how jobs are promised, claimed and published.

A test class of an engine derives from EngineContract and EndingContract (contract_of_ends.py), and gives
`factory` and the fixture `make_engine`.
"""

from __future__ import annotations

import os
import random
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu import queue
from edu.clock import SystemClock
from edu.db import Database
from edu.models.job import Job, JobState
from edu.queue import Claim, Engine, LostLease
from tests.edu.queue.killing import WorkerPool

SECOND = timedelta(seconds=1)
KILLS = int(os.environ.get("SOAK_KILLS", "4"))
"""How often to kill a worker, with five jobs for each time; `make soak` asks for more."""


def publish(database: Database, engine: Engine, claim: Claim) -> None:
    """What a handler does at its end: the results and the end of the job in one transaction."""
    with database.writing() as session:
        session.execute(sa.text("INSERT INTO published (job) VALUES (:job)"), {"job": claim.id})
        engine.finish(session, claim)


class EngineContract:
    """What holds for every engine on every database."""

    factory: str
    """`module:name` of what makes the engine from (db, clock, lease_seconds=), for worker processes."""

    # promising

    def test_a_job_promised_in_a_transaction_that_fails_is_not_there(self, database, engine, clock):
        with suppress(ZeroDivisionError), database.writing() as session:
            queue.promise(session, "film", key="film:1", payload={}, now=clock.now())
            _ = 1 / 0

        assert engine.claim("a", ["film"]) is None

    def test_the_same_key_is_promised_once(self, ask, look, engine):
        first = ask("film:1", payload={"video": 1})
        second = ask("film:1", payload={"video": 2})

        assert first == second
        assert look(first).payload == {"video": 1}
        assert engine.claim("a", ["film"]) is not None
        assert engine.claim("a", ["film"]) is None

    def test_two_who_promise_the_same_key_at_once_get_the_same_job(self, ask):
        ids: list[int] = []
        threads = [threading.Thread(target=lambda: ids.append(ask("film:1"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(ids) == 8
        assert len(set(ids)) == 1

    # claiming

    def test_a_claim_carries_the_job_and_shows_it_running(self, ask, look, engine, clock):
        job_id = ask("film:1", payload={"video": 7, "profile": "ladder"})

        claim = engine.claim("worker-1", ["film"])

        assert (claim.id, claim.kind, claim.key) == (job_id, "film", "film:1")
        assert claim.payload == {"video": 7, "profile": "ladder"}
        assert (claim.attempt, claim.max_attempts) == (1, 5)
        assert len(bytes.fromhex(claim.token)) == 16
        job = look(job_id)
        assert (job.state, job.worker, job.started_at) == (JobState.RUNNING, "worker-1", clock.now())
        assert job.beat_at == clock.now()

    def test_a_worker_gets_only_kinds_it_knows(self, ask, engine):
        ask("mail:1", kind="mail")

        assert engine.claim("a", ["film"]) is None
        assert engine.claim("a", []) is None
        assert engine.claim("a", ["film", "mail"]).kind == "mail"

    def test_the_urgent_go_first_then_the_older(self, ask, engine, clock):
        ask("b", run_at=clock.now() - 1 * SECOND)
        ask("a", run_at=clock.now() - 2 * SECOND)
        ask("c", run_at=clock.now() - 1 * SECOND)
        ask("urgent", priority=5)
        ask("patient", priority=-5, run_at=clock.now() - 60 * SECOND)

        keys = [engine.claim("a", ["film"]).key for _ in range(5)]

        assert keys == ["urgent", "a", "b", "c", "patient"]

    def test_a_head_start_puts_the_short_before_the_long_and_never_starves_the_long(self, ask, engine, clock):
        """How improvements of videos are promised: the shorter, the earlier they count as due."""
        hour, begin = timedelta(hours=1), clock.now()
        ask("long", run_at=begin)
        done: list[str] = []

        while "long" not in done:
            ask(f"short {len(done)}", run_at=clock.now() - 0.95 * hour)
            claim = engine.claim("a", ["film"])
            engine.fail(claim, "over", "", retry=False)
            done.append(claim.key)
            clock.advance(0.1 * hour)

        assert done == [*(f"short {number}" for number in range(10)), "long"]

    def test_only_what_is_more_urgent_is_claimed_above_a_priority(self, ask, engine, clock):
        ask("same", priority=-10)
        ask("mail", kind="mail", priority=0)
        ask("later", priority=10, run_at=clock.now() + 60 * SECOND)
        assert not engine.is_due(["film"], above=-10)
        assert engine.claim("a", ["film"], above=-10) is None
        assert engine.is_due(["film", "mail"], above=-10)
        clock.advance(60 * SECOND)

        claims = [engine.claim("a", ["film", "mail"], above=-10) for _ in range(3)]

        assert [claim and (claim.key, claim.priority) for claim in claims] == [
            ("later", 10),
            ("mail", 0),
            None,
        ]

    def test_an_urgent_job_of_a_silent_worker_is_due_above_a_priority_too(self, ask, engine, clock):
        ask("urgent", priority=10)
        engine.claim("silent", ["film"])
        clock.advance(31 * SECOND)

        assert engine.is_due(["film"], above=0)
        assert not engine.is_due(["film"], above=10)
        assert engine.claim("a", ["film"], above=0).key == "urgent"

    def test_a_job_waits_for_its_time(self, ask, engine, clock):
        ask(run_at=clock.now() + 60 * SECOND)

        assert engine.claim("a", ["film"]) is None
        clock.advance(60 * SECOND)
        assert engine.claim("a", ["film"]) is not None

    def test_many_claimers_at_once_never_get_the_same_job(self, ask, engine):
        for number in range(12):
            ask(f"film:{number}")
        claimed: list[Claim] = []

        def work() -> None:
            while claim := engine.claim(threading.current_thread().name, ["film"]):
                claimed.append(claim)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(claim.key for claim in claimed) == sorted(f"film:{n}" for n in range(12))
        assert len({claim.token for claim in claimed}) == 12

    # beating

    def test_a_beat_shows_progress_and_keeps_the_job_past_its_first_lease(self, ask, look, engine, clock):
        job_id = ask()
        claim = engine.claim("a", ["film"])

        for _ in range(4):
            clock.advance(20 * SECOND)
            assert engine.beat(claim, 0.25, "720p")
            assert engine.claim("b", ["film"]) is None

        job = look(job_id)
        assert (job.progress, job.message, job.attempts) == (0.25, "720p", 1)
        assert job.beat_at == clock.now()

    def test_a_beat_after_cancelling_is_refused(self, database, ask, look, engine, clock):
        job_id = ask()
        claim = engine.claim("a", ["film"])

        with database.writing() as session:
            queue.cancel(session, job_id, clock.now())

        assert not engine.beat(claim, 0.5, "")
        job = look(job_id)
        assert (job.state, job.progress, job.finished_at) == (JobState.CANCELLED, 0.0, clock.now())
        assert (job.token, job.worker, job.lease_until) == (None, None, None)

    # finishing

    def test_a_finished_job_is_done_and_never_claimed_again(self, database, ask, look, engine, clock):
        job_id = ask()
        claim = engine.claim("a", ["film"])

        with database.writing() as session:
            engine.finish(session, claim)

        clock.advance(timedelta(days=1))
        assert engine.claim("b", ["film"]) is None
        job = look(job_id)
        assert (job.state, job.progress, job.token) == (JobState.DONE, 1.0, None)

    def test_finishing_is_part_of_the_publishing_transaction(self, database, ask, look, engine):
        job_id = ask()
        claim = engine.claim("a", ["film"])

        with suppress(ZeroDivisionError), database.writing() as session:
            engine.finish(session, claim)
            _ = 1 / 0

        assert look(job_id).state is JobState.RUNNING
        assert engine.beat(claim, 0.9, "")

    def test_a_session_that_has_the_job_loaded_sees_it_done(self, database, ask, engine):
        job_id = ask()
        claim = engine.claim("a", ["film"])

        with database.writing() as session:
            job = session.get_one(Job, job_id)
            engine.finish(session, claim)
            assert job.state is JobState.DONE

    def test_a_late_finisher_publishes_nothing(self, database, ask, look, engine, clock, published):
        job_id = ask()
        late = engine.claim("late", ["film"])
        clock.advance(31 * SECOND)
        quick = engine.claim("quick", ["film"])

        with pytest.raises(LostLease):
            publish(database, engine, late)

        assert published() == []
        assert quick.id == job_id
        assert not engine.beat(late, 0.9, "")
        engine.fail(late, "broken", "late", retry=True)
        engine.release(late)
        job = look(job_id)
        assert (job.state, job.worker, job.error) == (JobState.RUNNING, "quick", "")

    def test_a_cancelled_job_publishes_nothing(self, database, ask, engine, published):
        job_id = ask()
        claim = engine.claim("a", ["film"])
        with database.writing() as session:
            queue.cancel(session, job_id)

        with pytest.raises(LostLease):
            publish(database, engine, claim)

        assert published() == []

    # real processes

    @pytest.mark.slow
    @pytest.mark.timeout(120 + 12 * KILLS)
    def test_killing_workers_loses_nothing_and_publishes_each_job_once(self, database, ask, published):
        count = max(12, 5 * KILLS)
        now = SystemClock().now()
        jobs = [ask(f"film:{number}", now=now) for number in range(count)]
        pool = WorkerPool(database.url.render_as_string(hide_password=False), self.factory)

        try:
            kills = pool.kill_at_random(
                random.Random(7), times=KILLS, until=lambda: len(published()) >= count - 2
            )
            finished = pool.wait(lambda: len(published()) >= count, seconds=max(30, count))
        finally:
            pool.end()

        assert finished, f"only {len(published())} of {count} were published"
        assert kills >= 0.75 * KILLS
        assert published() == sorted(jobs)
        with database.reading() as session:
            assert set(session.scalars(sa.select(Job.state))) == {JobState.DONE}
