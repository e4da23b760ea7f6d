"""The one way to run a tool: shut in, own process group, limits, a watchdog, and an end by SIGKILL."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from media.errors import MediaCancelled, MediaError, MediaLimitExceeded, ToolFailed, ToolMissing, ToolTimedOut
from media.running.limits import ToolLimits
from media.running.sandbox import View, wrapped

LAUNCHER = Path(__file__).parents[1] / "programs" / "launcher.py"
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
"""All that a tool inherits: nothing of ours, which may hold secrets."""
TICK_SECONDS = 0.25
TAIL_BYTES = 4096

Ticker = Callable[[float | None], None]
"""Is called at least twice a second while a tool lives, with the seconds of media done so far, if known."""

GiveWay = Callable[[], Callable[[], None] | None]
"""Is asked as often whether something more urgent waits. If it gives a piece of work, the tool is stopped
(SIGSTOP), the work is done, and the tool goes on; neither its time nor its stall counts meanwhile.
"""

SIGNALLED = 128
"""bubblewrap tells of a tool that a signal ended by an exit status of 128 and the signal's number."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A tool that ended well: its standard output, the end of its messages, clock and processor seconds.

    `seconds` leaves out the time for which it gave way.
    """

    output: bytes
    messages: str
    seconds: float
    processor_seconds: float


@dataclass(frozen=True, slots=True)
class _Calls:
    """What the caller wants to be told and asked while a tool runs."""

    tick: Ticker | None = None
    cancelled: Callable[[], bool] | None = None
    give_way: GiveWay | None = None


def run(
    argv: Sequence[str | Path],
    *,
    limits: ToolLimits,
    view: View | None = None,
    tick: Ticker | None = None,
    cancelled: Callable[[], bool] | None = None,
    give_way: GiveWay | None = None,
    folder: Path | None = None,
    stdin: int = subprocess.DEVNULL,
) -> Finished:
    """Run `argv` to its end in `folder` and give what it said.

    Inside a sandbox it sees what `view` names, itself and `folder`, in which it may write; `stdin` is an open
    file for it to read. With `-progress pipe:1` among ffmpeg's options the running position is read from its
    standard output. Raises ToolMissing, ToolFailed, ToolTimedOut, MediaLimitExceeded (a file grew too large),
    MediaCancelled, or what `give_way` raised; in each case the whole process group has been ended before.
    """
    command = [str(part) for part in argv]
    if not Path(command[0]).is_file():
        raise ToolMissing("tool-missing", tool=Path(command[0]).name)
    seen = view or View()
    if folder is not None:
        seen = replace(seen, writes=(*seen.writes, folder))
    inside = wrapped(command, seen, folder)
    process = _start(inside or command, limits, folder, stdin)
    watch = _Watch(process, command[0], limits, _Calls(tick, cancelled, give_way))
    try:
        watch.until_closed()
    finally:
        # Also after a good end: whatever the tool may have left in its group ends with it. Our own child is
        # not yet reaped here, so that its group id cannot have been given to anybody else.
        _signal(process, signal.SIGKILL)
        used = _reap(process)
        watch.close()
    if process.returncode != 0:
        status = process.returncode
        if inside and SIGNALLED < status <= SIGNALLED + signal.SIGSYS:
            status = SIGNALLED - status
        raise failure(watch.tool, status, used, watch.messages(), limits)
    return Finished(bytes(watch.output), watch.messages(), time.monotonic() - watch.started, used)


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """To the whole group of a child that has not been reaped, so that the group is still its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _reap(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the ended child; give the processor seconds it used."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def _start(
    command: list[str], limits: ToolLimits, folder: Path | None, stdin: int
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 -- an argv list of ours, file names are absolute paths
        [*launch(limits), *command],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,
    )


def launch(limits: ToolLimits) -> list[str]:
    """What comes before a command, so that it runs under `limits` and ends with the thread that starts it."""
    given = json.dumps(bounds(limits) | {"parent": os.getpid()})
    return [sys.executable, "-I", "-S", str(LAUNCHER), given]


def bounds(limits: ToolLimits) -> dict[str, int | None]:
    """What a process must set for itself, as media/programs/launcher.py reads it."""
    return {
        "processor_seconds": limits.processor_seconds,
        "file_bytes": limits.file_bytes,
        "memory_bytes": limits.memory_bytes,
        "niceness": limits.niceness,
    }


