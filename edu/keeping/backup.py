"""Backup: everything a site needs, copied while it runs, into a folder that is better or the same afterwards.

The rows are read in one snapshot, the objects after them: an object never changes under its key, and one that
a row of the snapshot names is removed hours after the row at the earliest. What was copied before is not
copied again. Every file is written aside and renamed; the manifest comes last, and what only the manifest
before it named is removed after that.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from edu import __version__
from edu.durable import sync_folder
from edu.errors import Conflict, Invalid, NotFound
from edu.keeping import files, manifest, tables
from edu.keeping.manifest import Entry, Head, Manifest
from edu.keeping.needed import Needed, needed
from edu.keeping.tables import Damaged
from edu.runtime import Runtime

LOCK = "edu-backup"
Told = Callable[[int, int, str], None]
"""Hears how far the work is: bytes done, bytes in all, and what is at hand."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An object that a row names and that could not be copied, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What the backup holds, what was new, what is lost, and what was deleted from the site meanwhile."""

    files: int
    bytes: int
    rows: int
    copied: int
    copied_bytes: int
    lost: tuple[Lost, ...]
    gone: tuple[str, ...]


@dataclass(slots=True)
class _Copied:
    entries: dict[str, Entry]
    count: int = 0
    bytes: int = 0


def back_up(
    runtime: Runtime, folder: Path, *, settings: Mapping[str, str], with_key: bool, told: Told
) -> Done:
    """Copy the site into the folder, where an earlier backup of it may be.

    Raises Invalid for a folder that cannot be used, Conflict when another backup is writing there.
    """
    _check_place(runtime, folder)
    with _alone(folder):
        before = _before(runtime, folder)
        files.clear_aside(folder)
        head, wanted = _take_rows(runtime, folder, settings, with_key)
        copied, lost = _take_objects(runtime, folder, wanted, before, told)
        gone = _not_needed_any_more(runtime, lost)
        head_files = {entry.path: entry for entry in _state_files(folder, head.state)}
        missing = tuple(each.key for each in lost)
        whole = Manifest(replace(head, missing=missing), head_files | copied.entries)
        files.sync_below(folder)  # the manifest must not outlive what it names
        whole.write(folder)
        sync_folder(folder)
        _clear_away(folder, whole)
    return Done(
        files=len(whole.entries),
        bytes=sum(entry.size for entry in whole.entries.values()),
        rows=sum(head.rows.values()),
        copied=copied.count,
        copied_bytes=copied.bytes,
        lost=tuple(each for each in lost if each.key not in gone),
        gone=gone,
    )


def _check_place(runtime: Runtime, folder: Path) -> None:
    data = runtime.settings.data_dir.resolve()
    place = folder.resolve()
    if place == data or data in place.parents or place in data.parents:
        raise Invalid(
            f"{folder} and the data folder {data} lie in one another: choose a folder apart from it"
        )
    if folder.exists() and not folder.is_dir():
        raise Invalid(f"{folder} is a file: name a folder")
    known = {LOCK, manifest.NAME}
    if folder.is_dir() and (names := {path.name for path in folder.iterdir()}) and not names & known:
        raise Invalid(
            f"{folder} holds something else: name an empty folder, or one with a backup of this site"
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(f"another backup is writing to {folder}: wait for its end") from error
        yield
    finally:
        os.close(handle)


def _before(runtime: Runtime, folder: Path) -> dict[str, Entry]:
    """What an earlier backup knows of the files that lie here."""
    try:
        found = manifest.read(folder)
    except (NotFound, Damaged):
        return {}
    if found.head.site != manifest.mark_of(runtime.settings.secret_key):
        raise Invalid(
            f"{folder} holds the backup of another site, or of this one under another EDU_SECRET_KEY: "
            "choose another folder"
        )
    return found.entries


def _take_rows(
    runtime: Runtime, folder: Path, settings: Mapping[str, str], with_key: bool
) -> tuple[Head, dict[str, Needed]]:
    """Write every table as it is at one moment, and tell which objects the rows name."""
    now = runtime.clock.now()
    state = f"state-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    rows = {}
    with runtime.db.reading() as session:
        connection = session.connection()
        revision = tables.revision(connection)
        if revision is None:
            raise Invalid("there is no database yet: there is nothing to back up")
        found = tables.tables(connection)
        for table in found:
            lines = _Counted(tables.dump(connection, table))
            files.write(folder, f"{state}/{table.name}.jsonl", lines)
            rows[table.name] = lines.count - 1  # the first names the columns
        wanted = needed(connection, found)
        counters = tables.counters(connection, found)
    secret_key = runtime.settings.secret_key
    if with_key:
        files.write(folder, f"{state}/secret-key", [secret_key.encode()])
    mark = manifest.mark_of(secret_key)
    return Head(now, __version__, revision, mark, state, dict(settings), rows, counters, ()), wanted


class _Counted:
    """Lines, counted as they go by."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            yield line


def _take_objects(
    runtime: Runtime, folder: Path, wanted: Mapping[str, Needed], before: Mapping[str, Entry], told: Told
) -> tuple[_Copied, list[Lost]]:
    total, done = sum(each.size or 0 for each in wanted.values()), 0
    copied, lost = _Copied({}), list[Lost]()
    told(0, total, "objects")
    for key, want in wanted.items():
        path = f"objects/{key}"
        entry = _kept(folder, path, want, before.get(path))
        try:
            if entry is None:
                entry = _copy(runtime, folder, path, want)
                copied.count, copied.bytes = copied.count + 1, copied.bytes + entry.size
            copied.entries[path] = entry
        except (NotFound, Damaged) as error:
            lost.append(Lost(key, error.sentence))
        done += want.size or 0
        told(done, total, key)
    return copied, lost


def _kept(folder: Path, path: str, want: Needed, known: Entry | None) -> Entry | None:
    """What an earlier run copied, if it is what is wanted; read again where no manifest tells its hash."""
    file = folder / path
    if not file.is_file():
        return None
    size = file.stat().st_size
    if not want.is_met(size, want.sha256):
        return None
    sha256 = known.sha256 if known and known.size == size else files.sha256_of(file)
    return Entry(path, size, sha256) if want.is_met(size, sha256) else None


def _copy(runtime: Runtime, folder: Path, path: str, want: Needed) -> Entry:
    written = files.write(folder, path, runtime.store.blocks(want.key))
    if not want.is_met(written.size, written.sha256):
        (folder / path).unlink()
        raise Damaged(f"the stored file {want.key} is damaged: it is not what was uploaded or made")
    return Entry(path, written.size, written.sha256)


def _not_needed_any_more(runtime: Runtime, lost: list[Lost]) -> tuple[str, ...]:
    """Of the objects that could not be copied, those whose rows are gone by now, with their videos."""
    if not lost:
        return ()
    with runtime.db.reading() as session:
        connection = session.connection()
        still = needed(connection, tables.tables(connection))
    return tuple(each.key for each in lost if each.key not in still)


def _state_files(folder: Path, state: str) -> Iterator[Entry]:
    for path in files.below(folder / state):
        yield Entry(path.relative_to(folder).as_posix(), path.stat().st_size, files.sha256_of(path))


def _clear_away(folder: Path, whole: Manifest) -> None:
    """Remove what only earlier backups named: what was deleted from a site leaves its backup too."""
    for path in folder.glob("state-*"):
        if path.name != whole.head.state:
            shutil.rmtree(path)
    for path in files.below(folder / "objects"):
        if path.relative_to(folder).as_posix() not in whole.entries:
            path.unlink()
    files.remove_empty(folder / "objects")
