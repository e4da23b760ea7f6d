"""Subtitle tracks inside a recording, taken out as WebVTT whose times count from the first picture."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media.errors import MediaError, MediaLimitExceeded, ToolFailed
from media.info import MediaInfo, SubtitleStream
from media.making import graph
from media.running.limits import MIB, ToolLimits
from media.running.process import run
from media.running.sandbox import View
from media.running.tools import Tools, examine, find_ffmpeg

MOST_TRACKS = 8
MOST_BYTES = 5 * MIB
MOST_CUES = 20_000
LIMITS = ToolLimits(
    wall_seconds=120, stall_seconds=60, processor_seconds=120, file_bytes=MOST_BYTES, memory_bytes=1024 * MIB
)
"""The whole file is read, but nothing in it is decoded but text."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A track of text: what the file says of it and the bytes of a WebVTT file, foreign text like any upload.

    `data` is empty when the track holds no cue, is damaged or too long; `problem` is then the code of the
    MediaError, else empty.
    """

    language: str
    title: str
    data: bytes
    problem: str = ""


def subtitles(
    path: str | Path,
    info: MediaInfo,
    *,
    tools: Tools | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Inside, ...]:
    """The text tracks of the recording at `path`, in the order of the file, at most MOST_TRACKS.

    Tracks that are pictures of text are left out: `info.subtitles` names them. The damage of one track does
    not cost another. Raises ToolMissing or MediaCancelled.
    """
    wanted = [stream for stream in info.subtitles if stream.is_text][:MOST_TRACKS]
    if not wanted:
        return ()
    chosen = tools or Tools()
    found = examine(find_ffmpeg(chosen.ffmpeg))
    source = Path(path).absolute()
    taken = []
    with tempfile.TemporaryDirectory(prefix="subtitles-") as name:
        for stream in wanted:
            target = Path(name) / f"{stream.index}.vtt"
            argv = graph.subtitle_track(found, source, info, stream, target)
            try:
                view = View((source,), (Path(name),), chosen.sandbox)
                run(argv, limits=LIMITS, view=view, cancelled=cancelled, folder=Path(name))
                taken.append(_inside(stream, target.read_bytes()))
            except (ToolFailed, MediaLimitExceeded) as error:
                taken.append(_inside(stream, b"", error))
    return tuple(taken)


def _inside(stream: SubtitleStream, data: bytes, error: MediaError | None = None) -> Inside:
    count = data.count(b"-->")
    if count > MOST_CUES:
        error = MediaLimitExceeded("too-many-cues", count=count, limit=MOST_CUES)
    usable = data if count and error is None else b""
    return Inside(stream.language, stream.title, usable, error.code if error else "")
