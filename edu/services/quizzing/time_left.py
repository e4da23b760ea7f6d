"""How long an attempt still lasts, and whether its time ran out."""

from __future__ import annotations

from datetime import datetime, timedelta

from edu.models import Attempt, AttemptState

SOONEST = timedelta(seconds=2)  # a page counts whole seconds, and hands in when its own count is at nought


def seconds_left(attempt: Attempt, now: datetime, unit: int = 1) -> int | None:
    """Whole units of so many seconds until the deadline; None without one, and for a closed attempt."""
    if attempt.deadline_at is None or attempt.state is not AttemptState.OPEN:
        return None
    return max(0, int((attempt.deadline_at - now).total_seconds() // unit))


def ran_out(attempt: Attempt) -> bool:
    """Whether a closed attempt was handed in because its time was over, by the page or by the server."""
    if attempt.state is AttemptState.EXPIRED:
        return True
    if attempt.deadline_at is None or attempt.submitted_at is None:
        return False
    return attempt.submitted_at >= attempt.deadline_at - SOONEST
