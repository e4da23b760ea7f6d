"""Whole people, small: from the side in poses that flow into each other, and from behind as icons."""

from dataclasses import astuple, dataclass

import skia

from . import ease, palette, pen

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """Joints of a person who looks to the right; 100 units tall, feet at the origin, y down."""

    head: Point
    shoulder: Point
    hip: Point
    knee: Point
    ankle: Point
    toe: Point
    elbow: Point
    hand: Point
    far_knee: Point
    far_ankle: Point


STANDING = Pose(
    (3, -92), (0, -77), (0, -48), (1, -25), (-1, -3), (8, 0), (1, -62), (5, -48), (4, -25), (4, -3)
)
LEANING = Pose(
    (19.5, -85),
    (10.5, -73.5),
    (-3, -48),
    (-1, -25),
    (-3, -3),
    (6, 0),
    (16, -58),
    (28, -45),
    (5, -25),
    (9, -3),
)
"""About 25 degrees at the hips, palms on a couch 44 units high, feet apart."""

BENDING = Pose(
    (30, -50), (20, -58), (-4, -50), (-2, -25), (-2, -3), (7, 0), (24, -42), (23, -27), (2, -25), (3, -3)
)
PRONE = Pose(
    (52, -48),
    (34, -51),
    (6, -54),
    (-20, -50),
    (-44, -46),
    (-52, -42),
    (46, -45),
    (60, -44),
    (-20, -49),
    (-44, -45),
)
"""Face down, the pelvis a little raised by a pillow."""

SITTING = Pose(
    (7, -92), (3, -77), (0, -49), (21, -47), (21, -22), (30, -19), (6, -62), (15, -50), (23, -47), (25, -22)
)


def between(a: Pose, b: Pose, k: float) -> Pose:
    """The pose on the way from one to the other."""
    pairs = zip(astuple(a), astuple(b), strict=True)
    return Pose(*((ease.mix(p[0], q[0], k), ease.mix(p[1], q[1], k)) for p, q in pairs))


def person(
    c: skia.Canvas,
    at: Point,
    size: float,
    pose: Pose,
    *,
    bare: bool = True,
    shirt: int = palette.CLOTH,
    trousers: int = palette.CLOTH_DARK,
    flip: bool = False,
    alpha: float = 1.0,
) -> None:
    """Draw a person `size` pixels tall with the feet at `at`; `bare` shows the low back."""
    c.saveLayerAlpha(None, round(255 * ease.clamp(alpha)))
    c.save()
    c.translate(*at)
    c.scale(size / 100 * (-1 if flip else 1), size / 100)
    edge = pen.stroke(palette.INK, 0.9)
    _legs(c, pose, trousers, edge)
    torso = pen.capsule(pose.hip, pose.shoulder, 7.6, 7.2)
    c.drawPath(torso, pen.fill(palette.SKIN if bare else shirt))
    c.drawPath(torso, edge)
    if bare:
        _shirt(c, pose, shirt, edge)
    _pelvis(c, pose, trousers, edge)
    _head(c, pose, edge)
    _limb(c, (pose.shoulder, pose.elbow, pose.hand), (3.6, 3.0, 2.4), palette.SKIN, edge)
    sleeve = pen.capsule(pose.shoulder, _toward(pose.shoulder, pose.elbow, 0.6), 4.2, 3.8)
    c.drawPath(sleeve, pen.fill(shirt))
    c.drawPath(sleeve, edge)
    c.restore()
    c.restore()


def _legs(c: skia.Canvas, pose: Pose, trousers: int, edge: skia.Paint) -> None:
    hip, toe_far = pose.hip, (pose.far_ankle[0] + 9, pose.far_ankle[1] + 2.5)
    _limb(c, (pose.far_ankle, toe_far), (2.6, 2.0), palette.INK, edge)
    _limb(c, (hip, pose.far_knee, pose.far_ankle), (6.4, 4.4, 3.2), palette.CLOTH_EDGE, edge)
    _limb(c, (pose.ankle, pose.toe), (2.8, 2.0), palette.INK, edge)
    _limb(c, (hip, pose.knee, pose.ankle), (6.8, 4.8, 3.4), trousers, edge)


def _pelvis(c: skia.Canvas, pose: Pose, trousers: int, edge: skia.Paint) -> None:
    belt = _toward(pose.hip, pose.shoulder, 0.1)
    path = pen.capsule(_toward(pose.hip, pose.knee, 0.12), belt, 7.9, 7.7)
    c.drawPath(path, pen.fill(trousers))
    c.drawPath(path, edge)


