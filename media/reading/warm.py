"""The warm way to the prober: a helper process that has PyAV loaded, started by the first probe and kept."""

import atexit
import contextlib
import errno
import json
import os
import selectors
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from media.errors import MediaCancelled, ToolTimedOut
from media.programs import interpreter
from media.running.limits import ToolLimits
from media.running.process import ENVIRONMENT, TICK_SECONDS, bounds, failure, launch
from media.running.sandbox import Sandbox, View, choose, wrapped

READY, PROBE = b"!", b"p"
START_SECONDS = 10.0
IDLE_SECONDS = 300.0
"""A helper that is not asked for so long ends and gives its memory (about 29 MB) back."""
END_SECONDS = 5.0
REST_SECONDS = 600.0
"""After a start that failed, so long is the next best way taken without trying again."""
UNBOUNDED = ToolLimits(wall_seconds=0)


class Unavailable(Exception):
    """The helper cannot be started here or does not answer: probe without it."""


def ask(
    request: dict[str, Any],
    descriptor: int,
    *,
    limits: ToolLimits,
    cancelled: Callable[[], bool] | None = None,
    sandbox: Sandbox = Sandbox.AUTO,
) -> bytes:
    """What the prober prints about the open file `descriptor`, found out in a child under `limits`.

    Safe to call from several threads at once. Raises Unavailable, or as `process.run` does.
    """
    for _ in range(2):  # a helper that has been idle may end in the moment in which it is asked
        helper = _helper(sandbox)
        try:
            return helper.ask(request, descriptor, limits, cancelled)
        except _Gone:
            helper.end()
    raise Unavailable


def close() -> None:
    """End the helpers of this process; the next probe would start one again."""
    with _state.lock:
        ending, _state.helpers = list(_state.helpers.values()), {}
    for helper in ending:
        helper.end()


def _helper(sandbox: Sandbox) -> "_Helper":
    """A running helper of the wanted kind; AUTO goes on to the next kind when one does not start."""
    best = choose(sandbox).sandbox
    kinds = dict.fromkeys((best, Sandbox.LIMITS) if sandbox is Sandbox.AUTO else (best,))
    with _state.lock:
        for kind in kinds:
            helper = _state.helpers.get(kind)
            if helper is not None and helper.is_alive:
                return helper
            if helper is not None:
                _state.helpers.pop(kind).end()
            if time.monotonic() < _state.rest_until.get(kind, 0.0):
                continue
            try:
                _state.helpers[kind] = _Helper(View(interpreter.needs(), sandbox=kind))
            except (OSError, ImportError):
                _state.rest_until[kind] = time.monotonic() + REST_SECONDS
                continue
            return _state.helpers[kind]
    raise Unavailable


