"""What a file leaves open: when its last caption ends, and which of several languages is meant."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from captions.webvtt import cuetext

_SHORTEST: Final = 1500
_LONGEST: Final = 7000
_PER_CHARACTER: Final = 60
"""Milliseconds to read a character, at about 17 in a second."""

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)


def tag(text: str) -> str:
    """A language as a file names it, when it has the form of a BCP 47 tag, else nothing."""
    text = text.strip().replace("_", "-")
    return text if _TAG.fullmatch(text) else ""


def reading_end(start: int, text: str) -> int:
    """A sensible end, in milliseconds, for a caption that nothing ends: when it has been read."""
    needed = len(cuetext.plain_text(text)) * _PER_CHARACTER
    return start + min(max(needed, _SHORTEST), _LONGEST)


def next_end(start: int, starts: Sequence[int], text: str) -> int:
    """The end of a caption that lasts until the next: the first of the sorted starts after its own."""
    at = bisect_right(starts, start)
    return starts[at] if at < len(starts) else reading_end(start, text)


def language(counts: Counter[str], wanted: str = "") -> str:
    """The language to take of several: the one that is wanted, else the one with most captions."""
    wish = wanted.lower().replace("_", "-")
    if wish:
        names = {name: name.lower().replace("_", "-") for name in counts}
        exact = [name for name, named in names.items() if named == wish]
        near = [name for name, named in names.items() if named.partition("-")[0] == wish.partition("-")[0]]
        if exact or near:
            return (exact or near)[0]
    return max(counts, key=lambda name: counts[name], default="")
