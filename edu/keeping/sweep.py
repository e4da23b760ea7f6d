"""Sweep: removes what nothing needs, while the site runs, and tells how much it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, and_, delete, func, not_, or_, select
from sqlalchemy.orm import Session

from edu.db import Base
from edu.errors import NotFound
from edu.jobs.original import remove_original
from edu.jobs.worker import Worker
from edu.keeping import leftover
from edu.keeping.needed import sha256_in
from edu.models import ApiToken, Job, JobState, LoginSession, OneTimeLink, Throttle, Upload, Video
from edu.queue import open_engine
from edu.runtime import Runtime
from edu.services import originals, uploads, videos
from edu.services.api import tokens
from edu.services.hand_ins import files as hand_ins
from edu.services.messages import forgetting
from edu.services.throttle import SWEPT_AFTER
from edu.services.video_jobs import CHECK, CONVERT, IMPROVE
from edu.services.viewers import ABSOLUTE
from edu.storage import StoredEntry
from edu.storage.local import LocalStore
from edu.uploads import Shelf

KEPT_JOBS = timedelta(days=30)
KEPT_LINKS = timedelta(days=30)
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Removed:
    """So many things of one sort, and the bytes that they took; 0 for rows."""

    what: str
    count: int
    bytes: int = 0


def sweep(runtime: Runtime, *, is_rehearsal: bool) -> Iterator[Removed]:
    """Remove each sort in turn; in a rehearsal only tell what would be removed."""
    found = leftover.objects(runtime)
    packages = [entry for entry in found if leftover.version_of(entry.key)]
    yield _deleted(runtime, "files made from videos that no video has", packages, is_rehearsal)
    handed_in = [entry for entry in found if hand_ins.id_in(entry.key)]
    yield _deleted(runtime, "recordings of learners that were withdrawn", handed_in, is_rehearsal)
    yield _originals(runtime, [entry for entry in found if sha256_in(entry.key)], is_rehearsal)
    yield _uploads(runtime, is_rehearsal)
    yield _scratch(runtime, is_rehearsal)
    yield from _rows(runtime, is_rehearsal)
    yield _messages(runtime, is_rehearsal)


def _deleted(runtime: Runtime, what: str, found: list[StoredEntry], is_rehearsal: bool) -> Removed:
    for entry in found if not is_rehearsal else ():
        runtime.store.delete(entry.key)
    return Removed(what, len(found), _sum(found))


def _originals(runtime: Runtime, found: list[StoredEntry], is_rehearsal: bool) -> Removed:
    """By the job that removes originals, which alone may: it is promised, and run here at once."""
    what = "originals that no video has"
    if is_rehearsal or not found:
        return Removed(what, len(found), _sum(found))
    with runtime.db.writing() as session:
        for entry in found:
            originals.release(session, sha256_in(entry.key), runtime.clock.now(), wait=timedelta(0))
    worker = Worker(runtime, open_engine(runtime), {originals.REMOVE: remove_original}, name="gc")
    try:
        while worker.run_one():
            pass
    finally:
        worker.close()
    gone = [entry for entry in found if not runtime.store.exists(entry.key)]
    return Removed(what, len(gone), _sum(gone))


def _sum(found: list[StoredEntry]) -> int:
    return sum(entry.size for entry in found)


def _uploads(runtime: Runtime, is_rehearsal: bool) -> Removed:
    shelf, now = uploads.shelf_of(runtime.settings), runtime.clock.now()
    with runtime.db.reading() as session:
        over = set(session.scalars(select(Upload.id).where(Upload.expires_at <= now)))
        over |= set(uploads.strays(session, shelf, now))
    size = sum(_size(shelf, upload_id) for upload_id in over)
    if not is_rehearsal:
        with runtime.db.writing() as session:
            uploads.expire(session, now)
        for upload_id in over:
            shelf.remove(upload_id)
    return Removed("abandoned uploads", len(over), size)


def _size(shelf: Shelf, upload_id: str) -> int:
    try:
        return shelf.offset(upload_id)
    except (NotFound, FileNotFoundError):  # its bytes went into the store, and the row stayed
        return 0


def _scratch(runtime: Runtime, is_rehearsal: bool) -> Removed:
    """What dead attempts left: their folders at once, other scraps after a day.

    A token is in the database before its folder is made, so folders are listed first and tokens read after.
    """
    old = (runtime.clock.now() - leftover.OLD).timestamp()
    folders = [runtime.settings.data_dir / "tmp"]
    if isinstance(runtime.store, LocalStore):
        folders.append(runtime.store.root / ".tmp")
    listed = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    with runtime.db.reading() as session:
        held = set(session.scalars(select(Job.token).where(Job.state == JobState.RUNNING)))
    count = size = 0
    for path in listed:
        with suppress(FileNotFoundError):  # a worker sweeps too
            is_dead = path.is_dir() and _TOKEN.fullmatch(path.name) and path.name not in held
            if is_dead or (path.name not in held and path.stat().st_mtime < old):
                count, size = count + 1, size + _bytes(path)
                if not is_rehearsal:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Removed("scratch files of attempts that are over", count, size)


def _bytes(path: Path) -> int:
    if not path.is_dir():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


def _rows(runtime: Runtime, is_rehearsal: bool) -> Iterator[Removed]:
    now = runtime.clock.now()
    sorts: tuple[tuple[str, type[Base], ColumnElement[bool]], ...] = (
        ("sessions that have ended", LoginSession, LoginSession.created_at <= now - ABSOLUTE),
        ("tokens for programs that ended long ago", ApiToken, tokens.is_long_over(now)),
        ("links that have expired", OneTimeLink, OneTimeLink.expires_at <= now - KEPT_LINKS),
        ("counters of tries", Throttle, Throttle.started_at < now - SWEPT_AFTER),
        ("jobs that are over", Job, _is_over(now - KEPT_JOBS)),
    )
    for what, model, condition in sorts:
        with runtime.db.writing() if not is_rehearsal else runtime.db.reading() as session:
            count = _count(session, model, condition)
            if count and not is_rehearsal:
                session.execute(delete(model).where(condition).execution_options(synchronize_session=False))
        yield Removed(what, count)


def _messages(runtime: Runtime, is_rehearsal: bool) -> Removed:
    now = runtime.clock.now()
    with runtime.db.writing() if not is_rehearsal else runtime.db.reading() as session:
        count = forgetting.count(session, now) if is_rehearsal else forgetting.forget(session, now)
    return Removed("messages or addresses of readers that are kept no longer", count)


def _count(session: Session, model: type[Base], condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(condition)) or 0


def _is_over(before: datetime) -> ColumnElement[bool]:
    """Whether a job ended before that moment and no page tells of it any more."""
    told_of = and_(
        Job.kind.in_((CHECK, CONVERT, IMPROVE)),
        Job.state != JobState.DONE,
        Job.payload["video_id"].as_integer().in_(select(Video.id)),
    )
    ended = func.coalesce(Job.finished_at, Job.created_at) <= before
    return and_(or_(*(Job.state == state for state in videos.OVER)), ended, not_(told_of))
