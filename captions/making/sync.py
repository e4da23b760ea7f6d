"""Sync: where captions are in a sound, as an offset and a ratio."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Sync:
    """Where captions are in a sound: time in the sound = `ratio` × time of the cue + `offset_ms`.

    `residual_ms` is the median distance that is left. `confidence` is from 0 (do not use) to 1; below 0.5 a
    person must look. `anchors` is the number of cues it rests on. `name` is that of a known ratio, or empty.
    """

    offset_ms: int
    ratio: Fraction
    residual_ms: int
    confidence: float
    anchors: int
    name: str = ""
