"""EmbeddedEngine: jobs handed out by leases in the job table itself, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from edu.clock import Clock, SystemClock
from edu.db import Database, UTCDateTime
from edu.models.job import Job, JobState
from edu.queue.engine import EXPLANATIONS, Claim, LostLease, backoff

_ERROR_KEPT = 4096  # bytes
_FURTHER = 0.01  # of the whole job: a smaller step than this may be chance
_FREE: dict[str, Any] = {"token": None, "lease_until": None, "worker": None}


class EmbeddedEngine:
    """One UPDATE fences each step: it names the token, so whoever lost the job changes nothing."""

    def __init__(self, db: Database, clock: Clock, *, lease_seconds: float = 30.0) -> None:
        self._db = db
        self._clock = clock
        self.lease_seconds = lease_seconds
        # Workers on several machines agree about leases when the database server tells the time. A clock that
        # is not the system's was chosen on purpose and is kept.
        self._server_clock = isinstance(clock, SystemClock) and not db.is_sqlite

    def claim(self, worker: str, kinds: Collection[str], *, above: int | None = None) -> Claim | None:
        """The most urgent due job of these kinds, now this worker's."""
        if not self.is_due(kinds, above=above):
            return None  # found by a read alone: an idle worker takes no lock and writes nothing
        with self._db.writing() as session:
            now = self._now(session)
            self._take_back(session, now)
            job = session.scalars(
                sa.select(Job)
                .where(_is_due(now), _is_wanted(kinds, above))
                .order_by(Job.priority.desc(), Job.run_at, Job.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            return None if job is None else self._hand_over(job, worker, now)

    def is_due(self, kinds: Collection[str], *, above: int | None = None) -> bool:
        """Whether a claim would find something; without `above`, anybody's silent job counts."""
        wanted = _is_wanted(kinds, above)
        with self._db.reading() as session:
            now = self._now(session)
            silent = _is_silent(now) if above is None else sa.and_(_is_silent(now), wanted)
            return (
                session.scalar(sa.select(Job.id).where(_is_due(now), wanted).limit(1)) is not None
                or session.scalar(sa.select(Job.id).where(silent).limit(1)) is not None
            )

    def explain(self, kinds: Collection[str], code: str, message: str) -> None:
        """Say beside the waiting jobs of these kinds why nobody begins them."""
        told = sa.or_(Job.error_code == "", Job.error_code.in_(EXPLANATIONS))
        with self._db.writing() as session:
            now = self._now(session)
            values: dict[str, Any] = {"error_code": code, "message": message[:500]}
            if not code:
                values["run_at"] = sa.case(
                    (Job.run_at > now, sa.literal(now, UTCDateTime())), else_=Job.run_at
                )
            session.execute(
                sa.update(Job)
                .where(Job.state == JobState.READY, Job.kind.in_(kinds), told, Job.error_code != code)
                .values(**values)
                .execution_options(synchronize_session=False)
            )

    def beat(self, claim: Claim, progress: float, message: str) -> bool:
        """Show how far the work is and renew the lease."""
        with self._db.writing() as session:
            now = self._now(session)
            return _change(
                session,
                claim,
                progressed=sa.or_(Job.progressed, sa.literal(_is_further(claim, progress))),
                progress=progress,
                message=message[:500],
                beat_at=now,
                lease_until=now + timedelta(seconds=self.lease_seconds),
            )

    def finish(self, session: Session, claim: Claim) -> None:
        """Mark the job done in the transaction that publishes its results."""
        now = self._now(session)
        done = {"state": JobState.DONE, "progress": 1.0, "error_code": "", "error": "", "finished_at": now}
        if not _change(session, claim, **done, **_FREE):
            raise LostLease(f"job {claim.id} has gone to somebody else")

    def fail(self, claim: Claim, error_code: str, error: str, *, retry: bool) -> None:
        """Give the job up, for a while or for good."""
        kept = error.encode("utf-8", "replace")[-_ERROR_KEPT:].decode("utf-8", "ignore").replace("\0", "")
        told = {"error_code": error_code[:64], "error": kept}
        with self._db.writing() as session:
            now = self._now(session)
            if retry and claim.attempt < claim.max_attempts:
                later = now + backoff(claim.attempt)
                _change(session, claim, state=JobState.READY, run_at=later, progress=0.0, **told, **_FREE)
            else:
                _change(session, claim, state=JobState.FAILED, finished_at=now, **told, **_FREE)

    def release(self, claim: Claim, *, seconds: float = 0, code: str = "", message: str = "") -> None:
        """Put the job back unharmed."""
        changed: dict[str, Any] = {"attempts": claim.attempt - 1, "progress": 0.0, "message": message[:500]}
        if code:
            changed |= {"error_code": code, "error": ""}
        with self._db.writing() as session:
            if seconds:  # else it keeps its place in the queue
                changed["run_at"] = self._now(session) + timedelta(seconds=seconds)
            _change(session, claim, state=JobState.READY, **changed, **_FREE)

    def _now(self, session: Session) -> datetime:
        if not self._server_clock:
            return self._clock.now()
        return session.scalars(sa.select(sa.func.clock_timestamp(type_=UTCDateTime()))).one()

    def _take_back(self, session: Session, now: datetime) -> None:
        """Jobs of silent workers: failed where that was the last attempt, else due again at once.

        An attempt that got further than the one before is given back, for then the worker and not the job is
        to blame. How far it came stays in `progress` until the next claim, which carries it.
        """
        spent = Job.attempts - sa.cast(Job.progressed, sa.Integer)
        silent = sa.update(Job).where(_is_silent(now)).execution_options(synchronize_session=False)
        session.execute(
            silent.where(spent >= Job.max_attempts).values(
                state=JobState.FAILED,
                error_code="worker_lost",
                error="The worker ended before the job did.",
                finished_at=now,
                **_FREE,
            )
        )
        session.execute(silent.values(state=JobState.READY, attempts=spent, **_FREE))

    def _hand_over(self, job: Job, worker: str, now: datetime) -> Claim:
        token, reached = secrets.token_hex(16), job.progress
        job.state = JobState.RUNNING
        job.token = token
        job.worker = worker[:100]
        job.lease_until = now + timedelta(seconds=self.lease_seconds)
        job.attempts += 1
        job.progress = 0.0
        job.progressed = False
        job.message = ""
        job.started_at = job.beat_at = now
        if job.error_code in EXPLANATIONS:
            job.error_code = ""
        return Claim(
            job.id,
            job.kind,
            job.key,
            dict(job.payload),
            token,
            job.attempts,
            job.max_attempts,
            job.priority,
            reached,
        )


def _is_further(claim: Claim, progress: float) -> bool:
    """Whether this attempt has come further than the lost one before it; any step counts for the first."""
    return progress > claim.reached + _FURTHER if claim.reached else progress > 0


def _is_wanted(kinds: Collection[str], above: int | None) -> sa.ColumnElement[bool]:
    wanted = Job.kind.in_(kinds)
    return wanted if above is None else sa.and_(wanted, Job.priority > above)


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == JobState.READY, Job.run_at <= now)


def _is_silent(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == JobState.RUNNING, Job.lease_until < now)


def _change(session: Session, claim: Claim, **values: Any) -> bool:
    """Change the job if it is still the claim's, and tell whether it was."""
    session.flush()
    changed = session.connection().execute(
        sa.update(Job)
        .where(Job.id == claim.id, Job.token == claim.token, Job.state == JobState.RUNNING)
        .values(**values)
    )
    if (loaded := session.identity_map.get(identity_key(Job, claim.id))) is not None:
        session.expire(loaded)
    return changed.rowcount == 1
