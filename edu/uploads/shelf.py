"""Shelf and Held: uploads as files, so that a kill, a full disk or two writers at once lose nothing.

Each upload is a folder `<root>/<32 hex digits>` with three files. `data` is what has come: its size is the
offset, and nothing else says so. `info` holds the rest, written whole and renamed into place. `pending` holds
the offset at which a checksummed chunk began while it is written: who opens the upload next cuts it there.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from edu.durable import sync_folder
from edu.errors import Invalid, NoRoom, NotFound, TooLarge
from edu.uploads.protocol import Checksum, ProtocolError

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FULL = (errno.ENOSPC, errno.EDQUOT)
CHECKSUM_MISMATCH: Final = 460


@dataclass(frozen=True, slots=True)
class Info:
    """`length` in bytes, the metadata header as it came, and, once all has come, the SHA-256 of the bytes."""

    length: int
    metadata: str = ""
    sha256: str = ""


class Shelf:
    """The folder of all uploads in progress."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self, info: Info) -> str:
        """Begin an upload and give its id, which nobody can guess."""
        upload_id = secrets.token_hex(16)
        folder = self.root / upload_id
        with _room():
            folder.mkdir(parents=True)
            (folder / "data").touch()
            _write_whole(folder / "info", asdict(info))
            sync_folder(self.root)
        return upload_id

    def free(self) -> int:
        """Bytes that the disk has left."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free

    def info(self, upload_id: str) -> Info:
        """What is known of an upload; NotFound when it is not here."""
        try:
            return Info(**json.loads((self._folder(upload_id) / "info").read_text()))
        except FileNotFoundError as error:
            raise NotFound("there is no such upload") from error

    def offset(self, upload_id: str) -> int:
        """How many bytes have come for good.

        A chunk that is being written under a checksum does not count yet; one that a kill left half written
        is cut off.
        """
        folder = self._folder(upload_id)
        if (begun := _pending(folder)) is not None:
            try:
                with self.hold(upload_id) as held:
                    return held.size
            except ProtocolError:
                return begun  # somebody is writing
        return Held(folder, self.info(upload_id)).size

    @contextmanager
    def hold(self, upload_id: str) -> Iterator[Held]:
        """The upload for one writer. ProtocolError 423 while another has it; NotFound when it is not here."""
        folder = self._folder(upload_id)
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError as error:
            raise NotFound("there is no such upload") from error
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ProtocolError(
                    423, "Another request is writing to this upload.", code="tus_locked"
                ) from error
            if not folder.is_dir():
                raise NotFound("there is no such upload")
            held = Held(folder, self.info(upload_id))
            held.recover()
            yield held
        finally:
            os.close(lock)

    def remove(self, upload_id: str) -> None:
        """Forget an upload and its bytes."""
        shutil.rmtree(self._folder(upload_id), ignore_errors=True)

    def ids(self, older_than: float) -> list[str]:
        """The uploads that lie here and were last changed before that moment (seconds since 1970)."""
        if not self.root.is_dir():
            return []
        found = []
        for folder in self.root.iterdir():
            with suppress(FileNotFoundError):
                if _ID.fullmatch(folder.name) and folder.stat().st_mtime < older_than:
                    found.append(folder.name)
        return found

    def _folder(self, upload_id: str) -> Path:
        if not _ID.fullmatch(upload_id):
            raise NotFound("there is no such upload")
        return self.root / upload_id


class Held:
    """An upload that nobody else can write to while the block of `Shelf.hold` runs."""

    def __init__(self, folder: Path, info: Info) -> None:
        self._folder = folder
        self.upload_id = folder.name
        self.info = info

    @property
    def path(self) -> Path:
        """The file with what has come."""
        return self._folder / "data"

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.info.length if self.info.sha256 else self.path.stat().st_size

    @property
    def is_complete(self) -> bool:
        """Whether every byte is there."""
        return self.size == self.info.length

    def recover(self) -> None:
        """Cut off a checksummed chunk that a kill left half written."""
        begun = _pending(self._folder)
        if begun is not None:
            os.truncate(self.path, begun)
            (self._folder / "pending").unlink()

    def append(self, pieces: Iterable[bytes]) -> None:
        """Write pieces at the end. NoRoom keeps what fitted; TooLarge, past the length, undoes this call."""
        begun = at = self.size
        with self.path.open("r+b", buffering=0) as target, _room():
            target.seek(0, os.SEEK_END)
            for piece in pieces:
                at += len(piece)
                if at > self.info.length:
                    target.truncate(begun)
                    raise TooLarge("This is more than the upload was said to hold.", code="tus_beyond")
                _write(target.fileno(), piece)
            if self.is_complete:
                os.fsync(target.fileno())

    def append_checked(self, pieces: Iterable[bytes], checksum: Checksum) -> None:
        """Write a chunk at the end if it hashes to the checksum, else nothing: ProtocolError 460."""
        begun, digest = self.size, checksum.begin()

        def watched() -> Iterator[bytes]:
            for piece in pieces:
                digest.update(piece)
                yield piece

        with _room():
            _write_whole(self._folder / "pending", begun)
        try:
            self.append(watched())
        except (NoRoom, TooLarge):
            self.recover()
            raise
        if digest.digest() != checksum.digest:
            self.recover()
            raise ProtocolError(CHECKSUM_MISMATCH, "The chunk was changed on its way.", code="tus_mismatch")
        with self.path.open("rb") as written:
            os.fsync(written.fileno())
        (self._folder / "pending").unlink()
        sync_folder(self._folder)

    def note_sha256(self) -> str:
        """The SHA-256 of the whole, kept, so that a file moved away just before a kill can still be found."""
        if not self.is_complete:
            raise Invalid("the upload is not complete")
        if not self.info.sha256:
            with self.path.open("rb") as source:
                digest = hashlib.file_digest(source, "sha256").hexdigest()
            self.info = replace(self.info, sha256=digest)
            _write_whole(self._folder / "info", asdict(self.info))
        return self.info.sha256


def _pending(folder: Path) -> int | None:
    try:
        return int((folder / "pending").read_text())
    except FileNotFoundError:
        return None


def _write(handle: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:  # a write may take less than it was given
        rest = rest[os.write(handle, rest) :]


def _write_whole(path: Path, value: object) -> None:
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w") as target:
        json.dump(value, target)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom("The disk of this site is full. Tell the administrator, then try again.") from error
        raise
