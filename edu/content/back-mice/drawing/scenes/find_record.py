"""Find, chapters 9 and 10: mark and measure, what it means."""

import math

import skia

from drawing import board, ease, inset, marks, palette, pen, stage

FIELDS = ("side", "distance", "size", "mobility", "tenderness", "usual pain", "spread", "date")


def mark_and_measure(c: skia.Canvas, t: float, length: float) -> None:
    """A cross on the nodule, a ruler from the midline, the usual band, the nerves close by."""
    stage.lay(c, "trunk")
    stage.trousers(c, -5.4)
    stage.lay(c, "bones")
    board.sides(c)
    board.zone(c, ease.ramp(t, 3.6, 0.8))
    board.nerves(c, ease.ramp(t, 5.3, 1.5), ease.ramp(t, 5.3, 0.3))
    marks.nodule(c, board.NODULE)
    marks.cross(c, board.NODULE, ease.clamp((t - 0.5) / 1.0))
    x, y = board.px(board.NODULE)
    writing = ease.clamp((t - 0.5) / 1.0) * 2
    part = writing - int(writing)
    at = (x - 13 + 26 * part, y - 13 + 26 * part) if writing < 1 else (x + 13 - 26 * part, y - 13 + 26 * part)
    gone = ease.ramp(t, 1.6, 0.7)
    marks.skin_pen(c, (at[0] + 120 * gone, at[1] - 60 * gone), ease.ramp(t, 0.1, 0.3) * (1 - gone))
    marks.ruler(c, 1.2, ease.ramp(t, 1.7, 1.3))
    read = ease.ramp(t, 3.0, 0.5)
    c.drawLine(x, y + 18, x, board.px((0, 1.2))[1] - 4, pen.stroke(palette.STOP, 2.6, read, dash=(5, 5)))
    foot = board.px((6, 1.2))
    c.drawCircle(foot[0], foot[1] + 20, 14, pen.stroke(palette.STOP, 3, read))
    c.drawLine(640, 380, 640, 500, pen.stroke(palette.STOP, 2.6, ease.ramp(t, 1.5), dash=(8, 6)))
    marks.tag(c, "midline", (640, 530), alpha=ease.ramp(t, 1.6), size=18)
    marks.tag(c, "6 cm", (772, 500), alpha=read, size=20)
    band = ease.ramp(t, 4.0)
    for side in (-1, 1):
        marks.label(c, "5–7 cm", (640 + side * 84, 330), board.px((5.6, 4.2), side), alpha=band, align=0.5)
    late = ease.ramp(t, 5.9)
    c.drawLine(*board.px((7.6, 8.2)), 1040, 214, pen.stroke(palette.INK, 1.6, late))
    inset.note(c, "superior cluneal nerves cross at about 6.5–8 cm", (1036, 150), 230, late, size=21)
    board.scale_bar(c)


def what_it_means(c: skia.Canvas, t: float, length: float) -> None:
    """A finding, not a diagnosis; the record; what comes next."""
    stage.back(c)
    marks.nodule(c, board.NODULE)
    marks.cross(c, board.NODULE, 1.0)
    c.drawPaint(pen.fill(palette.PAPER_TOP, 0.82 * ease.ramp(t, 0.0, 0.8)))
    board.sides(c)
    pen.card(c, (60, 96, 560, 538), alpha=ease.ramp(t, 0.2))
    lines = (
        ("Many never hurt", 0.5),
        ("A finding, not yet a diagnosis", 2.2),
        ("Next: legs, reflexes, sensation, hips, sacroiliac joints", 5.6),
    )
    y = 176.0
    for i, (words, when) in enumerate(lines):
        k = ease.ramp(t, when)
        breath = 1.5 * math.sin(t * 2 + i)
        c.drawCircle(112, y - 11, 17 + breath * k, pen.fill(palette.TEAL, k))
        pen.text(c, str(i + 1), (112, y - 3), 22, palette.WHITE, bold=True, align=0.5, alpha=k)
        y = pen.block(c, words, (150, y), 33, 440, bold=True, alpha=k) + 56
    rows = [(name, "") for name in FIELDS]
    inset.form(c, "Record", rows, (664, 104, 550, 530), 24, [4.4 + 0.36 * i for i in range(8)], t)
