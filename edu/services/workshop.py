"""The workshop: whether the work on videos can go on at all, for want of room on the disk or of a worker."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import NoRoom
from edu.models import Job, JobState

RESERVE_BYTES = 500_000_000
RESERVE_SHARE = 0.05  # of a small disk
PATIENCE = timedelta(seconds=60)
_FULL_ERRNO = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = ("No space left on device", "Disk quota exceeded", "database or disk is full")


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes of the disk under a folder: all of them, and those that we may still fill."""

    total: int
    free: int

    @property
    def reserve(self) -> int:
        """What is kept for people's progress, for mail and for uploads that have begun."""
        return min(RESERVE_BYTES, round(RESERVE_SHARE * self.total))

    def has_room_for(self, size: int = 0) -> bool:
        """Whether so many bytes can be written without touching the reserve."""
        return self.free - size >= self.reserve


@dataclass(frozen=True, slots=True)
class Outlook:
    """Why work stands still; both False while all is well."""

    is_without_room: bool
    is_without_worker: bool


def disk_of(folder: Path) -> Disk:
    """The disk under an existing folder; one system call."""
    facts = os.statvfs(folder)
    return Disk(facts.f_blocks * facts.f_frsize, facts.f_bavail * facts.f_frsize)


def is_full(error: BaseException | None) -> bool:
    """Whether an error means a full disk: by its kind, its number, or the words of a tool or a database."""
    while error is not None:
        if isinstance(error, NoRoom) or (isinstance(error, OSError) and error.errno in _FULL_ERRNO):
            return True
        if any(words in str(error) for words in _FULL_WORDS):
            return True
        error = error.__cause__
    return False


def outlook(session: Session, disk: Disk, now: datetime) -> Outlook:
    """Why work stands still, as far as the jobs and this machine's disk tell."""
    stopped = select(Job.id).where(Job.state == JobState.READY, Job.error_code == queue.NO_ROOM).limit(1)
    if not disk.has_room_for() or session.scalar(stopped) is not None:
        return Outlook(is_without_room=True, is_without_worker=False)
    limit = now - PATIENCE
    overdue = select(Job.id).where(Job.state == JobState.READY, Job.run_at <= limit, Job.created_at <= limit)
    if session.scalar(overdue.limit(1)) is None:
        return Outlook(is_without_room=False, is_without_worker=False)
    alive = select(Job.id).where(or_(Job.beat_at > limit, Job.finished_at > limit)).limit(1)
    return Outlook(is_without_room=False, is_without_worker=session.scalar(alive) is None)
