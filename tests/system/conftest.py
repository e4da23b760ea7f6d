"""Sites for each test alone, and a clip that takes a while to convert."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media import find_ffmpeg
from tests.sites import Site, new_sites


@pytest.fixture
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Makes sites, each with an empty folder; nothing of them is left running."""
    yield from new_sites(tmp_path_factory)


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven seconds of moving grain: quickly made, slowly converted."""
    target = tmp_path_factory.mktemp("clips") / "grain.mp4"
    source = "testsrc2=s=960x540:r=30:d=7,noise=alls=20:allf=t"
    inputs = ["-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=f=440:d=7"]
    codecs = ["-c:v", "mpeg4", "-b:v", "4M", "-c:a", "aac"]
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *inputs, *codecs, str(target)]
    subprocess.run(command, check=True, timeout=120)
    return target
