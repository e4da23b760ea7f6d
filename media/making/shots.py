"""shots(): when the picture cuts from one shot to the next."""

import re
from dataclasses import replace
from pathlib import Path

from media.info import MediaInfo
from media.making import graph
from media.reading.probe import probe
from media.running.limits import MIB, ToolLimits, for_conversion
from media.running.process import run
from media.running.progress import Cancelled
from media.running.sandbox import View
from media.running.tools import Ffmpeg, Tools, examine, find_ffmpeg

CHANGE = 0.3
"""ffmpeg's scene score (0 to 1) from which a picture is taken for the first of another shot."""
APART_SECONDS = 0.5
"""Changes that come sooner after a cut belong to it: a flash, a dissolve, a picture that scores twice."""
WIDTH = 320
"""Pixels: a cut is seen as well in a small picture, which is compared faster."""

TIME = re.compile(rb"^frame:\d+ +pts:\S+ +pts_time:(-?[\d.]+)", re.MULTILINE)


def shots(
    path: str | Path,
    *,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[int, ...]:
    """The cuts in the picture of `path`: when each new shot begins, in milliseconds from the first picture.

    A small rendition is enough and is read fastest. Without a picture there are none. Each cut is at least
    APART_SECONDS after the one before. Raises a MediaError, as `probe` and `process.run` do.
    """
    source, tools = Path(path).absolute(), tools or Tools()
    known = info or probe(source, cancelled=cancelled)
    if known.picture is None:
        return ()
    ended = run(
        command(examine(find_ffmpeg(tools.ffmpeg)), source, known, threads=tools.threads),
        limits=_limits(known, tools.niceness),
        view=View((source,), sandbox=tools.sandbox),
        cancelled=cancelled,
        give_way=tools.give_way,
    )
    return tuple(max(round(float(found) * 1000), 0) for found in TIME.findall(ended.output))


def command(found: Ffmpeg, source: Path, info: MediaInfo, *, threads: int | None = None) -> list[str]:
    """An ffmpeg command that prints the time of each cut and writes nothing."""
    if info.picture is None:
        raise ValueError("a recording without a picture has no shots")
    reading = graph.source_options(info) | ({} if threads is None else {"threads": threads})
    argv = [str(found.path), "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"]
    argv += ["-progress", "pipe:1"]
    for name, value in reading.items():
        argv += [f"-{name}", str(value)]
    # Which pictures count is told apart in the filter, so that a film of flashes cannot print without end.
    apart = f"isnan(prev_selected_t)+gte(t-prev_selected_t,{APART_SECONDS})"
    filters = (
        f"setpts=PTS-{info.picture.start_seconds:.6f}/TB",
        f"scale={WIDTH}:-2",
        f"select='gt(scene,{CHANGE})*({apart})'",
        "metadata=print:file=-",
    )
    argv += ["-i", f"file:{source}", "-map", f"0:{info.picture.index}", "-an", "-sn", "-dn"]
    return [*argv, "-vf", ",".join(filters), "-fps_mode", "passthrough", "-f", "null", "-"]


def _limits(info: MediaInfo, niceness: int) -> ToolLimits:
    """Those of a conversion, but no file is written; two cuts a second of the longest film are printed."""
    return replace(for_conversion(info.duration / 1000, niceness), file_bytes=0, output_bytes=16 * MIB)
