"""Chapters as a file gives them, made fit to divide a film: in order, named, inside it and apart."""

import unicodedata
from collections.abc import Iterable

from media.info import Chapter

MOST_TITLE = 200
WHOLE = 0.98
"""Share of the film from which on a single chapter divides nothing."""
LATE_START = 1000
"""Milliseconds; a single chapter that begins later still says where something begins."""


def tidy(written: Iterable[tuple[float, float, str]], duration: int) -> tuple[Chapter, ...]:
    """The usable ones of (start, end, title), given in seconds from the first picture of a film of `duration`
    milliseconds.

    A chapter without a name or outside the film is left out; of several that begin together the last is
    taken. Each ends where it says, but not after the next begins or the film ends. A single chapter that is
    the whole film is none.
    """
    starts: dict[int, tuple[int, str]] = {}
    for start, end, title in written:
        name, first, last = clean(title), max(round(start * 1000), 0), round(end * 1000)
        if name and first < duration and not (last <= 0 and start < 0):
            starts[first] = (last, name)
    found = []
    ordered = sorted(starts.items())
    nexts = [start for start, _ in ordered[1:]] + [duration]
    for (start, (end, title)), limit in zip(ordered, nexts, strict=False):
        found.append(Chapter(start, min(end, limit) if end > start else limit, title))
    return () if _is_whole(found, duration) else tuple(found)


def clean(title: str) -> str:
    """The words of a title in one line, without control characters."""
    shown = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in title)
    return " ".join(shown.split())[:MOST_TITLE]


def _is_whole(found: list[Chapter], duration: int) -> bool:
    if len(found) != 1:
        return False
    return found[0].start <= LATE_START and found[0].end >= WHOLE * duration
