"""The warm prober: it has PyAV loaded, opens no file itself, and forks a bounded child for each it is given.

Started by media.reading.warm with one end of a socket as its standard input. A probe comes as one
byte and three open files: the foreign file, a pipe for the answer, and a socket that brings the request
as a line of JSON and takes the exit status back. When the other end of that socket closes, the child is
killed; when the first one closes, everything ends. One thread only, so that forking is safe.
"""

import errno
import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

READY, PROBE = b"!", b"p"
MOST_REQUEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Running:
    """A child at work, and the socket on which its end is awaited."""

    pid: int
    status: socket.socket


def main() -> None:
    """Say that PyAV is loaded, then serve until the asker is gone, or silent for the seconds it stated."""
    wake, signalled = os.pipe()
    for end in (wake, signalled):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
    with socket.socket(fileno=sys.stdin.fileno()) as control:
        server = Server(control, wake, float(sys.argv[1]))
        gc.freeze()  # what is loaded stays shared with the children
        control.sendall(READY)
        server.serve()
        control.detach()


def load(name: str) -> ModuleType:
    """A neighbouring file as a module, without the package, which would load much that is not needed."""
    found = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if found is None or found.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


class Server:
    """The loop: takes probes, watches their ends."""

    def __init__(self, control: socket.socket, wake: int, idle_seconds: float) -> None:
        self.control = control
        self.wake = wake
        self.idle_seconds = idle_seconds
        self.prober = load("prober")
        self.launcher = load("launcher")
        self.running: dict[int, Running] = {}

    def serve(self) -> None:
        """Until the asker closes its end or is silent for long."""
        try:
            while True:
                given_up = {one.status: one for one in self.running.values()}
                watched: list[socket.socket | int] = [self.control, self.wake, *given_up]
                ready, _, _ = select.select(watched, [], [], None if given_up else self.idle_seconds)
                if not ready:
                    return
                for one in (given_up[end] for end in ready if end in given_up):
                    kill(one.pid)
                if self.wake in ready:
                    with suppress(BlockingIOError):
                        os.read(self.wake, 4096)
                self.reap()
                if self.control in ready and not self.take():
                    return
        finally:
            for one in self.running.values():
                kill(one.pid)

    def take(self) -> bool:
        """Start the probe that has come; False when there will be no more."""
        message, files, _, _ = socket.recv_fds(self.control, 1, 3)
        if message != PROBE or len(files) != 3:
            return False
        source, answer, end = files
        status = socket.socket(fileno=end)
        request = json.loads(read_line(status))
        pid = os.fork()
        if pid == 0:
            self.become_probe(source, answer, status, request)
        os.close(source)
        os.close(answer)
        self.running[pid] = Running(pid, status)
        return True

    def become_probe(self, source: int, answer: int, status: socket.socket, request: dict[str, Any]) -> None:
        """The child: limit itself, answer, end. Never returns."""
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (self.control, status, *(one.status for one in self.running.values())):
                other.close()
            os.close(self.wake)
            self.launcher.restrict(request["limits"] | {"parent": os.getppid()})
            found = self.prober.answer(request["request"], source)
            with os.fdopen(answer, "wb") as said:
                said.write(json.dumps(found).encode())
        except MemoryError:
            os._exit(errno.ENOMEM)
        except BaseException:  # the parent's stack must not be unwound in the child
            os._exit(1)
        os._exit(0)

    def reap(self) -> None:
        """Tell the askers of those that have ended; nothing of their groups is left."""
        for pid, one in list(self.running.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            kill(pid)
            _, ended, usage = os.wait4(pid, 0)
            del self.running[pid]
            told = {"status": os.waitstatus_to_exitcode(ended), "used": usage.ru_utime + usage.ru_stime}
            with one.status, suppress(OSError):
                one.status.sendall(json.dumps(told).encode())


def read_line(source: socket.socket) -> bytes:
    """The request; it was sent whole before the files were."""
    line = b""
    while not line.endswith(b"\n") and (part := source.recv(MOST_REQUEST)):
        line += part
    return line


def kill(pid: int) -> None:
    """End a child, and its group if it has come to have one."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
