"""Worker processes that a test can kill -9."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]

# A worker of its own process: does each job in four steps with a beat after each, and publishes one row.
WORKER = """
import importlib, os, sys, time
import sqlalchemy as sa
from edu.clock import SystemClock
from edu.db import Database
from edu.queue import LostLease

url, factory, lease, step = sys.argv[1:]
module, name = factory.split(":")
db = Database(url)
engine = getattr(importlib.import_module(module), name)(db, SystemClock(), lease_seconds=float(lease))
print("ready", flush=True)
while True:
    claim = engine.claim(f"worker-{os.getpid()}", ["film"])
    if claim is None:
        time.sleep(0.05)
        continue
    for number in range(1, 5):
        time.sleep(float(step))
        if not engine.beat(claim, number / 5, "working"):
            break
    try:
        with db.writing() as session:
            session.execute(sa.text("INSERT INTO published (job) VALUES (:job)"), {"job": claim.id})
            engine.finish(session, claim)
    except LostLease:
        pass
"""


class WorkerPool:
    """Three worker processes with a lease of 0.8 s; one that is killed is replaced."""

    def __init__(self, url: str, factory: str) -> None:
        self._argv = [sys.executable, "-c", WORKER, url, factory, "0.8", "0.08"]
        self._workers = [self._start() for _ in range(3)]
        for worker in self._workers:
            assert worker.stdout.readline() == "ready\n"

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(self._argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def kill_at_random(self, chance: random.Random, *, times: int, until: Callable[[], bool]) -> int:
        """Kill -9 one worker after another, at moments that fall anywhere in a job."""
        for kill in range(times):
            if until():
                return kill
            time.sleep(chance.uniform(0.2, 0.7))
            place = chance.randrange(len(self._workers))
            self._end(self._workers[place])
            self._workers[place] = self._start()
        return times

    def wait(self, until: Callable[[], bool], seconds: float = 30) -> bool:
        """Whether it came true in time."""
        limit = time.monotonic() + seconds
        while not until() and time.monotonic() < limit:
            time.sleep(0.1)
        return until()

    def end(self) -> None:
        for worker in self._workers:
            self._end(worker)

    def _end(self, worker: subprocess.Popen[str]) -> None:
        worker.kill()
        worker.wait()
        worker.stdout.close()
