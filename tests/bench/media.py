"""Media: what the pipeline costs beside one bare ffmpeg, and when an upload can be watched."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media import Rendition, Tools, examine, find_ffmpeg, ladder, probe
from media.making import graph
from tests.bench.figure import Figure, at_most, told
from tests.bench.site import ROOT, Running, Site

WATCHABLE = 2.0
OVER_BARE = 1.05
PEERS = 1.33
"""What per-rendition schemes were found to cost against one decode."""
WARM_MS, PROBES = 30, 30
SECONDS, LONG_SECONDS = 20, 60
CAMERA_RATE = "17M"
"""What a phone writes for 1080 lines; what a decode costs depends on it."""
ROUNDS = 2
WEB_READY = ("-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac")
PACKAGE = "import sys; from media import package; package(sys.argv[1], sys.argv[2])"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of processor time with all children."""

    wall: float
    cpu: float


def make_clip(target: Path) -> Path:
    """Twenty seconds of 720 lines with moving detail and a tone, ready for the web."""
    _ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=25:duration={SECONDS},noise=alls=6:allf=t"),
        *("-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}"),
        *(*WEB_READY, "-movflags", "+faststart", str(target)),
    )
    return target


def make_long_clip(target: Path) -> Path:
    """A minute of 1080 lines with moving detail, grain and a tone; made once for a folder."""
    if not target.exists():
        picture = f"testsrc2=size=1920x1080:rate=30:duration={LONG_SECONDS},noise=alls=3:allf=t"
        _ffmpeg(
            *(
                "-f",
                "lavfi",
                "-i",
                picture,
                "-f",
                "lavfi",
                "-i",
                f"sine=frequency=330:duration={LONG_SECONDS}",
            ),
            *("-c:v", "libx264", "-preset", "superfast", "-b:v", CAMERA_RATE, "-pix_fmt", "yuv420p"),
            *("-c:a", "aac", str(target.with_suffix(".part.mp4"))),
        )
        target.with_suffix(".part.mp4").rename(target)
    return target


def measure_pipeline(folder: Path) -> Iterator[Figure]:
    """The whole package (probe, sound, pictures, stills, frames, report) by turns with its conversions alone,
    and with a conversion for each rendition, as PeerTube and MediaCMS do it.
    """
    clip = make_long_clip(folder / "long.mp4")
    bare, whole = [], []
    for number in range(ROUNDS):
        bare.append(_cost(partial(_one_decode, clip, folder / f"bare{number}")))
        whole.append(_cost(partial(_package, clip, folder / f"package{number}")))
    each = _cost(partial(_decode_each, clip, folder / "each"))
    how = f"CPU with children, {LONG_SECONDS} s of 1080 lines, mean of {ROUNDS} interleaved rounds"
    ratio = _ratio([one.cpu for one in whole], [one.cpu for one in bare])
    yield at_most("media: whole pipeline against bare ffmpeg", ratio, OVER_BARE, "x", how, digits=3)
    clock = _ratio([one.wall for one in whole], [one.wall for one in bare])
    yield told(
        "media: the same by the clock",
        f"{clock:.3f} x",
        f"{whole[-1].wall:.1f} s against {bare[-1].wall:.1f} s, with the start of Python",
    )
    peers = each.cpu / statistics.mean(one.cpu for one in bare)
    yield told(
        "media: one conversion for each rendition",
        f"{peers:.2f} x CPU",
        f"against the same bare ffmpeg; {PEERS} x was measured on camera footage; no stills, no loudness",
    )


def measure_probe(clip: Path) -> Iterator[Figure]:
    """What a look at a file takes once the helper process is there, in wall time."""
    probe(clip)
    times = []
    for _ in range(PROBES):
        began = time.perf_counter()
        probe(clip)
        times.append((time.perf_counter() - began) * 1000)
    how = f"median of {PROBES} probes of a 20 s clip by the clock, the slowest {max(times):.0f} ms"
    yield at_most("media: a warm probe", statistics.median(times), WARM_MS, "ms", how)


def _one_decode(clip: Path, folder: Path) -> None:
    """The sound once, and all pictures from one decode, with the very settings of the package."""
    folder.mkdir()
    found, info = examine(find_ffmpeg()), probe(clip)
    steps, sound = ladder(info), folder / "sound.m4a"
    _run(graph.encode_sound(found, clip, info, sound, gain=0.0))
    targets = [_target(folder, step) for step in steps]
    _run(graph.encode_renditions(found, clip, info, steps, targets, sound=sound))


def _decode_each(clip: Path, folder: Path) -> None:
    """A whole conversion for each rendition: decode, scale, sound and all."""
    folder.mkdir()
    found, info = examine(find_ffmpeg()), probe(clip)
    for step in ladder(info):
        argv = graph.encode_renditions(found, clip, info, [step], [_target(folder, step)], sound=clip)
        place = argv.index("-c:a")
        _run([*argv[:place], "-c:a", "aac", "-b:a", graph.AUDIO_BITS, "-ac", "2", *argv[place + 2 :]])


def _target(folder: Path, step: Rendition) -> Path:
    return folder / f"{step.name}.mp4"


def _ratio(mine: list[float], theirs: list[float]) -> float:
    return statistics.mean(one / other for one, other in zip(mine, theirs, strict=True))


def measure_upload(site: Site, running: Running, clip: Path) -> Iterator[Figure]:
    """From the moment the video stands in the database, its last byte kept, until it can be watched."""
    (before,) = site.ask("SELECT count(*) FROM video")[0]
    process = subprocess.Popen(
        [sys.executable, "-m", "edu", "video", "add", str(clip)],
        cwd=ROOT,
        env=site.environment(running.port),
        stdout=subprocess.DEVNULL,
    )
    _wait_until(lambda: site.ask("SELECT count(*) FROM video")[0][0] != before)
    began = time.perf_counter()
    _wait_until(lambda: bool(site.ask("SELECT version FROM video ORDER BY id DESC LIMIT 1")[0][0]))
    seconds = time.perf_counter() - began
    process.wait()
    how = "edu video add of a web-ready 20 s clip, from its row to its files, polled every 10 ms"
    yield at_most("media: watchable after the last byte", seconds, WATCHABLE, "s", how, digits=2)


def _wait_until(is_so: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > limit:
            raise RuntimeError("the video did not come")
        time.sleep(0.01)


def _package(clip: Path, target: Path) -> None:
    subprocess.run([sys.executable, "-c", PACKAGE, str(clip), str(target)], cwd=ROOT, check=True, timeout=900)


def _ffmpeg(*arguments: str) -> None:
    program = str(find_ffmpeg(None))
    argv = [program, "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    subprocess.run(argv, check=True, timeout=300)


def _run(argv: list[str]) -> None:
    """As patient as the package is, so that other work on the machine takes as much from either."""
    nice = ["/usr/bin/nice", "-n", str(Tools().niceness)]
    subprocess.run([*nice, *argv], check=True, timeout=900, stdout=subprocess.DEVNULL)


def _cost(deed: Callable[[], None]) -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    deed()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
