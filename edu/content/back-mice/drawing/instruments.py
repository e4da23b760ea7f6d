"""Syringe, ampoule, gauze, swab, sharps bin, lock, pain scale: the things of the second video."""

import skia

from . import ease, inset, palette, pen

Point = tuple[float, float]


def syringe(
    c: skia.Canvas,
    tip: Point,
    *,
    turn: float = 0.0,
    size: float = 1.0,
    volume: float = 4.0,
    drawn: float = 0.0,
    blood: float = 0.0,
    label: float = 0.0,
    needle: float = 130.0,
    alpha: float = 1.0,
) -> None:
    """A 5 mL syringe whose needle's tip is at `tip`; at `turn` 0 the needle points to the left.

    `volume` in mL stays in the barrel, `drawn` is how far the plunger is pulled back to aspirate,
    `blood` 0 to 1 shows in the hub.
    """
    if alpha <= 0:
        return
    c.saveLayerAlpha(None, round(255 * ease.clamp(alpha)))
    c.save()
    c.translate(*tip)
    c.rotate(turn)
    c.scale(size, size)
    c.drawPath(pen.polygon([(0, 0), (7, -2.2), (needle, -2.2), (needle, 2.2)]), pen.fill(palette.STEEL))
    c.drawPath(pen.polygon([(0, 0), (7, -2.2), (needle, -2.2), (needle, 2.2)]), pen.stroke(palette.INK, 1.2))
    hub = pen.polygon(
        [(needle, -6), (needle + 20, -9), (needle + 34, -9), (needle + 34, 9), (needle + 20, 9), (needle, 6)]
    )
    c.drawPath(hub, pen.fill(palette.TEAL_PALE))
    if blood > 0:
        c.drawPath(hub, pen.fill(0x9B1C1C, blood))
    c.drawPath(hub, pen.stroke(palette.INK, 2))
    _barrel(c, needle + 34, volume, drawn, blood, label)
    c.restore()
    c.restore()


def _barrel(c: skia.Canvas, left: float, volume: float, drawn: float, blood: float, label: float) -> None:
    length, half = 210.0, 25.0
    seal = left + 12 + 34 * volume + 20 * drawn
    rod = pen.rounded((seal + 10, -6, length + 60 - 20, 12), 3)
    c.drawRRect(rod, pen.fill(palette.STEEL))
    c.drawRRect(rod, pen.stroke(palette.INK, 1.6))
    end = seal + 10 + length + 38
    c.drawRRect(pen.rounded((end, -24, 11, 48), 4), pen.fill(palette.STEEL))
    c.drawRRect(pen.rounded((end, -24, 11, 48), 4), pen.stroke(palette.INK, 2))
    c.drawRRect(pen.rounded((left, -half, length, 2 * half), 7), pen.fill(palette.WHITE, 0.8))
    c.drawRect(skia.Rect.MakeLTRB(left + 3, -half + 3, seal, half - 3), pen.fill(palette.GEL, 0.75))
    if blood > 0:
        c.drawRect(
            skia.Rect.MakeLTRB(left + 3, -half + 3, left + 3 + 26 * blood, half - 3), pen.fill(0x9B1C1C, 0.8)
        )
    c.drawRect(skia.Rect.MakeLTRB(seal, -half + 2, seal + 13, half - 2), pen.fill(palette.INK))
    c.drawRRect(pen.rounded((left, -half, length, 2 * half), 7), pen.stroke(palette.INK, 2.4))
    c.drawRRect(pen.rounded((left + length - 4, -38, 10, 76), 4), pen.fill(palette.STEEL))
    c.drawRRect(pen.rounded((left + length - 4, -38, 10, 76), 4), pen.stroke(palette.INK, 2))
    for i in range(11):
        x = left + 12 + 17 * i
        c.drawLine(x, half - 3, x, half - (13 if i % 2 == 0 else 9), pen.stroke(palette.INK, 1.6))
    if label > 0:
        c.save()
        c.translate(0, -90 * (1 - label))
        c.drawRRect(pen.rounded((left + 14, -18, 170, 32), 4), pen.fill(0xFFF6D6, label))
        c.drawRRect(pen.rounded((left + 14, -18, 170, 32), 4), pen.stroke(palette.INK, 1.6, label))
        pen.text(c, "lidocaine 1 %", (left + 99, 5), 20, bold=True, align=0.5, alpha=label)
        c.restore()


