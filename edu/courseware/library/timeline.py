"""The timeline's picture as places and sizes: works on a line of years in lanes, names by their first year.

Everything is in pixels of the picture, which scrolls in a box of its own: before 1900 little was written, so
that a year is narrow there. Marks of one lane that would touch are stacked, hence each can be hit by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

BEGINNING: Final = 1770  # the earliest books that the history tells of are of 1777
BEND: Final = 1900
EARLY, LATE = 1.0, 13.0  # pixels to a year before the bend and after it
MARGIN: Final = 24.0
MARK: Final = 24.0  # the side of the square that belongs to a mark
LABEL: Final = 22.0  # above each lane
LETTER: Final = 6.8  # the mean width of a letter of the names, which are written small
NAME_LINE: Final = 20.0
FOOT: Final = 28.0  # under the axis
REPEATED: Final = 620.0  # so often a lane says its name, since a narrow screen shows a part of it
OTHER: Final = "other"
# Which lane an entry lies in: that of the first of its collections which stands here.
LANES: Final = {
    "backmice": "backmice",
    "cluneal": "cluneal",
    "fascia": "fascia",
    "fat": "fascia",
    "history": "history",
    "myogelosis": "history",
    "cellulite": "history",
    "triggerpoint": "triggerpoint",
}


@dataclass(frozen=True, slots=True)
class Work:
    """An entry with its year; `names` are names of the nodule that it brought into use."""

    key: str
    year: int
    collections: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A work in the picture: the middle of its square."""

    key: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the nodule: where its words begin, and from where its line goes down to the axis."""

    words: str
    key: str
    year: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Works of one subject: where the lane begins, how high it is, and where its name stands."""

    name: str
    top: float
    height: float
    labels: tuple[float, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture; `ticks` are years with their places, `axis` is how high the line of years lies."""

    width: float
    height: float
    axis: float
    ticks: tuple[tuple[int, float], ...]
    names: tuple[Name, ...]
    lanes: tuple[Lane, ...]


def place(year: int) -> float:
    """How far from the left a year lies."""
    early = min(year, BEND) - BEGINNING
    return MARGIN + EARLY * max(early, 0) + LATE * max(year - BEND, 0)


def lane_of(collections: Iterable[str]) -> str:
    """The lane of an entry in these collections."""
    return next((LANES[name] for name in collections if name in LANES), OTHER)


def picture(works: Sequence[Work], until: int) -> Picture:
    """The picture of works with a year, up to the year `until`."""
    last = max([until, *(work.year for work in works)])
    end = (last // 10 + 1) * 10
    width = place(end) + MARGIN
    names, height = _names(works, width)
    lanes: list[Lane] = []
    by_lane: dict[str, list[Work]] = defaultdict(list)
    for work in sorted(works, key=lambda work: (work.year, work.key)):
        by_lane[lane_of(work.collections)].append(work)
    for name in (*dict.fromkeys(LANES.values()), OTHER):
        if name in by_lane:
            lanes.append(_lane(name, by_lane[name], height, width))
            height += lanes[-1].height
    ticks = (1777, 1850, *range(BEND, end + 1, 10))
    return Picture(
        width, height + FOOT, height, tuple((year, place(year)) for year in ticks), names, tuple(lanes)
    )


def _names(works: Sequence[Work], width: float) -> tuple[tuple[Name, ...], float]:
    """The names in lines that do not run into one another, and how high they are together."""
    found = sorted((work.year, words, work.key) for work in works for words in work.names)
    ends: list[float] = []
    placed: list[Name] = []
    for year, words, key in found:
        length = LETTER * len(words) + MARK
        x = round(min(place(year), width - length), 1)
        line = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        ends[line : line + 1] = [x + length]
        placed.append(Name(words, key, year, x, (line + 1) * NAME_LINE))
    return tuple(placed), len(ends) * NAME_LINE + NAME_LINE


def _lane(name: str, works: Sequence[Work], top: float, width: float) -> Lane:
    """The works of a lane, each in the lowest row in which it touches no other."""
    taken: list[tuple[float, int]] = []  # where each row is free again, the first to be so on top
    free: list[int] = []
    rows: list[tuple[Work, int]] = []
    for work in works:
        left = place(work.year) - MARK / 2
        while taken and taken[0][0] <= left:
            heappush(free, heappop(taken)[1])
        row = heappop(free) if free else len(taken)
        heappush(taken, (left + MARK, row))
        rows.append((work, row))
    height = LABEL + MARK * (1 + max(row for _, row in rows)) + MARK / 2
    marks = (Mark(work.key, place(work.year), top + LABEL + MARK * (row + 0.5)) for work, row in rows)
    labels = tuple(MARGIN + REPEATED * number for number in range(int((width - MARGIN) // REPEATED) + 1))
    return Lane(name, top, height, labels, tuple(marks))
