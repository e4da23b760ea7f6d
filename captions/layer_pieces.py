"""Cues of shapes cut in pieces and joined again, each at any moment where the whole would be."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from captions import layers
from captions.layer_faults import LayersError
from captions.layers import LayerCue, Point
from captions.track import Cue

DIGITS: Final = 6
"""To which the places are told where a path is cut: a hundredth of a pixel on the largest screen."""
NEAR: Final = 4 * 10.0**-DIGITS


def cut(cue: Cue, moments: Iterable[int]) -> tuple[Cue, ...]:
    """The cue of a shape in pieces that meet at those of the moments (milliseconds) that lie within it.

    Its path is cut at the same shares as its time. A cue that is no shape stays as it is.
    """
    inside = sorted({moment for moment in moments if cue.start < moment < cue.end})
    shape = _shape(cue) if inside else None
    if shape is None:
        return (cue,)
    return tuple(
        replace(cue, start=start, end=end, text=layers.cue_of(_between(shape, start, end)).text)
        for start, end in pairwise((cue.start, *inside, cue.end))
    )


def joined(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """The cues in the order of their starts, those that are pieces of one even movement as one."""
    whole: list[Cue] = []
    ending: dict[LayerCue, int] = {}
    for cue in sorted(cues, key=lambda each: each.start):
        shape = _shape(cue)
        place = ending.pop(_at(shape, shape.start), None) if shape else None
        both = _as_one(whole[place], cue) if place is not None else None
        if place is None or both is None:
            place = len(whole)
            whole.append(cue)
        else:
            whole[place] = both
        if shape:
            ending[_at(shape, shape.end)] = place
    return tuple(whole)


def _at(shape: LayerCue, ms: int) -> LayerCue:
    """A shape as it is at a moment: pieces that were cut from each other are the same where they meet."""
    return replace(shape, start=ms, end=ms, points=shape.at(ms), to=())


def _shape(cue: Cue) -> LayerCue | None:
    try:
        return layers.shape_of(cue)
    except LayersError:
        return None


def _between(shape: LayerCue, start: int, end: int) -> LayerCue:
    """The part of a shape's movement from a moment to another."""
    if not shape.to:
        return replace(shape, start=start, end=end)
    points = shape.points if start == shape.start else _told(shape.at(start))
    goal = shape.to if end == shape.end else _told(shape.at(end))
    return replace(shape, start=start, end=end, points=points, to=goal)


def _told(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple((round(x, DIGITS), round(y, DIGITS)) for x, y in points)


def _as_one(before: Cue, after: Cue) -> Cue | None:
    """Two cues that meet as one; None where the second does not go on at the speed of the first."""
    one, other = layers.shape_of(before), layers.shape_of(after)
    both = replace(one, end=other.end, to=other.to)
    if bool(one.to) != bool(other.to) or not _are_near(other.points, both.at(one.end)):
        return None
    return replace(before, end=after.end, text=layers.cue_of(both).text)


def _are_near(points: tuple[Point, ...], others: tuple[Point, ...]) -> bool:
    pairs = zip(points, others, strict=True)
    return all(abs(x - ox) <= NEAR and abs(y - oy) <= NEAR for (x, y), (ox, oy) in pairs)
