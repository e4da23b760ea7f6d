"""waveform.json: the lowest and highest sample of each short stretch, in the layout of the audiowaveform
tool; and what the same samples say about silence.
"""

import json
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE = 8000
"""Samples per second of the sound that is drawn."""
PIXELS_PER_SECOND = 20
MOST_PIXELS = 36_000
"""Half an hour at full fineness; longer recordings are drawn more coarsely, so that the file stays small."""
QUIET_DB = -50.0
"""Peaks below this, when the sound is as loud as it will be, are no speech."""
LONG_SILENCE = 10.0
"""Seconds for which a learner wonders whether the sound has failed."""
FULL = 32768


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is to hear: the length in `seconds`, and from when to when (seconds) nothing is."""

    seconds: float
    silences: tuple[tuple[float, float], ...] = ()


def write_waveform(samples: Path | None, target: Path, *, gain: float = 0.0) -> Heard:
    """Draw the 16-bit little-endian mono `samples` into `target`; None gives an empty drawing.
    `gain` in decibels is what the sound was raised by, so that the drawing shows what is heard.

    Layout (audiowaveform data format, version 2): `length` pairs of minimum and maximum, each -128 to 127;
    a pair covers `samples_per_pixel` samples at `sample_rate`.
    """
    size = samples.stat().st_size // 2 if samples else 0
    step = max(SAMPLE_RATE // PIXELS_PER_SECOND, -(-size // MOST_PIXELS))
    pairs = _extremes(samples, step) if samples else []
    factor = 10 ** (gain / 20)
    data = [_scaled(value, factor) for pair in pairs for value in pair]
    drawing = {
        "version": 2,
        "channels": 1,
        "sample_rate": SAMPLE_RATE,
        "samples_per_pixel": step,
        "bits": 8,
        "length": len(pairs),
        "data": data,
    }
    target.write_text(json.dumps(drawing, separators=(",", ":")), encoding="utf-8")
    quiet = FULL * 10 ** (QUIET_DB / 20) / factor
    return Heard(size / SAMPLE_RATE, _silences(pairs, quiet, step / SAMPLE_RATE))


def _extremes(samples: Path, step: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    with samples.open("rb") as source:
        while block := source.read(step * 2):
            values = array("h", block[: len(block) // 2 * 2])
            if sys.byteorder == "big":
                values.byteswap()
            if values:
                found.append((min(values), max(values)))
    return found


def _silences(pairs: list[tuple[int, int]], quiet: float, seconds: float) -> tuple[tuple[float, float], ...]:
    """The stretches of at least LONG_SILENCE whose samples stay within `quiet`; `seconds` is a pair's."""
    found, start = [], 0
    for number, (low, high) in enumerate([*pairs, (-FULL, FULL)]):
        if max(-low, high) <= quiet:
            continue
        if (number - start) * seconds >= LONG_SILENCE:
            found.append((round(start * seconds, 2), round(number * seconds, 2)))
        start = number + 1
    return tuple(found)


def _scaled(value: int, factor: float) -> int:
    """A 16-bit sample, louder, in 8 bits."""
    return max(-128, min(127, int(value * factor) >> 8))
