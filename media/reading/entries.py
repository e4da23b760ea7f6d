"""What the sample entries of a foreign movie file say before a decoder sees it: encryption, Dolby Vision."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from media.errors import UnsupportedMedia

PATH = ("moov", "trak", "mdia", "minf", "stbl", "stsd")
ENCRYPTED = frozenset({b"encv", b"enca", b"drms", b"drmi"})
"""The names of entries under Common Encryption (ISO/IEC 23001-7) and in the files of a music shop."""
MOST_BOXES = 4096
MOST_ENTRY_BYTES = 256 * 1024
DOLBY_VISION = (b"dvcC", b"dvvC")
ONLY_DOLBY = 5
"""The profile whose base picture has colours of its own (Dolby Vision profiles and levels, section 2)."""


def check_entries(path: Path) -> None:
    """Raise UnsupportedMedia when a track is encrypted or its colours cannot be read."""
    with path.open("rb") as source:
        size = path.stat().st_size
        for entry in _entries(source, 0, size, PATH):
            _check(entry)


def _check(entry: bytes) -> None:
    if entry[4:8] in ENCRYPTED:
        raise UnsupportedMedia("encrypted")
    for name in DOLBY_VISION:
        at = entry.find(name)
        # after the name: version major, version minor, seven bits of profile
        if at > 0 and len(entry) > at + 6 and entry[at + 6] >> 1 == ONLY_DOLBY:
            raise UnsupportedMedia("dolby-vision")


def _entries(source: IO[bytes], start: int, end: int, names: tuple[str, ...]) -> Iterator[bytes]:
    """The sample entries below the boxes of these names, in order."""
    for kind, body, stop in _boxes(source, start, end):
        if kind != names[0].encode():
            continue
        if len(names) > 1:
            yield from _entries(source, body, stop, names[1:])
            continue
        source.seek(body + 8)
        data = source.read(min(stop - body - 8, MOST_ENTRY_BYTES))
        while len(data) >= 8:
            size = int.from_bytes(data[:4], "big")
            if size < 8:
                break
            yield data[:size]
            data = data[size:]


def _boxes(source: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start of the content and end of each box in a stretch of the file."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        source.seek(start)
        head = source.read(16)
        size, length = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, length = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < length:
            return
        yield head[4:8], start + length, min(start + size, end)
        start += size
