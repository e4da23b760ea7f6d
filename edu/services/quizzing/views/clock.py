"""Times in a film as people write them: 0:41.5."""

from __future__ import annotations

import re

LONGEST_MS = 24 * 3600 * 1000
_WRITTEN = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,3})\d*)?\s*s?", re.ASCII)


def written(ms: float) -> str:
    """`m:ss.s`, with hours where there are any and thousandths where they matter: 41200 -> 0:41.2."""
    whole, thousandths = divmod(round(ms), 1000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{head}:{seconds:02}.{f'{thousandths:03}'.rstrip('0') or '0'}"


def read(text: str) -> int | None:
    """The milliseconds of `1:02:03.5`, `0:41,5`, `41.5` or `41 s`; None for what is no time in a film."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    ms = (hours * 3600 + minutes * 60 + seconds) * 1000 + int((found[4] or "0").ljust(3, "0"))
    return ms if ms <= LONGEST_MS else None
