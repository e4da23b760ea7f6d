"""Scratch folders: where an attempt at a job works, and how those of killed workers are cleared away."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from edu.models.job import Job, JobState
from edu.runtime import Runtime
from edu.settings import Settings

_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_OLD = timedelta(days=1)


def scratch_folder(settings: Settings, token: str) -> Path:
    """The folder of the attempt with this token; on the data disk, so that results move without a copy."""
    return settings.data_dir / "tmp" / token


def sweep(runtime: Runtime) -> int:
    """Remove the folders whose attempts are over, and anything else in there after a day; tell how many.

    A token is in the database before its folder is made, so folders are listed first and tokens read after.
    """
    top = runtime.settings.data_dir / "tmp"
    if not top.is_dir():
        return 0
    found = list(top.iterdir())
    with runtime.db.reading() as session:
        held = set(session.scalars(sa.select(Job.token).where(Job.state == JobState.RUNNING)))
    old = (runtime.clock.now() - _OLD).timestamp()
    count = 0
    for path in found:
        with suppress(FileNotFoundError):  # another worker sweeps too
            if path.name not in held and (_TOKEN.fullmatch(path.name) or path.stat().st_mtime < old):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                count += 1
    return count
