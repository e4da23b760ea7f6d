"""Bilateral, chapters 1 and 2: both sides always, the same route."""

import math

import skia

from drawing import board, ease, figures, hand, inset, marks, palette, pen, stage

from .find_palpate import ROUTE


def both_sides(c: skia.Canvas, t: float, length: float) -> None:
    """The board; three women without pain today, with past episodes on a calendar."""
    stage.back(c)
    glow = ease.window(t, 0.3, 2.9, 0.6)
    for side in (-1, 1):
        crest = pen.curve(board.line(board.CREST, side))
        c.drawPath(crest, pen.stroke(palette.TEAL, 24, 0.45 * glow, blur=5))
        marks.label(
            c, "iliac crest", (640 + side * 130, 190), board.px(board.CREST[5], side), alpha=glow, align=0.5
        )
    c.drawPaint(pen.fill(palette.PAPER_TOP, 0.6 * ease.ramp(t, 2.3, 0.8)))
    board.sides(c)
    marked = ((2, 3, 10, 17, 18), (5, 6, 13, 23), (8, 9, 15, 21, 22, 26))
    shirts = (palette.CLOTH, 0x8A6FA8, palette.GRASS)
    for i in range(3):
        k = ease.ramp(t, 2.4 + 0.45 * i, 0.8)
        if k > 0:
            _woman(c, (190.0 + 310 * i, 94 + 60 * (1 - k)), shirts[i], marked[i], t - 4.2 - 0.4 * i, k)
    foot = ease.ramp(t, 1.0)
    words = "Numbers, sizes and sides simplified for teaching"
    marks.tag(c, words, (640, 624), alpha=foot, size=24)


def _woman(
    c: skia.Canvas, at: board.Point, shirt: int, marked: tuple[int, ...], late: float, k: float
) -> None:
    x, y = at
    pen.card(c, (x, y, 282, 480), alpha=k)
    sway = math.sin(late * 1.5) * 2
    figures.icon(c, (x + 141 + sway, y + 256), 236, shirt=shirt, alpha=k)
    c.drawRRect(pen.rounded((x + 41, y + 268, 200, 42), 21), pen.fill(palette.TEAL, k))
    pen.text(c, "no pain today", (x + 141, y + 297), 24, palette.WHITE, bold=True, align=0.5, alpha=k)
    inset.calendar(c, (x + 46, y + 330, 190, 128), marked, ease.clamp(late / 1.8))


def same_route(c: skia.Canvas, t: float, length: float) -> None:
    """Midline, one crest, the usually painful side last; one hand steadies the pelvis."""
    stage.back(c)
    _standing_note(c, t)
    down = ease.ramp(t, 0.9, 1.7)
    if down > 0:
        a, b = board.px((-0.9, 18.6)), board.px((-0.9, 0.2))
        pen.arrow(c, a, b, palette.TEAL, 7, down)
        _number(c, "1", (a[0] - 26, 150), ease.ramp(t, 0.9))
    for i, side in enumerate((-1, 1)):
        k = ease.clamp((t - (2.9 + 2.2 * i)) / 1.9)
        if k > 0:
            _crest_arrow(c, side, k)
            _number(c, str(i + 2), board.px((5.2, 4.9), side), ease.clamp(k * 4))
    marks.tag(c, "usually painful side last", (1268, 240), alpha=ease.ramp(t, 5.3), size=21, align=1.0)
    k = ease.ramp(t, 5.3)
    c.drawLine(1130, 248, *board.px((9.2, 7.0)), pen.stroke(palette.INK, 1.6, k))
    _two_hands(c, t)


def _crest_arrow(c: skia.Canvas, side: int, k: float) -> None:
    steps = 40
    points = [board.px(ease.along(ROUTE, k * i / steps), side) for i in range(steps + 1)]
    c.drawPath(pen.polygon(points, closed=False), pen.stroke(palette.TEAL, 7))
    pen.arrow(c, points[-4], points[-1], palette.TEAL, 7)


def _number(c: skia.Canvas, word: str, at: board.Point, k: float) -> None:
    if k > 0:
        c.drawCircle(*at, 20 * k, pen.fill(palette.TEAL))
        c.drawCircle(*at, 20 * k, pen.stroke(palette.WHITE, 3))
        pen.text(c, word, (at[0], at[1] + 9), 25 * k, palette.WHITE, bold=True, align=0.5)


def _two_hands(c: skia.Canvas, t: float) -> None:
    """The circling hand and, on the other crest, the resting one; they change sides."""
    thumb = ease.window(t, 0.6, 2.9, 0.3)
    if thumb > 0:
        y = board.px(ease.along(((0.0, 18.6), (0.0, 0.2)), ease.ramp(t, 0.9, 1.7)))
        hand.thumb(c, (y[0] - 14, y[1]), turn=78, pressed=0.5 + 0.5 * math.sin(t * 9), alpha=thumb)
    for start, side in ((2.8, -1), (5.0, 1)):
        last = start > 4
        seen = ease.ramp(t, start, 0.35) * (1.0 if last else 1 - ease.ramp(t, 4.75, 0.3))
        if seen <= 0:
            continue
        steady = board.px((11.3, 6.4), -side)
        hand.flat_hand(c, (steady[0] - side * 12, steady[1]), turn=-38 * side * -1, alpha=seen)
        k = ease.clamp((t - start - 0.1) / 1.9)
        if last and t > 7.2:
            k = 0.72 + 0.28 * math.cos((t - 7.2) * 1.1)
        tip = marks.circling(ROUTE, k, 6, side=side)
        hand.fingers(c, tip, turn=-20 * side, pressed=0.5, alpha=seen)
        if last:
            marks.label(c, "circles", (1060, 560), (tip[0] + 88, tip[1] + 150), alpha=ease.ramp(t, 7.8))
    marks.tag(c, "steadies the pelvis", (230, 470), alpha=ease.ramp(t, 6.6), size=20, align=1.0)


def _standing_note(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 0.1)
    pen.card(c, (14, 100, 232, 250), alpha=k)
    pose = figures.between(figures.STANDING, figures.LEANING, ease.ramp(t, 0.2, 1.2))
    figures.couch(c, (146, 250), 84, 86, k)
    figures.person(c, (106, 338), 204, pose, alpha=k)
