"""Worker: claims jobs, runs their handlers one at a time, and tells the queue how each ended."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from edu.errors import EduError, NoRoom
from edu.jobs.progress import Handler, Interruption, Progress, Task
from edu.jobs.scratch import scratch_folder, sweep
from edu.queue import NO_ROOM, Bell, Claim, Engine, LostLease, open_bell, open_engine
from edu.runtime import Runtime
from edu.services.workshop import Disk, disk_of, is_full
from edu.storage import StoreUnavailable

_SHORTEST_WAIT = 0.25  # seconds between two looks for work, doubled up to the longest while there is none
_LONGEST_WAIT = 2.0
_NO_ROOM_WAIT = 60.0  # before work that filled the disk is begun anew
_LOOK_AGAIN = 5.0  # at a disk without room
_LONGEST_INTERRUPTION = 600.0  # of a long job by urgent ones that show no progress of their own
_WAITS = "The disk is full; the work goes on when there is room."
_log = logging.getLogger(__name__)


class _Stopped(BaseException):
    """The process is to end while a handler runs; no Exception, so that no handler can hold it up."""


class _NotBegun(NoRoom):
    """There is room, but less than this job needs."""


class Worker:
    """One process's share of the work; `stop` may be called from a signal handler.

    While a long job stands still for urgent ones, those are run inside it: never two handlers side by side,
    and never a long one inside another.
    """

    def __init__(
        self,
        runtime: Runtime,
        engine: Engine,
        handlers: Mapping[str, Handler | Task],
        *,
        name: str = "",
        disk: Callable[[Path], Disk] = disk_of,
    ) -> None:
        self._runtime = runtime
        self._engine = engine
        self._tasks = {kind: it if isinstance(it, Task) else Task(it) for kind, it in handlers.items()}
        self._name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._disk = disk
        self._is_short_of_room: bool | None = None
        self._next_word = 0.0
        self._owed: list[Callable[[], None]] = []
        self._is_stopping = False
        self._is_handling = False
        self._awake, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    def run(self, bell: Bell) -> None:
        """Work until stopped; without work, sleep until the bell rings or it is time to look again."""
        wait = _SHORTEST_WAIT
        while not self._is_stopping:
            if self._has_worked():
                wait = _SHORTEST_WAIT
                continue
            bell.wait(wait, self._awake)
            wait = min(2 * wait, _LONGEST_WAIT)

    def run_one(self) -> bool:
        """Run the most urgent job that is due, and tell whether there was one."""
        claim = self._engine.claim(self._name, self._kinds())
        if claim is None:
            return False
        self._run(claim)
        return True

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Take no more jobs; a running handler is broken off and its job goes back to the queue unharmed."""
        self._is_stopping = True
        with suppress(BlockingIOError):
            os.write(self._wake, b".")
        if self._is_handling:
            self._is_handling = False  # a second signal must not break off the clearing up
            raise _Stopped

    def close(self) -> None:
        """Give back what the worker holds."""
        os.close(self._awake)
        os.close(self._wake)

    def _has_worked(self) -> bool:
        try:
            self._settle()
            has_worked = self.run_one()
            if has_worked:
                sweep(self._runtime)  # what a killed worker left, once its job has gone to another
            return has_worked
        except SQLAlchemyError:
            # A database that is away or too busy. The job in hand, if any, comes back when its lease ends.
            _log.exception("the database did not answer")
            return False

    def _run(self, claim: Claim, outer: Progress | None = None) -> None:
        _log.info("job %s %s: attempt %s", claim.id, claim.key, claim.attempt)
        try:
            self._perform(claim, outer)
        finally:
            shutil.rmtree(scratch_folder(self._runtime.settings, claim.token), ignore_errors=True)

    def _perform(self, claim: Claim, outer: Progress | None) -> None:
        try:
            self._handle(claim, outer)
            _log.info("job %s %s: done", claim.id, claim.key)
        except _Stopped:
            self._release(claim)
            _log.info("job %s %s: given back", claim.id, claim.key)
        except LostLease:
            _log.info("job %s %s: lost or cancelled, thrown away", claim.id, claim.key)
        except Exception as error:
            self._end_badly(claim, error)

    def _handle(self, claim: Claim, outer: Progress | None) -> None:
        task = self._tasks[claim.kind]
        folder = scratch_folder(self._runtime.settings, claim.token)
        progress = Progress(
            self._engine,
            claim,
            folder,
            outer=outer,
            interrupted_by=(lambda: self._urgent(claim, progress)) if task.is_long and not outer else None,
        )
        try:
            self._is_handling = True  # from here on `stop` breaks off
            if self._is_stopping:
                raise _Stopped
            if task.room and not self._look_at_disk().has_room_for(task.room(self._runtime, claim)):
                raise _NotBegun(_WAITS)
            task.handle(self._runtime, claim, progress)
            if not progress.is_finished:
                with self._runtime.db.writing() as session:
                    progress.finish(session)
        finally:
            self._is_handling = False

    def _end_badly(self, claim: Claim, error: Exception) -> None:
        if is_full(error):
            seconds = _LOOK_AGAIN if isinstance(error, _NotBegun) else _NO_ROOM_WAIT
            sentence = error.sentence if isinstance(error, NoRoom) else _WAITS
            self._release(claim, seconds=seconds, code=NO_ROOM, message=sentence)
            _log.warning("job %s %s: waits for room: %s", claim.id, claim.key, error)
        elif isinstance(error, EduError):
            self._engine.fail(claim, error.code, error.sentence, retry=isinstance(error, StoreUnavailable))
            _log.warning("job %s %s: %s", claim.id, claim.key, error.sentence)
        else:
            self._engine.fail(claim, "internal", "".join(traceback.format_exception(error)), retry=True)
            _log.error("job %s %s: failed", claim.id, claim.key, exc_info=error)

    # giving back, also when the disk is too full for the database to note it

    def _release(self, claim: Claim, *, seconds: float = 0, code: str = "", message: str = "") -> None:
        give_back = partial(self._engine.release, claim, seconds=seconds, code=code, message=message)
        try:
            give_back()
        except SQLAlchemyError:
            _log.exception("job %s %s: cannot be given back yet", claim.id, claim.key)
            self._owed.append(give_back)

    def _settle(self) -> None:
        while self._owed:
            self._owed[0]()
            del self._owed[0]

    # urgent work in between

    def _urgent(self, claim: Claim, progress: Progress) -> Interruption | None:
        """What the long job has to wait for, if anything is due that is more urgent and short."""
        try:
            if not self._engine.is_due(self._short_kinds(), above=claim.priority):
                return None
        except SQLAlchemyError:
            _log.warning("the database did not tell whether anything is urgent", exc_info=True)
            return None
        return partial(self._in_between, claim, progress)

    def _in_between(self, claim: Claim, progress: Progress) -> None:
        """Run every urgent job that is due; nothing that happens to them harms the one that waits."""
        self._is_handling = False  # while this is on, `stop` waits for the next handler or for the end of it
        try:
            with progress.alive(_LONGEST_INTERRUPTION):
                while not self._is_stopping and not progress.cancelled():
                    urgent = self._engine.claim(self._name, self._short_kinds(), above=claim.priority)
                    if urgent is None:
                        break
                    self._run(urgent, progress)
        except SQLAlchemyError:
            _log.exception("the database did not answer; the long job goes on")
        finally:
            self._is_handling = not self._is_stopping
        if self._is_stopping:
            raise _Stopped

    # room on the disk

    def _short_kinds(self) -> list[str]:
        return [kind for kind in self._kinds() if not self._tasks[kind].is_long]

    def _kinds(self) -> list[str]:
        """The kinds to claim now: all, or while the disk is nearly full those that write next to nothing."""
        is_short = not self._look_at_disk().has_room_for()
        if is_short != self._is_short_of_room or (is_short and time.monotonic() >= self._next_word):
            self._tell_of_room(is_short)
        return [kind for kind, task in self._tasks.items() if not is_short or task.room is None]

    def _look_at_disk(self) -> Disk:
        folder = self._runtime.settings.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        return self._disk(folder)

    def _tell_of_room(self, is_short: bool) -> None:
        """Say it beside the jobs that wait, and every few seconds beside those that came meanwhile."""
        if is_short != self._is_short_of_room:
            _log.log(logging.WARNING if is_short else logging.INFO, "room on the disk: %s", not is_short)
        roomy = [kind for kind, task in self._tasks.items() if task.room]
        self._next_word = time.monotonic() + _LOOK_AGAIN
        try:
            if roomy:
                self._engine.explain(roomy, *((NO_ROOM, _WAITS) if is_short else ("", "")))
            self._is_short_of_room = is_short
        except SQLAlchemyError:
            _log.warning("the database did not take in why jobs wait", exc_info=True)


def serve(runtime: Runtime, handlers: Mapping[str, Handler | Task], *, niceness: int = 5) -> None:
    """Be a worker process until SIGTERM or SIGINT, politely behind the web server on the same machine."""
    os.nice(niceness)
    worker = Worker(runtime, open_engine(runtime), handlers)
    bell = open_bell(runtime.db)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    sweep(runtime)
    _log.info("worker ready")
    try:
        worker.run(bell)
    finally:
        bell.close()
        worker.close()
