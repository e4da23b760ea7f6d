"""Infiltrate, chapters 1 to 5: restriction, checks, dose, find and mark, antisepsis."""

import math

import skia

from drawing import board, ease, figures, hand, inset, instruments, marks, palette, pen, stage

from .find_palpate import HALF_WAY, ROUTE

CHECKS = (
    "reproduces usual pain",
    "no warning sign",
    "lump small, mobile, not growing",
    "no allergy to amide anaesthetic or antiseptic",
    "no infection or fever",
    "bleeding risk assessed",
    "resuscitation means, lipid emulsion and a second person at hand",
    "alternatives, weak evidence and guidance against explained",
    "consent written",
)
TICKED = (1.7, 2.8, 3.4, 4.0, 4.5, 5.2, 6.2, 7.8, 9.0)


def restriction(c: skia.Canvas, t: float, length: float) -> None:
    """A title card with a lock: for licensed professionals."""
    stage.back(c)
    c.drawPaint(pen.fill(palette.STRIP, 0.82))
    board.sides(c)
    pen.card(c, (150, 92, 980, 516))
    instruments.lock(c, (320, 316), 160, ease.ramp(t, 0.8, 0.9))
    glow = 0.5 + 0.5 * math.sin(t * 1.8)
    c.drawCircle(320, 342, 136 + 5 * glow, pen.stroke(palette.TEAL, 3, 0.35 + 0.25 * glow))
    k = ease.ramp(t, 0.4)
    y = (
        pen.block(c, "Licensed professionals only", (510, 216), 40, 610, palette.STRIP, bold=True, alpha=k)
        + 30
    )
    texts = (
        ("With supervised training", 2.0),
        ("It shows a principle; it does not replace local protocol", 4.0),
        ("Drawing, not real footage", 6.0),
    )
    for words, when in texts:
        part = ease.ramp(t, when)
        c.drawRect(skia.Rect.MakeXYWH(510, y - 27, 6, 36), pen.fill(palette.TEAL, part))
        y = pen.block(c, words, (534 + 10 * (1 - part), y), 31, 570, alpha=part) + 34


def checks(c: skia.Canvas, t: float, length: float) -> None:
    """Nine boxes are ticked before the needle."""
    pen.card(c, (50, 66, 1180, 572))
    pen.text(c, "Nine checks before the needle", (90, 122), 32, palette.TEAL, bold=True)
    done = sum(1 for when in TICKED if t >= when + 0.2)
    pen.text(c, f"{done} of 9", (1190, 122), 30, bold=True, align=1.0)
    c.drawRRect(pen.rounded((90, 144, 1100, 10), 5), pen.fill(palette.TEAL_PALE))
    filled = sum(ease.ramp(t, when, 0.4) for when in TICKED) / 9
    c.drawRRect(pen.rounded((90, 144, max(10.0, 1100 * filled), 10), 5), pen.fill(palette.TEAL))
    inset.checks(c, CHECKS[:5], (90, 226), 510, 32, TICKED[:5], t)
    inset.checks(c, CHECKS[5:], (650, 226), 540, 32, TICKED[5:], t)


def dose(c: skia.Canvas, t: float, length: float) -> None:
    """This patient's maximum first; the sum; the ampoule read by two; the syringe labelled."""
    k = ease.ramp(t, 0.2)
    pen.card(c, (50, 64, 1180, 132), alpha=k, rgb=palette.TEAL_PALE, edge=palette.TEAL)
    pen.text(c, "Maximum for this patient", (84, 114), 28, palette.TEAL, bold=True, alpha=k)
    pen.text(c, "= the lowest limit that applies;", (470, 114), 27, bold=True, alpha=ease.ramp(t, 0.8))
    rest = "less in frailty, heart or liver disease; minus other local anaesthetic today"
    pen.text(c, rest, (84, 164), 27, alpha=ease.ramp(t, 1.6))
    _sum(c, t)
    _syringe_labelled(c, t)
    _read_by_two(c, t)


def _sum(c: skia.Canvas, t: float) -> None:
    pen.card(c, (50, 214, 760, 170), alpha=ease.ramp(t, 2.2))
    pen.text(c, "Example", (84, 256), 24, palette.TEAL, bold=True, alpha=ease.ramp(t, 2.4))
    parts = (("4 mL", 84, 2.9), ("×", 246, 4.0), ("10 mg/mL", 302, 4.2), ("=", 572, 5.6), ("40 mg", 626, 5.8))
    for words, x, when in parts:
        part = ease.ramp(t, when)
        rgb = palette.STOP if words == "40 mg" else palette.INK
        pen.text(c, words, (x, 340 + 12 * (1 - part)), 52, rgb, bold=True, alpha=part)


