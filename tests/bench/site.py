"""Site: an installation of edu in a folder of its own, started and ended as its operator would."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench import processes

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds until a start counts as failed


@dataclass(frozen=True, slots=True)
class Running:
    """A site that answers: its port, its first process, and what it took to its first page.

    `seconds` are by the clock, `cpu_seconds` the processor time of all its processes.
    """

    port: int
    process: subprocess.Popen[bytes]
    seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """A data folder and the settings to start it with."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "edu.sqlite3"

    @contextmanager
    def running(self, command: str = "run", *, path: str = "/livez", **settings: str) -> Iterator[Running]:
        """Start `edu run` (or `web`), wait for the first 200 of `path`, and end it with the block."""
        port = free_port()
        began = time.perf_counter()
        with (self.folder.with_suffix(".log")).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "edu", command],
                cwd=ROOT,
                env={**self.environment(port), **settings},
                stdout=log,
                stderr=log,
            )
        try:
            wait_for(process, port, path)
            seconds = time.perf_counter() - began
            yield Running(port, process, seconds, processes.cpu_ms(process.pid) / 1000)
        finally:
            processes.end(process)

    def states(self) -> list[str]:
        """The states of the videos."""
        return [str(row[0]) for row in self.ask("SELECT state FROM video")]

    def put_jobs_off(self) -> None:
        """Let no job begin for a day, so that a measurement is of the site and not of ffmpeg."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            connection.execute("UPDATE job SET run_at = datetime('now', '+1 day') WHERE state = 'ready'")

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of the database, read beside the site."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection:
            return connection.execute(statement, values).fetchall()

    def environment(self, port: int) -> dict[str, str]:
        """The variables for a command of this site."""
        unlike_a_user = ("EDU_", "PYTHONDONTWRITEBYTECODE")
        mine = {name: value for name, value in os.environ.items() if not name.startswith(unlike_a_user)}
        return {**mine, "EDU_DATA_DIR": str(self.folder), "EDU_PORT": str(port), **self.settings}


def free_port() -> int:
    """A port of this machine that nobody listens at now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Ask every 10 ms until the answer is 200; RuntimeError when the process ends or takes too long."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError(f"the process ended with status {process.returncode}")
        if (status := status_of(port, path)) == 200:
            return
        if status in (403, 404, 500):
            raise RuntimeError(f"{path} answers with status {status}")
        time.sleep(0.01)
    raise RuntimeError(f"no page at {path} after {PATIENCE:g} s")


def status_of(port: int, path: str) -> int:
    """The status of an answer; 0 for none."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
    return answer.status
