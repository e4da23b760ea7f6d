"""Said and Narration: what is heard of descriptions, and the sound that they make up."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """What is heard of a description: `number` of its cue, from 0, and from when to when, in milliseconds.

    `over` is for how long of it the film speaks, too, 0 where nobody has listened to the film; `late` how
    much later than its cue it begins, since the one before was not yet over.
    """

    number: int
    start: int
    end: int
    over: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Narration:
    """A WAV file of 16-bit mono samples, `rate` a second, that lasts `duration` milliseconds, as the film."""

    path: Path
    rate: int
    duration: int
    said: tuple[Said, ...]

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """From when to when something is said, in milliseconds."""
        return tuple((each.start, each.end) for each in self.said)
