"""Clips of a few seconds, made once per run with the real ffmpeg, and the hostile files."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from media import examine, find_ffmpeg
from media.running.tools import Ffmpeg
from tests.media.flashes import clip

AAC = ["-c:a", "aac", "-b:a", "64k"]
Make = Callable[..., Path]
Arguments = Callable[..., list[str]]


@pytest.fixture(scope="session")
def ffmpeg() -> Ffmpeg:
    return examine(find_ffmpeg())


@pytest.fixture(scope="session")
def make(ffmpeg: Ffmpeg, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Run ffmpeg with the given arguments; the file of the given name is the last one."""
    folder = tmp_path_factory.mktemp("clips")

    def run(name: str, *arguments: str) -> Path:
        target = folder / name
        command = [
            str(ffmpeg.path),
            "-v",
            "error",
            "-nostdin",
            "-y",
            "-bitexact",
            *arguments,
            f"file:{target}",
        ]
        subprocess.run(command, check=True, timeout=60)
        return target

    return run


@pytest.fixture(scope="session")
def moving() -> Callable[..., list[str]]:
    """Arguments for a moving picture of so many seconds."""

    def arguments(size: str, seconds: float, rate: int = 25) -> list[str]:
        return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]

    return arguments


@pytest.fixture(scope="session")
def tone() -> Callable[..., list[str]]:
    """Arguments for a tone of so many seconds."""

    def arguments(seconds: float, volume: str = "-4dB") -> list[str]:
        return ["-f", "lavfi", "-i", f"sine=f=440:r=48000:d={seconds},volume={volume}"]

    return arguments


@pytest.fixture(scope="session")
def h264() -> list[str]:
    """Arguments for the picture that browsers play."""
    return ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]


@pytest.fixture(scope="session")
def lecture(
    make: Make, moving: Arguments, tone: Arguments, h264: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """5 s of 854x480 with a tone, written as a camera does: place, device and chapters inside, index at the
    end.
    """
    notes = tmp_path_factory.mktemp("notes") / "notes.txt"
    chapters = "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=Find\n"
    notes.write_text(f";FFMETADATA1\ntitle=Secret title\nartist=Secret name\n{chapters}", encoding="utf-8")
    place = ["-metadata", "location=+46.5-006.6/", "-metadata", "comment=Secret device"]
    inputs = [*moving("854x480", 5), *tone(5), "-i", str(notes), "-map_metadata", "2", "-map_chapters", "2"]
    return make("lecture.mp4", *inputs, "-map", "0:v", "-map", "1:a", *place, *h264, "-g", "50", *AAC)


@pytest.fixture(scope="session")
def silent(make: Make, moving: Arguments, h264: list[str]) -> Path:
    """1 s of 320x240 without a sound."""
    return make("silent.mp4", *moving("320x240", 1), *h264)


@pytest.fixture(scope="session")
def turned(make: Make, silent: Path) -> Path:
    """The silent clip, held upright: a quarter turn in the display matrix."""
    return make("turned.mp4", "-display_rotation", "-90", "-i", str(silent), "-c", "copy")


@pytest.fixture(scope="session")
def speech(make: Make, tone: Arguments) -> Path:
    """2 s of sound alone in an MP4."""
    return make("speech.mp4", *tone(2), *AAC)


@pytest.fixture(scope="session")
def flashing(make: Make) -> Path:
    """8 s of 320x180 that flash and beep at each full second."""
    return clip(make, "flashing.mp4")
