"""Find, chapters 1 to 3: ask first, position, bare and lubricate."""

import math

import skia

from drawing import board, ease, figures, hand, inset, marks, palette, pen, stage

SIGNS = (
    "numb saddle or bladder change",
    "fever",
    "cancer history",
    "major injury",
    "leg weakness",
    "growing or large lump",
)


def ask_first(c: skia.Canvas, t: float, length: float) -> None:
    """Hands are cleaned, permission asked and given, warning signs looked for."""
    pen.card(c, (30, 66, 560, 226))
    pen.text(c, "Clean hands", (54, 106), 24, palette.TEAL, bold=True)
    _rubbing(c, (310, 232), t)
    pen.card(c, (30, 308, 560, 338), alpha=ease.ramp(t, 1.2))
    _permission(c, t)
    pen.card(c, (614, 66, 636, 580), alpha=ease.ramp(t, 2.8))
    pen.text(c, "Warning signs?", (644, 116), 30, palette.STOP, bold=True, alpha=ease.ramp(t, 2.9))
    inset.bullets(c, SIGNS, (660, 172), 25, 50, [3.3 + 0.36 * i for i in range(6)], t)
    inset.stop_sign(c, (1140, 330), 88, ease.pop(t, 6.1, 0.6))
    for i, (who, what) in enumerate(
        (("Examiner:", "assess or refer first"), ("At home:", "get medical help"))
    ):
        k = ease.ramp(t, 6.8 + 0.6 * i)
        y = 494 + 70 * i
        c.drawRRect(pen.rounded((644, y, 576, 56), 12), pen.fill(palette.STOP_PALE, k))
        c.drawRRect(pen.rounded((644, y, 576, 56), 12), pen.stroke(palette.STOP, 2, k))
        pen.text(c, who, (668, y + 37), 25, palette.STOP, bold=True, alpha=k)
        pen.text(c, what, (812, y + 37), 25, bold=True, alpha=k)


def _rubbing(c: skia.Canvas, at: board.Point, t: float) -> None:
    """Two hands that slide on each other, with foam."""
    sway = 20 * math.sin(t * 4.6)
    c.save()
    c.clipRect(skia.Rect.MakeLTRB(32, 120, 588, 290))
    c.translate(*at)
    c.scale(0.9, 0.9)
    hand.flat_hand(c, (-78 + sway, -30), turn=-84)
    hand.flat_hand(c, (66 - sway, 14), turn=86)
    for i in range(13):
        x = 92 * math.sin(i * 2.4 + 0.3 * t)
        y = 46 * math.cos(i * 1.7) - 12
        size = 7 + 5 * math.sin(i * 1.3 + t * 2.2) ** 2
        c.drawCircle(x, y, size, pen.fill(palette.WHITE, 0.88))
        c.drawCircle(x, y, size, pen.stroke(palette.ZONE, 1.4, 0.7))
    c.restore()
    inset.drop(c, (at[0] - 10, 128 + 40 * ease.smooth(t / 0.9)), 17, alpha=1 - ease.ramp(t, 0.7, 0.3))


def _permission(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 1.3)
    figures.person(c, (150, 622), 196, figures.STANDING, bare=False, shirt=palette.GRASS, alpha=k)
    figures.person(c, (340, 622), 196, figures.STANDING, bare=False, flip=True, alpha=k)
    late = ease.ramp(t, 2.9)
    figures.person(c, (506, 622), 196, figures.STANDING, bare=False, shirt=0x8A6FA8, flip=True, alpha=late)
    for name, x, seen in (("examiner", 150, k), ("patient", 340, k), ("chaperone", 506, late)):
        pen.text(c, name, (x, 641), 17, bold=True, align=0.5, alpha=seen)
    pen.bubble(c, "May I examine your back?", (50, 324, 310), (176, 436), k=ease.pop(t, 1.9), size=20)
    pen.bubble(c, "Yes", (386, 352, 86), (352, 434), k=ease.pop(t, 2.6), size=20)


def position(c: skia.Canvas, t: float, length: float) -> None:
    """A figure leans on the couch; then the back from behind, with the triangles."""
    seen = ease.ramp(t, 3.6, 1.0)
    if seen > 0:
        c.saveLayerAlpha(None, round(255 * seen))
        stage.back(c, hem=-5.4, bones="bones", dots=ease.ramp(t, 5.6, 1.2))
        c.restore()
        marks.label(c, "iliac crest", (1046, 262), (951, 303), alpha=ease.ramp(t, 4.7))
        marks.label(c, "sacrum", (1046, 560), (690, 548), alpha=ease.ramp(t, 5.0))
        marks.label(c, "dimple", (1046, 482), (733, 473), alpha=ease.ramp(t, 5.3))
        marks.label(c, "sacroiliac triangle", (1046, 372), (735, 284), alpha=ease.ramp(t, 6.4))
    small = ease.ramp(t, 3.3, 1.1)
    box = [ease.mix(a, b, small) for a, b in zip((330, 66, 620, 580), (14, 100, 232, 300), strict=True)]
    pen.card(c, (box[0], box[1], box[2], box[3]))
    _leaning(c, box, t)