def _shirt(c: skia.Canvas, pose: Pose, shirt: int, edge: skia.Paint) -> None:
    path = pen.capsule(_toward(pose.hip, pose.shoulder, 0.66), pose.shoulder, 7.9, 7.5)
    c.drawPath(path, pen.fill(shirt))
    c.drawPath(path, edge)


def _head(c: skia.Canvas, pose: Pose, edge: skia.Paint) -> None:
    neck = pen.capsule(pose.shoulder, pose.head, 3.2, 3.0)
    c.drawPath(neck, pen.fill(palette.SKIN))
    x, y = pose.head
    lean = pen.capsule(pose.head, (x + 1.2, y + 1), 6.6, 6.2)
    c.drawPath(lean, pen.fill(palette.SKIN))
    c.drawPath(lean, edge)
    hair = skia.Path()
    hair.addArc(skia.Rect.MakeLTRB(x - 7.2, y - 7.6, x + 7.2, y + 6.8), 105, 205)
    hair.close()
    c.drawPath(hair, pen.fill(0x4A342A))
    c.drawCircle(x - 7, y - 2.5, 2.8, pen.fill(0x4A342A))


def _limb(
    c: skia.Canvas, joints: tuple[Point, ...], radii: tuple[float, ...], rgb: int, edge: skia.Paint
) -> None:
    parts = [
        pen.capsule(a, b, ra, rb) for a, b, ra, rb in zip(joints, joints[1:], radii, radii[1:], strict=False)
    ]
    whole = parts[0]
    for part in parts[1:]:
        whole = skia.Op(whole, part, skia.PathOp.kUnion_PathOp) or whole
    c.drawPath(whole, pen.fill(rgb))
    c.drawPath(whole, edge)


def _toward(a: Point, b: Point, k: float) -> Point:
    return ease.mix(a[0], b[0], k), ease.mix(a[1], b[1], k)


def couch(c: skia.Canvas, at: Point, width: float, height: float, alpha: float = 1.0) -> None:
    """A couch with its left upper corner at `at`, `height` above the floor (pixels)."""
    x, y = at
    for leg in (x + 14, x + width - 22):
        c.drawRect(skia.Rect.MakeXYWH(leg, y + 10, 8, height - 10), pen.fill(palette.STEEL, alpha))
    c.drawRRect(pen.rounded((x, y, width, 18), 7), pen.fill(palette.TEAL, alpha))
    c.drawRRect(pen.rounded((x, y, width, 18), 7), pen.stroke(palette.INK, 1.8, alpha))
    c.drawLine(x - 14, y + height, x + width + 14, y + height, pen.stroke(palette.QUIET, 2, alpha))


def icon(c: skia.Canvas, at: Point, size: float, *, shirt: int = palette.CLOTH, alpha: float = 1.0) -> None:
    """A woman from behind, `size` pixels tall, feet at `at`, the low back bare."""
    c.saveLayerAlpha(None, round(255 * ease.clamp(alpha)))
    c.save()
    c.translate(*at)
    c.scale(size / 100, size / 100)
    edge = pen.stroke(palette.INK, 1.0)
    for side in (-1, 1):
        _limb(
            c, ((side * 11.5, -76), (side * 15, -60), (side * 15.5, -45)), (3.4, 3.0, 2.4), palette.SKIN, edge
        )
        _limb(
            c, ((side * 5, -46), (side * 5.2, -24), (side * 5, -3)), (6.2, 4.4, 3.0), palette.CLOTH_DARK, edge
        )
    back = pen.curve(
        [(-11, -80), (0, -82), (11, -80), (9, -62), (11.5, -46), (0, -44), (-11.5, -46), (-9, -62)],
        closed=True,
    )
    c.drawPath(back, pen.fill(palette.SKIN))
    c.drawPath(back, edge)
    top = pen.curve([(-13, -79), (0, -83), (13, -79), (10, -65), (0, -64), (-10, -65)], closed=True)
    c.drawPath(top, pen.fill(shirt))
    c.drawPath(top, edge)
    hips = pen.curve([(-10.4, -52), (0, -51), (10.4, -52), (11.6, -44), (0, -40), (-11.6, -44)], closed=True)
    c.drawPath(hips, pen.fill(palette.CLOTH_DARK))
    c.drawCircle(0, -91, 7, pen.fill(0x4A342A))
    c.drawCircle(0, -91, 7, edge)
    c.drawCircle(0, -96.5, 3.6, pen.fill(0x4A342A))
    c.restore()
    c.restore()
