"""Manifest: what a backup holds, file by file, and whose it is. Written last, it tells of whole files."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from edu.errors import NotFound
from edu.keeping import files
from edu.keeping.tables import Damaged

NAME = "manifest.jsonl"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the backup: its path below the folder, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of the whole.

    `state` is the folder with the tables, `rows` their lines, `counters` the last numbers given out, `site`
    the mark of the site's secret key, `missing` the objects that rows name and that could not be copied.
    """

    made_at: datetime
    version: str
    revision: str
    site: str
    state: str
    settings: dict[str, str]
    rows: dict[str, int]
    counters: dict[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head and every file, by path."""

    head: Head
    entries: dict[str, Entry]

    @property
    def key(self) -> Entry | None:
        """The secret key, if it is part of the backup."""
        return self.entries.get(f"{self.head.state}/secret-key")

    def tables(self) -> dict[str, Entry]:
        """The files with the rows, by table."""
        return self._below(f"{self.head.state}/", ".jsonl")

    def objects(self) -> dict[str, Entry]:
        """The stored objects by key."""
        return self._below("objects/")

    def write(self, folder: Path) -> None:
        """Put it in place of the one before, whole."""
        told = asdict(self.head) | {"made_at": self.head.made_at.isoformat(), "format": FORMAT}
        lines = [told, *(asdict(entry) for entry in self.entries.values()), {"end": len(self.entries)}]
        files.write(folder, NAME, (json.dumps(line).encode() + b"\n" for line in lines))

    def _below(self, prefix: str, ending: str = "") -> dict[str, Entry]:
        return {
            path.removeprefix(prefix).removesuffix(ending): entry
            for path, entry in self.entries.items()
            if path.startswith(prefix) and path.endswith(ending)
        }


def mark_of(secret_key: str) -> str:
    """By which a backup knows its site again; the key cannot be found from it."""
    return hmac.new(secret_key.encode(), b"edu backup", hashlib.sha256).hexdigest()[:32]


def read(folder: Path) -> Manifest:
    """The manifest of a backup. NotFound when there is none, Damaged when it is not whole."""
    path = folder / NAME
    if not path.is_file():
        raise NotFound(f"there is no backup in {folder}: {NAME} is missing")
    damaged = Damaged(f"{path} is damaged: copy the backup again, or take another one")
    try:
        head, *lines, end = [json.loads(line) for line in path.read_bytes().splitlines()]
        if head.get("format") != FORMAT:
            raise Damaged(f"{path} was written by a later edu: use that one")
        entries = [Entry(str(line["path"]), int(line["size"]), str(line["sha256"])) for line in lines]
        manifest = Manifest(_head(head), {entry.path: entry for entry in entries})
        is_whole = end == {"end": len(lines)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged from error
    if not is_whole or any(_leads_out(entry.path) for entry in entries):
        raise damaged
    return manifest


def _head(told: dict[str, Any]) -> Head:
    return Head(
        made_at=datetime.fromisoformat(told["made_at"]),
        version=str(told["version"]),
        revision=str(told["revision"]),
        site=str(told["site"]),
        state=str(told["state"]),
        settings={str(name): str(value) for name, value in told["settings"].items()},
        rows={str(name): int(count) for name, count in told["rows"].items()},
        counters={str(name): int(last) for name, last in told["counters"].items()},
        missing=tuple(str(key) for key in told["missing"]),
    )


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/")
