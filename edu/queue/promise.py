"""promise, cancel and retry: what services do to jobs, in the transaction of the cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models.job import Job, JobState
from edu.queue.bell import ring_after_commit


def promise(
    session: Session,
    kind: str,
    *,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    priority: int = 0,
    run_at: datetime | None = None,
    max_attempts: int = 5,
) -> Job:
    """The job of that key, promised unless it was already, in whatever state it has come to since.

    It is due at `run_at` (now, when not given); of due jobs the one of higher priority goes first, and among
    equals the one that was due earlier: a moment in the past is a head start on what others promise. If the
    session is rolled back, nothing was promised.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(
        insert(Job)
        .values(
            kind=kind,
            key=key,
            payload=dict(payload),
            priority=priority,
            run_at=run_at or now,
            max_attempts=max_attempts,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=[Job.key])
    )
    ring_after_commit(session)
    return session.scalars(sa.select(Job).where(Job.key == key)).one()


def cancel(session: Session, job_id: int, now: datetime | None = None) -> Job:
    """Take the job back, waiting or running; one that is over stays as it ended.

    A worker that holds it hears so at its next beat and throws its work away. Raises NotFound.
    """
    job = _locked(session, job_id)
    if not job.is_over:
        job.state = JobState.CANCELLED
        job.cancel = True
        job.finished_at = now
        _let_go(job)
    return job


def retry(session: Session, job_id: int, now: datetime) -> Job:
    """Make a failed, cancelled or waiting job due at once, with all its attempts and no worse a place.

    Raises NotFound, and Conflict when the job runs or is done.
    """
    job = _locked(session, job_id)
    if job.state in (JobState.RUNNING, JobState.DONE):
        said = "this job is running" if job.state is JobState.RUNNING else "this job is done"
        raise Conflict(said, code="job_not_waiting", state=job.state.value)
    job.state = JobState.READY
    job.cancel = False
    job.run_at = min(job.run_at, now)
    job.attempts = 0
    job.progress = 0.0
    job.message = job.error_code = job.error = ""
    job.finished_at = None
    job.beat_at = now  # a sign of life: somebody looks after it, and its waiting begins anew
    _let_go(job)
    session.flush()
    ring_after_commit(session)
    return job


def _locked(session: Session, job_id: int) -> Job:
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        raise NotFound("there is no such job", code="no_job")
    return job


def _let_go(job: Job) -> None:
    job.token = None
    job.lease_until = None
    job.worker = None
