"""Infiltrate, chapters 6 to 8: needle over bone, aspirate and inject, withdraw and dress."""

import math

import skia

from drawing import board, ease, hand, inset, instruments, marks, palette, pen, stage, tissue

from .infiltrate_prepare import _ticks

SLICE = (676.0, 66.0, 590.0, 572.0)
CLOSE = (270.0, 66.0, 560.0, 572.0)
STEPS = 5
"""Portions shown, half a millilitre each."""


def needle_over_bone(c: skia.Canvas, t: float, length: float) -> None:
    """From behind two fingers fix the nodule; in the slice the needle has bone behind it."""
    _from_behind(c, t)
    tissue.layers(c, SLICE)
    x, y = SLICE[0], SLICE[1]
    tissue.nodule(c, (x, y))
    tissue.names(c, (x, y), ease.ramp(t, 0.8))
    c.save()
    c.clipRRect(pen.rounded(SLICE, 14), True)
    go = ease.ramp(t, 3.9, 1.8)
    tip = (x + tissue.FASCIA_AT + 36 + 150 * (1 - go), y + tissue.LEVEL)
    instruments.syringe(c, tip, size=0.9, alpha=ease.ramp(t, 3.3, 0.4))
    ghost = ease.ramp(t, 6.4, 0.5)
    deep = ease.ramp(t, 6.6, 1.5)
    line = y + 160
    c.saveLayerAlpha(None, round(255 * 0.72 * ghost))
    instruments.syringe(c, (x + 440 - 250 * deep, line), size=0.9, needle=310, volume=4)
    c.restore()
    c.restore()
    crossed = ease.ramp(t, 8.1, 0.6)
    if crossed > 0:
        pen.cross(c, (x + 330, line), 84, crossed)
        marks.tag(c, "no bone behind", (x + 130, line + 44), alpha=crossed, size=22)
    safe = ease.ramp(t, 5.6)
    if safe > 0:
        marks.tag(c, "bone behind", (x + 140, y + tissue.LEVEL + 8), alpha=safe, size=22)
        pen.tick(c, (x + 42, y + tissue.LEVEL), 34, safe)
    marks.tag(c, "slice, 6 cm from the midline", (x + 14, y + 556), align=0.0)
    marks.tag(c, "head up", (x + 14, y + 34), align=0.0)


def _from_behind(c: skia.Canvas, t: float) -> None:
    """The board, enlarged around the nodule, with the needle between the fingers."""
    box = (14.0, 66.0, 640.0, 572.0)
    nx, ny = board.px(board.NODULE)
    c.save()
    c.clipRRect(pen.rounded(box, 14), True)
    c.translate(330 - nx * 1.5, 330 - ny * 1.5)
    c.scale(1.5, 1.5)
    stage.lay(c, "trunk")
    stage.lay(c, "bones")
    stage.trousers(c, -5.4)
    marks.nodule(c, board.NODULE)
    _ticks(c, 1.0)
    close = ease.ramp(t, 0.6, 1.4)
    gap = 24 + 60 * (1 - close)
    squeeze = 2 * math.sin(t * 2) * close
    for side in (-1, 1):
        hand_at = (nx + side * (gap + squeeze), ny + 8)
        hand.finger(c, hand_at, turn=-side * 62, pressed=close, skin=hand.GLOVED, alpha=ease.ramp(t, 0.3))
    go = ease.ramp(t, 3.6, 2.0)
    instruments.syringe(
        c, (nx, ny + 4 + 70 * (1 - go)), turn=90, size=0.62, volume=4, alpha=ease.ramp(t, 3.2), needle=90
    )
    c.restore()
    c.drawRRect(pen.rounded(box, 14), pen.stroke(palette.CARD_EDGE, 2))
    _small_sides(c)
    marks.tag(c, "from behind", (28, 100), align=0.0)
    k = ease.ramp(t, 1.4)
    marks.tag(c, "two fingers fix the nodule", (410, 100), alpha=k, size=22)


def _small_sides(c: skia.Canvas) -> None:
    for letter, x, word in (("L", 40.0, "patient LEFT"), ("R", 628.0, "patient RIGHT")):
        c.drawCircle(x, 610, 16, pen.fill(palette.STRIP))
        pen.text(c, letter, (x, 617), 20, palette.WHITE, bold=True, align=0.5)
        at, align = ((64.0, 616.0), 0.0) if letter == "L" else ((604.0, 616.0), 1.0)
        marks.tag(c, word, at, size=17, align=align)


