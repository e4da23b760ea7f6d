"""waveform.json: the lowest and highest sample of each short stretch, in the layout of the audiowaveform
tool.
"""

import json
import sys
from array import array
from pathlib import Path

SAMPLE_RATE = 8000
"""Samples per second of the sound that is drawn."""
PIXELS_PER_SECOND = 20
MOST_PIXELS = 36_000
"""Half an hour at full fineness; longer recordings are drawn more coarsely, so that the file stays small."""


def write_waveform(samples: Path | None, target: Path, *, gain: float = 0.0) -> None:
    """Draw the 16-bit little-endian mono `samples` into `target`; None gives an empty drawing.
    `gain` in decibels is what the sound was raised by, so that the drawing shows what is heard.

    Layout (audiowaveform data format, version 2): `length` pairs of minimum and maximum, each -128 to 127;
    a pair covers `samples_per_pixel` samples at `sample_rate`.
    """
    size = samples.stat().st_size // 2 if samples else 0
    step = max(SAMPLE_RATE // PIXELS_PER_SECOND, -(-size // MOST_PIXELS))
    data = _extremes(samples, step, 10 ** (gain / 20)) if samples else []
    drawing = {
        "version": 2,
        "channels": 1,
        "sample_rate": SAMPLE_RATE,
        "samples_per_pixel": step,
        "bits": 8,
        "length": len(data) // 2,
        "data": data,
    }
    target.write_text(json.dumps(drawing, separators=(",", ":")), encoding="utf-8")


def _extremes(samples: Path, step: int, factor: float) -> list[int]:
    found: list[int] = []
    with samples.open("rb") as source:
        while block := source.read(step * 2):
            values = array("h", block[: len(block) // 2 * 2])
            if sys.byteorder == "big":
                values.byteswap()
            if values:
                found += (_scaled(min(values), factor), _scaled(max(values), factor))
    return found


def _scaled(value: int, factor: float) -> int:
    """A 16-bit sample, louder, in 8 bits."""
    return max(-128, min(127, int(value * factor) >> 8))
