"""Times as text: the strict WebVTT form, the forms people type, and how each format writes them."""

import re
from typing import Final

from captions.limits import MAX_HOUR_DIGITS

STRICT: Final = r"(?:(\d+):)?([0-5]\d):([0-5]\d)\.(\d{3})(?!\d)"
"""A WebVTT timestamp (four groups); to be compiled with re.ASCII."""

_STRICT = re.compile(STRICT, re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?", re.ASCII)


def milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int | None:
    """Milliseconds of the four parts of a timestamp; None when the hours have too many digits."""
    total = int(minutes) * 60_000 + int(seconds) * 1000 + int(thousandths)
    if not hours:
        return total
    if len(hours) > MAX_HOUR_DIGITS:
        hours = hours.lstrip("0") or "0"
        if len(hours) > MAX_HOUR_DIGITS:
            return None
    return total + int(hours) * 3_600_000


def parse_leading(text: str) -> int | None:
    """Milliseconds of the WebVTT timestamp that a text begins with, else None."""
    match = _STRICT.match(text)
    return None if match is None else milliseconds(*match.groups())


def parse_clock(text: str) -> int | None:
    """Milliseconds of a typed time: 1:05, 75:00, 1:02:03, 1:02:03.5; else None."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    return milliseconds(hours, minutes, seconds, (fraction or "0").ljust(3, "0"))


def strict(ms: int) -> str:
    """A WebVTT timestamp with hours: 00:01:02.003."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def clock(ms: int) -> str:
    """A time as people write it, whole seconds, rounded down: 1:02 or 1:02:03."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
