"""TimeMap: which moment of one film is which moment of another made from the same recording."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """`length` milliseconds that begin at `old` in the one film and at `new` in the other."""

    old: int
    new: int
    length: int

    def __post_init__(self) -> None:
        if min(self.old, self.new) < 0 or self.length <= 0:
            raise ValueError(f"a stretch has times and a length: {self}")

    @property
    def old_end(self) -> int:
        """The first moment after the stretch in the old film."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """The first moment after the stretch in the new film."""
        return self.new + self.length


@dataclass(frozen=True, slots=True)
class TimeMap:
    """Stretches in order, apart in either film, so that later stays later. All times in milliseconds.

    A moment belongs to the stretch that begins at or before it; the end of a stretch belongs to it as well
    where no other begins there, so that the last moment of a film has a place.
    """

    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        for before, after in pairwise(self.stretches):
            if after.old < before.old_end or after.new < before.new_end:
                raise ValueError(f"stretches overlap or go back: {before} and {after}")

    @classmethod
    def joined(cls, stretches: Iterable[Stretch]) -> "TimeMap":
        """A map of these stretches, in order, with neighbours that have no gap in either film as one."""
        whole: list[Stretch] = []
        for each in stretches:
            last = whole[-1] if whole else None
            if last and (last.old_end, last.new_end) == (each.old, each.new):
                whole[-1] = Stretch(last.old, last.new, last.length + each.length)
            else:
                whole.append(each)
        return cls(tuple(whole))

    @classmethod
    def same(cls, duration: int) -> "TimeMap":
        """Nothing moves."""
        return cls((Stretch(0, 0, duration),) if duration > 0 else ())

    @classmethod
    def shifted(cls, by: int, old_duration: int, new_duration: int) -> "TimeMap":
        """The new film shows `by` milliseconds later what the old one shows."""
        start, end = max(0, -by), min(old_duration, new_duration - by)
        return cls((Stretch(start, start + by, end - start),) if end > start else ())

    @property
    def is_empty(self) -> bool:
        """Whether the films have nothing in common."""
        return not self.stretches

    def forward(self, moment: int) -> int | None:
        """Where the moment of the old film is in the new one; None when it is not in it."""
        place = bisect_right(self.stretches, moment, key=lambda stretch: stretch.old) - 1
        if place < 0:
            return None
        stretch = self.stretches[place]
        return stretch.new + moment - stretch.old if moment <= stretch.old_end else None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """What remains of the time from `start` to `end`: its first and last moment in the new film.

        What was put in between belongs to it. A time without length remains where its moment does. None when
        nothing of it is left.
        """
        if end <= start:
            exact = self.forward(start)
            return None if exact is None else (exact, exact)
        kept = [stretch for stretch in self.stretches if stretch.old < end and start < stretch.old_end]
        if not kept:
            return None
        first, last = kept[0], kept[-1]
        return first.new + max(start - first.old, 0), last.new + min(end, last.old_end) - last.old

    def inverse(self) -> "TimeMap":
        """The way back."""
        return TimeMap(tuple(Stretch(each.new, each.old, each.length) for each in self.stretches))

    def then(self, other: "TimeMap") -> "TimeMap":
        """First this map, then the other."""
        found = []
        for mine in self.stretches:
            for theirs in other.stretches:
                start = max(mine.new, theirs.old)
                length = min(mine.new_end, theirs.old_end) - start
                if length > 0:
                    found.append(
                        Stretch(mine.old + start - mine.new, theirs.new + start - theirs.old, length)
                    )
        return TimeMap.joined(found)
