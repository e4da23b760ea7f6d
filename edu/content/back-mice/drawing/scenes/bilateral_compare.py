"""Bilateral, chapters 7 to 9: compare, pitfalls, record."""

import math

import skia

from drawing import board, ease, hand, inset, marks, palette, pen, stage

from .bilateral_cases import CASE_1, CASE_2, CASE_3, Found

FIELDS = ("side", "distance", "size", "mobility", "tenderness", "spread", "date")


def compare(c: skia.Canvas, t: float, length: float) -> None:
    """Three boards side by side: the same region; number, size and tenderness vary."""
    rows = (
        ("Case 1", CASE_1, "two nodules", "both tender", True),
        ("Case 2", CASE_2, "two nodules", "not tender", False),
        ("Case 3", CASE_3, "three small nodules", "not tender", False),
    )
    for i, (name, case, count, flag, tender) in enumerate(rows):
        k = ease.ramp(t, 0.2 + 0.45 * i, 0.8)
        x = 26.0 + 414 * i
        y = 62 + 40 * (1 - k)
        pen.card(c, (x, y, 400, 576), alpha=k)
        pen.text(c, name, (x + 200, y + 42), 27, palette.TEAL, bold=True, align=0.5, alpha=k)
        _small_board(c, (x + 12, y + 58, 376, 356), case, tender, t, k)
        pen.text(
            c, count, (x + 200, y + 466), 28, bold=True, align=0.5, alpha=ease.ramp(t, 4.0 + 0.3 * i) * k
        )
        part = ease.ramp(t, 6.2 + 0.3 * i) * k
        rgb = palette.STOP if tender else palette.TEAL
        c.drawRRect(pen.rounded((x + 90, y + 492, 220, 52), 26), pen.stroke(rgb, 3, part))
        pen.text(c, flag, (x + 200, y + 527), 26, rgb, bold=True, align=0.5, alpha=part)


def _small_board(
    c: skia.Canvas,
    box: tuple[float, float, float, float],
    case: tuple[Found, ...],
    tender: bool,
    t: float,
    k: float,
) -> None:
    x, y, w, h = box
    c.saveLayerAlpha(None, round(255 * k))
    c.save()
    c.clipRRect(pen.rounded(box, 10), True)
    c.drawRect(skia.Rect.MakeXYWH(*box), pen.fill(palette.PAPER_FOOT))
    scale = 0.6
    c.translate(x + w / 2 - 640 * scale, y + h / 2 - 400 * scale)
    c.scale(scale, scale)
    stage.lay(c, "trunk")
    stage.trousers(c, -5.4)
    stage.lay(c, "bare bones")
    board.zone(c, ease.ramp(t, 2.2, 1.0))
    for found in case:
        breath = 1 + 0.04 * math.sin(t * 2.4 + found.at[0])
        marks.nodule(c, found.outward, (found.size[0] * breath, found.size[1] * breath), side=found.side)
        if tender:
            marks.star(c, found.outward, "tender", ease.pop(t, 6.2), side=found.side)
    c.restore()
    for letter, at in (("L", x + 20), ("R", x + w - 20)):
        c.drawCircle(at, y + 22, 14, pen.fill(palette.STRIP))
        pen.text(c, letter, (at, y + 28), 18, palette.WHITE, bold=True, align=0.5)
    marks.tag(c, "5–7 cm", (x + w / 2, y + h - 14), alpha=ease.ramp(t, 2.6), size=20)
    c.restore()


