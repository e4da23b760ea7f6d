"""Files of a backup: written aside and renamed, so that a kill leaves whole files only."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from edu.durable import sync_folder
from edu.errors import NoRoom
from edu.storage import StoredObject

ASIDE = ".writing"
_FULL = (errno.ENOSPC, errno.EDQUOT)


def write(folder: Path, name: str, blocks: Iterable[bytes]) -> StoredObject:
    """Write `<folder>/<name>` from the blocks; for the owner alone, since a backup holds what people wrote.

    Its bytes are durable afterwards, its name after `sync_below`. NoRoom when the disk is full; whatever is
    raised, the file that was there before stays.
    """
    target = folder / name
    aside = folder / ASIDE / secrets.token_hex(12)
    with _room():
        _make_folders(aside.parent)
        _make_folders(target.parent)
        try:
            written = _written(aside, blocks)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    return written


def clear_aside(folder: Path) -> None:
    """Remove what a killed writer left half written."""
    for path in (folder / ASIDE).glob("*"):
        path.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def below(folder: Path) -> Iterator[Path]:
    """Every file under the folder, in the order of names."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def remove_empty(folder: Path) -> None:
    """Remove the folders under this one that hold nothing."""
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def sync_below(folder: Path) -> None:
    """Make every name in the folder and under it durable: a few hundred at once cost little more than one."""
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(place)


def _make_folders(folder: Path) -> None:
    """Make a folder, with those above it that are missing, for the owner alone."""
    if not folder.is_dir():
        _make_folders(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _written(path: Path, blocks: Iterable[bytes]) -> StoredObject:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for block in blocks:
            target.write(block)
            digest.update(block)
            size += len(block)
        target.flush()
        os.fsync(target.fileno())
    return StoredObject(size, digest.hexdigest())


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom("the disk is full: make room, then begin again") from error
        raise
