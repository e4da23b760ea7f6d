"""Find, chapters 4 to 8: midline, painless side, painful side, worst point, press and ask."""

import math

import skia

from drawing import board, ease, hand, inset, marks, palette, pen, stage

ROUTE: tuple[board.Point, ...] = ((4, 0), (5, 1.5), (6, 3), (6.8, 4.2), (7.6, 5.4), (9, 7))
HALF_WAY = 0.435  # of the route's length lies before the nodule


def midline(c: skia.Canvas, t: float, length: float) -> None:
    """A thumb presses each spinous process from L1 to S2."""
    stage.back(c, dots=0)
    step = 0.98
    level = ease.window(t, 3.5, 5.6)
    if level > 0:
        a, b = board.px(board.CREST_TOP, -1), board.px(board.CREST_TOP)
        c.drawLine(*a, *b, pen.stroke(palette.INK, 2.4, level, dash=(8, 7)))
        marks.tag(c, "L4: the line joining the crests", (905, 262), alpha=level, size=18, align=0.0)
    places = [board.px(point) for point in board.SPINES.values()]
    when = ease.clamp((t - 0.7) / (step * 7)) * 7
    index = min(6, int(when))
    move = ease.smooth((when - index - 0.72) / 0.28) if index < 6 else 0.0
    x, y = places[index]
    y = ease.mix(y, places[min(6, index + 1)][1], move)
    for i, (name, point) in enumerate(board.SPINES.items()):
        press = ease.bump(t, 0.7 + step * i, step * 0.72)
        if press > 0:
            cx, cy = board.px(point)
            c.drawCircle(cx, cy, 16 + 20 * press, pen.stroke(palette.STOP, 3, 1 - 0.6 * press))
            board.spine(c, name, point, 1 + 0.5 * press)
    gone = ease.ramp(t, length - 0.9, 0.5)
    pressed = ease.bump(when - index, 0, 0.72)
    lift = 14 * (1 - pressed)
    hand.thumb(
        c, (x - 13 - lift - 260 * gone, y + 1), turn=78, pressed=pressed, alpha=ease.ramp(t, 0.1) * (1 - gone)
    )
    pen.bubble(c, "Pain just here?", (700, 64, 214), (668, 160), k=ease.pop(t, 5.6), size=21)
    inset.note(c, "Focal bone pain: explain it first", (1036, 300), 230, ease.ramp(t, 6.4), size=23)


def painless_side(c: skia.Canvas, t: float, length: float) -> None:
    """Fingertips circle along the left crest, from the dimple outward."""
    stage.back(c)
    k = ease.clamp((t - 1.0) / (length - 2.2))
    marks.trail(c, ROUTE, k, 8, side=-1)
    tip = marks.circling(ROUTE, k, 8, side=-1)
    marks.label(c, "start: the dimple", (694, 566), board.px(board.PSIS, -1), alpha=ease.window(t, 0.3, 4.0))
    hand.fingers(c, tip, turn=18, pressed=0.5, alpha=ease.ramp(t, 0.2))
    _circle_note(c, t)
    inset.note(c, "Painless side first", (1036, 110), 230, ease.ramp(t, 0.4), size=25)


def _circle_note(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 2.4)
    if k <= 0:
        return
    c.saveLayerAlpha(None, round(255 * k))
    pen.card(c, (14, 110, 226, 250))
    pen.text(c, "Small circles", (127, 146), 21, palette.TEAL, bold=True, align=0.5)
    c.drawCircle(127, 236, 60, pen.stroke(palette.TEAL, 4, dash=(0.1, 9)))
    angle = t * 5
    at = (127 + 60 * math.sin(angle), 236 - 60 * math.cos(angle))
    c.drawCircle(*at, 17, pen.fill(palette.HAND_LIGHT))
    c.drawCircle(*at, 17, pen.stroke(palette.HAND_EDGE, 2.2))
    c.drawLine(67, 318, 187, 318, pen.stroke(palette.INK, 2))
    for x in (67, 187):
        c.drawLine(x, 311, x, 325, pen.stroke(palette.INK, 2))
    pen.text(c, "2 cm", (127, 347), 20, bold=True, align=0.5)
    c.restore()


def _slip(t: float, start: float, period: float, times: int) -> float:
    """Half a centimetre up and back, so many times."""
    if not start < t < start + period * times:
        return 0.0
    return 0.5 * math.sin(math.pi * ((t - start) % period) / period) ** 2


def painful_side(c: skia.Canvas, t: float, length: float) -> None:
    """The same route on the right, until an oval nodule slips under the fingers."""
    stage.back(c)
    k = HALF_WAY * ease.clamp((t - 0.8) / 3.2)
    found = ease.ramp(t, 3.6, 0.5)
    slip = _slip(t, 4.6, 1.6, 3)
    marks.trail(c, ROUTE, k, 8)
    marks.nodule(c, board.NODULE, k=found, slip=slip)
    x, y = marks.circling(ROUTE, k, 8)
    nx, ny = board.px(board.NODULE)
    hold = ease.ramp(t, 3.9, 0.6)
    push = slip * board.SCALE
    x, y = ease.mix(x, nx + 5, hold), ease.mix(y, ny + 9 - push * 0.8, hold)
    hand.fingers(c, (x, y), turn=-18, pressed=0.5 + slip, alpha=ease.ramp(t, 0.2))
    marks.felt(c, board.NODULE, slip=slip, alpha=found)
    if found > 0:
        top = board.px((6, 4.4))
        pen.arrow(c, (top[0], top[1] + 8), (top[0], top[1] - 26), palette.INK, 4, ease.clamp(slip * 2))
    _zoom(c, t)