def pitfalls(c: skia.Canvas, t: float, length: float) -> None:
    """The bone under the dimple, a muscle band, a lump that needs referral."""
    titles = (("Bony dimple", 0.3), ("Muscle band", 2.2), ("Suspicious lump", 4.6))
    for i, (title, when) in enumerate(titles):
        k = ease.ramp(t, when, 0.7)
        x = 26.0 + 414 * i
        edge = palette.STOP if i == 2 else palette.CARD_EDGE
        pen.card(c, (x, 62 + 30 * (1 - k), 400, 576), alpha=k, edge=edge)
        pen.text(
            c,
            title,
            (x + 200, 108),
            29,
            palette.STOP if i == 2 else palette.TEAL,
            bold=True,
            align=0.5,
            alpha=k,
        )
        if k > 0:
            c.saveLayerAlpha(None, round(255 * k))
            (_dimple, _band, _lump)[i](c, (x + 16, 128, 368, 330), t)
            c.restore()
    for i, (words, when) in enumerate((("bone, not a nodule", 1.2), ("muscle, not a nodule", 3.1))):
        k = ease.ramp(t, when)
        pen.cross(c, (62 + 414 * i, 520), 28, k)
        pen.text(c, words, (92 + 414 * i, 530), 27, bold=True, alpha=k)
    k = ease.ramp(t, 5.4)
    pen.block(c, "> 5 cm, deep, fixed, hard, growing", (1054, 506), 25, 370, bold=True, align=0.5, alpha=k)
    k = ease.ramp(t, 6.9)
    c.drawRRect(pen.rounded((954, 566, 200, 54), 27), pen.fill(palette.STOP, k))
    pen.text(c, "→ refer", (1054, 603), 29, palette.WHITE, bold=True, align=0.5, alpha=k)


def _window(c: skia.Canvas, box: tuple[float, float, float, float], focus: board.Point, scale: float) -> None:
    """Clip to a box and look at the board there, `focus` (pixels) in the middle."""
    c.save()
    c.clipRRect(pen.rounded(box, 10), True)
    c.translate(box[0] + box[2] / 2 - focus[0] * scale, box[1] + box[3] / 2 - focus[1] * scale)
    c.scale(scale, scale)
    stage.lay(c, "trunk")
    stage.lay(c, "bare bones")


def _dimple(c: skia.Canvas, box: tuple[float, float, float, float], t: float) -> None:
    x, y = board.px(board.PSIS)
    _window(c, box, (x + 6, y + 6), 1.9)
    press = ease.bump((t - 0.8) % 2.6, 0.2, 1.5)
    c.drawCircle(x, y, 17 + 12 * press, pen.stroke(palette.STOP, 3))
    hand.finger(c, (x + 7, y + 8 + 16 * (1 - press)), turn=-24, pressed=press)
    c.restore()


def _band(c: skia.Canvas, box: tuple[float, float, float, float], t: float) -> None:
    x, y = board.px((3.6, 7))
    _window(c, box, (x + 10, y), 1.3)
    band = pen.curve(board.line(((3.7, 17), (3.9, 11), (3.7, 5), (3.3, 1.5))))
    c.drawPath(band, pen.stroke(palette.MUSCLE, 34, 0.9))
    for shift in (-9, 0, 9):
        c.save()
        c.translate(shift, 0)
        c.drawPath(band, pen.stroke(0x8E4A40, 2, 0.8))
        c.restore()
    k = 0.5 + 0.4 * math.sin(t * 1.7)
    at = ease.along(((3.8, 11.5), (3.8, 4.0)), k)
    hand.finger(c, (board.px(at)[0] + 6, board.px(at)[1]), turn=-52, pressed=0.6)
    c.restore()


