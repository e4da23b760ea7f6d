"""Where the files of tests lie: in memory where there is room, so that no test waits for a disk to keep them.

They go with the run. Who wants to look at them afterwards names a place by `--basetemp`.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

MEMORY, MARK = Path("/dev/shm"), "edu-tests-"
ROOM = 8 * 1024**3  # bytes; a whole run leaves about a quarter of that
PLACE = "PYTEST_DEBUG_TEMPROOT"


def pytest_configure(config: pytest.Config) -> None:
    """Choose the place, unless somebody has; the processes of a run have it from the first one."""
    if config.option.basetemp or PLACE in os.environ or not MEMORY.is_dir():
        return
    for left in MEMORY.glob(f"{MARK}*"):  # by runs that were killed
        if not Path("/proc", left.name.removeprefix(MARK)).exists():
            shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(MEMORY).free > ROOM:
        place = MEMORY / f"{MARK}{os.getpid()}"
        place.mkdir(mode=0o755)
        os.environ[PLACE] = str(place)


def pytest_unconfigure() -> None:
    """Remove what this process chose."""
    if os.environ.get(PLACE) == str(MEMORY / f"{MARK}{os.getpid()}"):
        with suppress(OSError):
            shutil.rmtree(os.environ.pop(PLACE))
