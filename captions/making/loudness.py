"""How loud a sound is, step by step: where it is quiet enough to be cut, and where it may be speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from captions.audio import PER_MS, Sound

Levels = npt.NDArray[np.float32]

STEP: Final = 10
"""Milliseconds for which one level stands."""
SMOOTH: Final = 15
"""Steps over which levels are smoothed before a cut is looked for."""
BLOCK: Final = 60_000
"""Milliseconds of sound that are read at once."""
FIRST_CUT, LAST_CUT = 4_000, 20_000
"""Milliseconds from one cut within which the next is looked for."""
FLOOR, CEILING = 10, 90
"""Percentiles of the levels that stand for silence and for speech."""
RISE: Final = 0.35
"""Speech is louder than the floor by this part of the way, in decibels, to the ceiling."""
LEAST_SPAN: Final = 2.0
"""When speech is not twice as strong as silence, loudness tells nothing."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """The root mean square of each 10 ms, and the level above which it may be speech (0 = not known)."""

    levels: Levels
    threshold: float

    def cuts(self) -> list[int]:
        """Milliseconds, from 0 to the end, between which pieces are recognised: each in the quietest step."""
        if not len(self.levels):
            return [0]
        smooth = np.convolve(self.levels, np.ones(SMOOTH) / SMOOTH, "same")
        found = [0]
        while len(smooth) - found[-1] > LAST_CUT // STEP:
            first = found[-1] + FIRST_CUT // STEP
            found.append(first + int(np.argmin(smooth[first : found[-1] + LAST_CUT // STEP])))
        return [step * STEP for step in (*found, len(smooth))]

    def loud_share(self, start: int, end: int) -> float:
        """Which part of a stretch, in milliseconds, is loud enough to be speech; 1 when that is not known."""
        piece = self.levels[start // STEP : max(end // STEP, start // STEP + 1)]
        return float(np.mean(piece > self.threshold)) if len(piece) else 0.0


def measure(sound: Sound) -> Loudness:
    """The loudness of a whole sound, which is read by the minute."""
    rows = [np.zeros(0, dtype=np.float32)]
    for begin in range(0, sound.duration, BLOCK):
        samples = sound.between(begin, begin + BLOCK)
        count = len(samples) // (STEP * PER_MS)
        steps = samples[: count * STEP * PER_MS].astype(np.float32).reshape(count, -1)
        rows.append(np.sqrt(np.mean(np.square(steps), axis=1)))
    levels = np.concatenate(rows)
    return Loudness(levels, _threshold(levels))


def _threshold(levels: Levels) -> float:
    if not len(levels):
        return 0.0
    floor, ceiling = (max(float(level), 1.0) for level in np.percentile(levels, (FLOOR, CEILING)))
    return 0.0 if ceiling < LEAST_SPAN * floor else floor * (ceiling / floor) ** RISE
