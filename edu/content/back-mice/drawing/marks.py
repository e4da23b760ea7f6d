"""What is found and written on the board: nodules, stars, labels, trails, ruler, crosses."""

import math
from collections.abc import Sequence

import skia

from . import board, ease, palette, pen

Point = board.Point


def nodule(
    c: skia.Canvas,
    at: Point,
    size: Point = (2.0, 1.4),
    *,
    side: int = 1,
    k: float = 1.0,
    slip: float = 0.0,
    alpha: float = 1.0,
) -> None:
    """An oval with its long axis across; centimetres. `slip` moves it up by as many centimetres."""
    if k <= 0 or alpha <= 0:
        return
    x, y = board.px((at[0], at[1] + slip), side)
    w, h = size[0] * board.SCALE / 2 * k, size[1] * board.SCALE / 2 * k
    oval = skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h)
    c.drawOval(oval.makeOffset(2, 5), pen.fill(0x3A1E10, 0.35 * alpha, blur=5))
    c.drawOval(
        oval, pen.graded(((x, y - h), (x, y + h)), (palette.AMBER_LIGHT, palette.AMBER), (alpha, alpha))
    )
    c.drawOval(oval, pen.stroke(palette.AMBER_EDGE, 2.6, alpha))
    gleam = skia.Rect.MakeLTRB(x - w * 0.6, y - h * 0.65, x + w * 0.1, y - h * 0.1)
    c.drawOval(gleam, pen.fill(palette.WHITE, 0.55 * alpha, blur=2.5))


def felt(
    c: skia.Canvas,
    at: Point,
    size: Point = (2.0, 1.4),
    *,
    side: int = 1,
    slip: float = 0.0,
    alpha: float = 1.0,
) -> None:
    """The same nodule felt through the fingers: its outline only, over the hand."""
    x, y = board.px((at[0], at[1] + slip), side)
    w, h = size[0] * board.SCALE / 2, size[1] * board.SCALE / 2
    oval = skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h)
    c.drawOval(oval, pen.stroke(palette.WHITE, 4.5, 0.75 * alpha))
    c.drawOval(oval, pen.stroke(palette.AMBER_EDGE, 2.2, alpha, dash=(5, 5)))


def star(c: skia.Canvas, at: Point, word: str, k: float, *, side: int = 1, below: bool = False) -> None:
    """A star beside a place in centimetres, with the word that says what it means."""
    if k <= 0:
        return
    x, y = board.px(at, side)
    spikes = []
    for i in range(10):
        radius = (17 if i % 2 == 0 else 7.5) * k
        angle = math.radians(-90 + 36 * i)
        spikes.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    c.drawPath(pen.polygon(spikes), pen.fill(palette.STAR))
    c.drawPath(pen.polygon(spikes), pen.stroke(palette.STOP, 2.6))
    tag(c, word, (x, y + (46 if below else -26)), alpha=ease.clamp(k), size=18)


def tag(
    c: skia.Canvas, word: str, at: Point, *, alpha: float = 1.0, size: float = 19, align: float = 0.5
) -> None:
    """A word on a pale plate; `at` is the base line (pixels)."""
    if alpha <= 0:
        return
    width = pen.width_of(word, size, True) + 16
    box = (at[0] - width * align, at[1] - size * 1.08, width, size * 1.5)
    c.drawRRect(pen.rounded(box, 7), pen.fill(palette.WHITE, 0.94 * alpha))
    c.drawRRect(pen.rounded(box, 7), pen.stroke(palette.INK, 1.3, 0.7 * alpha))
    pen.text(c, word, (box[0] + 8, at[1]), size, bold=True, alpha=alpha)


def label(
    c: skia.Canvas, word: str, at: Point, target: Point, *, alpha: float = 1.0, align: float = 0.0
) -> None:
    """A word with a thin line to the thing it names (pixels)."""
    if alpha <= 0:
        return
    start = (at[0] - 4 if align == 0 else at[0] + 4, at[1] - 6)
    c.drawLine(*start, *target, pen.stroke(palette.INK, 1.6, alpha))
    c.drawCircle(*target, 3.4, pen.fill(palette.INK, alpha))
    tag(c, word, at, alpha=alpha, align=align)


