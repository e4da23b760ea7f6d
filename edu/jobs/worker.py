"""Worker: claims jobs, runs their handlers one at a time, and tells the queue how each ended."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import traceback
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from edu.errors import EduError, NoRoom
from edu.jobs.progress import Handler, Progress
from edu.jobs.scratch import scratch_folder, sweep
from edu.queue import Bell, Claim, Engine, LostLease, open_bell, open_engine
from edu.runtime import Runtime
from edu.storage import StoreUnavailable

_SHORTEST_WAIT = 0.25  # seconds between two looks for work, doubled up to the longest while there is none
_LONGEST_WAIT = 2.0
_NO_ROOM_WAIT = 60.0
_log = logging.getLogger(__name__)


class _Stopped(BaseException):
    """The process is to end while a handler runs; no Exception, so that no handler can hold it up."""


class Worker:
    """One process's share of the work; `stop` may be called from a signal handler."""

    def __init__(
        self, runtime: Runtime, engine: Engine, handlers: Mapping[str, Handler], *, name: str = ""
    ) -> None:
        self._runtime = runtime
        self._engine = engine
        self._handlers = handlers
        self._name = name or f"{socket.gethostname()}:{os.getpid()}"
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
        claim = self._engine.claim(self._name, list(self._handlers))
        if claim is None:
            return False
        _log.info("job %s %s: attempt %s", claim.id, claim.key, claim.attempt)
        try:
            self._perform(claim)
        finally:
            shutil.rmtree(scratch_folder(self._runtime.settings, claim.token), ignore_errors=True)
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
            has_worked = self.run_one()
            if has_worked:
                sweep(self._runtime)  # what a killed worker left, once its job has gone to another
            return has_worked
        except SQLAlchemyError:
            # A database that is away or too busy. The job in hand, if any, comes back when its lease ends.
            _log.exception("the database did not answer")
            return False

    def _perform(self, claim: Claim) -> None:
        try:
            self._handle(claim)
            _log.info("job %s %s: done", claim.id, claim.key)
        except _Stopped:
            self._engine.release(claim)
            _log.info("job %s %s: given back", claim.id, claim.key)
        except LostLease:
            _log.info("job %s %s: lost or cancelled, thrown away", claim.id, claim.key)
        except NoRoom as error:
            self._engine.release(claim, seconds=_NO_ROOM_WAIT, message=error.sentence)
            _log.warning("job %s %s: waits for room", claim.id, claim.key)
        except EduError as error:
            self._engine.fail(claim, error.code, error.sentence, retry=isinstance(error, StoreUnavailable))
            _log.warning("job %s %s: %s", claim.id, claim.key, error.sentence)
        except Exception:
            self._engine.fail(claim, "internal", traceback.format_exc(), retry=True)
            _log.exception("job %s %s: failed", claim.id, claim.key)

    def _handle(self, claim: Claim) -> None:
        folder = scratch_folder(self._runtime.settings, claim.token)
        progress = Progress(self._engine, claim, folder)
        try:
            self._is_handling = True  # from here on `stop` breaks off
            if self._is_stopping:
                raise _Stopped
            self._handlers[claim.kind](self._runtime, claim, progress)
            if not progress.is_finished:
                with self._runtime.db.writing() as session:
                    progress.finish(session)
        finally:
            self._is_handling = False


def serve(runtime: Runtime, handlers: Mapping[str, Handler], *, niceness: int = 5) -> None:
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
