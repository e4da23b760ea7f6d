"""Progress: a handler's line to its worker, and through it to the page that shows the job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from edu.queue import Claim, Engine, LostLease
from edu.runtime import Runtime

_BEAT_SECONDS = 2.0
_BEATS_IN_A_LEASE = 4
_LOOK_SECONDS = 0.5
_log = logging.getLogger(__name__)

Interruption = Callable[[], None]
"""Does more urgent work, in the thread that calls it, and returns when the long work may go on."""


class Progress:
    """Told by the handler how far it is; tells the handler when to stop, and when to let others go first.

    The lease is renewed by these calls alone, so that a handler whose tool is stuck loses its job. Calls may
    come many times a second and from any thread; the database hears of one in two seconds.
    """

    def __init__(
        self,
        engine: Engine,
        claim: Claim,
        folder: Path,
        *,
        timer: Callable[[], float] = time.monotonic,
        interrupted_by: Callable[[], Interruption | None] | None = None,
        outer: Progress | None = None,
    ) -> None:
        """`interrupted_by` looks for urgent work; `outer` is the long job that stands still for this one."""
        self._engine = engine
        self._claim = claim
        self._folder = folder
        self._timer = timer
        self._interrupted_by = interrupted_by
        self._outer = outer
        self._every = min(_BEAT_SECONDS, engine.lease_seconds / _BEATS_IN_A_LEASE)
        self._next_beat = self._next_look = float("-inf")
        self._told = (0.0, "")
        self._turn = Lock()
        self._is_lost = False
        self.is_finished = False

    def __call__(self, fraction: float, message: str = "") -> None:
        """The work has come this far, from 0 to 1; the message is shown beside it."""
        with self._turn:
            self._told = (min(1.0, max(0.0, fraction)), message)
            self._beat()

    def cancelled(self) -> bool:
        """Whether the job is no longer this worker's: end at once, nothing of it will be published."""
        return self._is_lost

    def give_way(self) -> Interruption | None:
        """What has to be done first, for a handler that stands still for a while; None nearly always.

        Ask as often as you like: the queue is looked at twice a second. Call what is given in the same
        thread, with every tool stopped, and go on afterwards; LostLease ends the job.
        """
        now = self._timer()
        if self._interrupted_by is None or self._is_lost or now < self._next_look:
            return None
        self._next_look = now + _LOOK_SECONDS
        return self._interrupted_by()

    @contextmanager
    def alive(self, seconds: float = 600.0) -> Iterator[None]:
        """Keep the job by a thread while the handler cannot call, as in a transfer; at most so many seconds.

        After them the job is lost as that of any silent worker, for a transfer that never ends must not hold
        it for ever. Leaves no thread. Raises LostLease at the end of the block when the job was lost in it.
        """
        over = Event()
        keeper = Thread(target=self._keep, args=(over, seconds), name=f"job-{self._claim.id}", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()
        if self._is_lost:
            raise LostLease("the job was cancelled or given to another worker")

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

    def _keep(self, over: Event, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._is_lost and time.monotonic() < end:
            self._again()
            if over.wait(self._every):
                return

    def _again(self) -> None:
        """Say once more what was said last."""
        with self._turn:
            self._beat()

    def _beat(self) -> None:
        now = self._timer()
        if now < self._next_beat or self._is_lost:
            return
        self._next_beat = now + self._every
        try:
            self._is_lost = not self._engine.beat(self._claim, *self._told)
        except SQLAlchemyError:
            # The database is away or busy. The job is ours until the lease ends, and the next beat will tell.
            _log.warning("job %s: the database did not take a beat", self._claim.id, exc_info=True)
        if self._outer is not None:
            self._outer._again()


Handler = Callable[[Runtime, Claim, Progress], None]
"""Does one kind of job. It may be run again from the start at any time, so what it writes outside its folder
goes under names that another run gives again. A full disk makes the job wait for room, StoreUnavailable and
whatever is no EduError have it tried again, another EduError fails it for good."""


@dataclass(frozen=True, slots=True)
class Task:
    """How one kind of job is done, and what a worker must know before it begins one.

    `is_long`: its handler asks `give_way`, and no such job is begun while another stands still. `room`: the
    bytes that a job will write to the data disk; None for kinds that write next to nothing, which go on while
    the disk is full.
    """

    handle: Handler
    is_long: bool = False
    room: Callable[[Runtime, Claim], int] | None = None