def aspirate_and_inject(c: skia.Canvas, t: float, length: float) -> None:
    """First blood: stop and withdraw. Then no blood: small portions, aspirating before each."""
    tissue.layers(c, CLOSE)
    x, y = CLOSE[0], CLOSE[1]
    portions = _portions(t)
    tissue.nodule(c, (x, y), portions / STEPS)
    tissue.bead(c, (x, y), portions * 1.6)
    tissue.names(c, (x, y), 1.0)
    out = ease.ramp(t, 1.9, 0.7) * (1 - ease.ramp(t, 3.2, 0.8))
    pull = ease.bump(t, 0.4, 1.9) + ease.bump(t, 4.0, 1.0) + _pulls(t)
    blood = ease.ramp(t, 0.9, 0.5) * (1 - ease.ramp(t, 2.9, 0.3))
    tip = (x + tissue.FASCIA_AT + 36 + 150 * out, y + tissue.LEVEL)
    instruments.syringe(c, tip, volume=4 - 0.5 * portions, drawn=min(1.0, pull), blood=blood)
    press = ease.window(t, 2.3, 3.4, 0.35)
    if press > 0:
        at = (x + tissue.SKIN_AT + 26 + 40 * (1 - press), y + tissue.LEVEL)
        instruments.gauze(c, at, 54, press)
        hand.finger(c, (at[0] + 10, at[1] + 8), turn=-28, skin=hand.GLOVED, pressed=press, alpha=press)
    _verdicts(c, t)
    _stop_list(c, t)
    note = "No blood does not prove that no vessel is hit"
    inset.note(c, note, (850, 528), 410, ease.ramp(t, 5.4), size=24)


def _portions(t: float) -> float:
    """How many portions are in: each is pushed after its own aspiration."""
    return sum(ease.smooth((t - 5.5 - 0.85 * i) / 0.45) for i in range(STEPS))


def _pulls(t: float) -> float:
    return 0.7 * sum(ease.bump(t, 5.08 + 0.85 * i, 0.42) for i in range(1, STEPS))


def _verdicts(c: skia.Canvas, t: float) -> None:
    """What the aspiration shows, over the syringe."""
    bad = ease.window(t, 1.1, 3.3, 0.3)
    if bad > 0:
        pen.cross(c, (886, 290), 54, ease.ramp(t, 1.2, 0.5))
        marks.tag(c, "blood: stop, withdraw", (930, 300), alpha=bad, size=25, align=0.0)
    good = ease.ramp(t, 4.5, 0.4)
    if good > 0:
        pen.tick(c, (886, 288), 46, good)
        marks.tag(c, "no blood: inject slowly", (930, 298), alpha=good, size=25, align=0.0)
        inset.note(c, "0.5 mL steps; aspirate before each", (850, 120), 410, ease.ramp(t, 5.2), size=24)


def _stop_list(c: skia.Canvas, t: float) -> None:
    k = ease.ramp(t, 0.3)
    pen.card(c, (14, 66, 240, 420), alpha=k)
    inset.stop_sign(c, (134, 142), 58, ease.pop(t, 0.4))
    times = [1.2, 6.9, 7.6, 8.3]
    inset.bullets(c, ("blood", "shooting pain", "resistance", "any new symptom"), (40, 254), 21, 54, times, t)


def withdraw_and_dress(c: skia.Canvas, t: float, length: float) -> None:
    """Needle out, gauze, dressing; needle and syringe into the sharps bin."""
    stage.back(c)
    marks.nodule(c, board.NODULE, alpha=1 - 0.5 * ease.ramp(t, 2.9))
    x, y = board.px(board.NODULE)
    press = ease.window(t, 1.2, 3.0, 0.4)
    instruments.gauze(c, (x, y + 40 * (1 - press)), 62, press)
    hand.fingers(c, (x + 4, y + 8 + 60 * (1 - press)), turn=-20, skin=hand.GLOVED, pressed=press, alpha=press)
    instruments.dressing(c, (x, y), ease.ramp(t, 3.1, 0.7))
    box = (1052.0, 452.0, 190.0, 176.0)
    instruments.sharps_bin(c, box, front=False)
    lift, over, fall = ease.ramp(t, 0.5, 0.9), ease.ramp(t, 2.6, 1.6), ease.clamp((t - 4.3) / 0.9)
    tip = (
        ease.mix(ease.mix(x, x + 150, lift), 1147, over),
        ease.mix(ease.mix(y, y - 90, lift), 330, over) + 300 * fall * fall,
    )
    turn = ease.mix(-35, -90, over)
    if fall < 1:
        c.save()
        c.clipRect(skia.Rect.MakeLTRB(0, 0, 1280, 466 if over > 0.9 else 720))
        instruments.syringe(c, tip, turn=turn, size=0.52, volume=1.5, label=1.0)
        c.restore()
    instruments.sharps_bin(c, box, front=True)
    marks.tag(c, "not recapped", (1147, 662), alpha=ease.ramp(t, 3.2), size=22)
    for i, (word, when) in enumerate((("Press", 1.4), ("Cover", 3.2), ("Sharps bin", 4.8))):
        k = ease.ramp(t, when)
        box2 = (14.0, 130.0 + 84 * i, 226.0, 66.0)
        pen.card(c, box2, alpha=k)
        pen.text(c, word, (84, 172 + 84 * i), 26, bold=True, alpha=k)
        if k > 0:
            pen.tick(c, (50, 164 + 84 * i), 30, k)
