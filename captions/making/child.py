"""A program of ours in a child process: JSON over pipes, limits, a watch over it, and an end by SIGKILL."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from captions.errors import CaptionError, ErrorCode, refusal

ROOT: Final = Path(__file__).parents[2]
"""Where the package captions is imported from."""
TICK_SECONDS: Final = 0.25
TAIL: Final = 300
"""Characters of the last messages of a child that failed."""
MOST_OUTPUT: Final = 64_000_000

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What a child may use. `wall_seconds` is the time of the clock, `stall_seconds` how long it may say
    nothing, `memory_bytes` its address space; `niceness` is added to ours.
    """

    wall_seconds: float = 3 * 3600
    stall_seconds: float = 300
    processor_seconds: int = 2 * 3600
    memory_bytes: int = 2_000_000_000
    niceness: int = 5


def run(
    module: str,
    request: Json,
    folder: Path,
    *,
    limits: ChildLimits | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Json:
    """Run `python -m module` with the request and give its result.

    `folder` is empty and the child's own; the caller removes it. Raises the CaptionError that the child tells
    of, or one for its end by itself, by a limit, or because `cancelled()` said yes. Its process group has
    been ended before this returns or raises.
    """
    bounds = limits or ChildLimits()
    process = _start(module, request, folder, bounds)
    try:
        for message in _messages(process, bounds, cancelled):
            if "progress" in message and progress is not None:
                progress(message["progress"])
            elif "error" in message:
                raise refusal(ErrorCode(message["error"]), **message["parameters"])
            elif "result" in message:
                result: Json = message["result"]
                return result
    finally:
        _end(process)
    raise _failure(process.returncode, folder)


def _start(module: str, request: Json, folder: Path, limits: ChildLimits) -> subprocess.Popen[bytes]:
    """The request goes in by a file, so that nobody waits for a full pipe; our environment does not."""
    bounds = {
        "parent": os.getpid(),
        "processor_seconds": limits.processor_seconds,
        "memory_bytes": limits.memory_bytes,
        "niceness": limits.niceness,
    }
    asked = folder / "request.json"
    asked.write_text(json.dumps({**request, "folder": str(folder), "limits": bounds}), encoding="utf-8")
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would take address space, and nothing here multiplies
    }
    with asked.open("rb") as source, (folder / "messages").open("wb") as messages:
        return subprocess.Popen(  # noqa: S603 -- an argv list of ours
            [sys.executable, "-P", "-B", "-m", module],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=messages,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )


def _messages(
    process: subprocess.Popen[bytes], limits: ChildLimits, cancelled: Callable[[], bool] | None
) -> Iterator[Json]:
    """What the child says, line by line, until it closes its output."""
    if process.stdout is None:
        raise AssertionError("the process was started with a pipe")
    began = moved = time.monotonic()
    waiting, taken = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            has_said = selector.select(TICK_SECONDS)
            if cancelled is not None and cancelled():  # what it says now, nobody waits for
                raise refusal(ErrorCode.WORK_CANCELLED)
            if has_said:
                chunk = os.read(process.stdout.fileno(), 65536)
                if not chunk:
                    return
                moved, taken = time.monotonic(), taken + len(chunk)
                *lines, waiting = (waiting + chunk).split(b"\n")
                yield from map(_message, lines)
            now = time.monotonic()
            if now - began > limits.wall_seconds or now - moved > limits.stall_seconds:
                raise refusal(ErrorCode.WORK_TOO_LONG)
            if taken > MOST_OUTPUT:
                raise refusal(ErrorCode.WORK_TOO_LARGE)


def _message(line: bytes) -> Json:
    try:
        message: Json = json.loads(line)
    except ValueError as error:
        raise refusal(ErrorCode.WORK_FAILED, why="the program said what nobody understands") from error
    return message


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, whatever it does, and wait for the child, which until then is its leader."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _failure(status: int, folder: Path) -> CaptionError:
    """The error for a child that ended without a result."""
    words = (folder / "messages").read_bytes()[-4096:].decode("utf-8", "replace").strip()
    if status == -signal.SIGXCPU:
        return refusal(ErrorCode.WORK_TOO_LONG)
    if "MemoryError" in words or "annot allocate memory" in words or "calloc" in words:
        return refusal(ErrorCode.WORK_TOO_LARGE)
    why = words.splitlines()[-1][-TAIL:] if words else f"the program ended with status {status}"
    return refusal(ErrorCode.WORK_FAILED, why=why)
