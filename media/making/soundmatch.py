"""Comparing two recordings by their sound: how much later the one says what the other said."""

import math
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

from media.errors import MediaError
from media.making.encode import Job, measure
from media.making.waveform import SAMPLE_RATE
from media.reading.probe import probe
from media.running.progress import Cancelled
from media.running.tools import Tools, examine, find_ffmpeg

STEP_MS = 40
"""Length of one value of an envelope; a first search goes in steps of four of them."""
COARSE = 4
MOST_SHIFT_MS = 3 * 60 * 1000
MOST_VALUES = 15_000
"""Ten minutes are compared; the rest follows."""
LIKENESS = 0.55
"""Least correlation of the envelopes at the best shift; two speakers who read one text stay below 0.4."""
AHEAD = 1.25
"""How much likelier the best shift must be than any other that is more than a second away."""
OVERLAP = 0.3
"""Least share of the shorter recording that must be heard in both."""


def match(
    before: Path,
    after: Path,
    *,
    work: Path,
    tools: Tools | None = None,
    cancelled: Cancelled | None = None,
) -> int | None:
    """Milliseconds by which `after` shows later what `before` shows, negative for earlier.

    None when the sounds are not those of one take, or one of the two has none. `work` is a folder for what is
    thrown away. Raises MediaCancelled.
    """
    envelopes = []
    for number, path in enumerate((before, after)):
        found = _envelope(path, work / f"sound-{number}", tools or Tools(), cancelled)
        if found is None:
            return None
        envelopes.append(found)
    return shift_between(*envelopes)


def shift_between(before: Sequence[float], after: Sequence[float]) -> int | None:
    """The shift in milliseconds between envelopes with a value each STEP_MS; None when they are unlike."""
    coarse = [_thinned(values) for values in (before, after)]
    shortest = min(len(values) for values in coarse)
    if shortest < 8:
        return None
    reach = min(MOST_SHIFT_MS // (STEP_MS * COARSE), max(len(coarse[0]), len(coarse[1])))
    least = max(8, int(shortest * OVERLAP))
    scores = {
        lag: _likeness(coarse[0], coarse[1], lag)
        for lag in range(-reach, reach + 1)
        if _overlap(coarse[0], coarse[1], lag) >= least
    }
    best = max(scores, key=lambda lag: scores[lag])
    far = 1000 // (STEP_MS * COARSE)
    rival = max((score for lag, score in scores.items() if abs(lag - best) > far), default=0.0)
    fine = max(
        range((best - 1) * COARSE, (best + 1) * COARSE + 1), key=lambda lag: _likeness(before, after, lag)
    )
    likeness = _likeness(before, after, fine)
    if likeness < LIKENESS or scores[best] < AHEAD * rival:
        return None
    return fine * STEP_MS


def _envelope(path: Path, work: Path, tools: Tools, cancelled: Cancelled | None) -> list[float] | None:
    info = probe(path, cancelled=cancelled, sandbox=tools.sandbox)
    if info.sound is None:
        return None
    work.mkdir(parents=True, exist_ok=True)
    job = Job(path, info, examine(find_ffmpeg(tools.ffmpeg)), tools, work, cancelled)
    try:
        sound = measure(job)
    except MediaError as error:
        if error.code == "cancelled":
            raise
        return None
    return _levels(sound.samples)


def _levels(samples: Path) -> list[float]:
    """How loud each stretch of STEP_MS is, as the logarithm of its mean deviation."""
    step = SAMPLE_RATE * STEP_MS // 1000
    found: list[float] = []
    with samples.open("rb") as source:
        while (block := source.read(step * 2)) and len(found) < MOST_VALUES:
            values = array("h", block[: len(block) // 2 * 2])
            if sys.byteorder == "big":
                values.byteswap()
            found.append(math.log(1.0 + sum(map(abs, values)) / max(len(values), 1)))
    return found


def _thinned(values: Sequence[float]) -> list[float]:
    groups = (values[place : place + COARSE] for place in range(0, len(values), COARSE))
    return [sum(group) / len(group) for group in groups]


def _overlap(before: Sequence[float], after: Sequence[float], lag: int) -> int:
    return min(len(before), len(after) - lag) - max(0, -lag)


def _likeness(before: Sequence[float], after: Sequence[float], lag: int) -> float:
    """Pearson's correlation of what both hold, the one `lag` values later; 0 for silence."""
    start, count = max(0, -lag), _overlap(before, after, lag)
    if count < 8:
        return 0.0
    one, two = before[start : start + count], after[start + lag : start + lag + count]
    mean_one, mean_two = sum(one) / count, sum(two) / count
    square_one = sum(a * a for a in one) - count * mean_one * mean_one
    square_two = sum(b * b for b in two) - count * mean_two * mean_two
    if square_one <= 1e-9 or square_two <= 1e-9:
        return 0.0
    product = sum(a * b for a, b in zip(one, two, strict=True)) - count * mean_one * mean_two
    return float(product / math.sqrt(square_one * square_two))