def _syringe_labelled(c: skia.Canvas, t: float) -> None:
    pen.card(c, (50, 402, 760, 236), alpha=ease.ramp(t, 6.4))
    seen = ease.ramp(t, 6.6)
    sway = 2 * math.sin(t * 1.6)
    instruments.syringe(c, (100, 530 + sway), size=1.12, volume=4, label=ease.ramp(t, 8.2, 0.8), alpha=seen)
    pen.text(c, "Label the syringe", (84, 446), 24, palette.TEAL, bold=True, alpha=ease.ramp(t, 8.0))


def _read_by_two(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 5.9)
    pen.card(c, (830, 214, 400, 424), alpha=k)
    if k <= 0:
        return
    c.saveLayerAlpha(None, round(255 * k))
    pen.text(c, "Check the ampoule", (856, 258), 24, palette.TEAL, bold=True)
    instruments.ampoule(c, (1030, 616), ease.ramp(t, 6.2, 1.4), t)
    for x, flip, when in ((884, 1, 6.9), (1176, -1, 7.7)):
        seen = ease.ramp(t, when)
        shirt = palette.GRASS if flip > 0 else 0x8A6FA8
        for cy, r, rgb in ((446, 30, palette.SKIN), (437, 30, 0x4A342A)):
            if rgb == palette.SKIN:
                c.drawCircle(x, cy, r, pen.fill(rgb, seen))
            else:
                c.drawArc(
                    skia.Rect.MakeLTRB(x - r, cy - r + 8, x + r, cy + r + 8),
                    180,
                    180,
                    True,
                    pen.fill(rgb, seen),
                )
        c.drawCircle(x, 446, 30, pen.stroke(palette.INK, 2.2, seen))
        c.drawCircle(x + flip * 15, 450, 3.5, pen.fill(palette.INK, seen))
        body = pen.curve([(x - 44, 560), (x - 34, 494), (x, 480), (x + 34, 494), (x + 44, 560)], closed=True)
        c.drawPath(body, pen.fill(shirt, seen))
        c.drawPath(body, pen.stroke(palette.INK, 2.2, seen))
        c.drawLine(
            x + flip * 32, 451, 1030 - flip * 64, 486, pen.stroke(palette.TEAL, 2.6, seen, dash=(4, 6))
        )
    pen.text(c, "read", (884, 596), 19, bold=True, align=0.5, alpha=ease.ramp(t, 7.1))
    pen.text(c, "read again", (1172, 596), 19, bold=True, align=0.5, alpha=ease.ramp(t, 7.9))
    c.restore()


def _ticks(c: skia.Canvas, k: float) -> None:
    """Four short pen strokes around the nodule; its centre stays clean."""
    x, y = board.px(board.NODULE)
    for i, (dx, dy) in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0))):
        part = ease.clamp(k * 4 - i)
        if part > 0:
            a = (x + dx * 36, y + dy * 28)
            c.drawLine(*a, a[0] + dx * 20 * part, a[1] + dy * 20 * part, pen.stroke(0x1A237E, 5))


def find_and_mark(c: skia.Canvas, t: float, length: float) -> None:
    """The figure lies prone; the nodule is found again and framed by four ticks."""
    stage.back(c)
    _prone_note(c, t)
    found = ease.ramp(t, 2.4)
    marks.nodule(c, board.NODULE, k=found)
    k = HALF_WAY * ease.clamp((t - 0.8) / 1.8)
    x, y = marks.circling(ROUTE, k, 8)
    nx, ny = board.px(board.NODULE)
    away = ease.ramp(t, 3.7, 0.7)
    hold = ease.ramp(t, 2.4, 0.5)
    tip = (ease.mix(x, nx + 4, hold) + 60 * away, ease.mix(y, ny + 8, hold) + 140 * away)
    hand.fingers(c, tip, turn=-18, pressed=0.5, alpha=ease.ramp(t, 0.5) * (1 - away))
    marks.felt(c, board.NODULE, alpha=found * (1 - ease.ramp(t, 3.4)))
    k = ease.clamp((t - 4.4) / 2.2)
    _ticks(c, k)
    corner = min(3, int(k * 4))
    dx, dy = ((0, -1), (1, 0), (0, 1), (-1, 0))[corner]
    part = ease.clamp(k * 4 - corner)
    at = (nx + dx * (36 + 20 * part), ny + dy * (28 + 20 * part))
    marks.skin_pen(c, at, ease.ramp(t, 4.0, 0.3) * (1 - ease.ramp(t, 6.7, 0.5)))
    inset.note(c, "Mark around the point, not on it", (1036, 130), 230, ease.ramp(t, 4.4), size=22)
    marks.label(c, "entry point stays clean", (1036, 470), (784, 408), alpha=ease.ramp(t, 6.0))


