"""Restore: a site from its backup, into a place where there is nothing yet.

The objects come first and every file is checked on its way; the rows follow in one transaction, at the
revision they were written at, and are then brought to the present one. A restore that is broken off leaves no
rows.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from edu import schema
from edu.db import Database
from edu.errors import Conflict, NoRoom
from edu.keeping import files, manifest, tables
from edu.keeping.backup import Told
from edu.keeping.manifest import Entry, Manifest
from edu.keeping.tables import Damaged
from edu.runtime import Runtime, build
from edu.settings import Settings
from edu.storage import ObjectStore

RESERVE = 64 * 1024 * 1024  # bytes of the disk left to the database
_UNSEEN = "a key that is used for reading the other settings only"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: objects and their bytes, rows, and the objects that the backup itself lacks.

    `is_same_key` says whether sessions and media addresses stay good.
    """

    objects: int
    bytes: int
    rows: int
    missing: tuple[str, ...]
    is_same_key: bool


def restore(folder: Path, environ: Mapping[str, str], *, told: Told) -> Restored:
    """Bring the backup in the folder back to where the settings say.

    Raises NotFound without a backup, Conflict when something is there already or a later edu wrote the
    backup, Damaged when a file of it is not as it was written.
    """
    backup = manifest.read(folder)
    if not _is_known(backup.head.revision):
        raise Conflict(
            f"this backup was made by a later edu ({backup.head.version}): restore it with that one"
        )
    planned = Settings.read({"EDU_SECRET_KEY": _UNSEEN, **_without_empty(environ)})
    data = planned.data_dir
    if data.is_dir() and any(data.iterdir()):
        raise Conflict(
            f"the data folder {data} is not empty, and nothing is ever overwritten: name an empty one by "
            "EDU_DATA_DIR, or empty this one if a restore was broken off here"
        )
    _check_room(backup, planned)
    runtime = build(planned)
    try:
        _check_empty(runtime)
        is_same_key = _bring_key(backup, folder, data, environ)
        _bring_objects(backup, folder, runtime.store, told)
        rows = _bring_rows(backup, folder, runtime.db)
    finally:
        runtime.db.dispose()
    objects = backup.objects().values()
    size = sum(entry.size for entry in objects)
    return Restored(len(objects), size, rows, backup.head.missing, is_same_key)


def _without_empty(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if value}


def _is_known(revision: str) -> bool:
    from alembic.script import ScriptDirectory  # a heavy package, for those who change schemas

    return any(each.revision == revision for each in ScriptDirectory(str(schema.FOLDER)).walk_revisions())


def _check_room(backup: Manifest, planned: Settings) -> None:
    if planned.storage_url:
        return
    place = planned.data_dir
    while not place.is_dir():
        place = place.parent
    wanted = sum(entry.size for entry in backup.entries.values()) + RESERVE
    if wanted > (free := shutil.disk_usage(place).free):
        raise NoRoom(
            f"the backup needs {wanted // 10**6} MB and {place} has {free // 10**6} MB left: make room, "
            "or name a folder on a larger disk by EDU_DATA_DIR"
        )


def _check_empty(runtime: Runtime) -> None:
    if sa.inspect(runtime.db.engine).get_table_names():
        raise Conflict("the database is not empty, and nothing is ever overwritten: name an empty one")
    if next(iter(runtime.store.list()), None) is not None:
        raise Conflict("the bucket is not empty, and nothing is ever overwritten: name an empty one")


def _bring_key(backup: Manifest, folder: Path, data: Path, environ: Mapping[str, str]) -> bool:
    """Put the secret key where it was, unless the settings name one; tells whether it is the old one."""
    entry, own = backup.key, environ.get("EDU_SECRET_KEY", "")
    if own:
        return manifest.mark_of(own) == backup.head.site
    if entry is None:
        return False
    if not _is_whole(folder, entry):
        raise _damaged(entry.path)
    with os.fdopen(os.open(data / "secret-key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write((folder / entry.path).read_bytes())
        file.flush()
        os.fsync(file.fileno())
    return True


def _bring_objects(backup: Manifest, folder: Path, store: ObjectStore, told: Told) -> None:
    objects = backup.objects()
    total, done = sum(entry.size for entry in objects.values()), 0
    told(0, total, "objects")
    for key, entry in objects.items():
        try:
            with (folder / entry.path).open("rb") as source:
                stored = store.put(key, source)
        except FileNotFoundError as error:
            raise _damaged(entry.path) from error
        if (stored.size, stored.sha256) != (entry.size, entry.sha256):
            store.delete(key)
            raise _damaged(entry.path)
        done += entry.size
        told(done, total, key)


def _bring_rows(backup: Manifest, folder: Path, db: Database) -> int:
    head = backup.head
    _check_tables(backup, folder)
    written = backup.tables()
    schema.upgrade(db, head.revision)
    with db.writing() as session:
        connection = session.connection()
        found = tables.tables(connection)
        if {table.name for table in found} != set(head.rows):
            raise Damaged("the tables of this backup are not those of its revision: it is damaged")
        for table in found:
            with (folder / written[table.name].path).open("rb") as lines:
                count = tables.load(connection, table, lines)
            if count != head.rows[table.name]:
                raise _damaged(written[table.name].path)
        tables.set_counters(connection, found, head.counters)
    schema.upgrade(db)
    return sum(head.rows.values())


def _check_tables(backup: Manifest, folder: Path) -> None:
    for name in backup.head.rows:
        entry = backup.tables().get(name)
        if entry is None or not _is_whole(folder, entry):
            raise _damaged(entry.path if entry else f"the table {name}")


def _is_whole(folder: Path, entry: Entry) -> bool:
    path = folder / entry.path
    return path.is_file() and files.sha256_of(path) == entry.sha256


def _damaged(path: str) -> Damaged:
    return Damaged(
        f"{path} is damaged in the backup, so nothing was restored: edu verify tells what else is. "
        "Empty the data folder, then take another copy of the backup"
    )
