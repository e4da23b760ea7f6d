"""ObjectStore: the promise that every store keeps, and the values it gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from edu.errors import EduError

BLOCK = 256 * 1024
"""The largest block that `blocks` gives, in bytes: large enough to keep Python out of the way of the wire."""


class StoreUnavailable(EduError):
    """The store did not answer, or refused; the same request may succeed later."""

    code = "store_unavailable"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What was written: its size in bytes and its SHA-256 in lower-case hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What a listing tells of an object: key, size in bytes, and when it was written (UTC)."""

    key: str
    size: int
    modified: datetime


class ObjectStore(Protocol):
    """Keeps whole objects under keys (see keys.py); a reader sees the old object or the new one, never half.

    Every method raises Invalid for a key that is not one, and StoreUnavailable when the store cannot answer.
    """

    def put(self, key: str, source: BinaryIO) -> StoredObject:
        """Read the source to its end and keep it, replacing what was there; NoRoom leaves nothing behind."""
        ...

    def put_file(self, key: str, path: Path, *, move: bool = False, sha256: str = "") -> StoredObject:
        """Keep a file; `move` gives the file away (no copy on the same disk), `sha256` saves reading it."""
        ...

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`, in blocks of at most BLOCK, in time independent of `start`.

        Bytes past the end are not there, which is no error. NotFound is raised by the call itself, before
        the first block.
        """
        ...

    def size(self, key: str) -> int:
        """The size in bytes; NotFound when there is no such object."""
        ...

    def exists(self, key: str) -> bool:
        """Whether there is such an object."""
        ...

    def delete(self, key: str) -> None:
        """Forget the object; one that is not there is as good as forgotten."""
        ...

    def delete_tree(self, prefix: str) -> int:
        """Forget every object whose key lies under the prefix, and tell how many there were."""
        ...

    def list(self, prefix: str = "") -> Iterator[StoredEntry]:
        """The objects under the prefix (whole parts: `a/b` is not above `a/bc`), in no order; "" is all."""
        ...

    def copy(self, source: str, target: str) -> None:
        """Keep the same bytes under a second key, replacing what was there; NotFound without a source."""
        ...

    def local_path(self, key: str) -> Path | None:
        """The file that holds the object, to be read only; None when it is not on this machine's disk."""
        ...

    def presigned_url(self, key: str, seconds: int) -> str | None:
        """An address that anybody may GET for that long; None when the store has no address of its own."""
        ...

    def origin(self) -> str:
        """Scheme, host and port of presigned addresses, for the page's security policy; "" without any."""
        ...

    def fetched(self, key: str) -> AbstractContextManager[Path]:
        """A local file with the object's bytes for a tool to read; the path ends with the block."""
        ...