def _leaning(c: skia.Canvas, box: list[float], t: float) -> None:
    unit = box[2] / 620
    floor = box[1] + box[3] - 40 * unit - 8
    size = 440 * unit * (1.06 if unit < 0.6 else 1)
    feet = (box[0] + 240 * unit, floor)
    pose = figures.between(figures.STANDING, figures.LEANING, ease.ramp(t, 0.7, 1.7))
    figures.couch(c, (feet[0] + size * 0.2, floor - size * 0.44), size * 0.5, size * 0.44)
    figures.person(c, feet, size, pose)
    k = ease.ramp(t, 2.2, 0.8)
    hip = (feet[0] + pose.hip[0] * size / 100, feet[1] + pose.hip[1] * size / 100)
    reach = size * 0.6
    c.drawLine(*hip, hip[0], hip[1] - reach, pen.stroke(palette.INK, 2, k, dash=(6, 6)))
    oval = skia.Rect.MakeLTRB(
        hip[0] - reach * 0.92, hip[1] - reach * 0.92, hip[0] + reach * 0.92, hip[1] + reach * 0.92
    )
    c.drawArc(oval, -90, 26 * k, False, pen.stroke(palette.STOP, 3))
    pen.text(
        c,
        "20–30°",
        (hip[0] + 4 * unit, hip[1] - reach - 12),
        max(18, 30 * unit),
        palette.STOP,
        bold=True,
        alpha=k,
    )


def bare_and_lubricate(c: skia.Canvas, t: float, length: float) -> None:
    """Clothing slides away; gel spreads over three fingertips."""
    away = ease.ramp(t, 0.6, 2.6)
    stage.lay(c, "trunk")
    stage.trousers(c, ease.mix(4.6, -5.4, away))
    stage.shirt(c, ease.mix(3.2, 15.4, away))
    stage.lay(c, "bare bones", ease.ramp(t, 2.8, 1.0))
    board.sides(c)
    for side in (-1, 1):
        x, y = board.px((9.4, ease.mix(3.0, 13.6, away)), side)
        shown = 1 - ease.ramp(t, 2.8)
        pen.arrow(c, (x, y), (x, y - 62), palette.INK, 6, 1.0, shown)
        x, y = board.px((9.4, ease.mix(3.6, -4.4, away)), side)
        pen.arrow(c, (x, y + 10), (x, y + 72), palette.INK, 6, 1.0, shown)
    marks.label(c, "last ribs", (1040, 170), (846, 136), alpha=ease.ramp(t, 3.2))
    marks.label(c, "dimples", (1040, 462), (738, 470), alpha=ease.ramp(t, 3.5))
    _gel(c, t)


def _gel(c: skia.Canvas, t: float) -> None:
    seen = ease.ramp(t, 3.6, 0.8)
    if seen <= 0:
        return
    c.saveLayerAlpha(None, round(255 * seen))
    pen.card(c, (14, 100, 226, 480))
    pen.text(c, "Gel or hand rub", (127, 136), 21, palette.TEAL, bold=True, align=0.5)
    c.save()
    c.clipRRect(pen.rounded((15, 101, 224, 478), 14), True)
    rub = 5 * math.sin(max(0.0, t - 5.4) * 5)
    hand.fingers(c, (127 + rub, 290), size=1.15)
    spread = ease.ramp(t, 5.3, 1.8)
    for x, y in ((0, 26), (-54, 56), (54, 60)):
        part = ease.clamp(spread * 1.6 - abs(x) / 120)
        w, h = 6 + 13 * part, 6 + 26 * part
        c.drawOval(
            skia.Rect.MakeLTRB(127 + rub + x - w, 290 + y - h * 0.7, 127 + rub + x + w, 290 + y + h),
            pen.fill(palette.GEL, 0.85 * ease.clamp(part * 3)),
        )
        gleam = skia.Rect.MakeXYWH(127 + rub + x - w * 0.5, 290 + y - h * 0.4, w * 0.5, h * 0.7)
        c.drawOval(gleam, pen.fill(palette.WHITE, 0.8 * part))
    fall = ease.clamp((t - 4.5) / 0.8)
    inset.drop(
        c, (127, 190 + 110 * fall * fall), 22, alpha=ease.ramp(t, 4.1, 0.3) * (1 - ease.ramp(t, 5.25, 0.2))
    )
    c.restore()
    c.restore()
