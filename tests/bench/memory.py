"""Memory: what web and worker hold at rest, fresh and after every sort of page was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import processes
from tests.bench.browser import Browser
from tests.bench.figure import Figure, at_most, told
from tests.bench.site import Running, Site

IDLE_MB = 160.0
THREADS = 40
PAGES = ("/courses/back-mice", "/account/sign-in", "/videos", "/readyz")


def measure(site: Site, lesson: str, quiz: str) -> Iterator[Figure]:
    """Proportional shares of all processes of `edu run`, in megabytes of 1 048 576 bytes."""
    with site.running() as running:
        processes.wait_until_quiet(running.process.pid)
        fresh = processes.held(running.process.pid)
        _visit(running, lesson, quiz)
        processes.wait_until_quiet(running.process.pid)
        used = processes.held(running.process.pid)
    parts = ", ".join(f"{_name(each.command)} {each.pss_mb:.0f}" for each in used)
    how = "sum of Pss in smaps_rollup, after one visit to each sort of page"
    yield at_most("memory: idle, web and worker", sum(each.pss_mb for each in used), IDLE_MB, "MB", how)
    yield told("memory: the same before any visit", f"{sum(each.pss_mb for each in fresh):.1f} MB", parts)
    yield at_most(
        "memory: threads", sum(each.threads for each in used), THREADS, "", "all processes", digits=0
    )


def _visit(running: Running, lesson: str, quiz: str) -> None:
    browser = Browser(running.port)
    for path in (*PAGES, lesson, quiz):
        if (status := browser.get(path).status) != 200:
            raise RuntimeError(f"{path} answered with status {status}")


def _name(command: str) -> str:
    known = {"supervisor.py": "supervisor", "gunicorn": "web", "edu worker": "worker"}
    return next((name for sign, name in known.items() if sign in command), command[:20])
