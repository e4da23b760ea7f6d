"""The board: the low back from behind, its landmarks in centimetres, its layers as pictures.

The origin is the midline at the level of the posterior superior iliac spines; x runs to the patient's right,
y to the head. The places are a convention for the drawing, not a measurement.
"""

from functools import cache

import skia

from . import palette, pen

Point = tuple[float, float]
SCALE = 22.0  # pixels per centimetre
ORIGIN = (640.0, 470.0)

SPINES: dict[str, Point] = {
    "L1": (0, 19),
    "L2": (0, 15.5),
    "L3": (0, 12),
    "L4": (0, 8.5),
    "L5": (0, 5.5),
    "S1": (0, 2.5),
    "S2": (0, 0),
}
PSIS: Point = (4, 0)
NODULE: Point = (6, 3)
CREST_TOP: Point = (11.5, 8.5)
CREST: tuple[Point, ...] = (
    (4, 0),
    (5, 1.5),
    (6, 3),
    (6.8, 4.2),
    (7.6, 5.4),
    (9, 7.2),
    (11.5, 8.5),
    (14, 7.5),
    (16, 4.5),
)
SACRUM: tuple[Point, ...] = (
    (-3.5, 2.5),
    (3.5, 2.5),
    (4, 0),
    (3, -3),
    (1.5, -6),
    (0, -8),
    (-1.5, -6),
    (-3, -3),
    (-4, 0),
)
TRUNK: tuple[Point, ...] = (
    (11.5, 19.5),
    (11.3, 15),
    (12.2, 12),
    (14.5, 9.3),
    (17, 5),
    (17.5, -3),
    (16.5, -10),
)
NERVES: tuple[tuple[Point, ...], ...] = (
    ((4.2, 10.5), (6.4, 6.9), (6.8, 4.2), (7.4, 0.6), (8.2, -3)),
    ((5.2, 12), (7.2, 8.2), (7.6, 5.4), (8.6, 1.6), (10.2, -2.5)),
    ((6.4, 13), (7.8, 8.9), (8.1, 6.1), (9.6, 2.4), (12.2, -2)),
)
"""Superior cluneal branches cross the crest at SCN_M, SCN_I, SCN_L: the middle point of each line."""


def px(point: Point, side: int = 1) -> Point:
    """Centimetres to pixels; side -1 mirrors to the patient's left."""
    return ORIGIN[0] + SCALE * point[0] * side, ORIGIN[1] - SCALE * point[1]


def line(points: tuple[Point, ...], side: int = 1) -> list[Point]:
    """Many points to pixels."""
    return [px(point, side) for point in points]


def paper(c: skia.Canvas) -> None:
    """The quiet ground of every picture."""
    c.drawPaint(pen.graded(((0, 0), (0, 720)), (palette.PAPER_TOP, palette.PAPER_FOOT)))


@cache
def trunk_path() -> skia.Path:
    """The outline of the trunk, a little longer than the picture so that it has no foot."""
    right = line(((11.9, 24), *TRUNK, (15.9, -13), (15.4, -18)))
    left = [(2 * ORIGIN[0] - x, y) for x, y in reversed(right)]
    return pen.curve([*right, *left], closed=True)


def trunk(c: skia.Canvas) -> None:
    """Skin with soft shading: flanks, furrow of the spine, long muscles, dimples, cleft."""
    path = trunk_path()
    c.drawPath(path, pen.fill(0x20343C, 0.2, blur=10))
    c.drawPath(path, pen.graded(((260, 0), (1020, 0)), (palette.SKIN, palette.SKIN_LIGHT, palette.SKIN)))
    c.save()
    c.clipPath(path, skia.ClipOp.kIntersect, True)
    c.drawPath(path, pen.stroke(palette.SKIN_DARK, 60, 0.5, blur=26))
    for side in (-1, 1):
        _muscle_and_buttock(c, side)
    furrow = pen.curve(line(((0, 22), (0, 12), (0, 5), (0, 1))))
    c.drawPath(furrow, pen.stroke(palette.SKIN_DARK, 26, 0.55, blur=12))
    cleft = pen.curve(line(((0, -8), (0.1, -9.5), (0, -13))))
    c.drawPath(cleft, pen.stroke(palette.SKIN_EDGE, 10, 0.55, blur=6))
    c.drawPath(cleft, pen.stroke(palette.SKIN_EDGE, 3, 0.8))
    c.restore()
    c.drawPath(path, pen.stroke(palette.SKIN_EDGE, 2.5))