@dataclass(slots=True)
class _State:
    """The helpers of this process by kind of sandbox, and until when a kind that failed is left alone."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    helpers: "dict[Sandbox, _Helper]" = field(default_factory=dict)
    rest_until: dict[Sandbox, float] = field(default_factory=dict)


class _Gone(Exception):
    """The helper ended before it had told how the probe went."""


class _Helper:
    """One process of media/programs/probe_server.py and our end of its socket."""

    def __init__(self, view: View) -> None:
        """Start it and wait until it is ready. Raises OSError when it is not, in time."""
        self.lock = threading.Lock()
        self.control, theirs = socket.socketpair()
        command = [str(part) for part in interpreter.command("probe_server.py", str(IDLE_SECONDS))]
        argv = [*launch(UNBOUNDED), *(wrapped(command, view, None) or command)]
        self.pid = 0
        # The kernel ends a child with the *thread* that started it, so this one lives as long as the helper.
        self.keeper = threading.Thread(target=self._keep, args=(argv, theirs), name="prober", daemon=True)
        self.keeper.start()
        self.control.settimeout(START_SECONDS)
        try:
            if self.control.recv(1) != READY:
                raise ConnectionError("the prober did not start")
        except OSError:
            self.end()
            raise
        self.control.settimeout(None)

    def _keep(self, argv: list[str], theirs: socket.socket) -> None:
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 -- an argv list of ours
                    argv,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=ENVIRONMENT,
                    start_new_session=True,
                )
            except OSError:
                return
        self.pid = process.pid
        process.wait()

    @property
    def is_alive(self) -> bool:
        """Has it not ended yet?"""
        return self.keeper.is_alive()

    def end(self) -> None:
        """Close the socket, on which it ends by itself; else kill it."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()
        self.keeper.join(END_SECONDS)
        if self.keeper.is_alive() and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.keeper.join(END_SECONDS)

    def ask(
        self,
        request: dict[str, Any],
        descriptor: int,
        limits: ToolLimits,
        cancelled: Callable[[], bool] | None,
    ) -> bytes:
        """Hand the file over and wait for the answer. Raises _Gone, or as `process.run` does."""
        with contextlib.ExitStack() as opened:
            status, theirs = (opened.enter_context(end) for end in socket.socketpair())
            reader, writer = os.pipe()
            opened.callback(os.close, reader)
            try:
                status.sendall(json.dumps({"request": request, "limits": bounds(limits)}).encode() + b"\n")
                with self.lock:
                    socket.send_fds(self.control, [PROBE], [descriptor, writer, theirs.fileno()])
            except OSError as error:
                raise _Gone from error
            finally:
                os.close(writer)
                theirs.close()
            answer = _Answer(reader, status, limits)
            try:
                return answer.take(cancelled)
            except ConnectionError as error:
                raise _Gone from error
            except (ToolTimedOut, MediaCancelled):
                if not answer.has_ended():
                    self.end()
                raise


class _Answer:
    """One probe as seen from here: its output, bounded, and how it ended."""

    def __init__(self, reader: int, status: socket.socket, limits: ToolLimits) -> None:
        self.reader = reader
        self.status = status
        self.limits = limits
        self.output = bytearray()
        self.told = bytearray()

    def take(self, cancelled: Callable[[], bool] | None) -> bytes:
        """Wait for the end. Raises as `ask`; at ToolTimedOut and MediaCancelled the child is still alive."""
        deadline = time.monotonic() + self.limits.wall_seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.reader, selectors.EVENT_READ, self.output)
            selector.register(self.status, selectors.EVENT_READ, self.told)
            while selector.get_map():
                left = deadline - time.monotonic()
                if left <= 0:
                    seconds = round(self.limits.wall_seconds, 1)
                    raise ToolTimedOut("tool-wall-limit", tool="prober", seconds=seconds)
                if cancelled is not None and cancelled():
                    raise MediaCancelled
                for key, _ in selector.select(min(left, TICK_SECONDS)):
                    chunk = os.read(key.fd, 65536)
                    key.data.extend(chunk[: max(self.limits.output_bytes - len(key.data), 0)])
                    if not chunk:
                        selector.unregister(key.fileobj)
        return self._judged()

    def _judged(self) -> bytes:
        if not self.told:
            raise _Gone
        told = json.loads(self.told)
        if told["status"] != 0:
            words = "MemoryError" if told["status"] == errno.ENOMEM else ""
            raise failure("prober", told["status"], told["used"], words, self.limits)
        return bytes(self.output)

    def has_ended(self) -> bool:
        """Ask for the child's end and wait for it; False when the helper does not answer."""
        self.status.settimeout(END_SECONDS)
        try:
            self.status.shutdown(socket.SHUT_WR)
            while self.status.recv(4096):
                pass
        except OSError:
            return False
        return True


_state = _State()


def _forget() -> None:
    """A forked copy of this process has no helper: that one answers to its parent."""
    for helper in _state.helpers.values():
        helper.control.close()
    _state.lock = threading.Lock()
    _state.helpers = {}


os.register_at_fork(after_in_child=_forget)
atexit.register(close)
