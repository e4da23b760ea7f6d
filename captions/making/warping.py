"""warp(): which frames of one sound belong to which of another that says the same at another pace."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

MOST_CELLS: Final = 16_000_000
"""Pairs of frames that are compared where nothing is known yet; a byte of memory for each."""
RADIUS: Final = 40
"""Frames to each side of a coarser path in which the finer one is looked for."""
SKIP: Final = 3.0
"""What a frame costs that is passed over in one sound alone. The same sound by two voices is 3 to 4 apart, by
one voice 2 (each of the twelve numbers has deviation 1): a pair costs less than two frames passed over.
"""

DIAGONAL, ON_FIRST, ON_SECOND = 0, 1, 2


def warp(first: Floats, second: Floats) -> tuple[Places, Places]:
    """For each frame of `first` the first and the last frame of `second` that belong to it.

    Dynamic time warping (Sakoe and Chiba 1978) on frames put together by twos until all pairs can be
    compared, then ever finer around the path (Salvador and Chan 2007). Neither may be empty.
    """
    if not len(first) or not len(second):
        raise ValueError("there is nothing to compare")
    levels = [(first, second)]
    while len(levels[-1][0]) * len(levels[-1][1]) > MOST_CELLS:
        levels.append((_halved(levels[-1][0]), _halved(levels[-1][1])))
    coarse, other = levels[-1]
    low, high = np.zeros(len(coarse), dtype=np.int64), np.full(len(coarse), len(other) - 1)
    found = _path(coarse, other, low, high)
    for finer, other in reversed(levels[:-1]):
        found = _path(finer, other, *_around(found, len(finer), len(other)))
    return found


def _halved(frames: Floats) -> Floats:
    """The means of each two frames; an odd last one stays."""
    even = frames[: len(frames) // 2 * 2]
    halves = (even[::2] + even[1::2]) / 2
    return np.concatenate((halves, frames[len(even) :])).astype(np.float32)


def _around(path: tuple[Places, Places], rows: int, columns: int) -> tuple[Places, Places]:
    """The band of twice as fine frames around a path: its bounds never go back and touch from row to row."""
    coarse = np.minimum(np.arange(rows) // 2, len(path[0]) - 1)
    before, after = np.maximum(coarse - RADIUS // 2, 0), np.minimum(coarse + RADIUS // 2, len(path[0]) - 1)
    low = np.maximum(np.minimum(2 * path[0][before], 2 * path[0][coarse] - RADIUS), 0)
    high = np.maximum(2 * path[1][after] + 1, 2 * path[1][coarse] + 1 + RADIUS)
    high = np.minimum(high, columns - 1)
    high[-1] = columns - 1
    return np.minimum(low, high), high


def _path(first: Floats, second: Floats, low: Places, high: Places) -> tuple[Places, Places]:
    """The cheapest path from both beginnings to both ends, inside of low to high (inclusive) for each row."""
    widths = high - low + 1
    offsets = np.concatenate(([0], np.cumsum(widths)))
    steps = np.empty(int(offsets[-1]), dtype=np.uint8)
    before, base = np.zeros(0), 0
    for row in range(len(first)):
        left, right = int(low[row]), int(high[row])
        cost = np.linalg.norm(second[left : right + 1] - first[row], axis=1).astype(np.float64)
        above, step = _entered(before, base, left, right, cost)
        if row == 0:
            above[0] = cost[0]
        entered = above
        along = SKIP * np.arange(1, len(cost) + 1)
        reached = np.minimum.accumulate(entered - along) + along
        step[reached < entered - 1e-9] = ON_SECOND
        steps[offsets[row] : offsets[row + 1]] = step
        before, base = reached, left
    return _traced(steps, offsets, low, int(high[-1]))


def _entered(
    before: NDArray[np.float64], base: int, left: int, right: int, cost: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """What it costs to come from the row before, whose costs begin at column `base`, and by which step."""
    width = right - left + 1
    padded = np.full(width + 1, np.inf)  # column left - 1 and on
    start, stop = max(base, left - 1), min(base + len(before), right + 1)
    if stop > start:
        padded[start - left + 1 : stop - left + 1] = before[start - base : stop - base]
    diagonal, straight = padded[:-1] + cost, padded[1:] + SKIP
    return np.minimum(diagonal, straight), np.where(straight < diagonal, ON_FIRST, DIAGONAL).astype(np.uint8)


def _traced(steps: NDArray[np.uint8], offsets: Places, low: Places, column: int) -> tuple[Places, Places]:
    """Back from the end: for each row the first and the last column of the path."""
    rows = len(low)
    begins, ends = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    row = rows - 1
    ends[row] = column
    while True:
        step = steps[offsets[row] + column - low[row]]
        if step == ON_SECOND and column > low[row]:
            column -= 1
            continue
        begins[row] = column
        if row == 0:
            begins[row] = 0
            return begins, ends
        column -= int(step == DIAGONAL)
        row -= 1
        ends[row] = column
