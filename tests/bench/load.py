"""Load: some clients, each a thread with a connection of its own, that ask a fixed number of times."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from tests.bench import processes

TIMEOUT = 30.0
BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, and the status that its answer must have."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    status: int = 200


Script = Callable[[int, int], Ask]
"""Gives the request of a client (from 0) in its round (from 0)."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a load: times in ms, `wrong` answers of another status, `lost` without any."""

    times: tuple[float, ...]
    bytes: int
    seconds: float
    wrong: int
    lost: int
    cpu_ms: float

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.times) / self.seconds

    @property
    def megabytes_per_second(self) -> float:
        """Body bytes in a second, in units of 1 048 576."""
        return self.bytes / self.seconds / (1 << 20)

    @property
    def cpu_each(self) -> float:
        """Server milliseconds per answer, of every process that was named."""
        return self.cpu_ms / max(1, len(self.times))

    def percentile(self, percent: float) -> float:
        """The time in ms that so many per cent of the answers did not exceed."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def run(port: int, script: Script, *, clients: int, rounds: int, roots: tuple[int, ...] = ()) -> Run:
    """Ask `clients` x `rounds` times; `roots` are the processes whose trees' processor time is taken."""
    workers = [_Client(port, script, number, rounds) for number in range(clients)]
    spent, began = processes.cpu_ms(*roots), time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - began
    return Run(
        times=tuple(each for worker in workers for each in worker.times),
        bytes=sum(worker.bytes for worker in workers),
        seconds=seconds,
        wrong=sum(worker.wrong for worker in workers),
        lost=sum(worker.lost for worker in workers),
        cpu_ms=processes.cpu_ms(*roots) - spent,
    )


def median_of(runs: list[Run], what: Callable[[Run], float]) -> float:
    """The middle one of a figure over some runs."""
    return statistics.median(what(each) for each in runs)


class _Client(threading.Thread):
    """A browser that keeps its connection and reads every answer to its end."""

    def __init__(self, port: int, script: Script, number: int, rounds: int) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        self.bytes = self.wrong = self.lost = 0
        self._script, self._number, self._rounds = script, number, rounds
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._buffer = bytearray(BLOCK)

    def run(self) -> None:
        for round_number in range(self._rounds):
            ask = self._script(self._number, round_number)
            began = time.perf_counter()
            try:
                self._ask(ask)
            except (OSError, HTTPException):
                self.lost += 1
                self._connection.close()
            else:
                self.times.append((time.perf_counter() - began) * 1000)
        self._connection.close()

    def _ask(self, ask: Ask) -> None:
        self._connection.request(ask.method, ask.path, body=ask.body, headers=dict(ask.headers))
        answer = self._connection.getresponse()
        while length := answer.readinto(self._buffer):
            self.bytes += length
        self.wrong += answer.status != ask.status
