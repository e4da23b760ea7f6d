"""Site: a real site started by the command people start it with, in a folder and at a port of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).parents[1]
POLL_SECONDS = 0.05
T = TypeVar("T")


def eventually(question: Callable[[], T], words: str, seconds: float = 30, site: Site | None = None) -> T:
    """The first true answer, asked for again and again; fails with the words, and what the site printed."""
    limit = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > limit:
            raise AssertionError(f"not within {seconds:g} s: {words}\n{site.printed[-3000:] if site else ''}")
        time.sleep(POLL_SECONDS)
    return answer


@dataclass
class Site:
    """One site: its address, its folder, and the process that runs it."""

    url: str
    port: int
    folder: Path
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    seconds_to_first_page: float = field(default=0.0)

    @property
    def data(self) -> Path:
        """Where the site keeps everything."""
        return self.folder / "data"

    @property
    def printed(self) -> str:
        """What it has said so far."""
        return (self.folder / "log").read_text(errors="replace")

    def start(self, command: str = "run", *, first: str = "/livez", seconds: float = 60) -> Site:
        """`edu run`, or another command that serves, and wait for the first page."""
        began = time.monotonic()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "edu", command], cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )
        eventually(lambda: self.is_dead() or self.get(first)[0] == 200, f"{first} answers", seconds, self)
        assert not self.is_dead(), self.printed[-3000:]
        self.seconds_to_first_page = time.monotonic() - began
        return self

    def is_dead(self) -> bool:
        """Whether the command has ended."""
        return self.process is None or self.process.poll() is not None

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of a page; status 0 when nobody answers."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0, b""

    def command(self, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """`edu …` on this site's data, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "edu", *arguments],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip

    def link(self, text: str = "") -> str:
        """The one-time link in the text, or the last one that the site printed."""
        return re.findall(r"http\S+/account/link/[\w-]+", text or self.printed)[-1]

    def processes(self, *words: str) -> list[int]:
        """Every process that belongs to this site and has the words in its command line, by id.

        A tool is given an environment of its own, so it is known by its folder or by its arguments.
        """
        return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if self._owns(entry, words)]

    def worker(self) -> int:
        """The worker's id: the oldest of that name, for a tool bears its name until it has become itself."""
        return min(self.processes("-m edu worker"), key=_started)

    def _owns(self, process: Path, words: tuple[str, ...]) -> bool:
        mark = str(self.folder)
        with suppress(OSError):
            argv = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            told = (process / "environ").read_bytes().decode(errors="replace")
            is_ours = mark in argv or mark in told or mark in str((process / "cwd").readlink())
            return bool(argv) and is_ours and all(word in argv for word in words)
        return False

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C or a service manager would; gives its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(20)

    def clear_away(self) -> None:
        """Whatever became of it, leave no process."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.stop()
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)


def rows(site: Site, statement: str) -> list[tuple[Any, ...]]:
    """What the site's database says, read from outside."""
    with closing(sqlite3.connect(f"file:{site.data}/edu.sqlite3?mode=ro", uri=True)) as database:
        return database.execute(statement).fetchall()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def plain_environ() -> dict[str, str]:
    """This process's environment without any setting of a site."""
    return {name: value for name, value in os.environ.items() if not name.startswith("EDU_")}


def new_sites(factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """For fixtures: makes sites that are not started yet, and leaves no process of them behind."""
    made: list[Site] = []

    def make(folder: Path | None = None, **settings: str) -> Site:
        place, port = folder or factory.mktemp("site"), free_port()
        environ = plain_environ() | {"EDU_DATA_DIR": str(place / "data"), "EDU_PORT": str(port), **settings}
        site = Site(f"http://127.0.0.1:{port}", port, place, environ)
        made.append(site)
        return site

    yield make
    for site in made:
        site.clear_away()


def _started(process: int) -> int:
    """When a process began, in ticks since the machine did; field 22 of proc(5)'s stat."""
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:  # gone meanwhile, so it was not the worker
        return sys.maxsize
