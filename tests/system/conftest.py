"""Sites for each test alone, and a clip that takes a while to convert."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from media import find_ffmpeg
from tests.sites import Site, eventually, new_sites, rows


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


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the bundled course, started from an empty folder, until its videos could be watched.

    It goes on without a worker: making the films for every screen would take minutes of both cores.
    """
    for make in new_sites(tmp_path_factory):
        site = make().start(first="/courses/back-mice")
        wait_for_films(site)
        site.stop()
        yield site.start("web")


def wait_for_films(site: Site) -> None:
    """Wait until the three videos of the course can be watched."""
    asked = "SELECT count(*) FROM video WHERE version <> ''"
    eventually(lambda: rows(site, asked)[0][0] == 3, "three videos can be watched", 60, site)


@pytest.fixture(scope="session")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Makes a web server, without a worker, on a copy of the data of a site whose videos can be watched."""
    sites = new_sites(tmp_path_factory)
    make = next(sites)

    def started(model: Site, **settings: str) -> Site:
        site = make(**settings)
        left_out = shutil.ignore_patterns("tmp", "*-bell", "edu.sqlite3*")
        shutil.copytree(model.data, site.data, ignore=left_out)
        name = "edu.sqlite3"
        with (
            closing(sqlite3.connect(model.data / name)) as old,
            closing(sqlite3.connect(site.data / name)) as new,
        ):
            old.backup(new)
        return site.start("web")

    yield started
    next(sites, None)
