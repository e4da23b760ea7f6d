"""A site with the bundled course, whose videos can be watched, and copies of it: made once for a run."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.sites import Site, eventually, new_sites, rows


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the bundled course, started from an empty folder, and stopped: its videos can be watched.

    Its worker would go on: making the films for every screen takes minutes of both cores.
    """
    for make in new_sites(tmp_path_factory):
        site = make().start(first="/courses/back-mice")
        wait_for_films(site)
        site.stop()
        yield site


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
