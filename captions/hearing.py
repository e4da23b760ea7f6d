"""Hearing: what sound and picture say by themselves: where somebody speaks, where the picture cuts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch in which somebody speaks, in milliseconds."""

    start: int
    end: int

    @property
    def duration(self) -> int:
        """Milliseconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Hearing:
    """Speech in the order of time, the moments at which the picture cuts, and the length; all milliseconds.

    `frame` is how long a picture stands, for rules that count in frames.
    """

    speech: tuple[Speech, ...] = ()
    cuts: tuple[int, ...] = ()
    duration: int = 0
    frame: float = 40.0