def circling(route: Sequence[Point], k: float, turns: float, *, side: int = 1, radius: float = 1.0) -> Point:
    """Where the fingertips are (pixels) after the fraction `k` of a route (centimetres) in small circles."""
    x, y = ease.along(tuple(route), k)
    angle = 2 * math.pi * turns * k
    return board.px((x + radius * math.sin(angle), y + radius * (1 - math.cos(angle)) - radius * 0.6), side)


def trail(
    c: skia.Canvas, route: Sequence[Point], k: float, turns: float, *, side: int = 1, alpha: float = 1.0
) -> None:
    """The dotted way that the fingertips have gone."""
    steps = max(2, round(260 * k))
    points = [circling(route, k * i / steps, turns, side=side) for i in range(steps + 1)]
    c.drawPath(pen.polygon(points, closed=False), pen.stroke(palette.WHITE, 5, 0.6 * alpha))
    c.drawPath(pen.polygon(points, closed=False), pen.stroke(palette.TEAL, 3, alpha, dash=(0.1, 7)))


def ruler(
    c: skia.Canvas, y: float, k: float, *, side: int = 1, reach: float = 9.0, alpha: float = 1.0
) -> None:
    """A ruler that slides out from the midline at the height `y`; centimetres."""
    if k <= 0:
        return
    x0, y0 = board.px((0, y))
    length = reach * board.SCALE * k
    left = x0 if side > 0 else x0 - length
    c.drawRRect(pen.rounded((left, y0 - 4, length, 34), 4), pen.fill(0xFFF6D6, 0.95 * alpha))
    c.drawRRect(pen.rounded((left, y0 - 4, length, 34), 4), pen.stroke(palette.INK, 1.6, alpha))
    for cm in range(int(reach * k) + 1):
        x = x0 + side * cm * board.SCALE
        c.drawLine(x, y0 - 4, x, y0 + (9 if cm % 5 else 13), pen.stroke(palette.INK, 1.8, alpha))
        if cm and cm * board.SCALE < length - 6:
            pen.text(c, str(cm), (x, y0 + 25), 14, bold=True, align=0.5, alpha=alpha)


def cross(c: skia.Canvas, at: Point, k: float, *, side: int = 1) -> None:
    """The cross of a skin pen."""
    x, y = board.px(at, side)
    for i, (a, b) in enumerate((((-13, -13), (13, 13)), ((13, -13), (-13, 13)))):
        part = ease.clamp(k * 2 - i)
        if part > 0:
            end = (x + a[0] + (b[0] - a[0]) * part, y + a[1] + (b[1] - a[1]) * part)
            c.drawLine(x + a[0], y + a[1], *end, pen.stroke(0x1A237E, 4.5))


def skin_pen(c: skia.Canvas, tip: Point, alpha: float = 1.0) -> None:
    """A pen for skin, its tip at a point (pixels)."""
    if alpha <= 0:
        return
    c.saveLayerAlpha(None, round(alpha * 255))
    c.save()
    c.translate(*tip)
    c.rotate(32)
    c.drawPath(pen.polygon([(0, 0), (-5, -16), (5, -16)]), pen.fill(0x1A237E))
    c.drawPath(pen.polygon([(-5, -16), (5, -16), (9, -30), (-9, -30)]), pen.fill(palette.STEEL))
    c.drawRRect(pen.rounded((-9, -150, 18, 121), 5), pen.fill(palette.WHITE))
    c.drawRRect(pen.rounded((-9, -150, 18, 121), 5), pen.stroke(palette.INK, 2))
    c.drawRRect(pen.rounded((-9, -150, 18, 26), 5), pen.fill(0x1A237E))
    c.restore()
    c.restore()
