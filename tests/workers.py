"""Who runs which file of tests: of two processes one keeps to browsers and whole sites, one to all the rest.

A test that drives a browser or starts a site mostly waits for others, and what it waits for is slow beside
another of its kind. So the two kinds run beside each other, and the site and the browser that many of them
share are started once. Who has no file of its own kind left takes one of the other's, from its end. What only
computes stands back a little behind what a film must be shown in time for.
"""

from __future__ import annotations

import os

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

OF_SITES = ("tests/browser/", "tests/system/")
FIRST, NICENESS = "gw0", 3


class TwoKinds(LoadFileScheduling):
    """Hands out files by kind; the first process takes those of sites."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        wants_sites = str(node.gateway.id) == FIRST
        own = [file for file in self.workqueue if file.startswith(OF_SITES) == wants_sites]
        if own:
            self.workqueue.move_to_end(own[0], last=False)
        else:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)


def pytest_configure() -> None:
    """Processes but the first give way."""
    if os.environ.get("PYTEST_XDIST_WORKER", FIRST) != FIRST:
        os.nice(NICENESS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """The scheduler above for runs by file."""
    return TwoKinds(config, log) if config.getvalue("dist") == "loadfile" else None
