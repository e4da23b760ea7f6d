"""How loud a recording is (EBU R 128) and how much louder it may be made."""

import math
import re
from dataclasses import dataclass

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5
SILENCE_LUFS = -50.0
LEAST_GAIN_DB = 1.0
MOST_GAIN_DB = 20.0

INTEGRATED = re.compile(r"^\s*I:\s*(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
RANGE = re.compile(r"^\s*LRA:\s*(-?[\d.]+|nan) LU", re.MULTILINE)
PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS, loudness range in LU, true peak in dBTP (ITU-R BS.1770)."""

    integrated: float
    spread: float
    peak: float

    @property
    def is_silent(self) -> bool:
        """Is there nothing to hear, so that a gain would only lift noise?"""
        return self.integrated < SILENCE_LUFS

    @property
    def gain(self) -> float:
        """Decibels to add to come to -16 LUFS: no more than keeps the peak under -1.5 dBTP, 0 when not worth
        it.
        """
        if self.is_silent:
            return 0.0
        wanted = TARGET_LUFS - self.integrated
        if wanted > 0:
            wanted = min(wanted, MOST_GAIN_DB, max(CEILING_DBTP - self.peak, 0.0))
        return round(wanted, 2) if abs(wanted) >= LEAST_GAIN_DB else 0.0


def read_summary(messages: str) -> Loudness | None:
    """The measure in what ffmpeg's ebur128 filter wrote last; None when there was no sound to measure."""
    integrated, peak = _last(INTEGRATED, messages), _last(PEAK, messages)
    if integrated is None or peak is None:
        return None
    return Loudness(integrated, _last(RANGE, messages) or 0.0, peak)


def _last(pattern: re.Pattern[str], messages: str) -> float | None:
    found = pattern.findall(messages)
    if not found:
        return None
    value = float(found[-1])
    return -99.0 if math.isnan(value) or math.isinf(value) else value
