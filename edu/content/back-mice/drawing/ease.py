"""Easing: how a value goes from one state to another in time. Seconds in, fractions out."""

import math
from itertools import pairwise


def clamp(x: float) -> float:
    """`x` held between 0 and 1."""
    return 0.0 if x < 0 else 1.0 if x > 1 else x


def smooth(x: float) -> float:
    """Slow at both ends, with a steady second derivative (Perlin's quintic)."""
    x = clamp(x)
    return x * x * x * (x * (x * 6 - 15) + 10)


def ramp(t: float, start: float, length: float = 0.6) -> float:
    """0 before `start`, 1 after `start + length`, eased between."""
    return smooth((t - start) / length)


def window(t: float, start: float, end: float, edge: float = 0.4) -> float:
    """1 between `start` and `end`, eased in and out within them."""
    return ramp(t, start, edge) * (1 - ramp(t, end - edge, edge))


def bump(t: float, start: float, length: float) -> float:
    """0, up to 1 in the middle, and back to 0: a press."""
    x = (t - start) / length
    return math.sin(math.pi * x) ** 2 if 0 < x < 1 else 0.0


def pop(t: float, start: float, length: float = 0.5) -> float:
    """Like `ramp`, but runs a little over its goal and settles."""
    x = clamp((t - start) / length)
    back = 1.4
    return 0.0 if x == 0 else 1 + (back + 1) * (x - 1) ** 3 + back * (x - 1) ** 2


def mix(a: float, b: float, k: float) -> float:
    """`a` at 0, `b` at 1."""
    return a + (b - a) * k


def along(points: tuple[tuple[float, float], ...], k: float) -> tuple[float, float]:
    """The place at the fraction `k` of the length of a line through `points`."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    left = clamp(k) * sum(lengths)
    for (ax, ay), (bx, by), length in zip(points, points[1:], lengths, strict=False):
        if left <= length:
            part = left / length if length else 0
            return mix(ax, bx, part), mix(ay, by, part)
        left -= length
    return points[-1]
