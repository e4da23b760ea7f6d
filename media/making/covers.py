"""Covers: rectangles of a picture that are made unrecognisable, as filters of an ffmpeg graph.

What is under a cover is averaged over at most eight cells on its longer side, and those are drawn large
again without edges: the detail is not hidden, it is gone from every file that is made. A mosaic whose cells
are small against a letter or an eye can be read (Hill et al., On the (In)effectiveness of Mosaicing and
Blurring as Tools for Document Redaction, PoPETs 2016): so the count of cells is bound, not their size.
"""

import math
from dataclasses import dataclass
from typing import Any

from media.edit import Cover
from media.making import graph

CELLS = 8
"""On the longer side of a cover."""
MARGIN = 0.005
"""Of the picture's longer side, around a cover: a scaler spreads a picture element over its neighbours."""
LEAST_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, all even, as 4:2:0 pictures need."""

    x: int
    y: int
    width: int
    height: int

    @property
    def cells(self) -> tuple[int, int]:
        """Columns and rows of the averages."""
        longer = max(self.width, self.height)
        return (max(1, CELLS * self.width // longer), max(1, CELLS * self.height // longer))


def box(cover: Cover, size: tuple[int, int]) -> Box:
    """The cover in a picture of `size`: grown by the margin and to even pixels, held inside the picture."""
    margin = max(LEAST_MARGIN, MARGIN * max(size))
    left, right = _side(cover.x, cover.width, size[0], margin)
    top, bottom = _side(cover.y, cover.height, size[1], margin)
    return Box(left, top, right - left, bottom - top)


def covered(
    picture: Any,
    covers: tuple[Cover, ...],
    size: tuple[int, int],
    interval: float,
    window: tuple[float, float],
) -> Any:
    """The picture, in the time of the original, with each cover that falls into `window` (seconds) on it.

    A cover lasts one picture (`interval`, seconds) longer on either side: the one that is seen at its start
    began before it.
    """
    for cover in covers:
        start, end = cover.start / 1000 - interval - 0.001, cover.end / 1000 + interval + 0.001
        if start < window[1] + interval and window[0] - interval < end:
            picture = _hidden(picture, box(cover, size), (start, end))
    return picture


def _hidden(picture: Any, place: Box, time: tuple[float, float]) -> Any:
    parts = picture.filter_multi_output("split", 2)
    columns, rows = place.cells
    patch = parts[1].filter("crop", place.width, place.height, place.x, place.y)
    # Full chroma while it is so small: a cell of 4:2:0 would have half a cell of colour.
    patch = patch.filter("format", "yuv444p").filter("scale", columns, rows, flags="area")
    patch = patch.filter("scale", place.width, place.height, flags="bilinear").filter("format", "yuv420p")
    enable = f"between(t,{time[0]:.6f},{time[1]:.6f})"
    return graph.merged([parts[0], patch], "overlay", x=place.x, y=place.y, enable=enable)


def _side(start: float, length: float, whole: int, margin: float) -> tuple[int, int]:
    """First and one after the last pixel."""
    first = max(0, math.floor((start * whole - margin) / 2) * 2)
    last = min(whole, math.ceil(((start + length) * whole + margin) / 2) * 2)
    return min(first, whole - 2), max(last, min(first, whole - 2) + 2)