def _lump(c: skia.Canvas, box: tuple[float, float, float, float], t: float) -> None:
    x, y = board.px((8.5, 2.2))
    _window(c, box, (x, y), 1.25)
    grow = 0.8 + 0.2 * ease.ramp(t, 5.0, 3.0)
    w, h = 70 * grow, 62 * grow
    lump = pen.curve(
        [
            (x - w, y),
            (x - w * 0.7, y - h * 0.8),
            (x, y - h * 0.95),
            (x + w * 0.8, y - h * 0.7),
            (x + w, y + h * 0.1),
            (x + w * 0.6, y + h),
            (x - w * 0.2, y + h * 0.85),
            (x - w * 0.85, y + h * 0.6),
        ],
        closed=True,
    )
    c.drawPath(lump, pen.fill(0x3A1E10, 0.35, blur=9))
    c.drawPath(lump, pen.graded(((x, y - h), (x, y + h)), (0xC98A8A, 0x9E5F62)))
    c.drawPath(lump, pen.stroke(0x5A2A2E, 4))
    k = ease.ramp(t, 5.4)
    c.drawLine(x - 70, y + 84, x + 70, y + 84, pen.stroke(palette.INK, 3, k))
    for end in (x - 70, x + 70):
        c.drawLine(end, y + 76, end, y + 92, pen.stroke(palette.INK, 3, k))
    marks.tag(c, "> 5 cm", (x, y + 118), alpha=k, size=20)
    c.restore()


def record(c: skia.Canvas, t: float, length: float) -> None:
    """A body chart is filled in; repeat when pain returns."""
    pen.card(c, (40, 66, 580, 572))
    pen.text(c, "Body chart", (70, 112), 28, palette.TEAL, bold=True)
    box = (60.0, 130.0, 540.0, 420.0)
    c.save()
    c.clipRRect(pen.rounded(box, 10), True)
    c.translate(330 - 640 * 0.66, 350 - 400 * 0.66)
    c.scale(0.66, 0.66)
    c.drawPath(board.trunk_path(), pen.fill(palette.WHITE))
    c.drawPath(board.trunk_path(), pen.stroke(palette.INK, 4))
    for side in (-1, 1):
        c.drawPath(pen.curve(board.line(board.CREST, side)), pen.stroke(palette.QUIET, 4))
    c.drawPath(pen.curve(board.line(board.SACRUM), closed=True), pen.stroke(palette.QUIET, 3))
    c.drawLine(640, 0, 640, 420, pen.stroke(palette.QUIET, 2.5, dash=(9, 9)))
    _drawn(c, t)
    c.restore()
    for letter, x in (("L", 88), ("R", 572)):
        c.drawCircle(x, 158, 17, pen.fill(palette.STRIP))
        pen.text(c, letter, (x, 166), 22, palette.WHITE, bold=True, align=0.5)
    rows = [(name, "") for name in FIELDS]
    inset.form(c, "Record", rows, (650, 78, 590, 450), 25, [2.9 + 0.48 * i for i in range(7)], t)
    k = ease.ramp(t, 6.6)
    c.drawRRect(pen.rounded((650, 552, 590, 78), 16), pen.fill(palette.TEAL, k))
    angle = 40 * t
    c.save()
    c.translate(706, 591)
    c.rotate(angle)
    c.drawArc(skia.Rect.MakeLTRB(-19, -19, 19, 19), 20, 290, False, pen.stroke(palette.WHITE, 5, k))
    c.drawPath(pen.polygon([(19, 2), (28, -10), (9, -10)]), pen.fill(palette.WHITE, k))
    c.restore()
    pen.text(c, "repeat when pain returns", (746, 602), 31, palette.WHITE, bold=True, alpha=k)


def _drawn(c: skia.Canvas, t: float) -> None:
    """Two ovals drawn by the pen, one after the other."""
    for side, start in ((-1, 0.6), (1, 1.7)):
        k = ease.clamp((t - start) / 0.9)
        if k <= 0:
            continue
        x, y = board.px(board.NODULE, side)
        oval = skia.Rect.MakeLTRB(x - 30, y - 21, x + 30, y + 21)
        c.drawArc(oval, -90, 360 * k, False, pen.stroke(0x1A237E, 5.5))
        angle = math.radians(-90 + 360 * k)
        tip = (x + 30 * math.cos(angle), y + 21 * math.sin(angle))
        marks.skin_pen(c, tip, 1 - ease.ramp(t, start + 1.0, 0.3))