def ampoule(c: skia.Canvas, at: Point, turned: float, t: float) -> None:
    """An ampoule, its foot at `at`, that turns until its label can be read."""
    x, y = at
    body = skia.Path()
    body.addRRect(pen.rounded((x - 62, y - 230, 124, 230), 20))
    neck = pen.curve(
        [
            (x - 60, y - 205),
            (x - 26, y - 250),
            (x - 20, y - 266),
            (x - 30, y - 300),
            (x, y - 338),
            (x + 30, y - 300),
            (x + 20, y - 266),
            (x + 26, y - 250),
            (x + 60, y - 205),
        ],
        closed=True,
    )
    glass = skia.Op(body, neck, skia.PathOp.kUnion_PathOp)
    c.drawPath(glass, pen.fill(0x10242C, 0.2, blur=8))
    c.drawPath(glass, pen.graded(((x - 62, 0), (x + 62, 0)), (0xE9C79A, 0xFBEBD3, 0xE0B883)))
    c.save()
    c.clipPath(body, skia.ClipOp.kIntersect, True)
    shift = 150 * (1 - turned)
    c.drawRect(skia.Rect.MakeXYWH(x - 62 + shift, y - 190, 124, 160), pen.fill(palette.WHITE, 0.96))
    for i, (words, size) in enumerate(
        (("lidocaine", 21), ("1 %", 30), ("no adrenaline", 16), ("in date", 17))
    ):
        pen.text(c, words, (x + shift, y - 160 + 36 * i + (4 if i > 1 else 0)), size, bold=True, align=0.5)
    c.restore()
    c.drawPath(glass, pen.stroke(palette.INK, 2.5))
    c.drawLine(x - 44, y - 212, x + 30, y - 212, pen.stroke(palette.WHITE, 6, 0.6))


def gauze(c: skia.Canvas, at: Point, size: float, alpha: float = 1.0) -> None:
    """A folded square of gauze."""
    if alpha <= 0:
        return
    x, y = at
    box = (x - size / 2, y - size / 2, size, size)
    c.drawRRect(pen.rounded((box[0], box[1] + 4, size, size), 6), pen.fill(0x10242C, 0.25 * alpha, blur=5))
    c.drawRRect(pen.rounded(box, 6), pen.fill(palette.GAUZE, alpha))
    for i in range(1, 6):
        d = size * i / 6
        c.drawLine(
            box[0] + d, box[1] + 3, box[0] + d, box[1] + size - 3, pen.stroke(palette.STEEL, 1, 0.6 * alpha)
        )
        c.drawLine(
            box[0] + 3, box[1] + d, box[0] + size - 3, box[1] + d, pen.stroke(palette.STEEL, 1, 0.6 * alpha)
        )
    c.drawRRect(pen.rounded(box, 6), pen.stroke(palette.INK, 1.8, alpha))


def dressing(c: skia.Canvas, at: Point, k: float) -> None:
    """A small dressing that is laid on."""
    if k <= 0:
        return
    x, y = at[0], at[1] - 50 * (1 - k)
    c.drawRRect(pen.rounded((x - 46, y - 24, 92, 48), 14), pen.fill(0xF0D9B8, k))
    c.drawRRect(pen.rounded((x - 46, y - 24, 92, 48), 14), pen.stroke(palette.SKIN_EDGE, 2.2, k))
    c.drawRRect(pen.rounded((x - 18, y - 15, 36, 30), 5), pen.fill(palette.GAUZE, k))
    c.drawRRect(pen.rounded((x - 18, y - 15, 36, 30), 5), pen.stroke(palette.SKIN_EDGE, 1.4, k))


def sharps_bin(c: skia.Canvas, box: tuple[float, float, float, float], *, front: bool) -> None:
    """A yellow bin for needles; the front is drawn after what falls into it."""
    x, y, w, h = box
    if not front:
        c.drawOval(skia.Rect.MakeXYWH(x, y - 18, w, 36), pen.fill(0x3A3320))
        c.drawOval(skia.Rect.MakeXYWH(x, y - 18, w, 36), pen.stroke(palette.INK, 2.5))
        return
    body = skia.Path()
    body.moveTo(x, y)
    body.arcTo(skia.Rect.MakeXYWH(x, y - 18, w, 36), 180, -180, False)
    body.lineTo(x + w - 16, y + h)
    body.lineTo(x + 16, y + h)
    body.close()
    c.drawPath(body, pen.graded(((x, 0), (x + w, 0)), (0xE0AE12, palette.BIN, 0xE0AE12)))
    c.drawPath(body, pen.stroke(palette.INK, 2.5))
    c.drawRRect(pen.rounded((x + w * 0.18, y + h * 0.36, w * 0.64, h * 0.4), 8), pen.fill(palette.WHITE))
    c.drawRRect(pen.rounded((x + w * 0.18, y + h * 0.36, w * 0.64, h * 0.4), 8), pen.stroke(palette.INK, 2))
    pen.text(c, "SHARPS", (x + w / 2, y + h * 0.62), w * 0.135, bold=True, align=0.5)


