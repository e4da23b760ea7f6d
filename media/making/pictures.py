"""Still pictures: one that a person brings, drawn anew within bounds, and one moment of a film that we wrote.

Drawing anew leaves out whatever else the file held: place and camera, comments, a second picture behind the
first. What comes out is upright and at most LONGEST_SIDE pixels long.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from media.errors import MediaLimitExceeded, UnreadableMedia, UnsupportedMedia
from media.running.limits import MAX_PIXELS, MIB, PROTOCOLS, ToolLimits
from media.running.process import run
from media.running.sandbox import View
from media.running.tools import Tools, examine, find_ffmpeg

LONGEST_SIDE: Final = 2560  # pixels
HEAD: Final = 1 << 18  # bytes in which the size of a picture stands
DRAWING: Final = ToolLimits(
    wall_seconds=20, processor_seconds=15, file_bytes=32 * MIB, memory_bytes=2048 * MIB, output_bytes=MIB
)
_READING = {"png": ("png_pipe", "png"), "jpg": ("jpeg_pipe", "mjpeg"), "webp": ("webp_pipe", "webp")}
_WRITING = {
    "png": ("-c:v", "png", "-pred", "mixed"),
    "jpg": ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"),
    "webp": ("-c:v", "libwebp", "-quality", "85"),
}
_PLAIN_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG markers that tell the size


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn: its file, its size in pixels, and the ending of its format: png jpg webp."""

    path: Path
    width: int
    height: int
    ending: str


def draw_picture(source: Path, folder: Path, *, tools: Tools | None = None) -> Picture:
    """Draw a PNG, JPEG or WebP picture anew, into `folder`, in the same format.

    Raises UnsupportedMedia for another format, MediaLimitExceeded above MAX_PIXELS, UnreadableMedia when
    nothing can be drawn, or as `process.run` does.
    """
    tools = tools or Tools()
    head = _head(source)
    ending = format_of(head)
    if ending is None:
        raise UnsupportedMedia("not-a-video")
    width, height = size_of(head, ending) or (0, 0)
    if width * height > MAX_PIXELS:
        raise MediaLimitExceeded("frame-too-large", width=width, height=height, limit=MAX_PIXELS)
    demuxer, decoder = _READING[ending]
    reading = ["-f", demuxer, "-c:v", decoder, "-max_pixels", str(MAX_PIXELS), "-threads", "1"]
    return _draw(source, folder, ending, reading, tools)


def draw_frame(film: Path, at: int, folder: Path, *, tools: Tools | None = None) -> Picture:
    """Draw the picture at `at` milliseconds of a rendition that we wrote, as a JPEG, into `folder`.

    Past the end there is no picture: UnreadableMedia.
    """
    seeking = ["-f", "mov", "-threads", "1", "-ss", f"{at / 1000:.3f}"]
    return _draw(film, folder, "jpg", seeking, tools or Tools())


def format_of(head: bytes) -> str | None:
    """The ending of the format that the first bytes belong to; None for no picture that we take."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return None


def size_of(head: bytes, ending: str) -> tuple[int, int] | None:
    """Width and height as the head of the file tells them; None where it does not."""
    try:
        if ending == "png":
            return struct.unpack_from(">II", head, 16)
        return _size_of_jpeg(head) if ending == "jpg" else _size_of_webp(head)
    except (struct.error, IndexError):
        return None


def _size_of_jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        if marker in _PLAIN_FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", head, at + 2)[0]
    return None


def _size_of_webp(head: bytes) -> tuple[int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", head, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _draw(source: Path, folder: Path, ending: str, reading: list[str], tools: Tools) -> Picture:
    found = examine(find_ffmpeg(tools.ffmpeg))
    target = folder / f"picture.{ending}"
    longest = f"min({LONGEST_SIDE}/max(iw\\,ih)\\,1)"
    argv = [str(found.path), "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"]
    argv += ["-protocol_whitelist", PROTOCOLS, *reading, "-i", f"file:{source}"]
    argv += ["-map", "0:v:0", "-frames:v", "1", "-map_metadata", "-1", "-fflags", "+bitexact"]
    argv += ["-vf", f"scale=w='max(1,trunc(iw*{longest}))':h='max(1,trunc(ih*{longest}))'"]
    argv += ["-flags:v", "+bitexact", *_WRITING[ending], "-f", "image2", "-update", "1", f"file:{target}"]
    view = View((source,), (folder,), tools.sandbox)
    run(argv, limits=DRAWING, view=view, folder=folder)
    size = size_of(_head(target), ending) if target.is_file() else None
    if size is None:
        raise UnreadableMedia("no-frames")
    return Picture(target, *size, ending)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)
