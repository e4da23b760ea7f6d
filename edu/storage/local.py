"""LocalStore: objects as files under one folder; a temporary file, fsync and rename make each write whole."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from edu.durable import sync_folder
from edu.errors import Invalid, NoRoom, NotFound
from edu.storage.keys import check_key
from edu.storage.store import BLOCK, StoredEntry, StoredObject, StoreUnavailable

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS)


class LocalStore:
    """Keeps `a/b` in the file `<root>/a/b`; `<root>/.tmp` holds what is being written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._writing = root / ".tmp"
        self._writing.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, source: BinaryIO) -> StoredObject:
        """Keep what the source gives to its end."""
        target = self._path(key)
        with _errors_told(key), self._temporary() as temporary:
            stored = _written(source, temporary)
            self._publish(temporary, target)
        return stored

    def put_file(self, key: str, path: Path, *, move: bool = False, sha256: str = "") -> StoredObject:
        """Keep a file; with `move`, a file of the same disk is renamed into place."""
        target = self._path(key)
        with path.open("rb") as source:
            if move and path.stat().st_dev == self.root.stat().st_dev:
                with _errors_told(key):
                    stored = StoredObject(os.fstat(source.fileno()).st_size, sha256 or _digest(source))
                    os.fsync(source.fileno())
                    self._publish(path, target)
                return stored
            stored = self.put(key, source)
        if move:
            path.unlink()
        return stored

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`, by a seek."""
        if start < 0 or (length is not None and length < 0):
            raise Invalid(f"no bytes lie at {start} for {length}", code="bad_range")
        left = max(0, self.size(key) - start)
        return _read(self._path(key), start, left if length is None else min(length, left))

    def size(self, key: str) -> int:
        """The size in bytes."""
        with _errors_told(key):
            found = self._path(key).stat()
        if not stat.S_ISREG(found.st_mode):
            raise _missing(key)
        return found.st_size

    def exists(self, key: str) -> bool:
        """Whether there is such an object."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Forget the object."""
        path = self._path(key)
        with _errors_told(key), suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
            sync_folder(path.parent)

    def delete_tree(self, prefix: str) -> int:
        """Forget every object under the prefix, and the folders they leave empty."""
        top = self._path(prefix)
        count = 0
        with _errors_told(prefix):
            for folder, folders, files in os.walk(top, topdown=False):
                for name in files:
                    (Path(folder) / name).unlink(missing_ok=True)
                    count += 1
                for name in folders:
                    _remove_empty(Path(folder) / name)
            if count:
                _remove_empty(top)
                sync_folder(top.parent)
        return count

    def list(self, prefix: str = "") -> Iterator[StoredEntry]:
        """The objects under the prefix; one that goes away meanwhile is left out."""
        top = self._path(prefix) if prefix else self.root
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(folder) / name
                with suppress(FileNotFoundError):
                    found = path.stat()
                    when = datetime.fromtimestamp(found.st_mtime, UTC)
                    yield StoredEntry(path.relative_to(self.root).as_posix(), found.st_size, when)

    def copy(self, source: str, target: str) -> None:
        """Keep the same bytes under a second key: a second name of the file, which never changes in place."""
        origin, goal = self._path(source), self._path(target)
        self.size(source)
        with _errors_told(source), self._temporary() as temporary:
            linked = _linked(temporary, origin)
            if linked:
                self._publish(temporary, goal)
        if not linked:
            self.put_file(target, origin)

    def local_path(self, key: str) -> Path | None:
        """The file that holds the object."""
        self.size(key)
        return self._path(key)

    def presigned_url(self, key: str, seconds: int) -> str | None:
        """None: files on this disk have no address of their own."""
        check_key(key)
        return None

    def origin(self) -> str:
        """None."""
        return ""

    @contextmanager
    def fetched(self, key: str) -> Iterator[Path]:
        """The file itself: a tool reads it where it lies."""
        self.size(key)
        yield self._path(key)

    def sweep(self, before: datetime) -> int:
        """Remove what a killed writer left in .tmp before that moment, and tell how many files it was."""
        count = 0
        for path in self._writing.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    count += 1
        return count

    def _path(self, key: str) -> Path:
        return self.root / check_key(key)

    @contextmanager
    def _temporary(self) -> Iterator[Path]:
        path = self._writing / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _publish(self, temporary: Path, target: Path) -> None:
        _in_folder(self.root, target, lambda: temporary.replace(target))
        sync_folder(target.parent)


@contextmanager
def _errors_told(key: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(key) from error
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom("the disk is full") from error
        raise StoreUnavailable(f"the object {key} cannot be reached: {error.strerror}") from error


def _linked(name: Path, file: Path) -> bool:
    """Give the file a second name; False where the file system knows no such thing."""
    try:
        name.hardlink_to(file)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def _missing(key: str) -> NotFound:
    return NotFound("there is no object %(key)s", code="no_object", key=key)


def _written(source: BinaryIO, path: Path) -> StoredObject:
    digest, size = hashlib.sha256(), 0
    with path.open("xb", buffering=0) as target:
        while block := source.read(1024 * 1024):
            digest.update(block)
            size += len(block)
            rest = memoryview(block)
            while rest:  # an unbuffered write may take less than it was given
                rest = rest[target.write(rest) :]
        os.fsync(target.fileno())
    return StoredObject(size, digest.hexdigest())


def _digest(source: BinaryIO) -> str:
    return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]


def _read(path: Path, start: int, left: int) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as source:
        source.seek(start)
        while left and (block := source.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _in_folder(root: Path, target: Path, act: Callable[[], object]) -> None:
    """Do it with the target's folder in place, though a delete_tree may remove an empty one meanwhile."""
    for last in (False, False, True):
        made = _make_folders(root, target.parent)
        try:
            act()
        except FileNotFoundError:
            if last:
                raise
            continue
        for folder in made:
            sync_folder(folder.parent)
        return


def _make_folders(root: Path, folder: Path) -> list[Path]:
    missing: list[Path] = []
    while folder != root and not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
    return missing


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # somebody has just put an object into it, or it is gone
        folder.rmdir()
