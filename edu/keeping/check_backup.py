"""Looks through a backup: every file whole, every row readable, every object that a row names among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.keeping import files, manifest
from edu.keeping.backup import LOCK, Told
from edu.keeping.files import ASIDE
from edu.keeping.finding import Finding
from edu.keeping.manifest import Entry, Manifest
from edu.keeping.needed import COLUMNS, Naming

ANOTHER = "remove the file and run edu backup again into this folder, or use another copy of the backup"
OWN = {LOCK, manifest.NAME}


def check_backup(folder: Path, *, told: Told) -> Iterator[Finding]:
    """Everything that is wrong, file by file; all of it is read. NotFound and Damaged without a manifest."""
    backup = manifest.read(folder)
    total, done = sum(entry.size for entry in backup.entries.values()), 0
    told(0, total, "files")
    for entry in backup.entries.values():
        if wrong := _wrong_with(folder, entry):
            yield Finding(f"{entry.path} {wrong}", ANOTHER)
        done += entry.size
        told(done, total, entry.path)
    yield from _rows(folder, backup)
    for key in backup.head.missing:
        yield Finding(
            f"the object {key} was not there when the backup was made",
            "run edu verify on the site, or look for it in an older backup",
        )
    yield from _strays(folder, backup)


def _wrong_with(folder: Path, entry: Entry) -> str:
    path = folder / entry.path
    if not path.is_file():
        return "is missing"
    if (size := path.stat().st_size) != entry.size:
        return f"has {size} bytes instead of {entry.size}"
    return "" if files.sha256_of(path) == entry.sha256 else "is damaged: its bytes have changed"


def _rows(folder: Path, backup: Manifest) -> Iterator[Finding]:
    known = set(backup.objects()) | set(backup.head.missing)
    naming = {each.table: each for each in COLUMNS}
    for name, count in backup.head.rows.items():
        try:
            with (folder / backup.tables()[name].path).open("rb") as lines:
                columns, *rows = [json.loads(line) for line in lines]
            named = _named(naming[name], columns, rows) if name in naming else set()
        except (OSError, ValueError, KeyError, IndexError, TypeError):
            yield Finding(f"the rows of {name} cannot be read", ANOTHER)
            continue
        if len(rows) != count:
            yield Finding(f"there are {len(rows)} rows of {name} instead of {count}", ANOTHER)
        for key in sorted(named - known):
            yield Finding(f"the object {key}, which a row of {name} names, is missing", ANOTHER)


def _named(naming: Naming, columns: list[str], rows: list[list[Any]]) -> set[str]:
    """The objects that such rows name."""
    key = columns.index(naming.key)
    if naming.unless:
        state = columns.index(naming.unless[0])
        rows = [row for row in rows if row[state] != naming.unless[1]]
    return {str(row[key]) for row in rows} - {""}


def _strays(folder: Path, backup: Manifest) -> Iterator[Finding]:
    for path in files.below(folder):
        name = path.relative_to(folder).as_posix()
        if name not in backup.entries and name not in OWN and not name.startswith(f"{ASIDE}/"):
            yield Finding(
                f"{name} is no part of the backup", "the next edu backup clears it away", is_wrong=False
            )
