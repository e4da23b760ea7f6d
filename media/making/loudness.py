"""How loud a recording is (EBU R 128), on which side, and how much louder it may be made."""

import math
import re
from dataclasses import dataclass

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5
SILENCE_LUFS = -50.0
LEAST_GAIN_DB = 1.0
MOST_GAIN_DB = 20.0
OVERSHOOT_DBTP = 1.0
"""A peak above it is no flaw of the recording but the sum of its channels; it is brought under full scale."""
ONE_SIDE_DB = 30.0
"""So much louder than the other, a channel is the only one with a microphone."""
BOTH_SIDES_DB = 3.0
"""What a sound gains when it comes from two sides instead of one."""

INTEGRATED = re.compile(r"^\s*I:\s*(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
RANGE = re.compile(r"^\s*LRA:\s*(-?[\d.]+|nan) LU", re.MULTILINE)
CHANNELS = re.compile(r"Channel: (\d+)\n.*RMS level dB: (-?[\d.]+|-?inf|nan)")
PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS, loudness range in LU, true peak in dBTP (ITU-R BS.1770).

    `side` is left or right when all sound is in that channel; it is then put into both.
    """

    integrated: float
    spread: float
    peak: float
    side: str = ""

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
        wanted = TARGET_LUFS - self.integrated - (BOTH_SIDES_DB if self.side else 0.0)
        if self.peak > OVERSHOOT_DBTP:
            wanted = min(wanted, CEILING_DBTP - self.peak)
        if wanted > 0:
            wanted = min(wanted, MOST_GAIN_DB, max(CEILING_DBTP - self.peak, 0.0))
        return round(wanted, 2) if abs(wanted) >= LEAST_GAIN_DB else 0.0


def read_summary(messages: str) -> Loudness | None:
    """The measure in what ffmpeg's ebur128 filter wrote last; None when there was no sound to measure."""
    integrated, peak = _last(INTEGRATED, messages), _last(PEAK, messages)
    if integrated is None or peak is None:
        return None
    return Loudness(integrated, _last(RANGE, messages) or 0.0, peak, _side(messages))


def _side(messages: str) -> str:
    """Which of two channels has all of the sound, by the last lines of ffmpeg's astats filter."""
    levels = [_number(level) for number, level in CHANNELS.findall(messages)[-2:] if number in ("1", "2")]
    if len(levels) != 2 or abs(levels[0] - levels[1]) < ONE_SIDE_DB or max(levels) < SILENCE_LUFS:
        return ""
    return "left" if levels[0] > levels[1] else "right"


def _last(pattern: re.Pattern[str], messages: str) -> float | None:
    found = pattern.findall(messages)
    return _number(found[-1]) if found else None


def _number(written: str) -> float:
    value = float(written)
    return -99.0 if math.isnan(value) or math.isinf(value) else value
