"""Captions: how long WebVTT of 10 000 and 100 000 cues takes to read and write, beside other libraries."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from captions import timecode
from tests.bench.captions_child import ABSENT, PEERS
from tests.bench.figure import Figure, at_most, not_measured, told
from tests.bench.site import ROOT

OTHERS = ("webvtt-py", "pysubs2", "pycaption")
FEW, MANY = 10_000, 100_000
FEW_SECONDS, MANY_SECONDS, MANY_MB = 0.15, 1.5, 150
ROUNDS = 3
MISSING = f"pip install --target FOLDER pysubs2 pycaption, then {PEERS}=FOLDER"
HOW = "CPU of a process of its own"


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of reading and of writing, and the largest size of the process in MB."""

    read: float
    write: float
    peak: float

    @property
    def both(self) -> float:
        return self.read + self.write


def measure(folder: Path) -> Iterator[Figure]:
    """10 000 cues by turns with the other libraries, then 100 000 by ours alone."""
    few, many = write_file(folder / "few.vtt", FEW), write_file(folder / "many.vtt", MANY)
    costs: dict[str, list[Cost]] = {name: [] for name in ("ours", *OTHERS)}
    absent = set()
    for _ in range(ROUNDS):
        for name, found in costs.items():
            cost = None if name in absent else run(name, few)
            if cost is None:
                absent.add(name)
            else:
                found.append(cost)
    mine = typical(costs["ours"])
    how = f"{HOW}, median of {ROUNDS} interleaved rounds, read {mine.read:.3f} + write {mine.write:.3f} s"
    yield at_most("captions: 10 000 cues read and written", mine.both, FEW_SECONDS, "s", how, digits=3)
    for name in OTHERS:
        yield other(name, costs[name], mine)
    yield from measure_many(many)


def measure_many(path: Path) -> Iterator[Figure]:
    """A file as large as the library takes; the best of the rounds, since other work only adds to it."""
    costs = [cost for cost in (run("ours", path) for _ in range(ROUNDS)) if cost is not None]
    best = min(costs, key=lambda cost: cost.both)
    times = f"read {best.read:.2f} + write {best.write:.2f} s"
    how = f"{HOW}, best of {ROUNDS}, {path.stat().st_size / 1e6:.1f} MB, {times}"
    yield at_most("captions: 100 000 cues read and written", best.both, MANY_SECONDS, "s", how, digits=2)
    yield at_most(
        "captions: memory for 100 000 cues", best.peak, MANY_MB, "MB", "peak of the whole process", digits=0
    )


def other(name: str, costs: list[Cost], mine: Cost) -> Figure:
    """Another library at the same file, in the same run."""
    if not costs:
        return not_measured(f"captions: 10 000 cues by {name}", f"not installed; {MISSING}")
    cost = typical(costs)
    times = f"read {cost.read:.2f} + write {cost.write:.2f} s, {cost.peak:.0f} MB"
    return told(
        f"captions: 10 000 cues by {name}",
        f"{cost.both / mine.both:.1f} x ours",
        f"{times} against {mine.peak:.0f} MB",
    )


def typical(costs: list[Cost]) -> Cost:
    """The medians."""
    return Cost(
        statistics.median(cost.read for cost in costs),
        statistics.median(cost.write for cost in costs),
        statistics.median(cost.peak for cost in costs),
    )


def run(name: str, path: Path) -> Cost | None:
    """What a library needs for a file; None when it is not installed."""
    argv = [sys.executable, "-m", "tests.bench.captions_child", name, str(path)]
    done = subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, timeout=600, check=False)
    if done.returncode == ABSENT:
        return None
    done.check_returncode()
    return Cost(**json.loads(done.stdout))


def write_file(path: Path, count: int) -> Path:
    """A WebVTT file: 2.4 s cues every 2.5 s with identifiers, settings, two lines and two kinds of tags."""
    rows = ["WEBVTT\n"]
    for number in range(count):
        start = number * 2500
        times = f"{timecode.strict(start)} --> {timecode.strict(start + 2400)}"
        rows.append(
            f"\ncue-{number}\n{times} align:start position:10%\n"
            f"<v Anna>Press the skin <i>gently</i> here and\nfeel for the nodule under finger {number}\n"
        )
    path.write_text("".join(rows), "utf-8")
    return path
