"""in_step(): a track moved to when its words are said; cues whose own times say nothing go by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from captions.making import retime
from captions.making.resync import heard_times
from captions.making.sync import Sync
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack

WORTHLESS: Final = 100
"""Milliseconds: a cue that is shown for less has lost its times."""
FAR: Final = 1500
"""Milliseconds: a cue that is off by more from its own words, after all were moved, has a wrong time."""
SEEN: Final = 1000
"""Milliseconds that a cue which went by its words is shown for, where the next one lets it."""
GAP: Final = 83


@dataclass(frozen=True, slots=True)
class InStep:
    """The moved track; `placed` numbers the cues that went by their own words, `unheard` those of which less
    than half was found, which moved with the others.
    """

    track: TextTrack
    placed: tuple[int, ...]
    unheard: tuple[int, ...]


def in_step(track: TextTrack, words: Sequence[TimedWord], sync: Sync) -> InStep:
    """Move all cues by `sync`; then those that have lost their times, or are far from their own `words`."""
    moved = retime.linear(track, sync.ratio, Fraction(sync.offset_ms)).track
    said = heard_times(track, words)
    cues, placed = list(moved.cues), []
    for number, times in enumerate(said):
        old, new = track.cues[number], cues[number]
        if times is None:
            continue
        if old.end - old.start < WORTHLESS or abs(new.start - times[0]) > FAR:
            cues[number] = replace(new, start=times[0], end=max(times[1], times[0] + 1))
            placed.append(number)
    for number in placed:
        cues[number] = _readable(cues, number)
    unheard = tuple(number for number, times in enumerate(said) if times is None)
    return InStep(replace(moved, cues=tuple(cues)), tuple(placed), unheard)


def _readable(cues: Sequence[Cue], number: int) -> Cue:
    cue = cues[number]
    following = min(
        (other.start for other in cues if other.start > cue.start), default=cue.start + SEEN + GAP
    )
    return replace(cue, end=max(cue.end, min(cue.start + SEEN, following - GAP)))
