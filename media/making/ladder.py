"""Which renditions a recording gets: pure arithmetic, never a larger picture than the source has."""

from dataclasses import dataclass

from media.info import MediaInfo

LONGEST_SIDE = 2560
"""Pixels; only pictures wider than cinema reach it."""
NEAR = 1.1
"""A source up to so much larger than a rung is scaled to the rung."""
APART = 0.8
"""A lower rung is worth its bytes only when it is at most so large as the one above."""
SMALLEST = 16
MAX_FRAME_RATE = 60


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: `side` is the short side in pixels; rates are kbit/s; `preset` and `crf` are
    x264's.
    """

    side: int
    crf: int
    max_rate: int
    preset: str


RUNGS = (
    Rung(1080, crf=23, max_rate=5000, preset="veryfast"),
    Rung(720, crf=23, max_rate=2800, preset="veryfast"),
    Rung(360, crf=24, max_rate=800, preset="fast"),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture to make: even `width`, `height` in pixels, rates in kbit/s, x264's `crf` and `preset`."""

    name: str
    width: int
    height: int
    crf: int
    max_rate: int
    buffer_size: int
    preset: str


def ladder(info: MediaInfo) -> tuple[Rendition, ...]:
    """The renditions for `info`, largest first; empty when there is no picture."""
    if not info.width or not info.height:
        return ()
    fit = min(LONGEST_SIDE / max(info.width, info.height), 1.0)
    top = _top(max(SMALLEST, round(min(info.width, info.height) * fit)))
    chosen = [top]
    for rung in RUNGS:
        if rung.side <= chosen[-1].side * APART:
            chosen.append(rung)
    return tuple(_rendition(rung, info.width, info.height) for rung in chosen)


def _top(short: int) -> Rung:
    """The highest rung: a standard one when the source is as large or a little larger, else its own."""
    for rung in RUNGS:
        if rung.side <= short and (rung is RUNGS[0] or short <= rung.side * NEAR):
            return rung
    above = [rung for rung in RUNGS if rung.side > short][-1]
    own_rate = max(300, round(above.max_rate * (short / above.side) ** 1.5 / 100) * 100)
    below_hd = short < RUNGS[1].side
    return Rung(short, crf=above.crf, max_rate=own_rate, preset="fast" if below_hd else above.preset)


def _rendition(rung: Rung, width: int, height: int) -> Rendition:
    scale = min(rung.side / min(width, height), LONGEST_SIDE / max(width, height), 1.0)
    size = _even(width * scale), _even(height * scale)
    return Rendition(
        name=str(min(size)),
        width=size[0],
        height=size[1],
        crf=rung.crf,
        max_rate=rung.max_rate,
        buffer_size=2 * rung.max_rate,
        preset=rung.preset,
    )


def _even(pixels: float) -> int:
    """The nearest even number, as 4:2:0 pictures need, and large enough for the encoder."""
    return max(SMALLEST, round(pixels / 2) * 2)
