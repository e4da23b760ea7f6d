"""Start: how long until the first page, and until every bundled video can be watched."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.figure import Figure, Verdict, at_most
from tests.bench.site import ROOT, Site

COURSE = "/courses/back-mice"
EMPTY = 4.0
EXISTING = 2.0
WATCHABLE = 20.0
STARTS = 3
BARE = 0.43  # seconds of the bare import on the machine that the budgets were set on


def measure(site: Site) -> Iterator[Figure]:
    """Fill the folder of `site` by a first start, then start it a few times more."""
    _compile()
    bare = [_bare_import()]
    with site.running(path=COURSE) as first:
        watched = _until_all_watchable(site)
    bare.append(_bare_import())
    how = f"edu run, course installed, GET of the course every 10 ms; {first.cpu_seconds:.1f} s of CPU"
    yield _judged("start: empty directory to first 200", first.seconds, EMPTY, bare, how)
    yield at_most(
        f"start: {len(site.states())} videos watchable after that",
        watched,
        WATCHABLE,
        "s",
        "until every video has files to play, by the database",
    )
    site.put_jobs_off()
    again, spent = [], []
    for _ in range(STARTS):
        with site.running(path=COURSE) as running:
            again.append(running.seconds)
            spent.append(running.cpu_seconds)
        bare.append(_bare_import())
    how = (
        f"median of {STARTS} ({min(again):.2f} to {max(again):.2f}); {statistics.median(spent):.1f} s of CPU"
    )
    yield _judged("start: existing data to first 200", statistics.median(again), EXISTING, bare, how)


def _judged(subject: str, seconds: float, most: float, bare: list[float], how: str) -> Figure:
    """A time by the clock, judged as it would be where the bare import takes BARE seconds."""
    here = statistics.median(bare)
    there = seconds * min(1.0, BARE / here)
    shown = f"{seconds:.2f} s, {seconds / here:.1f} x bare: {there:.2f} s"
    verdict = Verdict.MET if there <= most else Verdict.MISSED
    return Figure(subject, shown, f"<= {most:g} s", verdict, f"{how}; bare import {here:.2f} s here")


def _bare_import() -> float:
    """Seconds that Python takes to start and to load the frameworks alone: how fast the machine is now."""
    began = time.perf_counter()
    argv = [sys.executable, "-c", "import flask, sqlalchemy.orm, flask_login"]
    subprocess.run(argv, check=True, timeout=120)
    return time.perf_counter() - began


def _compile() -> None:
    """Bring the program into its compiled form and into memory, as any start but the very first finds it."""
    argv = [sys.executable, "-m", "compileall", "-q", "edu", "media", "captions", "quizzes"]
    subprocess.run(argv, cwd=ROOT, check=True, timeout=120)


def _until_all_watchable(site: Site) -> float:
    """Seconds from now on; infinity when it takes three times as long as it may."""
    began = time.perf_counter()
    while time.perf_counter() - began < 3 * WATCHABLE:
        if all(version for (version,) in site.ask("SELECT version FROM video")):
            return time.perf_counter() - began
        time.sleep(0.05)
    return float("inf")
