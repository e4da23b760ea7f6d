"""The vertical slice through the crest, 6 cm from the midline: head up, skin on the right."""

import math

import skia

from . import ease, palette, pen

Point = tuple[float, float]
SKIN_AT, FASCIA_AT = 470.0, 330.0  # x of the surface and of the fascia, from the slice's left edge
LEVEL = 330.0  # y of the needle that points at bone
GOLDEN = 0.6180339887  # spreads marks evenly without a pattern
CREST = 210.0  # y of the top of the bone


def layers(c: skia.Canvas, box: tuple[float, float, float, float]) -> None:
    """Muscle, bone, fascia, fat and skin from left to right in the box (left, top, width, height)."""
    x, y, w, h = box
    c.save()
    c.clipRRect(pen.rounded(box, 14), True)
    c.drawRect(skia.Rect.MakeXYWH(x, y, w, h), pen.fill(palette.WHITE))
    c.drawRect(skia.Rect.MakeLTRB(x, y, x + FASCIA_AT, y + h), pen.fill(0xE3A79D))
    for i in range(26):
        top = y - 40 + i * 30
        c.drawLine(x, top + 40, x + FASCIA_AT, top, pen.stroke(palette.MUSCLE, 2, 0.45))
    c.drawRect(skia.Rect.MakeLTRB(x + FASCIA_AT, y, x + SKIN_AT, y + h), pen.fill(palette.FAT))
    for i in range(46):
        fx = x + FASCIA_AT + 14 + (SKIN_AT - FASCIA_AT - 34) * (i * GOLDEN % 1)
        fy = y + h * (i + 0.5) / 46
        c.drawCircle(fx, fy, 7 + 4 * (i * 0.37 % 1), pen.stroke(0xD9BC62, 1.6, 0.8))
    c.drawRect(skia.Rect.MakeLTRB(x + SKIN_AT - 7, y, x + SKIN_AT + 12, y + h), pen.fill(palette.SKIN_DARK))
    c.drawLine(x + SKIN_AT + 12, y, x + SKIN_AT + 12, y + h, pen.stroke(palette.SKIN_EDGE, 3))
    c.drawLine(x + FASCIA_AT, y, x + FASCIA_AT, y + h, pen.stroke(palette.QUIET, 6))
    c.drawLine(x + FASCIA_AT, y, x + FASCIA_AT, y + h, pen.stroke(palette.WHITE, 2.5))
    bone = pen.curve(
        [
            (x + 308, y + CREST + 70),
            (x + 270, y + CREST + 6),
            (x + 216, y + CREST + 2),
            (x + 178, y + CREST + 60),
            (x + 168, y + 420),
            (x + 160, y + h + 60),
            (x + 290, y + h + 60),
            (x + 306, y + 420),
        ],
        closed=True,
    )
    c.drawPath(bone, pen.graded(((x + 160, 0), (x + 310, 0)), (palette.BONE_SHADE, palette.BONE)))
    for i in range(34):
        bx, by = x + 192 + 92 * (i * GOLDEN % 1), y + CREST + 30 + 10.5 * i
        c.drawCircle(bx, by, 4, pen.stroke(palette.BONE_EDGE, 1.2, 0.35))
    c.drawPath(bone, pen.stroke(palette.BONE_EDGE, 4))
    c.restore()
    c.drawRRect(pen.rounded(box, 14), pen.stroke(palette.CARD_EDGE, 2))


def nodule(c: skia.Canvas, corner: Point, swell: float = 0.0) -> None:
    """The nodule on the fascia; what is injected makes it swell a little."""
    x, y = corner[0] + FASCIA_AT + 34, corner[1] + LEVEL
    w, h = 29 + 4 * swell, 46 + 7 * swell
    oval = skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h)
    c.drawOval(oval, pen.graded(((x - w, y), (x + w, y)), (palette.AMBER, palette.AMBER_LIGHT)))
    c.drawOval(oval, pen.stroke(palette.AMBER_EDGE, 3))


def names(c: skia.Canvas, corner: Point, k: float) -> None:
    """The layers' names, under the slice's upper edge, each over its layer."""
    x, y = corner
    for word, at, down in (
        ("skin", SKIN_AT + 3, 118),
        ("fat", 402.0, 84),
        ("fascia", FASCIA_AT, 50),
        ("muscle", 90.0, 84),
    ):
        _plate(c, word, (x + at, y + down), k)
    _plate(c, "crest bone", (x + 232, y + LEVEL + 70), k)
    _plate(c, "nodule", (x + FASCIA_AT + 42, y + LEVEL + 86), k)


def _plate(c: skia.Canvas, word: str, at: Point, k: float) -> None:
    width = pen.width_of(word, 19, True) + 14
    c.drawRRect(pen.rounded((at[0] - width / 2, at[1] - 21, width, 29), 6), pen.fill(palette.WHITE, 0.92 * k))
    c.drawRRect(
        pen.rounded((at[0] - width / 2, at[1] - 21, width, 29), 6), pen.stroke(palette.INK, 1.2, 0.7 * k)
    )
    pen.text(c, word, at, 19, bold=True, align=0.5, alpha=k)


def bead(c: skia.Canvas, corner: Point, portions: float) -> None:
    """The injected fluid: one blob more per portion, in and around the nodule."""
    x, y = corner[0] + FASCIA_AT + 34, corner[1] + LEVEL
    pool = skia.Path()
    for i in range(8):
        part = ease.smooth(portions - i)
        if part <= 0:
            break
        angle = i * 2.4
        radius = 7 + 5 * i
        at = (x + radius * 0.75 * math.cos(angle), y + radius * 1.15 * math.sin(angle))
        blob = skia.Path()
        blob.addCircle(*at, (15 + 3 * part) * part)
        pool = skia.Op(pool, blob, skia.PathOp.kUnion_PathOp) or pool
    c.drawPath(pool, pen.fill(palette.GEL, 0.55))
    c.drawPath(pool, pen.stroke(palette.ZONE, 2.2, 0.9))
