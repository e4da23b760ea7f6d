"""Closes attempts whose time is over, for those who never came back to them."""

from __future__ import annotations

from edu.jobs.progress import Progress
from edu.models import Attempt, AttemptState
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services.quizzing import attempts


def expire_attempt(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Mark what was saved of the attempt in the payload; promise it again where the deadline was moved."""
    with runtime.db.writing() as session:
        now = runtime.clock.now()
        attempt = session.get(Attempt, str(claim.payload["attempt_id"]))  # None: erased with its account
        is_closed = attempt is None or attempts.expire(session, attempt, now=now)
        if attempt is not None and not is_closed and attempt.state is AttemptState.OPEN:
            attempts.promise_expiry(session, attempt, now=now)
        progress.finish(session)
