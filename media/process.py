"""The one way to run a tool: own process group, limits, a watchdog, and an end by SIGKILL."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from media.errors import MediaCancelled, MediaError, MediaLimitExceeded, ToolFailed, ToolMissing, ToolTimedOut
from media.limits import ToolLimits

LAUNCHER = Path(__file__).with_name("launcher.py")
TICK_SECONDS = 0.25
TAIL_BYTES = 4096

Ticker = Callable[[float | None], None]
"""Is called at least twice a second while a tool lives, with the seconds of media done so far, if known."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A tool that ended well: its standard output, the end of its messages, clock and processor seconds."""

    output: bytes
    messages: str
    seconds: float
    processor_seconds: float


def run(
    argv: Sequence[str | Path],
    *,
    limits: ToolLimits,
    tick: Ticker | None = None,
    cancelled: Callable[[], bool] | None = None,
    folder: Path | None = None,
) -> Finished:
    """Run `argv` to its end in `folder` and give what it said.

    With `-progress pipe:1` among ffmpeg's options the running position is read from its standard output.
    Raises ToolMissing, ToolFailed, ToolTimedOut, MediaLimitExceeded (a file grew too large) or
    MediaCancelled; in each case the whole process group has been ended before.
    """
    command = [str(part) for part in argv]
    if not Path(command[0]).is_file():
        raise ToolMissing("tool-missing", tool=Path(command[0]).name)
    process = _start(command, limits, folder)
    watch = _Watch(process, command[0], limits)
    try:
        watch.until_closed(tick, cancelled)
    finally:
        # Also after a good end: whatever the tool may have left in its group ends with it. Our own child is
        # not yet reaped here, so that its group id cannot have been given to anybody else.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        used = _reap(process)
        watch.close()
    if process.returncode != 0:
        raise _failure(process.returncode, used, watch, limits)
    return Finished(bytes(watch.output), watch.messages(), time.monotonic() - watch.started, used)


def _reap(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the ended child; give the processor seconds it used."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def _start(command: list[str], limits: ToolLimits, folder: Path | None) -> "subprocess.Popen[bytes]":
    given = {
        "parent": os.getpid(),
        "processor_seconds": limits.processor_seconds,
        "file_bytes": limits.file_bytes,
        "memory_bytes": limits.memory_bytes,
        "niceness": limits.niceness,
    }
    launch = [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(given), *command]
    return subprocess.Popen(  # noqa: S603 -- an argv list of ours, file names are absolute paths
        launch,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )


class _Watch:
    """Reads both pipes of one process, keeps what is bounded, and raises when a limit is passed."""

    def __init__(self, process: "subprocess.Popen[bytes]", tool: str, limits: ToolLimits) -> None:
        self.process = process
        self.tool = Path(tool).name
        self.limits = limits
        self.started = self.moved = time.monotonic()
        self.output = bytearray()
        self.tail = bytearray()
        self.position: float | None = None
        self._line = b""
        self._seen: dict[bytes, int] = {}
        self._ended = False

    def until_closed(self, tick: Ticker | None, cancelled: Callable[[], bool] | None) -> None:
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
                    self._check(tick, cancelled)
        while not self._has_ended():  # it closed its pipes but lives on
            self._check(tick, cancelled)
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

    def _check(self, tick: Ticker | None, cancelled: Callable[[], bool] | None) -> None:
        now = time.monotonic()
        if cancelled is not None and cancelled():
            raise MediaCancelled
        if now - self.started > self.limits.wall_seconds:
            raise ToolTimedOut("tool-wall-limit", tool=self.tool, seconds=round(self.limits.wall_seconds, 1))
        stall = self.limits.stall_seconds
        if stall is not None and now - self.moved > stall:
            raise ToolTimedOut("tool-stalled", tool=self.tool, seconds=round(stall, 1))
        if tick is not None:
            tick(self.position)

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


def _failure(status: int, used: float, watch: _Watch, limits: ToolLimits) -> MediaError:
    """The error that fits an exit status, with the tool's last words."""
    words = watch.messages()
    if status == -signal.SIGXFSZ or "File too large" in words:
        return MediaLimitExceeded("output-too-large", bytes=limits.file_bytes or 0)
    if limits.processor_seconds is not None and used > limits.processor_seconds - 0.5:
        return ToolTimedOut("tool-processor-limit", tool=watch.tool, seconds=limits.processor_seconds)
    if "Cannot allocate memory" in words or "MemoryError" in words:
        return MediaLimitExceeded("memory-limit")
    if status == 127 and words.startswith("cannot execute"):
        return ToolMissing("tool-unusable", tool=watch.tool, path=watch.tool, detail=words)
    return ToolFailed("tool-failed", tool=watch.tool, status=status, detail=_last_line(words))


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return " / ".join(lines[-3:])[-600:] or "none"
