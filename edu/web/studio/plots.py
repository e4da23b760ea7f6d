"""Drawings of statistics as shapes in a small field of units, for templates to write as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edu.services.quizzing.statistics import ItemReport
from edu.web.studio.figures import number
from quizzes.analysis import Bar

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 38, 10, 16, 40  # margins, for the axes and their words
ROOM_FOR_A_COUNT = 20  # the narrowest bar that can carry its number


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the histogram: its rectangle, its middle, and its count where there is room for it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    words: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many results lie where: the area of a bar is its number of learners. `mark` is the pass mark."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    mark: float


@dataclass(frozen=True, slots=True)
class Point:
    """A question: where it lies, its number, and whether something is to be looked at: "", hint or firm."""

    x: float
    y: float
    number: int
    sign: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """Questions by how many marks they earned (across) and how well they tell learners apart (up).

    `good` is the rectangle where questions do their work: x, y, width, height.
    """

    points: tuple[Point, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    good: tuple[float, float, float, float]


def histogram(bars: Sequence[Bar], pass_mark: int) -> Histogram | None:
    """The drawing of bars as high as their counts, over 0 to 100 per cent; None without any.

    Bars that were joined are wider, so the ends of each are named.
    """
    highest = max((bar.count for bar in bars), default=0)
    if not highest:
        return None
    room = HEIGHT - TOP - BOTTOM
    columns = []
    for bar in bars:
        tall = room * bar.count / highest
        left, width = _across(bar.low), _across(bar.high) - _across(bar.low)
        words = number(bar.count) if bar.count and width >= ROOM_FOR_A_COUNT else ""
        columns.append(
            Column(left, _tidy(TOP + room - tall), _tidy(width), _tidy(tall), _tidy(left + width / 2), words)
        )
    ends = [*(bar.low for bar in bars), bars[-1].high]
    ticks = tuple(Tick(_tidy(_across(end)), number(end)) for end in ends)
    return Histogram(tuple(columns), ticks, _across(pass_mark))


def scatter(items: Sequence[ItemReport]) -> Scatter | None:
    """The drawing of all questions that have both figures; None without any."""
    placed = [
        (index, 100 * item.figures.facility, item.figures.discriminationindex, _sign(item))
        for index, item in enumerate(items, start=1)
        if item.figures.facility is not None and item.figures.discriminationindex is not None
    ]
    if not placed:
        return None
    low = min(0, *(20 * math.floor(index / 20) for _, _, index, _ in placed))
    high = max(60, *(20 * math.ceil(index / 20) for _, _, index, _ in placed))

    def up(value: float) -> float:
        return _tidy(TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low))

    return Scatter(
        points=tuple(Point(_across(x), up(y), index, sign) for index, x, y, sign in placed),
        across=tuple(Tick(_across(at), number(at)) for at in range(0, 101, 20)),
        up=tuple(Tick(up(at), number(at)) for at in range(low, high + 1, 20 if high - low <= 120 else 40)),
        good=(_across(30), up(high), _tidy(_across(90) - _across(30)), _tidy(up(20) - up(high))),
    )


def _sign(item: ItemReport) -> str:
    if not item.figures.flags:
        return ""
    return "firm" if any(flag.is_firm for flag in item.figures.flags) else "hint"


def _across(value: float) -> float:
    return _tidy(LEFT + (WIDTH - LEFT - RIGHT) * value / 100)


def _tidy(value: float) -> float:
    return round(value, 1)
