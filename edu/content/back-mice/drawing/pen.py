"""The pen: paints, paths, text and the small furniture (cards, bubbles, arrows, ticks) of every picture."""

import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import skia

from . import palette

Point = tuple[float, float]
FONTS = Path("/usr/share/fonts/truetype/noto")  # Debian: fonts-noto-core


def colour(rgb: int, alpha: float = 1.0) -> int:
    """A Skia colour from 0xRRGGBB and an opacity from 0 to 1."""
    shade: int = skia.Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, max(0, min(255, round(alpha * 255))))
    return shade


def fill(rgb: int, alpha: float = 1.0, *, blur: float = 0) -> skia.Paint:
    """A paint for surfaces; `blur` in pixels makes soft shadows and shading."""
    paint = skia.Paint(AntiAlias=True, Color=colour(rgb, alpha))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def stroke(
    rgb: int, width: float, alpha: float = 1.0, *, dash: Sequence[float] = (), blur: float = 0
) -> skia.Paint:
    """A paint for lines with round ends; `dash` in pixels on, off."""
    paint = fill(rgb, alpha, blur=blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    if dash:
        paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
    return paint


def graded(points: tuple[Point, Point], colours: Sequence[int], alphas: Sequence[float] = ()) -> skia.Paint:
    """A paint that runs from one colour to the next between two points."""
    shades = [colour(c, a) for c, a in zip(colours, alphas or [1.0] * len(colours), strict=True)]
    paint = skia.Paint(AntiAlias=True)
    paint.setShader(skia.GradientShader.MakeLinear([skia.Point(*p) for p in points], shades))
    return paint


def polygon(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    """Straight lines through the points."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def curve(points: Sequence[Point], *, closed: bool = False) -> skia.Path:
    """A smooth line through the points (Catmull-Rom, as cubics)."""
    count = len(points)
    path = skia.Path()
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        around = [
            points[(i + k) % count] if closed else points[max(0, min(count - 1, i + k))]
            for k in (-1, 0, 1, 2)
        ]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = around
        path.cubicTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    if closed:
        path.close()
    return path


@cache
def font(size: float, bold: bool = False) -> skia.Font:
    """Noto Sans. Raises RuntimeError when Debian's fonts-noto-core is missing."""
    file = FONTS / ("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")
    if not file.exists():
        raise RuntimeError("the pictures need Noto Sans: apt-get install fonts-noto-core")
    face = skia.Font(skia.Typeface.MakeFromFile(str(file)), size)
    face.setSubpixel(True)
    face.setEdging(skia.Font.Edging.kAntiAlias)
    return face


@cache
def _arrows(size: float) -> skia.Font:
    """DejaVu Sans, for the arrow that Noto Sans lacks (Debian: fonts-dejavu-core)."""
    return skia.Font(skia.Typeface.MakeFromFile("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"), size)


def _runs(words: str, size: float, bold: bool) -> list[tuple[str, skia.Font]]:
    """The text cut where another font is needed."""
    parts = re.split("(→)", words)
    return [(part, _arrows(size) if part == "→" else font(size, bold)) for part in parts if part]


def width_of(words: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in pixels."""
    return float(sum(face.measureText(part) for part, face in _runs(words, size, bold)))


def text(
    c: skia.Canvas,
    words: str,
    at: Point,
    size: float,
    rgb: int = palette.INK,
    *,
    bold: bool = False,
    align: float = 0.0,
    alpha: float = 1.0,
) -> None:
    """One line; `align` 0 starts, 0.5 centres, 1 ends it at the point on the base line."""
    x = at[0] - align * width_of(words, size, bold)
    for part, face in _runs(words, size, bold):
        c.drawString(part, x, at[1], face, fill(rgb, alpha))
        x += face.measureText(part)


def lines_of(words: str, size: float, width: float, bold: bool = False) -> list[str]:
    """The text broken to a width; a newline always breaks."""
    lines: list[str] = []
    for part in words.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and width_of(longer, size, bold) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def block(
    c: skia.Canvas,
    words: str,
    at: Point,
    size: float,
    width: float,
    rgb: int = palette.INK,
    *,
    bold: bool = False,
    align: float = 0.0,
    alpha: float = 1.0,
) -> float:
    """Several lines, the first base line at the point; gives the base line after the last."""
    y = at[1]
    for line in lines_of(words, size, width, bold):
        text(c, line, (at[0], y), size, rgb, bold=bold, align=align, alpha=alpha)
        y += size * 1.32
    return y


def rounded(box: tuple[float, float, float, float], radius: float) -> skia.RRect:
    """A rounded rectangle from left, top, width, height."""
    return skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(*box), radius, radius)


def card(
    c: skia.Canvas,
    box: tuple[float, float, float, float],
    *,
    alpha: float = 1.0,
    rgb: int = palette.WHITE,
    edge: int = palette.CARD_EDGE,
    radius: float = 14,
) -> None:
    """A sheet of paper with a soft shadow."""
    x, y, w, h = box
    c.drawRRect(rounded((x, y + 3, w, h), radius), fill(0x10242C, 0.16 * alpha, blur=6))
    c.drawRRect(rounded(box, radius), fill(rgb, alpha))
    c.drawRRect(rounded(box, radius), stroke(edge, 1.5, alpha))


def bubble(
    c: skia.Canvas,
    words: str,
    box: tuple[float, float, float],
    tail: Point,
    *,
    k: float = 1.0,
    size: float = 20,
) -> None:
    """A speech bubble at left, top, width, as high as its text; grows with `k` from its tail."""
    if k <= 0:
        return
    x, y, width = box
    lines = lines_of(words, size, width - 30, bold=True)
    height = len(lines) * size * 1.32 + 22
    c.save()
    c.translate(tail[0], tail[1])
    c.scale(k, k)
    c.translate(-tail[0], -tail[1])
    shape = skia.Path()
    shape.addRRect(rounded((x, y, width, height), 16))
    shape = skia.Op(shape, _tail((x, y, width, height), tail), skia.PathOp.kUnion_PathOp)
    c.drawPath(shape, fill(palette.WHITE))
    c.drawPath(shape, stroke(palette.TEAL, 2.5))
    block(c, words, (x + width / 2, y + 11 + size * 0.98), size, width - 30, bold=True, align=0.5)
    c.restore()


def _tail(box: tuple[float, float, float, float], tip: Point) -> skia.Path:
    x, y, width, height = box
    cx, cy = max(x + 30, min(x + width - 30, tip[0])), y + height / 2
    if y < tip[1] < y + height:
        return polygon([(x + width / 2, cy - 11), tip, (x + width / 2, cy + 11)])
    return polygon([(cx - 13, cy), tip, (cx + 13, cy)])


def arrow(
    c: skia.Canvas, a: Point, b: Point, rgb: int, width: float, k: float = 1.0, alpha: float = 1.0
) -> None:
    """An arrow that grows from `a` towards `b` with `k`."""
    if k <= 0.02:
        return
    angle = math.atan2(b[1] - a[1], b[0] - a[0])
    tip = (a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k)
    head = width * 3.4
    neck = (tip[0] - head * 0.8 * math.cos(angle), tip[1] - head * 0.8 * math.sin(angle))
    c.drawLine(*a, *neck, stroke(rgb, width, alpha))
    wings = [
        (tip[0] - head * math.cos(angle + s), tip[1] - head * math.sin(angle + s)) for s in (0.48, -0.48)
    ]
    c.drawPath(polygon([tip, *wings]), fill(rgb, alpha))


def tick(c: skia.Canvas, at: Point, size: float, k: float, rgb: int = palette.GRASS) -> None:
    """A tick in the middle of `at`, drawn stroke by stroke with `k`."""
    x, y = at
    a, b, d = (x - size * 0.45, y), (x - size * 0.1, y + size * 0.38), (x + size * 0.55, y - size * 0.5)
    _strokes(c, [(a, b), (b, d)], k, stroke(rgb, size * 0.24))


def cross(c: skia.Canvas, at: Point, size: float, k: float = 1.0, rgb: int = palette.STOP) -> None:
    """A cross, one stroke after the other."""
    x, y, r = at[0], at[1], size / 2
    bars = [((x - r, y - r), (x + r, y + r)), ((x + r, y - r), (x - r, y + r))]
    _strokes(c, bars, k, stroke(rgb, size * 0.2))


def _strokes(c: skia.Canvas, bars: Sequence[tuple[Point, Point]], k: float, paint: skia.Paint) -> None:
    for i, (a, b) in enumerate(bars):
        part = max(0.0, min(1.0, k * len(bars) - i))
        if part > 0:
            c.drawLine(*a, a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, paint)


def capsule(a: Point, b: Point, wide: float, narrow: float) -> skia.Path:
    """A limb: from a round end of radius `wide` at `a` to one of radius `narrow` at `b`."""
    angle = math.atan2(b[1] - a[1], b[0] - a[0])
    side = angle + math.pi / 2
    deg = math.degrees(angle)
    path = skia.Path()
    path.moveTo(a[0] + wide * math.cos(side), a[1] + wide * math.sin(side))
    path.arcTo(skia.Rect.MakeLTRB(a[0] - wide, a[1] - wide, a[0] + wide, a[1] + wide), deg + 90, 180, False)
    path.arcTo(
        skia.Rect.MakeLTRB(b[0] - narrow, b[1] - narrow, b[0] + narrow, b[1] + narrow), deg - 90, 180, False
    )
    path.close()
    return path