class _Watch:
    """Reads both pipes of one process, keeps what is bounded, and raises when a limit is passed."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", tool: str, limits: ToolLimits, calls: _Calls
    ) -> None:
        self.process = process
        self.calls = calls
        self.tool = Path(tool).name
        self.limits = limits
        self.started = self.moved = time.monotonic()
        self.output = bytearray()
        self.tail = bytearray()
        self.position: float | None = None
        self._line = b""
        self._seen: dict[bytes, int] = {}
        self._ended = False

    def until_closed(self) -> None:
        """Return when the process has closed both pipes and ended; raise when it may not go on."""
        with selectors.DefaultSelector() as selector:
            for pipe, take in (
                (self.process.stdout, self._take_output),
                (self.process.stderr, self._take_tail),
            ):
                selector.register(_open(pipe), selectors.EVENT_READ, take)
            told = 0.0
            while selector.get_map():
                for key, _ in selector.select(TICK_SECONDS):
                    chunk = os.read(key.fd, 65536)
                    key.data(chunk)
                    if not chunk:
                        selector.unregister(key.fileobj)
                if time.monotonic() - told >= TICK_SECONDS:
                    told = time.monotonic()
                    self._check()
        while not self._has_ended():  # it closed its pipes but lives on
            self._check()
            time.sleep(TICK_SECONDS / 10)

    def close(self) -> None:
        """Give the pipes back."""
        for pipe in (self.process.stdout, self.process.stderr):
            _open(pipe).close()

    def messages(self) -> str:
        """The end of standard error as text."""
        return self.tail.decode("utf-8", "replace").strip()

    def _has_ended(self) -> bool:
        # WNOWAIT leaves the zombie in place, so that the process group id stays ours until it is reaped.
        if not self._ended:
            flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
            self._ended = os.waitid(os.P_PID, self.process.pid, flags) is not None
        return self._ended

    def _check(self) -> None:
        calls, now = self.calls, time.monotonic()
        if calls.cancelled is not None and calls.cancelled():
            raise MediaCancelled
        if now - self.started > self.limits.wall_seconds:
            raise ToolTimedOut("tool-wall-limit", tool=self.tool, seconds=round(self.limits.wall_seconds, 1))
        stall = self.limits.stall_seconds
        if stall is not None and now - self.moved > stall:
            raise ToolTimedOut("tool-stalled", tool=self.tool, seconds=round(stall, 1))
        if calls.tick is not None:
            calls.tick(self.position)
        urgent = calls.give_way() if calls.give_way is not None else None
        if urgent is not None:
            self._stand_still(urgent)

    def _stand_still(self, urgent: Callable[[], None]) -> None:
        """Stop the tool while `urgent` is done; when that raises, the tool is ended as it stands."""
        began = time.monotonic()
        _signal(self.process, signal.SIGSTOP)
        urgent()
        _signal(self.process, signal.SIGCONT)
        rest = time.monotonic() - began
        self.started += rest
        self.moved += rest

    def _take_tail(self, chunk: bytes) -> None:
        self.tail += chunk
        del self.tail[:-TAIL_BYTES]

    def _take_output(self, chunk: bytes) -> None:
        room = self.limits.output_bytes - len(self.output)
        self.output += chunk[: max(room, 0)]
        lines = (self._line + chunk).split(b"\n")
        self._line = lines.pop()[-200:]
        for line in lines:
            self._take_progress(line)

    def _take_progress(self, line: bytes) -> None:
        name, _, value = line.strip().partition(b"=")
        if name not in (b"out_time_us", b"frame", b"total_size") or not value.isdigit():
            return
        if int(value) > self._seen.get(name, -1):
            self._seen[name] = int(value)
            self.moved = time.monotonic()
        if name == b"out_time_us":
            self.position = self._seen[name] / 1_000_000


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("the process was started with pipes")
    return pipe


def failure(tool: str, status: int, used: float, words: str, limits: ToolLimits) -> MediaError:
    """The error that fits an exit status (negative: a signal), with the tool's last words."""
    if status == -signal.SIGXFSZ or "File too large" in words:
        return MediaLimitExceeded("output-too-large", bytes=limits.file_bytes or 0)
    if limits.processor_seconds is not None and used > limits.processor_seconds - 0.5:
        return ToolTimedOut("tool-processor-limit", tool=tool, seconds=limits.processor_seconds)
    if "Cannot allocate memory" in words or "MemoryError" in words:
        return MediaLimitExceeded("memory-limit")
    if words.startswith(("cannot execute", "bwrap: execvp")):
        return ToolMissing("tool-unusable", tool=tool, path=tool, detail=words)
    return ToolFailed("tool-failed", tool=tool, status=status, detail=_last_line(words))


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return " / ".join(lines[-3:])[-600:] or "none"
