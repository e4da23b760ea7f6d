"""The contract of every engine, second part: failing, losing workers, cancelling and trying again."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from edu import queue
from edu.errors import Conflict, NotFound
from edu.models.job import JobState

SECOND = timedelta(seconds=1)


class EndingContract:
    """How a job ends when it does not end well."""

    # failing

    def test_a_failed_attempt_waits_longer_each_time_and_the_fifth_is_the_last(
        self, ask, look, engine, clock
    ):
        job_id = ask()

        for seconds in (2, 4, 8, 16):
            engine.fail(engine.claim("a", ["film"]), "tool_failed", "no luck", retry=True)
            assert look(job_id).run_at == clock.now() + seconds * SECOND
            clock.advance(seconds * SECOND)
        engine.fail(engine.claim("a", ["film"]), "tool_failed", "no luck", retry=True)

        job = look(job_id)
        assert (job.state, job.attempts, job.finished_at) == (JobState.FAILED, 5, clock.now())
        assert (job.error_code, job.error) == ("tool_failed", "no luck")
        clock.advance(timedelta(days=1))
        assert engine.claim("a", ["film"]) is None

    def test_a_job_is_not_claimed_while_it_waits_for_its_next_attempt(self, ask, engine, clock):
        ask()
        engine.fail(engine.claim("a", ["film"]), "tool_failed", "", retry=True)

        clock.advance(1.9 * SECOND)
        assert engine.claim("a", ["film"]) is None
        clock.advance(0.1 * SECOND)
        assert engine.claim("a", ["film"]).attempt == 2

    def test_a_failure_that_would_repeat_is_final_at_once(self, ask, look, engine, clock):
        job_id = ask()

        engine.fail(engine.claim("a", ["film"]), "unreadable", "this is no video", retry=False)

        job = look(job_id)
        assert (job.state, job.error_code, job.attempts) == (JobState.FAILED, "unreadable", 1)

    def test_the_end_of_a_long_error_is_kept(self, ask, look, engine):
        job_id = ask()

        engine.fail(engine.claim("a", ["film"]), "tool", "é" * 9000 + "\0the reason", retry=False)

        error = look(job_id).error
        assert error.endswith("éthe reason")
        assert 4000 < len(error.encode()) <= 4096

    def test_a_released_job_is_due_again_and_costs_no_attempt(self, ask, look, engine, clock):
        job_id = ask()
        for _ in range(9):
            engine.release(engine.claim("a", ["film"]))
        claim = engine.claim("a", ["film"])
        assert claim.attempt == 1

        engine.release(claim, seconds=60, code="no_room", message="no room")

        assert engine.claim("a", ["film"]) is None
        assert (look(job_id).error_code, look(job_id).message) == ("no_room", "no room")
        clock.advance(60 * SECOND)
        assert engine.claim("a", ["film"]) is not None

    def test_a_job_given_back_keeps_its_place(self, ask, engine, clock):
        ask("first", run_at=clock.now() - 60 * SECOND)
        ask("second", run_at=clock.now() - 59 * SECOND)
        claim = engine.claim("a", ["film"])

        engine.release(claim)

        assert engine.claim("a", ["film"]).key == claim.key == "first"

    # waiting for something else than a worker

    def test_why_jobs_are_not_begun_is_said_beside_them_and_taken_back(self, ask, look, engine, clock):
        waiting, other = ask("a"), ask("b", kind="mail")
        failing = ask("c")
        claims = {claim.key: claim for claim in (engine.claim("w", ["film"]), engine.claim("w", ["film"]))}
        engine.fail(claims["c"], "internal", "no luck", retry=True)
        engine.release(claims["a"], seconds=60, code="no_room", message="the disk is full")

        engine.explain(["film"], "no_room", "the disk is full")

        told = [(look(job).error_code, look(job).message) for job in (waiting, other, failing)]
        assert told == [("no_room", "the disk is full"), ("", ""), ("internal", "")]
        engine.explain(["film"], "", "")
        assert (look(waiting).error_code, look(waiting).message) == ("", "")
        assert engine.claim("w", ["film"]).key == "a"

    def test_a_job_that_is_begun_after_all_loses_the_explanation(self, ask, look, engine):
        job_id = ask()
        engine.explain(["film"], "no_room", "the disk is full")

        engine.claim("w", ["film"])

        assert (look(job_id).error_code, look(job_id).message) == ("", "")

    # losing workers

    def test_the_job_of_a_silent_worker_goes_to_another(self, ask, engine, clock):
        ask()
        engine.claim("silent", ["film"])

        clock.advance(30 * SECOND)
        assert engine.claim("other", ["film"]) is None
        clock.advance(SECOND)
        assert engine.claim("other", ["film"]).attempt == 2

    def test_a_job_that_gets_nowhere_before_its_worker_is_lost_fails_after_five(
        self, ask, look, engine, clock
    ):
        job_id = ask()

        for attempt in range(1, 6):
            claim = engine.claim("a", ["film"])
            assert claim.attempt == attempt
            assert engine.beat(claim, 0.0, "starting")
            clock.advance(31 * SECOND)

        assert engine.claim("a", ["film"]) is None
        job = look(job_id)
        assert (job.state, job.error_code) == (JobState.FAILED, "worker_lost")
        assert job.token is None

    def test_losing_a_worker_costs_no_attempt_while_each_comes_further(self, ask, engine, clock):
        ask()

        for tenth in range(1, 9):
            claim = engine.claim("a", ["film"])
            assert claim.attempt == 1
            assert engine.beat(claim, tenth / 10, "encoding")
            clock.advance(31 * SECOND)

        assert engine.claim("a", ["film"]) is not None

    def test_a_job_that_ends_every_worker_at_the_same_place_runs_out(self, ask, look, engine, clock):
        job_id = ask()
        chance, claims = random.Random(3), 0

        while claim := engine.claim("a", ["film"]):
            claims += 1
            for step in (0.2, 0.4, 0.4 + chance.uniform(0, 0.009)):
                assert engine.beat(claim, step, "encoding")
            clock.advance(31 * SECOND)

        assert claims == 6  # the first is spared, the next five count
        assert (look(job_id).state, look(job_id).error_code) == (JobState.FAILED, "worker_lost")

    def test_even_a_job_that_ends_workers_wherever_it_likes_runs_out(self, ask, look, engine, clock):
        job_id = ask()
        chance, claims = random.Random(5), 0

        while claim := engine.claim("a", ["film"]):
            claims += 1
            assert engine.beat(claim, chance.random(), "encoding")
            clock.advance(31 * SECOND)

        assert claims <= 30
        assert look(job_id).error_code == "worker_lost"

    def test_progress_before_the_last_claim_does_not_count_for_this_one(self, ask, engine, clock):
        ask()
        engine.beat(engine.claim("a", ["film"]), 0.4, "encoding")
        clock.advance(31 * SECOND)
        assert engine.claim("a", ["film"]).attempt == 1
        clock.advance(31 * SECOND)

        assert engine.claim("a", ["film"]).attempt == 2

    def test_a_worker_of_another_kind_returns_stalled_work_too(self, ask, look, engine, clock):
        job_id = ask()
        engine.claim("a", ["film"])
        clock.advance(31 * SECOND)

        assert engine.claim("b", ["mail"]) is None

        assert look(job_id).state is JobState.READY

    # cancelling and trying again

    @pytest.mark.parametrize("ended", ["done", "failed"])
    def test_a_job_that_is_over_is_not_cancelled(self, database, ask, look, engine, ended):
        job_id = ask()
        claim = engine.claim("a", ["film"])
        if ended == "failed":
            engine.fail(claim, "x", "x", retry=False)
        else:
            with database.writing() as session:
                engine.finish(session, claim)

        with database.writing() as session:
            queue.cancel(session, job_id)

        assert look(job_id).state.value == ended

    def test_a_waiting_job_that_is_cancelled_is_never_run(self, database, ask, engine):
        job_id = ask()

        with database.writing() as session:
            queue.cancel(session, job_id)

        assert engine.claim("a", ["film"]) is None

    @pytest.mark.parametrize("ended", ["failed", "cancelled", "waiting"])
    def test_a_job_can_be_tried_again_with_all_its_attempts(self, database, ask, look, engine, clock, ended):
        job_id = ask()
        engine.fail(engine.claim("a", ["film"]), "tool", "broken", retry=ended == "waiting")
        if ended == "cancelled":
            with database.writing() as session:
                queue.retry(session, job_id, clock.now())
                queue.cancel(session, job_id)

        with database.writing() as session:
            queue.retry(session, job_id, clock.now())

        assert (look(job_id).error, look(job_id).finished_at) == ("", None)
        assert engine.claim("a", ["film"]).attempt == 1

    def test_a_running_job_is_not_tried_again(self, database, ask, engine, clock):
        job_id = ask()
        engine.claim("a", ["film"])

        with pytest.raises(Conflict, match="running"), database.writing() as session:
            queue.retry(session, job_id, clock.now())

    def test_a_job_that_never_was_is_not_found(self, database, engine, clock):
        with database.writing() as session:
            for act in (lambda: queue.cancel(session, 9), lambda: queue.retry(session, 9, clock.now())):
                with pytest.raises(NotFound):
                    act()

    def test_the_worker_of_a_cancelled_job_stays_fenced_when_the_job_is_tried_again(
        self, database, ask, engine, clock
    ):
        job_id = ask()
        old = engine.claim("a", ["film"])
        with database.writing() as session:
            queue.cancel(session, job_id)
            queue.retry(session, job_id, clock.now())
        new = engine.claim("b", ["film"])

        assert not engine.beat(old, 0.5, "")
        assert engine.beat(new, 0.5, "")
