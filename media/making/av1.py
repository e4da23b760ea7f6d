"""encode_av1(): a second, smaller version of a film for browsers that decode AV1."""

import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media.contents import PackageFile, list_files
from media.edit import WHOLE, Edit
from media.errors import MediaError, ToolFailed, ToolMissing, UnreadableMedia
from media.info import MediaInfo
from media.making import edit_graph, encode, frames, graph, hls
from media.making.encode import Job, working
from media.making.ladder import Rendition, ladder
from media.reading.boxes import tracks
from media.reading.probe import probe
from media.running.limits import ToolLimits
from media.running.process import Ticker, run
from media.running.progress import Cancelled, Progress, Stages
from media.running.sandbox import Sandbox, View
from media.running.tools import Ffmpeg, Tools, examine, find_ffmpeg

MASTER_AV1 = "master-av1.m3u8"
OLDEST = (1, 0)
NEEDED = "ffmpeg with the encoder SVT-AV1 1.0 or later"
PRESET = 10
QUALITIES = (35, 42)
"""Rate factors. Against x264 at 23 the first needs 0.4 of the bits on camera footage for the same VMAF; on
clean slides it looks better and needs more of them, and there the second gives the smaller version.
"""
AFTER_FIRST, AFTER_ALL = 0.8, 0.99
TOP_SIDE = 1080
ASKING = ToolLimits(wall_seconds=20, processor_seconds=10)


@dataclass(frozen=True, slots=True)
class Av1Version:
    """What was added in `folder`: `variants` as a player chooses them, the largest first, their files, and
    the master that names them.
    """

    folder: Path
    variants: tuple[hls.Variant, ...]
    master: str
    files: tuple[PackageFile, ...]

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(file.bytes for file in self.files)


def encode_av1(
    path: str | Path,
    folder: str | Path,
    *,
    variants: Sequence[hls.Variant],
    sound_from: Path | None = None,
    edit: Edit = WHOLE,
    sources: Mapping[str, Path] | None = None,
    height: int = TOP_SIDE,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Av1Version:
    """Convert the film that `package` made of `path` once more, as AV1, into `folder`.

    `folder` gets av1-<side>.mp4 with its playlist for the largest and for the smallest step of the ladder,
    and master-av1.m3u8, which names these alone: Chromium's HLS stops at a change of codec. `variants` are
    the H.264 renditions: a film that would be larger than the one of its size is made with fewer bits.
    `sound_from` is the file of one of them: its sound is copied. `height` bounds the shorter side. Raises
    ToolMissing when there is no SVT-AV1 1.0 or later, else as `package` does.
    """
    source, target, given = Path(path).absolute(), Path(folder).absolute(), tools or Tools()
    if (encoder_version(examine(find_ffmpeg(given.ffmpeg))) or (0, 0)) < OLDEST:
        raise ToolMissing("tool-missing", tool=NEEDED)
    stages = Stages(progress, cancelled)
    known, cut = encode.plan(source, info or probe(source, cancelled=cancelled), edit, sources, cancelled)
    steps = _steps(known, height)
    with working(source, known, target, given, cancelled, cut) as job:
        stages.reach(0.0)
        sound = Path(sound_from).absolute() if sound_from and _has_sound(Path(sound_from)) else None
        for quality, end in zip(QUALITIES, (AFTER_FIRST, AFTER_ALL), strict=True):
            _encode(job, steps, target, sound, quality, stages.stage(end, job.seconds))
            made = tuple(_described(target, step) for step in steps)
            if made[0].average_bandwidth < _bandwidth(variants, steps[0]):
                break
    hls.write_master(target, made, name=MASTER_AV1)
    stages.reach(1.0)
    names = {MASTER_AV1, *(each.file for each in made), *(each.playlist for each in made)}
    files = tuple(file for file in list_files(target) if file.name in names)
    return Av1Version(target, made, MASTER_AV1, files)


@functools.lru_cache(maxsize=4)
def encoder_version(found: Ffmpeg) -> tuple[int, int] | None:
    """The version of SVT-AV1 in this ffmpeg, as it says itself on coding a picture; remembered. None without.

    A development build gives the number of the release before it.
    """
    if "libsvtav1" not in found.encoders:
        return None
    asking = ["-hide_banner", "-nostdin", "-f", "lavfi", "-i", "color=s=64x64:d=0.04"]
    argv = [str(found.path), *asking, "-c:v", "libsvtav1", "-f", "null", "-"]
    try:
        said = run(argv, limits=ASKING, view=View(sandbox=Sandbox.LIMITS)).messages
    except MediaError:
        return None
    version = re.search(r"Encoder Lib v?(\d+)\.(\d+)", said)
    return (int(version[1]), int(version[2])) if version else None


def _steps(info: MediaInfo, side: int) -> tuple[Rendition, ...]:
    """The largest step of the ladder that is not larger than `side` and the smallest, where those are two.

    Without a picture there is none.
    """
    steps = ladder(info)
    if not steps:
        raise UnreadableMedia("no-frames")
    top = next((step for step in steps if min(step.width, step.height) <= side), steps[-1])
    return tuple(dict.fromkeys((top, steps[-1])))


def _bandwidth(variants: Sequence[hls.Variant], top: Rendition) -> float:
    """The mean bits per second of the other version of this size; without one anything is less."""
    same = (
        each.average_bandwidth for each in variants if (each.width, each.height) == (top.width, top.height)
    )
    return next(same, math.inf)


def _file(folder: Path, step: Rendition) -> Path:
    return folder / f"av1-{step.name}.mp4"


def _encode(
    job: Job, steps: Sequence[Rendition], folder: Path, sound: Path | None, quality: int, tick: Ticker
) -> None:
    argv = _command(job, steps, [_file(folder, step) for step in steps], sound, quality)
    try:
        job.run(argv, tick, reads=(sound,) if sound else (), writes=(folder,))
    except ToolFailed as error:
        raise UnreadableMedia("damaged-file", detail=str(error.parameters["detail"])) from error


def _command(
    job: Job, steps: Sequence[Rendition], made: Sequence[Path], sound: Path | None, quality: int
) -> list[str]:
    cut, threads = job.cut, job.tools.threads
    rate = {}
    if cut and cut.changes_picture:
        shown = edit_graph.picture(cut, job.found, steps[0], threads=threads)
        each = edit_graph.rate(cut)
        rate = {"svtav1-params": f"fps-num={each.numerator}:fps-denom={each.denominator}"}
    else:
        shown = graph.picture(job.found, job.source, job.info, steps[0], threads=threads)
    options = {"c:v": "libsvtav1", "preset": PRESET, "crf": quality, **graph.TIMING, **rate}
    return graph.encode_picture(
        job.found, shown, steps, made, sound=sound, threads=threads, coder=lambda _: options
    )


def _has_sound(path: Path) -> bool:
    return any(track.handler == "soun" for track in tracks(path))


def _described(folder: Path, step: Rendition) -> hls.Variant:
    """Write the playlist; a film of which no picture came out is refused."""
    made = _file(folder, step)
    try:
        rate = float(frames.measure(made).mean_rate)
    except ValueError as error:
        raise UnreadableMedia("no-frames") from error
    variant = hls.write_variant(folder, made.stem, (step.width, step.height), frame_rate=rate)
    return replace(variant, name=made.stem)
