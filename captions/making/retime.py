"""Tracks in other times: shifted, stretched between two points, from one frame rate to another, snapped."""

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from captions.errors import ErrorCode, refusal
from captions.making.room import Clamped, ClampReason, Retimed, settle
from captions.making.snapping import snap
from captions.track import TextTrack

__all__ = [
    "FRAME_RATES",
    "RATIOS",
    "ClampReason",
    "Clamped",
    "Retimed",
    "linear",
    "outside",
    "rate",
    "shift",
    "snap",
    "stretch",
]

FRAME_RATES: Final[dict[str, Fraction]] = {
    "23.976": Fraction(24_000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30_000, 1001),
    "30": Fraction(30),
}
"""Pictures a second that films have; the broken ones are those of NTSC (SMPTE ST 12-1)."""

RATIOS: Final[dict[str, Fraction]] = {
    f"{made}/{shown}": FRAME_RATES[made] / FRAME_RATES[shown]
    for made in FRAME_RATES
    for shown in FRAME_RATES
    if made != shown
}
"""`25/23.976`: captions made for a film of 25 pictures a second and shown at 23.976, where it is longer."""

SLOWEST: Final = 10
"""A film that is so many times as long, or as short, is another film."""


def shift(track: TextTrack, ms: int, *, cues: Collection[int] | None = None) -> Retimed:
    """All cues, or those of the given numbers (from 0), `ms` milliseconds later (negative: earlier)."""
    return linear(track, Fraction(1), Fraction(ms), cues=cues)


def stretch(
    track: TextTrack, first: tuple[int, int], second: tuple[int, int], *, cues: Collection[int] | None = None
) -> Retimed:
    """What is at `first[0]` goes to `first[1]`, at `second[0]` to `second[1]` (ms), all else in proportion.

    Raises CaptionError when the points are the same, change their order, or are stretched out of all reason.
    """
    (from1, to1), (from2, to2) = first, second
    if from1 == from2 or to1 == to2:
        raise refusal(ErrorCode.STRETCH, why="the two points must be at different times")
    ratio = Fraction(to2 - to1, from2 - from1)
    return linear(track, ratio, to1 - ratio * from1, cues=cues)


def rate(track: TextTrack, ratio: str | Fraction, *, cues: Collection[int] | None = None) -> Retimed:
    """All times multiplied by `ratio`, a name of RATIOS or a number.

    Raises CaptionError when the name is unknown or the number is out of all reason.
    """
    if isinstance(ratio, str):
        if ratio not in RATIOS:
            raise refusal(ErrorCode.STRETCH, why=f"there is no frame rate ratio {ratio[:40]}")
        ratio = RATIOS[ratio]
    return linear(track, ratio, Fraction(0), cues=cues)


def linear(
    track: TextTrack, ratio: Fraction, offset: Fraction, *, cues: Collection[int] | None = None
) -> Retimed:
    """Each time t (ms) becomes ratio × t + offset, rounded. Raises CaptionError for a ratio beyond reason."""
    if not Fraction(1, SLOWEST) <= ratio <= SLOWEST:
        raise refusal(
            ErrorCode.STRETCH,
            why="the second point must come after the first, not ten times as far or as near",
        )

    def clock(time: int) -> int:
        return round(ratio * time + offset)

    chosen = range(len(track.cues)) if cues is None else sorted(set(cues))
    wanted = {number: (clock(track.cues[number].start), clock(track.cues[number].end)) for number in chosen}
    return settle(track, wanted, clock)


def outside(done: Retimed, before: TextTrack, duration: int) -> tuple[int, ...]:
    """The cues, by number, that a film of `duration` ms (0: not known) held and holds no more: less than half
    of the time for which they were to be shown lies between its beginning and its end.
    """
    wanted = {one.cue: one.wanted for one in done.clamped if one.reason is ClampReason.ZERO}
    found = []
    for number, (old, new) in enumerate(zip(before.cues, done.track.cues, strict=True)):
        start, end = wanted.get(number, (new.start, new.end))
        if _is_held(old.start, old.end, duration) and not _is_held(start, end, duration):
            found.append(number)
    return tuple(found)


def _is_held(start: int, end: int, duration: int) -> bool:
    inside = (min(end, duration) if duration else end) - max(start, 0)
    return 2 * inside >= end - start and inside >= 0