def _muscle_and_buttock(c: skia.Canvas, side: int) -> None:
    muscle = pen.curve(line(((3, 22), (3.4, 12), (3.2, 6), (2.4, 2)), side))
    c.drawPath(muscle, pen.stroke(palette.WHITE, 46, 0.28, blur=18))
    edge = pen.curve(line(((6, 22), (6.4, 13), (5.8, 7.5), (4.8, 4)), side))
    c.drawPath(edge, pen.stroke(palette.SKIN_DARK, 22, 0.32, blur=14))
    x, y = px((8.5, -6.5), side)
    c.drawOval(skia.Rect.MakeXYWH(x - 110, y - 110, 220, 210), pen.fill(palette.WHITE, 0.3, blur=42))
    waist = pen.curve(line(((12.5, 11.4), (10.5, 9.6), (7, 8.2)), side))
    c.drawPath(waist, pen.stroke(palette.SKIN_DARK, 20, 0.3, blur=13))
    x, y = px(PSIS, side)
    c.drawOval(skia.Rect.MakeXYWH(x - 17, y - 13, 34, 28), pen.fill(palette.SKIN_DARK, 0.85, blur=7))
    c.drawOval(skia.Rect.MakeXYWH(x - 12, y + 8, 26, 10), pen.fill(palette.WHITE, 0.4, blur=4))


def bones(c: skia.Canvas, *, names: bool = True) -> None:
    """Crests, sacrum and spinous processes as pale shapes seen through the skin."""
    for side in (-1, 1):
        _wing(c, side)
    sacrum = pen.curve(line(SACRUM), closed=True)
    c.drawPath(sacrum, pen.graded((px((0, 3)), px((0, -8))), (palette.BONE, palette.BONE_SHADE), (0.9, 0.6)))
    c.drawPath(sacrum, pen.stroke(palette.BONE_EDGE, 2.2, 0.9))
    for y in (1.2, -1.2, -3.4):
        for side in (-1, 1):
            hole = px((1.9 + y * 0.16, y), side)
            c.drawOval(
                skia.Rect.MakeXYWH(hole[0] - 6, hole[1] - 5, 12, 10), pen.fill(palette.BONE_EDGE, 0.35)
            )
    for name, point in SPINES.items():
        spine(c, name, point, 1.0, named=names)


def spine(c: skia.Canvas, name: str, point: Point, grown: float, *, named: bool = True) -> None:
    """One spinous process, `grown` times its size, with its name on the right."""
    x, y = px(point)
    w, h = 8.5 * grown, 15 * grown
    oval = pen.curve(
        [
            (x, y - h),
            (x + w, y - h * 0.2),
            (x + w * 0.75, y + h * 0.7),
            (x, y + h),
            (x - w * 0.75, y + h * 0.7),
            (x - w, y - h * 0.2),
        ],
        closed=True,
    )
    c.drawPath(oval, pen.graded(((x - w, y), (x + w, y)), (palette.BONE, palette.BONE_SHADE)))
    c.drawPath(oval, pen.stroke(palette.BONE_EDGE, 2.2))
    if named:
        pen.text(c, name, (x + 17, y + 6), 16, bold=True)


