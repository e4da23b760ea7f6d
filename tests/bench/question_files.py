"""Questions: what item analysis of a large quiz costs, and how fast each format is written and read."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TypeVar

import quizzes
from quizzes import WRITABLE, Item, analyse, read_bank
from tests.bench.figure import Figure, at_most, told
from tests.bench.site import ROOT

LEARNERS, ITEMS, MOST_SECONDS = 10_000, 50, 0.5
BANK = ROOT / "edu" / "content" / "back-mice" / "questions"
ROUNDS = 5
T = TypeVar("T")


def measure() -> Iterator[Figure]:
    """All in this process, by its processor time, the median of some rounds."""
    marks = answers(Random(1))
    taken = seconds(lambda: analyse(marks, [1.0] * ITEMS))
    how = f"CPU, 0/1 marks, {LEARNERS} learners, {ITEMS} items, median of {ROUNDS}"
    yield at_most("item analysis", taken, MOST_SECONDS, "s", how, digits=3)
    items = bank(BANK)
    for name in WRITABLE:
        written = quizzes.export(items, name)
        out = seconds(lambda name=name: quizzes.export(items, name))
        back = seconds(lambda data=written.data, name=name: quizzes.read(data, name))
        kept = len(quizzes.read(written.data, name).items)
        shown = f"{1000 * out:.0f} + {1000 * back:.0f} ms"
        yield told(f"questions: {name}", shown, f"{kept} of {len(items)} of the course's, written + read")


def answers(rng: Random) -> list[list[float]]:
    """Right and wrong answers of learners who differ, to items that differ."""
    hardness = [rng.gauss(0, 1) for _ in range(ITEMS)]
    return [
        [float(ability + rng.gauss(0, 1.5) > hard) for hard in hardness]
        for ability in (rng.gauss(0, 1) for _ in range(LEARNERS))
    ]


def bank(folder: Path) -> tuple[Item, ...]:
    """The questions of the bundled course."""
    return tuple(item for path in sorted(folder.glob("*.toml")) for item in read_bank(path.read_bytes()))


def seconds(deed: Callable[[], T]) -> float:
    """The median processor time of some rounds."""

    def once() -> float:
        began = time.process_time()
        deed()
        return time.process_time() - began

    return statistics.median(once() for _ in range(ROUNDS))
