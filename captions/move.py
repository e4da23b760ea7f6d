"""Cues moved into another cut of their film: what stays, what is shortened, what is set aside, all kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from captions.track import Cue, TextTrack

Span = Callable[[int, int], tuple[int, int] | None]
"""What remains of a time (start, end, in milliseconds) in the other film, in its times; None: nothing."""

SHORTEST = 400
"""Milliseconds that must remain of a cue which is shortened: less cannot be read."""


@dataclass(frozen=True, slots=True)
class Move:
    """A cue in its old times and what became of it; `after` is None where it was set aside."""

    before: Cue
    after: Cue | None

    @property
    def is_shortened(self) -> bool:
        """Whether a part of it was cut away."""
        if self.after is None:
            return False
        return self.after.end - self.after.start < self.before.end - self.before.start


def moves(cues: tuple[Cue, ...], span: Span) -> tuple[Move, ...]:
    """What becomes of each cue, in the order given.

    A cue of which less than SHORTEST remains is set aside whole, unless it was as short before.
    """
    return tuple(Move(cue, _placed(cue, span(cue.start, cue.end))) for cue in cues)


def moved(track: TextTrack, done: tuple[Move, ...]) -> TextTrack:
    """The track with the cues that stay, in order of time."""
    kept = (move.after for move in done if move.after is not None)
    return replace(track, cues=tuple(sorted(kept, key=lambda cue: (cue.start, cue.end))))


def _placed(cue: Cue, place: tuple[int, int] | None) -> Cue | None:
    if place is None:
        return None
    start, end = place
    if end - start < min(SHORTEST, cue.end - cue.start):
        return None
    return replace(cue, start=start, end=end, line=0)
