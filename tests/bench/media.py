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

from media.tools import find_ffmpeg
from tests.bench.figure import Figure, at_most, told
from tests.bench.site import ROOT, Running, Site

WATCHABLE = 2.0
OVER_BARE = 1.05
SECONDS = 20
ROUNDS = 2
WEB_READY = ("-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac")
# The two pictures that the ladder makes of 720 lines, with the ladder's own settings, and nothing else.
BARE = (
    *("-filter_complex", "[0:v]split[a][b];[b]scale=640:360[c]"),
    *("-map", "[a]", "-map", "0:a", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"),
    *("-maxrate", "2800k", "-bufsize", "5600k", "-g", "50", "-c:a", "aac", "-b:a", "128k", "{large}"),
    *("-map", "[c]", "-map", "0:a", "-c:v", "libx264", "-preset", "fast", "-crf", "24"),
    *("-maxrate", "800k", "-bufsize", "1600k", "-g", "50", "-c:a", "aac", "-b:a", "128k", "{small}"),
)
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


def measure_pipeline(clip: Path, folder: Path) -> Iterator[Figure]:
    """The whole package, sound, pictures, stills and report, by turns with the bare conversion."""
    bare, whole = [], []
    for number in range(ROUNDS):
        names = {"large": str(folder / f"large{number}.mp4"), "small": str(folder / f"small{number}.mp4")}
        argv = [part.format(**names) for part in BARE]
        bare.append(_cost(partial(_ffmpeg, "-i", str(clip), *argv)))
        target = folder / f"package{number}"
        whole.append(_cost(partial(_package, clip, target)))
    ratios = [mine.cpu / theirs.cpu for mine, theirs in zip(whole, bare, strict=True)]
    clock = [mine.wall / theirs.wall for mine, theirs in zip(whole, bare, strict=True)]
    how = f"CPU with children, {SECONDS} s of 720 lines, mean of {ROUNDS} interleaved rounds"
    yield at_most(
        "media: whole pipeline against bare ffmpeg", statistics.mean(ratios), OVER_BARE, "x", how, digits=2
    )
    yield told(
        "media: the same by the clock",
        f"{statistics.mean(clock):.2f} x",
        f"{whole[-1].wall:.1f} s against {bare[-1].wall:.1f} s, with the start of Python",
    )


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
    subprocess.run([sys.executable, "-c", PACKAGE, str(clip), str(target)], cwd=ROOT, check=True, timeout=120)


def _ffmpeg(*arguments: str) -> None:
    program = str(find_ffmpeg(None))
    argv = [program, "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    subprocess.run(argv, check=True, timeout=120)


def _cost(deed: Callable[[], None]) -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    deed()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
