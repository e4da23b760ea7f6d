"""Spans: what of a film was played, as stretches of its time; put together, cut, counted and moved. Pure."""

from collections.abc import Iterable

from media.timemap import TimeMap

Span = tuple[int, int]
"""From its first millisecond to the first after it; one that ends where it begins, or before, is nothing."""
Spans = tuple[Span, ...]
"""In order and apart: what `union` gives."""


def union(spans: Iterable[Span], *, gap: int = 0) -> Spans:
    """The time that lies in any of them. Where less than `gap` milliseconds lie between two, they are one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        last = found[-1] if found else None
        if last and (start <= last[1] or start - last[1] < gap):
            found[-1] = (last[0], max(last[1], end))
        else:
            found.append((start, end))
    return tuple(found)


def length(spans: Spans) -> int:
    """Milliseconds of them all."""
    return sum(end - start for start, end in spans)


def clipped(spans: Spans, start: int, end: int) -> Spans:
    """What of them lies between `start` and `end`."""
    held = ((max(start, first), min(end, last)) for first, last in spans)
    return tuple(span for span in held if span[0] < span[1])


def share(spans: Spans, start: int, end: int) -> float:
    """How much of the time from `start` to `end` they hold, 0 to 1; of no time at all: 1."""
    return length(clipped(spans, start, end)) / (end - start) if end > start else 1.0


def gaps(spans: Spans, start: int, end: int) -> Spans:
    """What of the time from `start` to `end` is in none of them."""
    return without(((start, end),), spans) if end > start else ()


def without(spans: Spans, taken: Spans) -> Spans:
    """What of the first is not in the second; one walk through both."""
    found: list[Span] = []
    at = 0
    for first, end in spans:
        start = first
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        place = at
        while place < len(taken) and taken[place][0] < end:
            if start < taken[place][0]:
                found.append((start, taken[place][0]))
            start = max(start, taken[place][1])
            place += 1
        if start < end:
            found.append((start, end))
    return tuple(found)


def first_of(spans: Spans, most: int) -> tuple[Spans, Spans]:
    """The earliest `most` milliseconds of them, and the rest."""
    kept: list[Span] = []
    rest: list[Span] = []
    left = max(0, most)
    for start, end in spans:
        middle = min(end, start + left)
        left -= middle - start
        kept += [(start, middle)] if start < middle else []
        rest += [(middle, end)] if middle < end else []
    return tuple(kept), tuple(rest)


def longest_of(spans: Spans, most: int) -> Spans:
    """At most so many of them: the longest, the earlier of two that are equal, in order."""
    return tuple(sorted(sorted(spans, key=lambda span: (span[0] - span[1], span))[:most]))


def through(spans: Spans, way: TimeMap) -> Spans:
    """What of them the other film shows, in its time.

    Unlike `TimeMap.span`, what was put in between is left out: nobody has seen it.
    """
    return union(
        (stretch.new + first - stretch.old, stretch.new + last - stretch.old)
        for stretch in way.stretches
        for first, last in clipped(spans, stretch.old, stretch.old_end)
    )
