"""Progress: a handler's line to its worker, and through it to the page that shows the job."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from edu.queue import Claim, Engine
from edu.runtime import Runtime

_BEAT_SECONDS = 2.0
_BEATS_IN_A_LEASE = 4


class Progress:
    """Told by the handler how far it is; tells the handler when to stop.

    The lease is renewed by these calls alone, so that a handler whose tool is stuck loses its job. Calls may
    come many times a second and from any thread; the database hears of one in two seconds.
    """

    def __init__(
        self, engine: Engine, claim: Claim, folder: Path, *, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._claim = claim
        self._folder = folder
        self._timer = timer
        self._every = min(_BEAT_SECONDS, engine.lease_seconds / _BEATS_IN_A_LEASE)
        self._next_beat = float("-inf")
        self._is_lost = False
        self.is_finished = False

    def __call__(self, fraction: float, message: str = "") -> None:
        """The work has come this far, from 0 to 1; the message is shown beside it."""
        now = self._timer()
        if now < self._next_beat or self._is_lost:
            return
        self._next_beat = now + self._every
        self._is_lost = not self._engine.beat(self._claim, min(1.0, max(0.0, fraction)), message)

    def cancelled(self) -> bool:
        """Whether the job is no longer this worker's: end at once, nothing of it will be published."""
        return self._is_lost

    def folder(self) -> Path:
        """A folder on the data disk for this attempt alone; the worker removes it, however the job ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder

    def finish(self, session: Session) -> None:
        """End the job well in the transaction that publishes its results; LostLease undoes them.

        A handler with nothing to publish need not call it.
        """
        self._engine.finish(session, self._claim)
        self.is_finished = True


Handler = Callable[[Runtime, Claim, Progress], None]
"""Does one kind of job. It may be run again from the start at any time, so what it writes outside its folder
goes under names that another run gives again. NoRoom makes the job wait for room, StoreUnavailable and
whatever is no EduError have it tried again, another EduError fails it for good."""
