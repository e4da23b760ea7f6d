"""Ranges: a megabyte out of a film, sent by the site itself, by nginx alone, and by nginx for the site."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.bench import load, nginx
from tests.bench.browser import Browser
from tests.bench.figure import Figure, at_least, at_most, not_measured, told
from tests.bench.load import Ask, Run
from tests.bench.site import Running, Site

SHARE_OF_NGINX = 0.5
BEHIND_NGINX_MS = 0.9
MEGABYTE = 1 << 20
CLIENTS = 8
ASKED = 40  # of each client in a round
ROUNDS = 3
_FILM = re.compile(r"/media/[^\"\s]+\.mp4")


def measure(site: Site, running: Running, lesson: str, folder: Path) -> Iterator[Figure]:
    """Three servers by turns, on the same file and with the same ranges."""
    found = _FILM.search(Browser(running.port).get(lesson).text)
    if found is None:
        yield not_measured("range of 1 MiB", "the lesson has no film to ask for")
        return
    film = found[0]
    version, name = film.split("/")[-2:]
    ((key, size),) = site.ask(
        "SELECT key, bytes FROM video_file WHERE version = ? AND name = ?", version, name
    )
    script = _script(film, int(str(size)))
    program = nginx.find()
    if program is None:
        runs = [_run(running, script, running) for _ in range(ROUNDS)]
        yield told("range: 1 MiB in process", _speed(runs), "8 clients")
        yield not_measured("range: in process against bare nginx", "this machine has no nginx")
        return
    objects = site.folder / "objects"
    plain = f"/plain/{key}"
    with (
        site.running("web", EDU_X_ACCEL="/_objects/") as accelerated,
        nginx.running(program, folder, objects, accelerated.port, plain) as server,
    ):
        alone, behind, ours = [], [], []
        for _ in range(ROUNDS):
            ours.append(_run(running, script, running))
            alone.append(_run(server, _script(plain, int(str(size))), server))
            behind.append(_run(server, script, server, accelerated))
    yield from _compared(ours, alone, behind)


def _compared(ours: list[Run], alone: list[Run], behind: list[Run]) -> Iterator[Figure]:
    rates = [
        mine.megabytes_per_second / bare.megabytes_per_second for mine, bare in zip(ours, alone, strict=True)
    ]
    yield at_least(
        "range: 1 MiB in process against bare nginx",
        sorted(rates)[len(rates) // 2],
        SHARE_OF_NGINX,
        "x MB/s",
        f"8 clients, {CLIENTS * ASKED} ranges, median ratio of {ROUNDS} interleaved rounds",
    )
    yield told("range: in process", _speed(ours), "the same runs")
    yield told("range: bare nginx", _speed(alone), "the same runs")
    yield at_most(
        "range: behind nginx, with authorisation",
        load.median_of(behind, _cpu_per_megabyte),
        BEHIND_NGINX_MS,
        "ms per MiB",
        f"X-Accel-Redirect, CPU of nginx and edu; {load.median_of(behind, _rate):.0f} MB/s",
        digits=2,
    )
    failed = sum(run.wrong + run.lost for run in (*ours, *alone, *behind))
    yield at_most("range: answers that were not 206", failed, 0, "", "of all three", digits=0)


def _script(path: str, size: int) -> load.Script:
    """Megabytes from anywhere in the file, the same at every call."""
    most = size - MEGABYTE

    def ask(client: int, turn: int) -> Ask:
        first = random.Random(client * 1000 + turn).randrange(most)
        return Ask(path, headers=(("Range", f"bytes={first}-{first + MEGABYTE - 1}"),), status=206)

    return ask


def _run(at: Running, script: load.Script, *counted: Running) -> Run:
    roots = tuple(each.process.pid for each in counted)
    return load.run(at.port, script, clients=CLIENTS, rounds=ASKED, roots=roots)


def _rate(run: Run) -> float:
    return run.megabytes_per_second


def _cpu_per_megabyte(run: Run) -> float:
    return run.cpu_ms / (run.bytes / MEGABYTE)


def _speed(runs: list[Run]) -> str:
    return f"{load.median_of(runs, _rate):.0f} MB/s, {load.median_of(runs, _cpu_per_megabyte):.2f} ms CPU/MiB"
