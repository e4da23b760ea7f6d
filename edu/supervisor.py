"""Supervisor: keeps the web server and the worker alive as child processes, and ends them together.

It imports the standard library only and is run as a file by an isolated interpreter, so that the process that
does nothing but wait costs as little memory as Python can.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import NoReturn

_SIGNALS = frozenset({signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running: what to call it in messages, and its argument list."""

    name: str
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """Times in seconds: how long to wait before restarts, and for children to end."""

    first_wait: float = 0.5
    longest_wait: float = 30.0
    steady: float = 10.0
    """A child that lived this long is well: its next restart waits the shortest time again."""
    false_starts: int = 4
    """A child that has never been well may die so often; then the supervisor gives up."""
    grace: float = 8.0
    """From the request to end until what still runs is killed."""


def gunicorn_argv(application: str, bind: str, *, threads: int = 16, processes: int = 1) -> tuple[str, ...]:
    """The web server: by default one process of sixteen threads, see DECISIONS for the figures.

    `graceful-timeout` lies under the supervisor's grace, so that answers under way are finished first.
    """
    return (
        *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--bind", bind),
        *("--workers", str(processes), "--threads", str(threads), "--timeout", "60"),
        *("--graceful-timeout", "6", "--keep-alive", "15", "--no-control-socket"),
        *("--forwarder-headers", "", application),  # no header of a request says where the site lies
    )


def take_over(children: Sequence[Child], patience: Patience | None = None) -> NoReturn:
    """Become the supervisor: the calling process, and the memory it holds, is replaced."""
    sys.stdout.flush()
    sys.stderr.flush()
    told = json.dumps(
        {"children": [asdict(child) for child in children], "patience": asdict(patience or Patience())}
    )
    os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, told])  # noqa: S606 (no shell is meant)


def supervise(children: Sequence[Child], patience: Patience) -> int:
    """Run until asked to end; the exit status is 0 then, and 1 when a child could not be made to run."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    kept = [_Kept(child, patience) for child in children]
    status = 0
    while True:
        now = time.monotonic()
        for each in kept:
            each.look_after(now)
        if tired := [each for each in kept if each.is_hopeless()]:
            _say(f"{tired[0].child.name} does not start; giving up")
            status = 1
            break
        waits = [each.restart_at - now for each in kept if each.process is None]
        caught = signal.sigtimedwait(_SIGNALS, max(0.0, min(waits, default=3600.0)))
        if caught is not None and caught.si_signo != signal.SIGCHLD:
            break
    _end(kept, patience)
    return status


@dataclass(slots=True)
class _Kept:
    """A child with what became of it so far."""

    child: Child
    patience: Patience
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = float("-inf")
    deaths: int = 0
    has_been_well: bool = field(default=False)

    def look_after(self, now: float) -> None:
        """Notice a death, and start what is due to be started."""
        if self.process is not None and (status := self.process.poll()) is not None:
            _kill_group(self.process.pid, signal.SIGKILL)  # whatever it has left behind
            self.process = None
            self._bury(f"status {status}" if status >= 0 else signal.Signals(-status).name, now)
        if self.process is None and now >= self.restart_at and not self.is_hopeless():
            self.started_at = now
            try:
                self.process = _started(self.child)
            except OSError as error:
                self._bury(f"an error ({error.strerror})", now)

    def is_hopeless(self) -> bool:
        """Whether it has died too often without ever having been well."""
        return not self.has_been_well and self.deaths >= self.patience.false_starts

    def _bury(self, how: str, now: float) -> None:
        if now - self.started_at >= self.patience.steady:
            self.has_been_well, self.deaths = True, 0
        wait = min(self.patience.first_wait * 2**self.deaths, self.patience.longest_wait)
        self.deaths += 1
        self.restart_at = now + wait
        _say(f"{self.child.name} ended with {how}; next start in {wait:g} s")


def _started(child: Child) -> subprocess.Popen[bytes]:
    supervisor = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def prepare() -> None:
        # SIGTERM and not SIGKILL: should the supervisor be killed, the worker still gives its job back.
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it died before the line above
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    # A group of its own: Ctrl-C reaches the supervisor alone, which then ends the children in order.
    # There are no threads here that preexec_fn could meet.
    return subprocess.Popen(child.argv, process_group=0, preexec_fn=prepare)  # noqa: S603


def _end(kept: Sequence[_Kept], patience: Patience) -> None:
    """Ask every child to end, wait, and kill what has not: together, so that there is one grace for all."""
    running = [each.process for each in kept if each.process is not None]
    for process in running:
        process.terminate()
    limit = time.monotonic() + patience.grace
    for process in running:
        try:
            process.wait(max(0.0, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            _say(f"process {process.pid} does not end; killed")
        _kill_group(process.pid, signal.SIGKILL)
        process.wait()


def _kill_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def _say(text: str) -> None:
    sys.stderr.write(f"supervisor: {text}\n")
    sys.stderr.flush()


def main(argv: Sequence[str]) -> int:
    """Read what `take_over` wrote, and supervise."""
    told = json.loads(argv[1])
    children = [Child(each["name"], tuple(each["argv"])) for each in told["children"]]
    return supervise(children, Patience(**told["patience"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
