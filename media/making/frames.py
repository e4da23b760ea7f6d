"""Frame truth: when each picture of a film is shown, small enough to send to every player."""

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

from media.reading.samples import sample_times

FRAMES = "frames.json"
VERSION = 1
MOST_BYTES = 100_000
"""Of frames.json for a film of an hour or less."""
ROUNDING = Fraction(11, 20_000)
"""Seconds: half a millisecond, the grid of many recorders, and a little."""
COARSEST = 8
"""Milliseconds that a time may be off, at most, for the sake of a small file: a player seeks into the middle
of a picture, and no picture is so short as twice that.
"""
NTSC = Fraction(1000, 1001)


@dataclass(frozen=True, slots=True)
class Frames:
    """The times of `count` pictures from `start` on, in `timescale` parts of a second.

    `rate` (pictures per second) when it is constant, else `durations`: how many pictures last how long, in
    order. `error`: by how much a time may be off, in the same parts.
    """

    timescale: int
    start: int
    count: int
    rate: Fraction | None = None
    durations: tuple[tuple[int, int], ...] = ()
    error: int = 0
    _numbers: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _times: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.count < 1 or self.timescale < 1 or (self.rate is None) != bool(self.durations):
            raise ValueError("frames have a count, a timescale, and a rate or durations")
        if self.durations and sum(count for count, _ in self.durations) != self.count:
            raise ValueError("the durations are not those of so many frames")
        runs = self.durations
        object.__setattr__(self, "_numbers", tuple(accumulate((count for count, _ in runs), initial=0)))
        times = accumulate((count * ticks for count, ticks in runs), initial=self.start)
        object.__setattr__(self, "_times", tuple(times))

    @property
    def mean_rate(self) -> Fraction:
        """Pictures per second; on average, when they are uneven."""
        if self.rate is not None:
            return self.rate
        return self.count / (self.seconds(self.count) - self.seconds(0))

    def seconds(self, number: int) -> Fraction:
        """When picture `number` (from 0) is shown; `count` gives the end of the last. Raises IndexError."""
        if not 0 <= number <= self.count:
            raise IndexError(f"there is no frame {number} of {self.count}")
        if self.rate is not None:
            return Fraction(self.start, self.timescale) + number / self.rate
        run = min(bisect_right(self._numbers, number) - 1, len(self.durations) - 1)
        ticks = self._times[run] + (number - self._numbers[run]) * self.durations[run][1]
        return Fraction(ticks, self.timescale)

    def milliseconds(self, number: int) -> int:
        """As `seconds`, in the whole millisecond at which the picture is on the screen."""
        return math.ceil(self.seconds(number) * 1000)

    def at(self, moment: int) -> int:
        """Which picture is seen at a moment in milliseconds."""
        return self.number_at(Fraction(moment, 1000))

    def number_at(self, seconds: Fraction | float) -> int:
        """Which picture is seen at a time: the first before the film, the last after it."""
        low, high = 0, self.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.seconds(middle) <= seconds else (low, middle - 1)
        return low

    def plain(self) -> dict[str, Any]:
        """As a JSON document."""
        document: dict[str, Any] = {
            "version": VERSION,
            "timescale": self.timescale,
            "start": self.start,
            "count": self.count,
        }
        if self.rate is not None:
            document["rate"] = [self.rate.numerator, self.rate.denominator]
        else:
            document["durations"] = [list(run) for run in self.durations]
        return document | ({"error": self.error} if self.error else {})


def measure(path: Path) -> Frames:
    """The frames of a rendition that we wrote. Raises ValueError when it has none."""
    found = sample_times(path)
    return describe(found.times, found.end, found.timescale)


def describe(times: Sequence[int], end: int, timescale: int, *, most_bytes: int = MOST_BYTES) -> Frames:
    """The frames shown at `times` (increasing, of `timescale`), the last until `end`.

    Exact where that fits into `most_bytes` for an hour, else with the smallest error that does, up to
    COARSEST.
    """
    start, count = times[0], len(times)
    rate = constant_rate(times, end, timescale)
    if rate is not None:
        return Frames(timescale, start, count, rate=rate)
    room = most_bytes * max(1.0, (end - start) / timescale / 3600)
    for error_ms in (0, 1, 2, 4, COARSEST):
        error = error_ms * timescale // 1000
        runs = tuple(even_runs((*times, end), error))
        if len(json.dumps(runs, separators=(",", ":"))) <= room:
            break
    return Frames(timescale, start, count, durations=runs, error=error)


def constant_rate(times: Sequence[int], end: int, timescale: int) -> Fraction | None:
    """The rate at which all the times are within their rounding; None when they are uneven."""
    if len(times) == 1:
        return exact_rate(Fraction(timescale, max(end - times[0], 1)))
    span = times[-1] - times[0]
    mean = Fraction((len(times) - 1) * timescale, max(span, 1))
    for rate in dict.fromkeys((exact_rate(mean), mean.limit_denominator(1001))):
        if _fits(times, timescale, rate):
            return rate
    return None


def exact_rate(rate: Fraction | float) -> Fraction:
    """The usual rate that is meant by a rounded one: 29.97 is 30000/1001."""
    whole = Fraction(round(rate))
    usual = (whole, Fraction(math.ceil(rate)) * NTSC, Fraction(round(rate * 2), 2))
    near = [each for each in usual if each > 0 and abs(each / Fraction(rate) - 1) < Fraction(1, 5000)]
    return near[0] if near else Fraction(rate).limit_denominator(1001)


def even_runs(times: Sequence[int], error: int) -> Iterable[tuple[int, int]]:
    """How many pictures last how long, so that no time is off by more than `error`; the end comes last.

    As many as possible at a time: the durations that keep all so far within the error narrow down with each.
    """
    at, first = times[0], 0
    while first < len(times) - 1:
        low, high, taken, best = 1, max(times[-1] - at, 1) + error, 0, 1
        for number in range(first + 1, len(times)):
            steps, gone = number - first, times[number] - at
            low, high = max(low, -(-(gone - error) // steps)), min(high, (gone + error) // steps)
            if low > high:
                break
            taken, best = steps, min(max(round(gone / steps), low), high)
        if not taken:  # two times at one: the shortest step
            taken, best = 1, max(1, times[first + 1] - at)
        yield taken, best
        at, first = at + taken * best, first + taken


def write(frames: Frames, folder: Path) -> None:
    """Write frames.json into `folder`."""
    text = json.dumps(frames.plain(), separators=(",", ":"))
    (folder / FRAMES).write_text(text + "\n", encoding="utf-8")


def read(text: str | bytes) -> Frames:
    """The frames of a document that `write` made. Raises ValueError for another."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError("not a list of frames of version 1")
    rate = document.get("rate")
    return Frames(
        document["timescale"],
        document["start"],
        document["count"],
        rate=Fraction(*rate) if rate else None,
        durations=tuple((count, ticks) for count, ticks in document.get("durations", ())),
        error=document.get("error", 0),
    )


def _fits(times: Sequence[int], timescale: int, rate: Fraction) -> bool:
    room = max(1, math.floor(ROUNDING * timescale))
    step = timescale / rate
    return rate > 0 and all(
        abs((time - times[0]) * step.denominator - number * step.numerator) <= room * step.denominator
        for number, time in enumerate(times)
    )
