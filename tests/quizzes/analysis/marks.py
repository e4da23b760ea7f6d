"""Marks for the tests of the analysis: invented ones with their figures, and simulated learners."""

import json
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings

few = settings(derandomize=True, deadline=None, max_examples=40, database=None)
INVENTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "itemanalysis" / "invented.json").read_text(encoding="utf-8")
)


def simulated(learners: int, items: int, seed: int = 5) -> list[list[int]]:
    """Marks of 0 and 1 by learners of different ability in items of different difficulty (Rasch)."""
    rng = Random(seed)
    hard = [rng.gauss(0, 1) for _ in range(items)]
    able = [rng.gauss(0, 1) for _ in range(learners)]
    return [[int(rng.random() < 1 / (1 + exp(d - a))) for d in hard] for a in able]
