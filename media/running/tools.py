"""Finding ffmpeg and knowing what the one found can do."""

import functools
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from media.errors import MediaError, ToolMissing
from media.running.limits import MIB, ToolLimits
from media.running.process import GiveWay, run
from media.running.sandbox import Sandbox, View

ASKING = ToolLimits(wall_seconds=20, processor_seconds=10, output_bytes=MIB)
ALONE = View(sandbox=Sandbox.LIMITS)
"""A tool that is asked about itself opens no foreign file."""


@dataclass(frozen=True, slots=True)
class Tools:
    """How the caller wants tools to be run.

    `ffmpeg`: path of the program (None: imageio-ffmpeg's, else the one on the PATH). `threads`: at most so
    many per tool (None: as many as it likes). `niceness`: 0 to 19, added to the caller's own. `sandbox`: how
    foreign files are shut in. `give_way`: is asked, at least twice a second while a tool converts, for more
    urgent work (see media.running.process).
    """

    ffmpeg: Path | None = None
    threads: int | None = None
    niceness: int = 5
    sandbox: Sandbox = Sandbox.AUTO
    give_way: GiveWay | None = None


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg that runs: where it is, its version as printed, and the names of its filters and encoders."""

    path: Path
    version: str
    filters: frozenset[str]
    encoders: frozenset[str]

    @property
    def release(self) -> tuple[int, int] | None:
        """The first two numbers of the version; None for a build from a development tree."""
        found = re.match(r"n?(\d+)\.(\d+)", self.version)
        return (int(found[1]), int(found[2])) if found else None

    @property
    def can_map_tones(self) -> bool:
        """Can it bring HDR pictures to ordinary screens?"""
        return {"zscale", "tonemap"} <= self.filters


def find_ffmpeg(configured: Path | None = None) -> Path:
    """The ffmpeg to use: the configured one, else imageio-ffmpeg's, else the one on the PATH.

    A configured path that leads nowhere is an error and not passed over. Raises ToolMissing.
    """
    if configured is not None:
        if configured.is_file():
            return configured.absolute()
        raise ToolMissing("tool-misnamed", tool=str(configured))
    bundled = _bundled()
    if bundled is not None:
        return bundled
    found = shutil.which("ffmpeg")
    if found is None:
        raise ToolMissing("tool-missing", tool="ffmpeg")
    return Path(found)


@functools.lru_cache(maxsize=4)
def examine(path: Path) -> Ffmpeg:
    """Ask the program at `path` what it can do; remembered. Raises ToolMissing."""
    try:
        banner, filters = (
            _ask(path, "-version"),
            _names(_ask(path, "-filters"), r"^ [TSC.|]{2,3} (\w+) +\S*->\S*"),
        )
        encoders = _names(_ask(path, "-encoders"), r"^ [VAS][A-Z.]{5} (\w+) ")
    except MediaError as error:
        raise ToolMissing("tool-unusable", tool="ffmpeg", path=str(path), detail=str(error)) from error
    version = re.match(r"ffmpeg version (\S+)", banner)
    return Ffmpeg(path, version[1] if version else "unknown", filters, encoders)


def _bundled() -> Path | None:
    """imageio-ffmpeg's own binary and no other: its search would also try conda and the PATH."""
    folder = Path(imageio_ffmpeg.__file__).with_name("binaries")
    return next(iter(sorted(folder.glob("ffmpeg-*"))), None)


def _ask(path: Path, question: str) -> str:
    return run([path, "-hide_banner", question], limits=ASKING, view=ALONE).output.decode("utf-8", "replace")


def _names(listing: str, pattern: str) -> frozenset[str]:
    return frozenset(re.findall(pattern, listing, re.MULTILINE))
