"""Needed: the stored objects that rows name. Whoever adds a column that names objects adds it to COLUMNS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from edu.services.quizzing.writing import still
from edu.storage import original_key


@dataclass(frozen=True, slots=True)
class Naming:
    """A column that names objects, and the one beside it that knows their size; which rows do not count."""

    table: str
    key: str
    size: str
    unless: tuple[str, str] | None = None


COLUMNS = (
    Naming("video", "original_key", "original_bytes"),
    Naming("film", "original_key", "original_bytes", unless=("state", "dropped")),
    Naming("video_file", "key", "bytes"),
    Naming("hand_in", "original_key", "bytes"),
    Naming("hand_in", "file_key", "bytes"),
)
_SHA256 = re.compile(r'"([0-9a-f]{64})"', re.ASCII)
_ORIGINAL = re.compile(r"originals/[0-9a-f]{2}/([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Needed:
    """An object that a row names: its key, and its size in bytes and SHA-256 where they are known."""

    key: str
    size: int | None

    @property
    def sha256(self) -> str:
        """The SHA-256 that the bytes must have; empty where nobody noted one."""
        return sha256_in(self.key)

    def is_met(self, size: int, sha256: str) -> bool:
        """Whether an object of that size and hash is the one that the row means."""
        return self.size in (None, size) and self.sha256 in ("", sha256)


def sha256_in(key: str) -> str:
    """The SHA-256 that the key of an original holds; empty for other keys."""
    found = _ORIGINAL.fullmatch(key)
    return found[1] if found else ""


def needed(connection: Connection, tables: Iterable[sa.Table]) -> dict[str, Needed]:
    """The objects that rows name, by key; tables that an older revision lacks name none."""
    known = {table.name: table for table in tables}
    found: dict[str, Needed] = {}
    for naming in COLUMNS:
        if (table := known.get(naming.table)) is None:
            continue
        key, size = table.c[naming.key], table.c[naming.size]
        asked = sa.select(key, size).where(key != "")
        if naming.unless:
            asked = asked.where(table.c[naming.unless[0]] != naming.unless[1])
        found.update({row[0]: Needed(row[0], row[1]) for row in connection.execute(asked)})
    if (versions := known.get("question_version")) is not None:
        found.update({key: Needed(key, None) for key in _pictures(connection, versions)})
    if (films := known.get("film")) is not None:
        for sha256 in _joined(connection, films):
            found.setdefault(original_key(sha256), Needed(original_key(sha256), None))
    return dict(sorted(found.items()))


def _pictures(connection: Connection, versions: sa.Table) -> set[str]:
    """The pictures that wordings of questions stand on; the name of one tells where it is kept."""
    bodies = connection.scalars(sa.select(versions.c.body))
    read = (json.loads(body) if isinstance(body, str) else body for body in bodies)
    names = {str((body.get("picture") or {}).get("name", "")) for body in read}
    return {key for name in names if (key := still.key_of(name))}


def _joined(connection: Connection, films: sa.Table) -> set[str]:
    """The other recordings that the edits of films take pieces of, by SHA-256."""
    asked = sa.select(films.c.edit).where(films.c.state != "dropped")
    return {sha256 for edit in connection.scalars(asked) for sha256 in _SHA256.findall(json.dumps(edit))}