def _prone_note(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 0.2)
    pen.card(c, (14, 100, 232, 210), alpha=k)
    pen.text(c, "Lying face down", (130, 136), 21, palette.TEAL, bold=True, align=0.5, alpha=k)
    figures.couch(c, (28, 226), 204, 60, k)
    drop = 22 * (1 - ease.ramp(t, 0.3, 0.9))
    figures.person(c, (124, 285 - drop), 152, figures.PRONE, alpha=k)
    pillow = pen.rounded((118, 212, 50, 15), 7)
    c.drawRRect(pillow, pen.fill(palette.WHITE, k))
    c.drawRRect(pillow, pen.stroke(palette.INK, 2, k))
    pen.text(c, "pillow under the abdomen", (130, 304), 16, bold=True, align=0.5, alpha=ease.ramp(t, 1.0))


def antisepsis(c: skia.Canvas, t: float, length: float) -> None:
    """Hand rub, gloves, one swab over the area, drying time, no touching."""
    stage.back(c)
    marks.nodule(c, board.NODULE)
    _ticks(c, 1.0)
    x, y = board.px(board.NODULE)
    wet = ease.ramp(t, 3.2, 1.6) * (1 - 0.9 * ease.ramp(t, 5.2, 2.0))
    sweep = ease.clamp((t - 3.0) / 2.0)
    angle, radius = sweep * 5 * math.pi, 8 + 70 * sweep
    at = (x + radius * math.cos(angle), y + radius * 0.8 * math.sin(angle))
    c.drawOval(skia.Rect.MakeLTRB(x - 84, y - 66, x + 84, y + 66), pen.fill(palette.GEL, 0.5 * wet, blur=6))
    away = ease.ramp(t, 5.0, 0.6)
    seen = ease.ramp(t, 2.7, 0.4) * (1 - away)
    if seen > 0:
        place = (at[0] + 90 * away, at[1] + 130 * away)
        instruments.swab(c, place, seen)
        hand.fingers(c, (place[0] + 6, place[1] + 10), turn=-24, skin=hand.GLOVED, alpha=seen, size=0.95)
    ring = ease.ramp(t, 6.8, 0.8)
    c.drawCircle(x, y, 104 - 20 * (1 - ring), pen.stroke(palette.STOP, 5, ring, dash=(16, 11)))
    marks.tag(c, "no touch", (x, y - 118), alpha=ring, size=24)
    _hands_note(c, t)
    k = ease.ramp(t, 4.9)
    if k > 0:
        pen.card(c, (1036, 110, 230, 250), alpha=k)
        turn = 0.75 * ease.clamp((t - 5.1) / 3.2)
        inset.clock(c, (1151, 212), 70 * ease.pop(t, 4.9), turn, wedge=(0, turn))
        pen.text(c, "let it dry", (1151, 332), 23, bold=True, align=0.5, alpha=k)


def _hands_note(c: skia.Canvas, t: float) -> None:
    pen.card(c, (14, 100, 232, 430))
    c.save()
    c.clipRRect(pen.rounded((15, 101, 230, 428), 14), True)
    rub = 6 * math.sin(t * 5) * (1 - ease.ramp(t, 1.5, 0.3))
    edge = 530 - 400 * ease.ramp(t, 1.7, 1.1)
    for skin, top, foot in ((hand.BARE, 100.0, edge), (hand.GLOVED, edge, 530.0)):
        c.save()
        c.clipRect(skia.Rect.MakeLTRB(14, top, 246, foot))
        hand.flat_hand(c, (126 + rub, 188), skin=skin)
        c.restore()
    inset.drop(c, (126, 150 + 40 * ease.clamp(t / 0.8)), 18, alpha=1 - ease.ramp(t, 0.7, 0.3))
    c.restore()
    pen.text(
        c, "clean hands", (130, 138), 22, palette.TEAL, bold=True, align=0.5, alpha=1 - ease.ramp(t, 1.6, 0.3)
    )
    pen.text(c, "gloves", (130, 138), 22, palette.TEAL, bold=True, align=0.5, alpha=ease.ramp(t, 1.8, 0.3))
