"""Processes: what a tree of them has spent and holds (from /proc), and how it is ended: by process id."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Held:
    """What one process holds: memory as its proportional share, in megabytes of 1 048 576 bytes."""

    pid: int
    command: str
    pss_mb: float
    threads: int


def tree(root: int) -> list[int]:
    """The process and all its descendants that live now."""
    parents: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (facts := _stat(int(entry.name))):
            parents.setdefault(int(facts[1]), []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found


def cpu_ms(*roots: int) -> float:
    """User and system time of the trees so far, with that of their children that have ended, in ms."""
    spent = 0
    for root in roots:
        for pid in tree(root):
            if facts := _stat(pid):
                spent += sum(int(facts[place]) for place in (11, 12, 13, 14))  # utime stime cutime cstime
    return spent * 1000 / TICKS


def held(root: int) -> list[Held]:
    """The memory and the threads of every process of the tree."""
    found = []
    for pid in tree(root):
        try:
            rolled = (PROC / str(pid) / "smaps_rollup").read_text()
            command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            threads = len(list((PROC / str(pid) / "task").iterdir()))
        except OSError:
            continue
        share = next(line for line in rolled.splitlines() if line.startswith("Pss:"))
        found.append(Held(pid, command.strip(), int(share.split()[1]) / 1024, threads))
    return found


def end(process: subprocess.Popen[bytes], grace: float = 15.0) -> None:
    """End the process and what it has started, gently at first."""
    family = tree(process.pid)
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        for pid in family:
            _kill(pid)
        process.wait()


def wait_until_quiet(root: int, seconds: float = 8.0) -> None:
    """Return once the tree spends next to nothing, or after so many seconds."""
    limit, before = time.monotonic() + seconds, cpu_ms(root)
    while time.monotonic() < limit:
        time.sleep(0.5)
        now = cpu_ms(root)
        if now - before <= 20:
            return
        before = now


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name; empty when the process has gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
