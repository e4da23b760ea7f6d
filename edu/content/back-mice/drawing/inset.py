"""Explaining pieces beside the board: notes, lists with boxes, clock, calendar, chart, drop, stop sign."""

import math
from collections.abc import Sequence

import skia

from . import ease, palette, pen

Box = tuple[float, float, float, float]
Point = tuple[float, float]


def note(
    c: skia.Canvas, words: str, at: Point, width: float, k: float, *, size: float = 21, title: str = ""
) -> None:
    """A card with a few words, as high as they need; rises into place with `k`."""
    if k <= 0:
        return
    lines = pen.lines_of(words, size, width - 32, bold=not title)
    head = size * 1.55 if title else 0
    x, y = at[0], at[1] + 12 * (1 - k)
    pen.card(c, (x, y, width, head + len(lines) * size * 1.32 + 24), alpha=ease.clamp(k))
    if title:
        pen.text(c, title, (x + 16, y + 14 + size), size, palette.TEAL, bold=True, alpha=ease.clamp(k))
    pen.block(
        c, words, (x + 16, y + 14 + head + size * 0.92), size, width - 32, bold=not title, alpha=ease.clamp(k)
    )


def checks(
    c: skia.Canvas,
    items: Sequence[str],
    at: Point,
    width: float,
    size: float,
    times: Sequence[float],
    t: float,
) -> None:
    """Boxes that are ticked one after the other at `times`."""
    y = at[1]
    for words, when in zip(items, times, strict=True):
        shown = ease.ramp(t, when - 0.7, 0.4)
        done = ease.ramp(t, when, 0.4)
        side = size * 1.1
        c.drawRRect(pen.rounded((at[0], y - side * 0.86, side, side), 5), pen.fill(palette.WHITE, shown))
        c.drawRRect(pen.rounded((at[0], y - side * 0.86, side, side), 5), pen.stroke(palette.INK, 2, shown))
        if done > 0:
            pen.tick(c, (at[0] + side / 2, y - side * 0.36), side * 0.8, done)
        y = pen.block(c, words, (at[0] + side + 14, y), size, width - side - 14, alpha=shown) + size * 0.42


def bullets(
    c: skia.Canvas,
    items: Sequence[str],
    at: Point,
    size: float,
    step: float,
    times: Sequence[float],
    t: float,
) -> None:
    """Lines that come in one after the other, each with a warning diamond."""
    for i, (words, when) in enumerate(zip(items, times, strict=True)):
        k = ease.ramp(t, when, 0.45)
        x, y = at[0] + 14 * (1 - k), at[1] + i * step
        mark = [
            (x, y - size * 0.35 - 9),
            (x + 9, y - size * 0.35),
            (x, y - size * 0.35 + 9),
            (x - 9, y - size * 0.35),
        ]
        c.drawPath(pen.polygon(mark), pen.fill(palette.STOP, k))
        pen.text(c, words, (x + 22, y), size, alpha=k)


def stop_sign(c: skia.Canvas, at: Point, radius: float, k: float) -> None:
    """A red octagon that says STOP."""
    if k <= 0:
        return
    corners = [
        (
            at[0] + radius * k * math.cos(math.radians(22.5 + 45 * i)),
            at[1] + radius * k * math.sin(math.radians(22.5 + 45 * i)),
        )
        for i in range(8)
    ]
    c.drawPath(pen.polygon(corners), pen.fill(palette.STOP))
    inner = [(at[0] + (x - at[0]) * 0.88, at[1] + (y - at[1]) * 0.88) for x, y in corners]
    c.drawPath(pen.polygon(inner), pen.stroke(palette.WHITE, 3))
    pen.text(
        c, "STOP", (at[0], at[1] + radius * 0.19 * k), radius * 0.56 * k, palette.WHITE, bold=True, align=0.5
    )


def clock(
    c: skia.Canvas, at: Point, radius: float, turn: float, *, wedge: tuple[float, float] | None = None
) -> None:
    """A clock face, its hand at `turn` (1 = once round); `wedge` shades a span, in turns."""
    x, y = at
    c.drawCircle(x, y + 3, radius, pen.fill(0x10242C, 0.18, blur=6))
    c.drawCircle(x, y, radius, pen.fill(palette.WHITE))
    if wedge:
        oval = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
        sweep = (wedge[1] - wedge[0]) * 360
        c.drawArc(oval, wedge[0] * 360 - 90, sweep, True, pen.fill(palette.TEAL, 0.28))
    c.drawCircle(x, y, radius, pen.stroke(palette.INK, 3))
    for i in range(12):
        a = math.radians(30 * i)
        inner = radius * (0.8 if i % 3 else 0.72)
        c.drawLine(
            x + inner * math.sin(a),
            y - inner * math.cos(a),
            x + radius * 0.9 * math.sin(a),
            y - radius * 0.9 * math.cos(a),
            pen.stroke(palette.INK, 2.4),
        )
    a = 2 * math.pi * turn
    c.drawLine(
        x, y, x + radius * 0.66 * math.sin(a), y - radius * 0.66 * math.cos(a), pen.stroke(palette.STOP, 4)
    )
    c.drawCircle(x, y, 5, pen.fill(palette.INK))