def lock(c: skia.Canvas, at: Point, size: float, shut: float) -> None:
    """A padlock that closes with `shut`."""
    x, y = at
    lift = size * 0.26 * (1 - shut)
    bow = skia.Path()
    bow.moveTo(x - size * 0.3, y + lift * 0.2)
    bow.lineTo(x - size * 0.3, y - size * 0.25 - lift)
    oval = skia.Rect.MakeLTRB(x - size * 0.3, y - size * 0.55 - lift, x + size * 0.3, y + size * 0.05 - lift)
    bow.arcTo(oval, 180, 180, False)
    bow.lineTo(x + size * 0.3, y - lift)
    c.drawPath(bow, pen.stroke(palette.INK, size * 0.16))
    c.drawPath(bow, pen.stroke(palette.STEEL, size * 0.11))
    c.drawRRect(
        pen.rounded((x - size * 0.46, y, size * 0.92, size * 0.7), size * 0.1), pen.fill(palette.TEAL)
    )
    c.drawRRect(
        pen.rounded((x - size * 0.46, y, size * 0.92, size * 0.7), size * 0.1), pen.stroke(palette.INK, 3)
    )
    c.drawCircle(x, y + size * 0.28, size * 0.09, pen.fill(palette.WHITE))
    c.drawLine(x, y + size * 0.28, x, y + size * 0.47, pen.stroke(palette.WHITE, size * 0.07))


def pain_scale(c: skia.Canvas, name: str, at: Point, width: float, value: int | None, k: float) -> None:
    """A scale from 0 to 10; a value is ringed, None stays to be filled in."""
    if k <= 0:
        return
    x, y = at
    pen.text(c, name, (x, y - 26), 22, palette.TEAL, bold=True, alpha=k)
    step = width / 10
    c.drawLine(x, y, x + width, y, pen.stroke(palette.INK, 3, k))
    for i in range(11):
        c.drawLine(x + step * i, y - 8, x + step * i, y + 8, pen.stroke(palette.INK, 2.4, k))
        pen.text(c, str(i), (x + step * i, y + 32), 19, bold=True, align=0.5, alpha=k)
    box = (x + width + 34, y - 28, 62, 56)
    c.drawRRect(pen.rounded(box, 8), pen.fill(palette.WHITE, k))
    c.drawRRect(pen.rounded(box, 8), pen.stroke(palette.INK, 2.4, k))
    if value is not None:
        c.drawCircle(x + step * value, y + 25, 17 * k, pen.stroke(palette.STOP, 3.2, k))
        pen.text(c, str(value), (box[0] + 31, y + 12), 34, bold=True, align=0.5, alpha=k)


def leaflet(c: skia.Canvas, at: Point, k: float) -> None:
    """A folded sheet of written advice."""
    if k <= 0:
        return
    x, y = at[0], at[1] + 14 * (1 - k)
    c.drawPath(
        pen.polygon([(x, y), (x + 66, y + 12), (x + 66, y + 132), (x, y + 120)]), pen.fill(palette.WHITE, k)
    )
    right = [(x + 66, y + 12), (x + 132, y), (x + 132, y + 120), (x + 66, y + 132)]
    c.drawPath(pen.polygon(right), pen.fill(palette.TEAL_PALE, k))
    for shape in ([(x, y), (x + 66, y + 12), (x + 66, y + 132), (x, y + 120)], right):
        c.drawPath(pen.polygon(shape), pen.stroke(palette.INK, 2.2, k))
    for i in range(5):
        c.drawLine(x + 11, y + 28 + 18 * i, x + 55, y + 36 + 18 * i, pen.stroke(palette.QUIET, 2.6, k))
        c.drawLine(x + 77, y + 36 + 18 * i, x + 121, y + 28 + 18 * i, pen.stroke(palette.QUIET, 2.6, k))


def swab(c: skia.Canvas, at: Point, alpha: float = 1.0) -> None:
    """A wet swab with a drop."""
    gauze(c, at, 56, alpha)
    inset.drop(c, (at[0] + 8, at[1] + 4), 13, alpha=alpha)
