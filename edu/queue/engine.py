"""Engine: the promise that whatever hands out jobs keeps towards the worker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy.orm import Session

from edu.errors import Conflict

_LONGEST_WAIT = 600  # seconds
NO_ROOM = "no_room"
EXPLANATIONS = (NO_ROOM,)
"""The codes that explain why a job waits, and are no error of an attempt."""


class LostLease(Conflict):
    """The job is no longer this worker's: cancelled, or handed to another. Its work is thrown away."""

    code = "lost_lease"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in a worker's hands; `token` (128 bits, hexadecimal) proves it and names its own folder.

    `reached` is how far (0 to 1) the attempt before had come when its worker was lost; 0 otherwise.
    """

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    token: str
    attempt: int
    max_attempts: int
    priority: int = 0
    reached: float = 0.0


def backoff(attempt: int) -> timedelta:
    """How long a job waits after its n-th failed attempt: 2^n seconds, ten minutes at most."""
    return timedelta(seconds=min(2**attempt, _LONGEST_WAIT))


class Engine(Protocol):
    """Hands each job to one worker at a time, and takes it back from a worker that falls silent.

    A claim holds for one lease. Each method but `finish` is a transaction of its own.
    """

    @property
    def lease_seconds(self) -> float:
        """How long a worker may be silent before its job goes to another."""
        ...

    def claim(self, worker: str, kinds: Collection[str], *, above: int | None = None) -> Claim | None:
        """The most urgent due job of these kinds, now this worker's; None when nothing is due.

        With `above`, only a job of higher priority than that. Jobs of silent workers are due again first.
        Losing a worker costs the job an attempt only when it made no progress since its last claim, or came
        no further than the attempt that was lost before it; a job without attempts left is failed as
        `worker_lost`. So a job that always ends its worker runs out.
        """
        ...

    def is_due(self, kinds: Collection[str], *, above: int | None = None) -> bool:
        """Whether a claim would find something, told by a read alone."""
        ...

    def explain(self, kinds: Collection[str], code: str, message: str) -> None:
        """Say beside the waiting jobs of these kinds why nobody begins them.

        Two empty words take it back, and make those jobs due at once. A job that is claimed loses the
        explanation; one that waits after an error of its own keeps that.
        """
        ...

    def beat(self, claim: Claim, progress: float, message: str) -> bool:
        """Show how far the work is (0 to 1) and renew the lease; False when the job is no longer ours."""
        ...

    def finish(self, session: Session, claim: Claim) -> None:
        """Mark the job done in the transaction that publishes its results.

        Raises LostLease when the job is no longer the worker's, so that the results are rolled back: of two
        workers that hold the same job one after the other, exactly one publishes.
        """
        ...

    def fail(self, claim: Claim, error_code: str, error: str, *, retry: bool) -> None:
        """Give the job up: with `retry` and attempts left it is due again after `backoff`, else it failed.

        Keeps the last 4 kB of the error. Does nothing when the job is no longer the worker's.
        """
        ...

    def release(self, claim: Claim, *, seconds: float = 0, code: str = "", message: str = "") -> None:
        """Put the job back unharmed, due after that many seconds, as if it had not been claimed.

        Code and message say why, as with `explain`. Does nothing when the job is no longer the worker's.
        """
        ...
