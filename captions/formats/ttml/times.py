"""Time expressions of TTML (https://www.w3.org/TR/ttml1/, section 10.3) as milliseconds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CLOCK = re.compile(
    r"(\d{1,10}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,12})|[:;](\d{1,4})(?:\.(\d{1,4}))?)?", re.ASCII
)
_BEGINNING = re.compile(r"\d{1,10}:\d{1,2}:\d{1,2}(?:[.,]\d{1,12})?(?!\d)", re.ASCII)
_SHORT_CLOCK = re.compile(r"(\d{1,10}):(\d{1,2})(?:[.,](\d{1,12}))?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,18}(?:[.,]\d{1,12})?)(h|ms|m|s|f|t|)", re.ASCII)
_PAIR = re.compile(r"(\d{1,6})[ :](\d{1,6})", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_UNITS = {"h": 3_600_000.0, "m": 60_000.0, "s": 1000.0, "": 1000.0, "ms": 1.0}


@dataclass(frozen=True, slots=True)
class Clock:
    """The rates of a document: frames a second as they are counted and as they pass, ticks a second."""

    nominal: int = 30
    rate: float = 30.0
    sub_frames: int = 1
    ticks: float = 1.0
    is_smpte: bool = False
    drops: str = ""

    def milliseconds(self, text: str) -> int | None:
        """The time that an expression names; None when it is none (also for a time of day)."""
        text = text.strip()
        clock = _CLOCK.fullmatch(text)
        if clock is not None:
            return self._clock(clock)
        offset = _OFFSET.fullmatch(text)
        if offset is not None:
            return self._offset(float(offset[1].replace(",", ".")), offset[2])
        short = _SHORT_CLOCK.fullmatch(text)
        if short is None:
            return None
        return int(short[1]) * 60_000 + int(short[2]) * 1000 + _thousandths(short[3])

    def beginning(self, text: str) -> int | None:
        """The clock time that a wrong expression begins with, else None."""
        match = _BEGINNING.match(text.strip())
        return None if match is None else self.milliseconds(match[0])

    def _clock(self, match: re.Match[str]) -> int:
        hours, minutes, seconds, fraction, frames, sub_frames = match.groups()
        whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
        counted = int(frames or 0) + int(sub_frames or 0) / self.sub_frames
        if self.is_smpte and fraction is None:
            passed = whole * self.nominal + counted - self._dropped(int(hours) * 60 + int(minutes))
            return round(passed * 1000 / self.rate)
        return whole * 1000 + _thousandths(fraction) + round(counted * 1000 / self.rate)

    def _offset(self, number: float, unit: str) -> int:
        if unit == "f":
            return round(number * 1000 / self.rate)
        if unit == "t":
            return round(number * 1000 / self.ticks)
        return round(number * _UNITS[unit])

    def _dropped(self, minutes: int) -> int:
        """Frame numbers that drop-frame counting has left out by then (SMPTE ST 12-1)."""
        each = {"dropntsc": 2, "droppal": 4}.get(self.drops, 0)
        spared = minutes // 10 if self.drops == "dropntsc" else minutes // 20 + (minutes + 1) // 2
        return each * (minutes - spared)


def clock(attributes: Mapping[str, str]) -> Clock:
    """The rates that the attributes of the root element state; those that make no sense count as unsaid."""
    nominal = _positive(attributes.get("frameRate", ""), 30)
    pair = _PAIR.fullmatch(attributes.get("frameRateMultiplier", "").strip())
    rate = float(nominal)
    if pair is not None and int(pair[1]) and int(pair[2]):
        rate = nominal * int(pair[1]) / int(pair[2])
    sub_frames = _positive(attributes.get("subFrameRate", ""), 1)
    unsaid = rate * sub_frames if "frameRate" in attributes else 1.0
    ticks = float(_positive(attributes.get("tickRate", ""), 0)) or unsaid
    is_smpte = attributes.get("timeBase", "").strip().lower() == "smpte"
    return Clock(nominal, rate, sub_frames, ticks, is_smpte, attributes.get("dropMode", "").strip().lower())


def _positive(text: str, otherwise: int) -> int:
    match = _NUMBER.fullmatch(text.strip())
    return int(match[0]) or otherwise if match is not None else otherwise


def _thousandths(fraction: str | None) -> int:
    """Decimals of a second as milliseconds, rounded."""
    return round(float(f"0.{fraction}") * 1000) if fraction else 0