def _zoom(c: skia.Canvas, t: float) -> None:
    """The magnified nodule and the four questions."""
    k = ease.ramp(t, 4.2, 0.7)
    if k <= 0:
        return
    c.drawLine(798, 392, 1040, 190, pen.stroke(palette.INK, 1.6, k, dash=(5, 5)))
    c.drawLine(798, 416, 1040, 330, pen.stroke(palette.INK, 1.6, k, dash=(5, 5)))
    c.saveLayerAlpha(None, round(255 * k))
    pen.card(c, (1034, 100, 232, 470))
    slip = _slip(t, 8.2, 1.2, 2) * 30
    oval = skia.Rect.MakeLTRB(1078, 190 - slip, 1222, 290 - slip)
    press = 6 * ease.window(t, 7.0, 8.2, 0.3)
    oval = skia.Rect.MakeLTRB(
        oval.left() - press, oval.top() + press, oval.right() + press, oval.bottom() - press
    )
    c.drawOval(oval, pen.graded(((1150, 190), (1150, 290)), (palette.AMBER_LIGHT, palette.AMBER)))
    edges = ease.window(t, 6.3, 7.2, 0.3)
    c.drawOval(oval, pen.stroke(palette.AMBER_EDGE, 3.5 + 4 * edges))
    size = ease.ramp(t, 5.3, 0.5)
    c.drawLine(1150 - 72 * size, 318, 1150 + 72 * size, 318, pen.stroke(palette.INK, 2.5))
    for x in (1150 - 72 * size, 1150 + 72 * size):
        c.drawLine(x, 310, x, 326, pen.stroke(palette.INK, 2.5))
    for i, (word, when) in enumerate((("Size", 5.3), ("Edges", 6.3), ("Firmness", 7.1), ("Mobility", 8.2))):
        part = ease.ramp(t, when, 0.4)
        y = 376 + 48 * i
        c.drawCircle(1064, y - 7, 9, pen.stroke(palette.TEAL, 2.5))
        if part > 0:
            pen.tick(c, (1065, y - 8), 16, part)
        pen.text(c, word, (1088, y), 23, bold=True, alpha=0.68 + 0.32 * part)
    c.restore()


def worst_point(c: skia.Canvas, t: float, length: float) -> None:
    """A second pass; the patient says where it is worst and that it is the usual pain."""
    stage.back(c)
    k = HALF_WAY * 1.25 * ease.smooth((t - 0.4) / 3.2) - HALF_WAY * 0.25 * ease.smooth((t - 4.0) / 1.2)
    marks.trail(c, ROUTE, max(0.01, k), 8, alpha=0.7)
    marks.nodule(c, board.NODULE)
    x, y = marks.circling(ROUTE, k, 8)
    nx, ny = board.px(board.NODULE)
    hold = ease.ramp(t, 4.6, 0.6)
    away = ease.ramp(t, 7.4, 0.8)
    at = (ease.mix(x, nx + 4, hold) + 30 * away, ease.mix(y, ny + 8, hold) + 56 * away)
    hand.fingers(c, at, turn=-18, pressed=0.5 * (1 - away), alpha=ease.ramp(t, 0.1))
    marks.felt(c, board.NODULE, alpha=1 - away)
    pen.bubble(c, "Is this your usual pain?", (1036, 330, 226), (900, 520), k=ease.pop(t, 3.0), size=22)
    pen.bubble(c, "There. That is my pain.", (700, 72, 270), (760, 40), k=ease.pop(t, 5.2), size=22)
    pen.text(c, "examiner", (1149, 318), 18, bold=True, align=0.5, alpha=ease.ramp(t, 3.2))
    pen.text(c, "patient", (980, 102), 18, bold=True, alpha=ease.ramp(t, 5.4))
    marks.star(c, board.NODULE, "worst", ease.pop(t, 6.0))


def press_and_ask(c: skia.Canvas, t: float, length: float) -> None:
    """Steady pressure with one finger; where does the pain travel?"""
    stage.back(c)
    marks.nodule(c, board.NODULE)
    nx, ny = board.px(board.NODULE)
    press = ease.ramp(t, 0.8, 0.8)
    for i in range(2):
        ring = ((t * 0.7 + i * 0.5) % 1.0) * press
        c.drawCircle(nx, ny, 22 + 34 * ring, pen.stroke(palette.STOP, 3, (1 - ring) * press))
    lift = 30 * (1 - press)
    hand.finger(c, (nx - 8 - lift, ny + 9 + lift * 0.3), turn=66, pressed=press, alpha=ease.ramp(t, 0.1))
    marks.star(c, board.NODULE, "worst", 1.0)
    targets = (
        ("belly ?", (985, 250), (1040, 252), 5.2),
        ("groin ?", (1000, 405), (1040, 412), 5.9),
        ("buttock ?", (792, 560), (734, 602), 6.6),
        ("leg ?", (975, 602), (1000, 630), 7.2),
    )
    for name, end, at, when in targets:
        k = ease.ramp(t, when - 1.2, 0.9)
        angle = math.atan2(end[1] - ny, end[0] - nx)
        start = (nx + 32 * math.cos(angle), ny + 26 * math.sin(angle))
        pen.arrow(c, start, end, palette.STOP, 7, k)
        marks.tag(c, name, at, alpha=ease.ramp(t, when - 0.5, 0.4), size=24, align=0.0)
    inset.note(c, "Hold firm, steady pressure; stop if asked", (14, 130), 226, ease.ramp(t, 1.0), size=22)
    pen.bubble(c, "Does the pain travel?", (14, 330, 226), (350, 540), k=ease.pop(t, 3.7), size=22)
