"""A zip as a stream: its length known before its first byte, and no file of it held in memory whole.

PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4, without zip64: a pack stays below 4 GiB. Sizes and checksums
stand before each file, as readers that unpack while they receive need them, so a film is read twice, once for
its checksum; that is kept, for a film never changes under its key.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from edu.errors import Invalid
from edu.storage import ObjectStore

MOST_BYTES = 4_000_000_000
MOST_FILES = 2000
_STORED, _DEFLATED = 0, 8
_VERSION, _UTF8 = 20, 1 << 11
_READ_BY_ALL = 0o100644 << 16  # a file that its owner may write, in the attributes of Unix
_UNIX = 3 << 8
_NAME = re.compile(r"(?!\.)[\w.+-]+(?:/(?!\.)[\w.+-]+)*", re.ASCII)
MOST_CHECKSUMS = 500
_checksums: dict[tuple[str, int], int] = {}  # by key and size


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a zip: `length` bytes as they lie in it, `size` when they are unpacked."""

    name: str
    size: int
    length: int
    crc: int
    method: int
    blocks: Callable[[], Iterator[bytes]]


def text(name: str, data: bytes) -> Member:
    """A file that is small enough to be at hand, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    method = _DEFLATED if len(packed) < len(data) else _STORED
    kept = packed if method == _DEFLATED else data
    return Member(_checked(name), len(data), len(kept), zlib.crc32(data), method, lambda: iter((kept,)))


def film(name: str, store: ObjectStore, key: str) -> Member:
    """An object of the store, as it is: films and pictures are packed already.

    NotFound where there is no such object, StoreUnavailable where the store does not answer.
    """
    size = store.size(key)
    crc = _checksum(store, key, size)
    return Member(_checked(name), size, size, crc, _STORED, lambda: store.blocks(key))


def _checksum(store: ObjectStore, key: str, size: int) -> int:
    known = _checksums.get((key, size))
    if known is not None:
        return known
    crc = 0
    for block in store.blocks(key):
        crc = zlib.crc32(block, crc)
    if len(_checksums) >= MOST_CHECKSUMS:
        _checksums.clear()
    _checksums[key, size] = crc
    return crc


def length(members: Sequence[Member]) -> int:
    """How many bytes the zip has. Invalid when it would not open everywhere."""
    if len(members) > MOST_FILES:
        raise Invalid("this lesson has too many files for one pack", code="pack_too_large")
    names = [len(member.name.encode()) for member in members]
    total = 22 + sum(30 + 46 + 2 * name for name in names) + sum(member.length for member in members)
    if total > MOST_BYTES:
        raise Invalid("this film is too large for a pack", code="pack_too_large")
    return total


def stream(members: Sequence[Member], at: datetime) -> Iterator[bytes]:
    """The zip's bytes in order; every file has the time `at`."""
    stamp = _stamp(at)
    offset, directory = 0, []
    for member in members:
        name = member.name.encode()
        facts = (_UTF8, member.method, *stamp, member.crc, member.length, member.size, len(name), 0)
        head = struct.pack("<4s5H3I2H", b"PK\3\4", _VERSION, *facts) + name
        more = (0, 0, 0, _READ_BY_ALL, offset)  # comment, disk, inner attributes, outer attributes, place
        directory.append(
            struct.pack("<4s6H3I5H2I", b"PK\1\2", _UNIX | _VERSION, _VERSION, *facts, *more) + name
        )
        yield head
        yield from member.blocks()
        offset += len(head) + member.length
    listed = b"".join(directory)
    yield listed + struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), offset, 0
    )


def _stamp(at: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS writes them, from 1980 on, in steps of two seconds."""
    year = max(at.year, 1980)
    return at.hour << 11 | at.minute << 5 | at.second // 2, (year - 1980) << 9 | at.month << 5 | at.day


def _checked(name: str) -> str:
    """The name, if every system can write a file of it and no path leads out of the folder."""
    if not _NAME.fullmatch(name) or len(name) > 200:
        raise ValueError(f"no name for a file in a pack: {name!r}")
    return name