def calendar(
    c: skia.Canvas, box: Box, marks: Sequence[int], k: float, *, title: str = "past episodes"
) -> None:
    """A page of 7 x 4 days; crosses on the marked ones come one after the other."""
    if k <= 0:
        return
    x, y, w, h = box
    alpha = ease.clamp(k * 3)
    pen.card(c, box, alpha=alpha, radius=8)
    head = h * 0.27
    c.save()
    c.clipRRect(pen.rounded(box, 8), True)
    c.drawRect(skia.Rect.MakeXYWH(x, y, w, head), pen.fill(palette.TEAL, alpha))
    c.restore()
    pen.text(
        c, title, (x + w / 2, y + head * 0.7), head * 0.54, palette.WHITE, bold=True, align=0.5, alpha=alpha
    )
    dx, dy = w / 7, (h - head - 4) / 4
    for i in range(28):
        cx, cy = x + dx * (i % 7 + 0.5), y + head + 2 + dy * (i // 7 + 0.5)
        c.drawCircle(cx, cy, 1.8, pen.fill(palette.QUIET, 0.8 * alpha))
        if i in marks:
            part = ease.ramp(k, 0.25 + 0.6 * list(marks).index(i) / len(marks), 0.15)
            pen.cross(c, (cx, cy), min(dx, dy) * 0.62, part)


def form(
    c: skia.Canvas,
    title: str,
    rows: Sequence[tuple[str, str]],
    box: Box,
    size: float,
    times: Sequence[float],
    t: float,
) -> None:
    """A record: names of fields, and what is written beside each at its time (or only a line)."""
    x, y, w, h = box
    k = ease.ramp(t, min(times) - 0.9, 0.5)
    pen.card(c, box, alpha=k)
    c.drawRRect(pen.rounded((x + w / 2 - 40, y - 12, 80, 22), 8), pen.fill(palette.STEEL, k))
    pen.text(c, title, (x + 22, y + 44), size * 1.15, palette.TEAL, bold=True, alpha=k)
    step = (h - 66) / len(rows)
    for i, ((name, value), when) in enumerate(zip(rows, times, strict=True)):
        part = ease.ramp(t, when, 0.5)
        base = y + 58 + step * (i + 0.62)
        pen.text(c, name, (x + 22, base), size, alpha=max(part, 0.68 * k))
        c.drawLine(x + w * 0.5, base + 5, x + w - 22, base + 5, pen.stroke(palette.CARD_EDGE, 1.5, k))
        if value:
            c.save()
            c.clipRect(skia.Rect.MakeXYWH(x + w * 0.5, base - size * 1.2, (w * 0.5 - 20) * part, size * 1.8))
            pen.text(c, value, (x + w * 0.5 + 4, base), size, palette.ZONE, bold=True)
            c.restore()
        elif part > 0:
            pen.tick(c, (x + w * 0.5 + 20, base - size * 0.3), size * 0.9, part)


def drop(c: skia.Canvas, at: Point, size: float, rgb: int = palette.GEL, alpha: float = 1.0) -> None:
    """A falling drop, its tip up."""
    x, y = at
    path = skia.Path()
    path.moveTo(x, y - size)
    path.cubicTo(x + size * 0.35, y - size * 0.3, x + size * 0.62, y, x + size * 0.62, y + size * 0.25)
    path.arcTo(
        skia.Rect.MakeLTRB(x - size * 0.62, y - size * 0.37, x + size * 0.62, y + size * 0.87), 0, 180, False
    )
    path.cubicTo(x - size * 0.62, y, x - size * 0.35, y - size * 0.3, x, y - size)
    c.drawPath(path, pen.fill(rgb, alpha))
    c.drawPath(path, pen.stroke(palette.ZONE, 2, alpha))
    c.drawCircle(x - size * 0.2, y + size * 0.2, size * 0.14, pen.fill(palette.WHITE, 0.85 * alpha))
