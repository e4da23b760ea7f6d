"""Reference: a bare Flask answer under the same server, by which one knows how fast the machine is just now.

Processor time moves with the neighbours as well: on a busy machine the same work takes two to three times as
many milliseconds. The budgets were set where this answer took HELLO_MS; costs are printed as measured and
judged as they would be there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench import load, processes
from tests.bench.figure import Figure, Verdict
from tests.bench.load import Ask
from tests.bench.site import ROOT, Running, free_port, wait_for

HELLO_MS = 0.24
CLIENTS = 8
ASKED = 60  # of each client


@dataclass(slots=True)
class Reference:
    """The yardstick, with what it took each time, in ms of processor time per answer."""

    running: Running
    taken: list[float] = field(default_factory=list)

    def take(self) -> None:
        """Measure it once more; done between the rounds of what it is a yardstick for."""
        at = self.running
        run = load.run(at.port, lambda *_: Ask("/"), clients=CLIENTS, rounds=ASKED, roots=(at.process.pid,))
        self.taken.append(run.cpu_each)

    def judge(self, subject: str, ms: float, most: float, how: str) -> Figure:
        """A cost in ms of processor time, against a budget that holds at the reference's speed."""
        here = sorted(self.taken)[len(self.taken) // 2]
        there = ms * min(1.0, HELLO_MS / here)
        shown = f"{ms:.2f} ms, {ms / here:.0f} x hello: {there:.2f} ms"
        verdict = Verdict.MET if there <= most else Verdict.MISSED
        return Figure(subject, shown, f"<= {most:g} ms", verdict, f"{how}; hello {here:.2f} ms here")


@contextmanager
def running() -> Iterator[Reference]:
    """Serve the bare answer as edu is served."""
    port = free_port()
    argv = ["-m", "gunicorn", "--worker-class", "gthread", "--threads", "16", "--keep-alive", "15"]
    process = subprocess.Popen(
        [sys.executable, *argv, "--bind", f"127.0.0.1:{port}", "tests.bench.hello:application"],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(process, port, "/")
        yield Reference(Running(port, process))
    finally:
        processes.end(process)
