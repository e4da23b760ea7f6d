"""Boxes of ISO base media files (ISO/IEC 14496-12): walking them, the segment index, and codec strings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MAX_BOXES = 100_000
CONTAINERS = frozenset({"moov", "trak", "mdia", "minf", "stbl"})
MAX_MOOV_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Box:
    """A box named `kind` at `start`, `size` bytes in all, its content from `body` on. Offsets in bytes."""

    kind: str
    start: int
    size: int
    body: int

    @property
    def end(self) -> int:
        """The offset of the byte after the box."""
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Fragment:
    """One moof with its mdat: where it lies (bytes) and what it plays (seconds of the track)."""

    offset: int
    size: int
    start_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Track:
    """A track of a moov: `handler` is vide or soun, `codecs` as in RFC 6381 (empty when not known)."""

    handler: str
    codecs: str


def top_level(path: Path) -> tuple[Box, ...]:
    """The boxes of the outermost level, by seeking alone. A box that runs past the end of the file ends the
    walk.
    """
    end = path.stat().st_size
    with path.open("rb") as source:
        return tuple(_walk(source, 0, end))


def fragments(path: Path) -> tuple[Fragment, ...]:
    """The fragments that the first segment index (the first track's) names. Empty when there is no index."""
    index = next((box for box in top_level(path) if box.kind == "sidx"), None)
    if index is None:
        return ()
    with path.open("rb") as source:
        source.seek(index.body)
        body = source.read(index.end - index.body)
    wide = body[0] == 1
    timescale = integer(body, 8, 4)
    first = integer(body, 20, 8) if wide else integer(body, 16, 4)
    place = 28 if wide else 20
    count = integer(body, place + 2, 2)
    offset, ticks, found = index.end + first, 0, []
    for number in range(count):
        at = place + 4 + number * 12
        size, duration = integer(body, at, 4) & 0x7FFFFFFF, integer(body, at + 4, 4)
        found.append(Fragment(offset, size, ticks / timescale, duration / timescale))
        offset, ticks = offset + size, ticks + duration
    return tuple(found)


def initialisation_size(path: Path) -> int:
    """Bytes from the start to the end of moov: what a player needs before the first fragment."""
    return next(box.end for box in top_level(path) if box.kind == "moov")


def tracks(path: Path) -> tuple[Track, ...]:
    """The tracks of a file we wrote, with their codec strings, in the order of the file."""
    moov = next(box for box in top_level(path) if box.kind == "moov")
    with path.open("rb") as source:
        source.seek(moov.start)
        data = source.read(min(moov.size, MAX_MOOV_BYTES))
    return tuple(_track(data, box) for box in inside(data, moov.body - moov.start) if box.kind == "trak")


def _walk(source: IO[bytes], start: int, end: int) -> Iterator[Box]:
    for _ in range(MAX_BOXES):
        source.seek(start)
        head = source.read(16)
        if start + 8 > end or len(head) < 8:
            return
        box = _box(head, start, end)
        if box is None:
            return
        yield box
        start = box.end


def _box(head: bytes, start: int, end: int) -> Box | None:
    size, kind, length = integer(head, 0, 4), head[4:8].decode("latin-1"), 8
    if size == 1 and len(head) >= 16:
        size, length = integer(head, 8, 8), 16
    elif size == 0:
        size = end - start
    if size < length:
        return None
    return Box(kind, start, min(size, end - start) if kind == "mdat" else size, start + length)


def inside(data: bytes, start: int, end: int | None = None) -> Iterator[Box]:
    """The boxes between two offsets of `data`."""
    stop = len(data) if end is None else end
    while start + 8 <= stop:
        box = _box(data[start : start + 16], start, stop)
        if box is None:
            return
        yield box
        start = box.end


def _track(data: bytes, trak: Box) -> Track:
    handler, entry = "", b""
    pending = [trak]
    while pending:
        for box in inside(data, pending[0].body, pending[0].end):
            if box.kind in CONTAINERS:
                pending.append(box)
            elif box.kind == "hdlr":
                handler = data[box.body + 8 : box.body + 12].decode("latin-1")
            elif box.kind == "stsd":
                entry = data[box.body + 8 : box.end]
        pending.pop(0)
    return Track(handler, _codec_string(entry))


def _codec_string(entry: bytes) -> str:
    """RFC 6381 section 3.3 from the first sample entry: its name with what avcC, av1C or esds says."""
    kind = entry[4:8].decode("latin-1")
    if kind in ("avc1", "avc3"):
        at = entry.find(b"avcC")
        return f"{kind}.{entry[at + 5 : at + 8].hex()}" if at > 0 else ""
    if kind == "mp4a":
        return _audio_codec_string(entry)
    if kind == "av01":
        at = entry.find(b"av1C")
        return _av1_codec_string(entry[at + 4 :]) if at > 0 else ""
    return ""


def _av1_codec_string(config: bytes) -> str:
    """av01.<profile>.<level><tier>.<depth>, from av1C (AV1 in ISOBMFF, section 2.3)."""
    profile, level = config[1] >> 5, config[1] & 0x1F
    tier = "H" if config[2] & 0x80 else "M"
    depth = 12 if config[2] & 0x60 == 0x60 else 10 if config[2] & 0x40 else 8
    return f"av01.{profile}.{level:02d}{tier}.{depth:02d}"


def _audio_codec_string(entry: bytes) -> str:
    """mp4a.<object type>.<audio object type>, from esds (ISO/IEC 14496-1 section 7.2.6)."""
    at = entry.find(b"esds")
    if at < 0:
        return ""
    data, place = entry, at + 8
    tag, place = _descriptor(data, place)
    if tag == 3:
        flags = data[place + 2]
        place += 3 + (2 if flags & 0x80 else 0) + (2 if flags & 0x20 else 0)
        if flags & 0x40:
            place += 1 + data[place]
        _, place = _descriptor(data, place)
    object_type = data[place]
    _, place = _descriptor(data, place + 13)
    kind = data[place] >> 3
    if kind == 31:
        kind = 32 + ((data[place] & 7) << 3 | data[place + 1] >> 5)
    return f"mp4a.{object_type:02x}.{kind}"


def _descriptor(data: bytes, place: int) -> tuple[int, int]:
    """The tag of the descriptor at `place` and where its content starts (after 1 to 4 length bytes)."""
    tag = data[place]
    place += 1
    while data[place] & 0x80:
        place += 1
    return tag, place + 1


def integer(data: bytes, place: int, length: int) -> int:
    """The unsigned number of so many bytes, the highest first."""
    return int.from_bytes(data[place : place + length], "big")
