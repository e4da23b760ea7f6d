"""What a working copy is made of when a script was timed: its captions, and what is told of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from captions import Aligned, Cue
from captions.making.align import own_cues
from captions.making.segment import segment
from captions.making.unfound import unfound

MOST_TOLD = 200


def cues(
    found: Aligned, profile: str, language: str, duration: int, *, keeps_breaks: bool
) -> tuple[Cue, ...]:
    """The words as captions: as the script breaks them, or made to the profile."""
    if keeps_breaks:
        return own_cues(found.words)
    return segment(found.words, profile, language=language, duration=duration or None)


def report(found: Aligned) -> dict[str, Any]:
    """What a working copy tells of how it was made; rough is what a person must check.

    `unfound` is what of the script is in no caption, each part under a number of its own.
    """
    missing = unfound(found)
    return {
        "method": str(found.method),
        "is_rough": found.is_rough,
        "unfound": [{"id": number, **asdict(each)} for number, each in enumerate(missing[:MOST_TOLD])],
        "unfound_count": len(missing),
        "untimed_count": len(found.untimed),
        "words": len(found.words) + len(found.untimed),
    }
