"""What a file is by its first bytes, before any library opens it: the demuxer to force, or a refusal."""

from dataclasses import dataclass
from pathlib import Path

from media.errors import MediaError, UnreadableMedia, UnsupportedMedia
from media.reading.boxes import Box, top_level
from media.reading.entries import check_entries

HEAD_BYTES = 64 * 1024 + 64
TS_PACKETS = ((188, 0), (192, 4), (204, 0))
"""Packet length and place of the sync byte: plain, with a time code in front (AVCHD), with error correction
behind.
"""

STILL_BRANDS = frozenset({b"mif1", b"heic", b"heix", b"heim", b"heis", b"avif", b"jpeg"})
ANIMATED_BRANDS = {b"msf1": "HEIF", b"hevc": "HEIF", b"hevx": "HEIF", b"avis": "AVIF"}
BMFF_FIRST = frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"OggS", "ogg"),
    (b".RMF", "rm"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpegvideo"),
)
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
DOCUMENTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"MZ",
)
SOUNDS = (
    (b"ID3", "MP3"),
    (b"fLaC", "FLAC"),
    (b"\xff\xfb", "MP3"),
    (b"\xff\xfa", "MP3"),
    (b"\xff\xf3", "MP3"),
    (b"\xff\xf2", "MP3"),
    (b"\xff\xf1", "AAC"),
    (b"\xff\xf9", "AAC"),
    (b"\x0b\x77", "AC-3"),
    (b"#!AMR", "AMR"),
    (b"caff", "CAF"),
    (b".snd", "AU"),
    (b"RF64", "WAV"),
    (b"wvpk", "WavPack"),
    (b"MAC ", "Monkey's Audio"),
)
PLAYLISTS = (b"#extm3u", b"ffconcat", b"v=0", b"[playlist]", b"file '", b"<mpd", b"<smil", b"<playlist")
TEXT_BYTES = frozenset(range(32, 127)) | frozenset(b"\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`demuxer` is ffmpeg's name of the one reader that may open the file; `size` is in bytes."""

    demuxer: str
    size: int


def sniff(path: Path) -> Sniffed:
    """Say which demuxer reads the file at `path`.

    Raises UnreadableMedia (missing, empty, cut short) or UnsupportedMedia (text, playlist, picture, …).
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as source:
            head = source.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableMedia("missing-file") from error
    if size == 0:
        raise UnreadableMedia("empty-file")
    if head[4:8] in BMFF_FIRST:
        _check_movie(head, top_level(path))
        check_entries(path)
        return Sniffed("mov", size)
    demuxer = _by_signature(head)
    if demuxer is None:
        raise _refusal(head)
    return Sniffed(demuxer, size)


def _check_movie(head: bytes, boxes: tuple[Box, ...]) -> None:
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand in ANIMATED_BRANDS:
        raise UnsupportedMedia("animation", format=ANIMATED_BRANDS[brand])
    if brand in STILL_BRANDS:
        raise UnsupportedMedia("picture")
    if not any(box.kind == "moov" for box in boxes):
        raise UnreadableMedia("incomplete-file")


def _by_signature(head: bytes) -> str | None:
    for signature, demuxer in SIGNATURES:
        if head.startswith(signature):
            return demuxer
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if (
        b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02" in head
    ):  # MXF partition pack, after a run-in of up to 64 kB
        return "mxf"
    for length, sync in TS_PACKETS:
        marks = head[sync : sync + length * 8 : length]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return "mpegts"
    return _elementary(head)


def _elementary(head: bytes) -> str | None:
    """Raw H.264 starts with a sequence or picture parameter set or a delimiter; raw HEVC with a video one."""
    body = head[4:] if head[:4] == b"\x00\x00\x00\x01" else head[3:] if head[:3] == b"\x00\x00\x01" else b""
    if not body:
        return None
    if body[0] & 0x1F in (7, 9) and not body[0] & 0x80:
        return "h264"
    return "hevc" if body[0] in (0x40, 0x42, 0x44, 0x46) else None


def _animation(head: bytes) -> str:
    """The name of the format when the picture moves. Any GIF may: how many pictures follow is not asked."""
    if head.startswith(b"GIF8"):
        return "GIF"
    if head.startswith(b"\x89PNG") and b"acTL" in head[:4096]:
        return "APNG"
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return "WebP" if is_webp and head[12:16] == b"VP8X" and head[20] & 2 else ""


def _refusal(head: bytes) -> MediaError:
    moving = _animation(head)
    if moving:
        return UnsupportedMedia("animation", format=moving)
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return UnsupportedMedia("picture")
    if head.startswith(DOCUMENTS):
        return UnsupportedMedia("document")
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return UnsupportedMedia("audio-container", format="WAV")
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return UnsupportedMedia("audio-container", format="AIFF")
    for signature, name in SOUNDS:
        if head.startswith(signature):
            return UnsupportedMedia("audio-container", format=name)
    return UnsupportedMedia(_kind_of_text(head))


def _kind_of_text(head: bytes) -> str:
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(PLAYLISTS) or b"<mpd" in start:
        return "playlist"
    if any(tag in start for tag in (b"<html", b"<!doctype html", b"<script", b"<body")):
        return "web-page"
    sample = head[:4096]
    odd = sum(1 for byte in sample if byte not in TEXT_BYTES and byte < 128)
    return "text-file" if odd == 0 else "not-a-video"