def _wing(c: skia.Canvas, side: int) -> None:
    top = line(CREST, side)
    blade = pen.curve([*top, *line(((13.5, 0.5), (10, -2.5), (6, -3.4), (4.4, -2.2)), side)], closed=True)
    c.drawPath(blade, pen.graded((px((9, 8.5)), px((8, -2.5))), (palette.BONE, palette.BONE), (0.75, 0.0)))
    crest = pen.curve(top)
    c.drawPath(crest, pen.stroke(palette.BONE_EDGE, 15))
    c.drawPath(crest, pen.stroke(palette.BONE_SHADE, 11))
    c.drawPath(crest, pen.stroke(palette.BONE, 7))
    x, y = px(PSIS, side)
    c.drawCircle(x, y, 9, pen.fill(palette.BONE))
    c.drawCircle(x, y, 9, pen.stroke(palette.BONE_EDGE, 2.4))


def triangle(c: skia.Canvas, alpha: float = 1.0) -> None:
    """The sacroiliac triangles, dotted."""
    for side in (-1, 1):
        paint = pen.stroke(palette.INK, 3.2, 0.85 * alpha, dash=(0.1, 8))
        path = pen.curve(line(CREST[:7], side))
        for corner in ((0, 8.5), (0, 0)):
            path.lineTo(*px(corner))
        path.close()
        c.drawPath(path, paint)


@cache
def band(side: int) -> skia.Path:
    """The nodule zone: 5 to 7 cm from the midline, and no more than 1.5 cm from the crest line."""
    near = skia.Path()
    pen.stroke(palette.ZONE, SCALE * 3).getFillPath(pen.curve(line(CREST, side)), near)
    a, b = px((5, 5), side), px((7, 0.5), side)
    box = skia.Path()
    box.addRect(skia.Rect.MakeLTRB(min(a[0], b[0]), a[1], max(a[0], b[0]), b[1]))
    return skia.Op(box, near, skia.PathOp.kIntersect_PathOp)


def zone(c: skia.Canvas, alpha: float = 1.0) -> None:
    """The band from 5 to 7 cm, near the crest, hatched and outlined, on both sides."""
    for side in (-1, 1):
        x, y = px((6, 5), side)
        c.drawPath(band(side), pen.fill(palette.ZONE, 0.22 * alpha))
        c.save()
        c.clipPath(band(side), skia.ClipOp.kIntersect, True)
        for k in range(-8, 12):
            paint = pen.stroke(palette.ZONE, 1.2, 0.45 * alpha)
            c.drawLine(x - 60, y + 12 * k, x + 60, y + 12 * k + 70, paint)
        c.restore()
        c.drawPath(band(side), pen.stroke(palette.ZONE, 2.5, alpha, dash=(5, 5)))


def nerves(c: skia.Canvas, k: float = 1.0, alpha: float = 1.0, sides: tuple[int, ...] = (-1, 1)) -> None:
    """The superior cluneal branches, dashed, growing from above with `k`."""
    for side in sides:
        for branch in NERVES:
            path = pen.curve(line(branch, side))
            paint = pen.stroke(palette.NERVE, 2.8, alpha, dash=(9, 6))
            if k < 1:
                c.save()
                bottom = 230 + 310 * k
                c.clipRect(skia.Rect.MakeLTRB(0, 0, 1280, bottom))
            c.drawPath(path, paint)
            if k < 1:
                c.restore()


def sides(c: skia.Canvas) -> None:
    """R and L, always on the board."""
    for name, letter, x in (("patient LEFT", "L", 20.0), ("patient RIGHT", "R", 1052.0)):
        c.drawRRect(pen.rounded((x, 46, 208, 34), 17), pen.fill(palette.STRIP))
        c.drawCircle(x + 19, 63, 13, pen.fill(palette.WHITE))
        pen.text(c, letter, (x + 19, 69), 17, palette.STRIP, bold=True, align=0.5)
        pen.text(c, name, (x + 42, 70), 19, palette.WHITE, bold=True)


def scale_bar(c: skia.Canvas) -> None:
    """Five centimetres."""
    c.drawRRect(pen.rounded((1118, 658, 134, 42), 8), pen.fill(palette.WHITE, 0.8))
    for x in (1130, 1240):
        c.drawLine(x, 684, x, 696, pen.stroke(palette.INK, 2))
    c.drawLine(1130, 690, 1240, 690, pen.stroke(palette.INK, 2))
    pen.text(c, "5 cm", (1185, 679), 15, align=0.5)
